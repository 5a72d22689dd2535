import { describe, expect, it } from 'vitest';
import { addressOf } from '../../shared/domain/registry-import/table.ts';
import type { CellValue } from '../../shared/domain/registry-import.ts';
import {
  errorsOf,
  GOOD,
  importing,
  importOne,
  problemsOf,
  sheetOf,
  tableOf,
} from './registry-import-tables.ts';

describe('a row', () => {
  it('is an agency', () => {
    const imported = importOne({});
    expect(problemsOf(imported)).toEqual([]);
    expect(imported.agencies).toEqual([
      {
        filingNumber: 'Y000034040002',
        name: '样例机构',
        filingType: 'enterprise',
        nature: 'stateOwned',
        filingTerm: { from: '2020-04', to: '2023-03' },
        county: '凤台县',
        occupations: [{ code: '6-18-01-01', name: '车工', levels: ['五级', '四级'] }],
        contact: { name: '张样例', phone: '0554-6666666' },
      },
    ]);
  });

  it.each<[string, CellValue, string]>([
    ['机构备案号', ' ｙ０００034 040002 ', 'Y000034040002'],
    ['机构备案号', '\u200bY000034040002\u00a0', 'Y000034040002'],
    ['机构备案号', "'Y000034040002", 'Y000034040002'],
  ])('reads %s %j as typed', (field, value, expected) => {
    expect(importOne({ [field]: value }).agencies[0]?.filingNumber).toBe(expected);
  });

  it('tidies names without touching what they say', () => {
    expect(importOne({ 机构名称: ' 样例 Ａ 厂(虚构) ' }).agencies[0]?.name).toBe('样例A厂（虚构）');
  });

  it('reads a telephone number that is a number', () => {
    expect(importOne({ 联系电话: 13800000000 }).agencies[0]?.contact.phone).toBe('13800000000');
  });

  it.each<[string, CellValue]>([
    ['机构备案号', null],
    ['机构备案号', 34040002],
    ['机构备案号', 'YO00034040002'],
    ['机构名称', '  '],
    ['备案类型', '职业院校'],
    ['机构性质', '企业'],
    ['备案期限', '长期'],
    ['职业（工种）', '车工（五级）'],
    ['职业（工种）', '6-18-01-01 车工'],
    ['职业（工种）', '6-18-01-01 车工（九级）'],
    ['机构名称', '长'.repeat(101)],
  ])('refuses %s %j at its own cell', (field, value) => {
    const imported = importOne({ [field]: value });
    expect(imported.agencies).toEqual([]);
    const cell = addressOf(Object.keys(GOOD).indexOf(field), 2);
    expect(errorsOf(imported).map((problem) => [problem.field, problem.cell])).toEqual([[field, cell]]);
  });

  it('tells all problems, not the first', () => {
    const imported = importOne({
      机构备案号: 'x',
      机构名称: null,
      备案类型: '?',
      机构性质: '?',
      备案期限: '?',
    });
    expect(errorsOf(imported)).toHaveLength(5);
  });

  it('lists what is allowed', () => {
    expect(errorsOf(importOne({ 机构性质: '企业' }))[0]?.message).toContain('国有企业、民营企业');
  });

  it.each([
    ['备案类型', '社会组织', 'socialOrganisation'],
    ['备案类型', '技工学校', 'technicalSchool'],
    ['机构性质', '国企', 'stateOwned'],
    ['机构性质', '民企', 'private'],
    ['机构性质', '职业院校', 'schoolOrCollege'],
    ['机构性质', '技工院校(含职业院校)', 'schoolOrCollege'],
  ])('knows %s %s', (field, value, expected) => {
    const [agency] = importOne({ [field]: value }).agencies;
    expect([agency?.filingType, agency?.nature]).toContain(expected);
  });

  it('warns of the code of another city and of an unusual first letter, and imports', () => {
    const imported = importOne({ 机构备案号: 'S000034010012' });
    expect(problemsOf(imported).map(({ severity, cell }) => [severity, cell])).toEqual([
      ['warning', 'A2'],
      ['warning', 'C2'],
    ]);
    expect(imported.agencies).toHaveLength(1);
  });
});

