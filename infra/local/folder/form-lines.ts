/** The lines of a form: which rows a self-evaluation or an inspection has for each item of a rubric. */
import { factFields, itemsOf, type Rubric, type RubricItem } from '../../../shared/domain/rubric.ts';

export const GRADE = '等次';
export const COUNT = '数量';
export const NOT_APPLICABLE = '不适用';

/** Rows beside the items; they use the same columns. */
export const COMMITMENT = { code: '承诺书', name: '承诺人', position: '职务', date: '日期' } as const;
export const REPRESENTATIVE = { code: '机构代表', name: '姓名', agrees: '意见' } as const;

export interface FormColumns {
  value: string;
  remark: string;
}
export const FORM_COLUMNS = {
  code: '项目编号',
  title: '项目',
  field: '填报项',
  evidence: '佐证材料',
  effectiveOn: '形成日期',
} as const;
export const SELF_EVALUATION: FormColumns = { value: '填报值', remark: '说明' };
export const INSPECTION: FormColumns = { value: '检查结果', remark: '理由' };

export interface FormLine {
  code: string;
  title: string;
  field: string;
  hint: string;
}

/** The rows of one item, in the order in which they are printed. */
export function itemLines(item: RubricItem): { key: string; field: string; hint: string }[] {
  switch (item.kind) {
    case 'banded':
      return factFields(item).map(({ key, label }) => ({ key, field: label, hint: '填整数' }));
    case 'checklist':
      return item.lines.map(({ key, label }) => ({ key, field: label, hint: '填“是”或“否”' }));
    case 'graded': {
      const grades = item.grades.map(({ grade, description }) => `${grade}：${description}`).join('；');
      return [{ key: 'grade', field: GRADE, hint: `填 ${grades}` }];
    }
    case 'deduction':
      return [{ key: 'faults', field: item.fault, hint: '填整数，没有则填 0' }];
  }
}

/** All rows for items and bonus points. */
export function formLines(rubric: Rubric): FormLine[] {
  const items = itemsOf(rubric).flatMap((item) =>
    itemLines(item).map(({ field, hint }) => ({ code: item.code, title: item.title, field, hint })),
  );
  const bonus = rubric.bonus.items.map(({ code, title }) => ({
    code,
    title: `加分：${title}`,
    field: COUNT,
    hint: '填整数，没有则不填',
  }));
  return [...items, ...bonus];
}
