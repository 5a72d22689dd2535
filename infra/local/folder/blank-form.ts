/** Empty forms, for whoever has to fill one in. */
import type { Rubric } from '../../../shared/domain/rubric.ts';
import {
  COMMITMENT,
  FORM_COLUMNS,
  type FormColumns,
  formLines,
  INSPECTION,
  REPRESENTATIVE,
  SELF_EVALUATION,
} from './form-lines.ts';

export type FormRow = [
  code: string,
  title: string,
  field: string,
  value: string,
  remark: string,
  evidence: string,
  effectiveOn: string,
];

/** The rows of an empty self-evaluation form, header first. */
export function blankForm(rubric: Rubric): FormRow[] {
  return [
    headerRow(SELF_EVALUATION),
    ...itemRows(rubric),
    [COMMITMENT.code, '工作承诺书', COMMITMENT.name, '', '', '', ''],
    [COMMITMENT.code, '工作承诺书', COMMITMENT.position, '', '', '', ''],
    [COMMITMENT.code, '工作承诺书', COMMITMENT.date, '', '', '', ''],
  ];
}

/** The rows of an empty inspection record. */
export function blankInspection(rubric: Rubric): FormRow[] {
  return [
    headerRow(INSPECTION),
    ...itemRows(rubric),
    [REPRESENTATIVE.code, '机构代表签字', REPRESENTATIVE.name, '', '', '', ''],
    [REPRESENTATIVE.code, '机构代表签字', REPRESENTATIVE.agrees, '', '', '', ''],
  ];
}

function headerRow({ value, remark }: FormColumns): FormRow {
  const { code, title, field, evidence, effectiveOn } = FORM_COLUMNS;
  return [code, title, field, value, remark, evidence, effectiveOn];
}

function itemRows(rubric: Rubric): FormRow[] {
  return formLines(rubric).map(({ code, title, field }) => [code, title, field, '', '', '', '']);
}