describe('职业（工种）', () => {
  const read = (cell: string) => importOne({ '职业（工种）': cell }).agencies[0]?.occupations;

  it('reads lists, ranges and other words for the levels', () => {
    expect(read('6-18-01-01 车工（五级、四级、三级）；4-03-02-01 中式烹调师（五级-三级）')).toEqual([
      { code: '6-18-01-01', name: '车工', levels: ['五级', '四级', '三级'] },
      { code: '4-03-02-01', name: '中式烹调师', levels: ['五级', '四级', '三级'] },
    ]);
    expect(read('6-18-1-1车工(初级/中级工、高级技师)')?.[0]).toEqual({
      code: '6-18-01-01',
      name: '车工',
      levels: ['五级', '四级', '一级'],
    });
    expect(read('6-18-02-04 焊工（手工）（5-3级）、6-18-01-01 车工（三级至一级）')).toEqual([
      { code: '6-18-02-04', name: '焊工（手工）', levels: ['五级', '四级', '三级'] },
      { code: '6-18-01-01', name: '车工', levels: ['三级', '二级', '一级'] },
    ]);
  });

  it('reads a second sheet with a row per occupation', () => {
    const list = (...rows: CellValue[][]) =>
      tableOf([['备案号', '职业编码', '职业名称', '级别'], ...rows], '职业');
    const agencies = sheetOf([{ ...GOOD, '职业（工种）': null }]);
    const good = importing(
      agencies,
      list(['Y000034040002', '6-18-01-01', '车工', '五级'], ['Y000034040002', '6-18-01-01', '车工', '四级']),
    );
    expect(problemsOf(good)).toEqual([]);
    expect(good.agencies[0]?.occupations).toEqual([
      { code: '6-18-01-01', name: '车工', levels: ['五级', '四级'] },
    ]);
    expect(good.rows[0]?.agency).toEqual(good.agencies[0]);
    const bad = importing(
      agencies,
      list(['Y000034049999', '6-18-01-01', '车工', '五级'], ['Y000034040002', '6-18-01', '车工', '五级']),
    );
    expect(errorsOf(bad).map(({ cell }) => cell)).toEqual(['A2', 'B3']);
  });

  it('warns where there are none', () => {
    const [problem] = problemsOf(importOne({ '职业（工种）': null }));
    expect([problem?.severity, problem?.cell]).toEqual(['warning', 'G2']);
  });
});

describe('a sheet', () => {
  it('may have titles above, blank rows, the header again, and lines below', () => {
    const columns = Object.keys(GOOD);
    const values = columns.map((column) => GOOD[column] ?? null);
    const table = tableOf([
      ['淮南市备案名册'],
      [],
      columns,
      values,
      [null],
      columns,
      ['合计', '1家'],
      ['填表人：张样例'],
    ]);
    const imported = importing(table);
    expect(problemsOf(imported)).toEqual([]);
    expect(imported.rows.map(({ place }) => place.row)).toEqual([4]);
  });

  it('tells an agency whose filing number is missing, even beside 合计', () => {
    expect(errorsOf(importing(sheetOf([{ ...GOOD, 机构备案号: null }])))).toHaveLength(1);
  });

  it('refuses missing and doubled columns, and warns of unknown ones', () => {
    const columns = Object.keys(GOOD).filter((column) => column !== '机构性质');
    const missing = errorsOf(importing(sheetOf([GOOD], columns)));
    expect(missing.map(({ message }) => message)).toEqual(['缺少“机构性质”列，请补上']);
    const doubled = importing(
      sheetOf([{ ...GOOD, 备案号: 'Y000034040003' }], [...Object.keys(GOOD), '备案号']),
    );
    expect(errorsOf(doubled).map(({ cell }) => cell)).toEqual(['J1']);
    expect(problemsOf(importOne({ 星座: '天秤' }))).toMatchObject([{ severity: 'warning', cell: 'J1' }]);
  });

  it('refuses a file without a registry', () => {
    expect(errorsOf(importing(tableOf([['你好']])))).toHaveLength(1);
    expect(errorsOf(importing())).toHaveLength(1);
  });
});

describe('duplicates', () => {
  it('merges the same agency written differently', () => {
    const again = {
      ...GOOD,
      机构备案号: 'y000034040002',
      备案期限: '2020年4月至2023年3月',
      机构性质: '国企',
    };
    const imported = importing(sheetOf([GOOD, again]));
    expect(imported.agencies).toHaveLength(1);
    expect(problemsOf(imported)).toMatchObject([
      { severity: 'warning', cell: 'A3', message: expect.stringContaining('第2行') },
    ]);
  });

  it('refuses two different ones at both places', () => {
    const imported = importing(sheetOf([GOOD, { ...GOOD, 机构名称: '另一机构' }]));
    expect(imported.agencies).toEqual([]);
    expect(
      errorsOf(imported).map(({ cell, message }) => [
        cell,
        /第(\d)行重复，但(.*)不同/.exec(message)?.slice(1),
      ]),
    ).toEqual([
      ['A2', ['3', '机构名称']],
      ['A3', ['2', '机构名称']],
    ]);
  });
});
