import { expect, it } from 'vitest';
import { blankForm, blankInspection } from '../../../infra/local/folder/index.ts';
import { DEFAULT_RUBRIC } from '../../../shared/domain/default-rubric.ts';
import { itemsOf } from '../../../shared/domain/rubric.ts';

it('has a header, rows for every item and bonus, and the commitment', () => {
  const [header, ...rows] = blankForm(DEFAULT_RUBRIC);
  expect(header).toEqual(['项目编号', '项目', '填报项', '填报值', '说明', '佐证材料', '形成日期']);
  const codes = [...new Set(rows.map(([code]) => code))];
  const bonus = DEFAULT_RUBRIC.bonus.items.map(({ code }) => code);
  expect(codes).toEqual([...itemsOf(DEFAULT_RUBRIC).map(({ code }) => code), ...bonus, '承诺书']);
});

it('has the representative’s rows for an inspection', () => {
  const rows = blankInspection(DEFAULT_RUBRIC);
  expect(rows[0]).toEqual(['项目编号', '项目', '填报项', '检查结果', '理由', '佐证材料', '形成日期']);
  expect(rows.slice(-2).map(([code, , field]) => `${code}${field}`)).toEqual([
    '机构代表姓名',
    '机构代表意见',
  ]);
});
