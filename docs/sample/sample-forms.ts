/** The sample's forms: self-evaluations with their evidence, and inspections. */
import { blankForm, blankInspection, type FormRow } from '../../infra/local/folder/blank-form.ts';
import {
  COMMITMENT,
  itemLines,
  NOT_APPLICABLE,
  REPRESENTATIVE,
} from '../../infra/local/folder/form-lines.ts';
import type { Facts } from '../../shared/domain/facts.ts';
import { findItem, type Rubric, type RubricItem } from '../../shared/domain/rubric.ts';
import type { SampleAgency } from './sample-agencies.ts';
import { samplePdf, samplePng } from './sample-evidence.ts';
import { factsOf } from './sample-facts.ts';
import type { SampleProfile } from './sample-profiles.ts';

const PLAN = '01-计划与公告.pdf';
const SUPERVISION = '02-督导与考务.pdf';
const RECORDS = '03-题库证书档案.png';

/** Which file stands for which part of the rubric. */
const FILE_OF_PART: Record<string, string> = {
  A: PLAN,
  B: PLAN,
  C: SUPERVISION,
  D: SUPERVISION,
  E: RECORDS,
  F: RECORDS,
  G: RECORDS,
  P: RECORDS,
};

/** The day that each file dates from. */
const DAY_OF_FILE: Record<string, string> = {
  [PLAN]: '02-26',
  [SUPERVISION]: '11-30',
  [RECORDS]: '12-24',
};

export function selfEvaluation(
  rubric: Rubric,
  agency: SampleAgency,
  profile: SampleProfile,
  year: number,
): FormRow[] {
  const signature: Record<string, string> = {
    [COMMITMENT.name]: agency.person,
    [COMMITMENT.position]: '负责人',
    [COMMITMENT.date]: `${year + 1}-02-25`,
  };
  const rows = filledRows(blankForm(rubric), rubric, profile, 'declared', year);
  return rows.map(([code, title, field, value, remark, evidence, effectiveOn]) =>
    code === COMMITMENT.code
      ? [code, title, field, signature[field] ?? '', remark, evidence, '']
      : [code, title, field, value, remark, ...(value === '' ? NO_FILE : ([evidence, effectiveOn] as const))],
  );
}

export function inspection(
  rubric: Rubric,
  agency: SampleAgency,
  profile: SampleProfile,
  year: number,
): FormRow[] {
  const disagrees = year === 2021 && agency.filingNumber === 'S000034040904';
  const rows = filledRows(blankInspection(rubric), rubric, profile, 'found', year);
  return rows.map(([code, title, field, value, remark]) => {
    if (code !== REPRESENTATIVE.code) return [code, title, field, value, remark, '', ''];
    if (field === REPRESENTATIVE.name) return [code, title, field, agency.person, '', '', ''];
    return disagrees
      ? [code, title, field, '不同意', '本校命题保密措施已在整改，记录未反映整改进度（样例）', '', '']
      : [code, title, field, '同意', '', '', ''];
  });
}

export function evidenceFiles(
  { filingNumber, name }: SampleAgency,
  year: number,
): Record<string, Uint8Array> {
  // The first sample's files carry no year.
  const dated = year === 2021 ? [] : [`${year}`];
  const page = (title: string) =>
    samplePdf(['样例数据', title, name, filingNumber, ...dated, '本文件为演示而制作，不是真实材料']);
  return {
    [PLAN]: page('年度计划与公告'),
    [SUPERVISION]: page('内部督导与考务'),
    [RECORDS]: samplePng([filingNumber, ...dated].join(' ')),
  };
}

/** What an objection hands in. */
export function objectionFile(title: string, filingNumber: string): Uint8Array {
  return samplePdf(['样例数据', title, filingNumber, '本文件为演示而制作，不是真实材料']);
}

const NO_FILE = ['', ''] as const;

type Side = 'declared' | 'found';

function filledRows(
  rows: FormRow[],
  rubric: Rubric,
  profile: SampleProfile,
  side: Side,
  year: number,
): FormRow[] {
  const facts = factsOf(rubric, profile, side);
  const [header, ...lines] = rows;
  const seen = new Set<string>();
  const filled = lines.map(([code, title, field]): FormRow => {
    const first = !seen.has(code);
    seen.add(code);
    const item = findItem(rubric, code);
    const evidence = first ? (FILE_OF_PART[code.slice(0, 1)] ?? '') : '';
    const day = DAY_OF_FILE[evidence];
    const filed = [evidence, day ? `${year}-${day}` : ''] as const;
    if (!item)
      return [code, title, field, profile.bonus[code] ? String(profile.bonus[code]) : '', '', ...filed];
    const reason = profile.notApplicable?.[code];
    if (reason) return [code, title, field, first ? NOT_APPLICABLE : '', first ? reason : '', ...filed];
    const [value, remark] = saidIn(item, field, facts[code]);
    return [code, title, field, value, remark, ...filed];
  });
  return header ? [header, ...filled] : filled;
}

function saidIn(item: RubricItem, field: string, facts: Facts | undefined): [value: string, remark: string] {
  const key = itemLines(item).find((line) => line.field === field)?.key ?? '';
  switch (facts?.kind) {
    case 'banded':
      return [String(facts.values[key] ?? 0), ''];
    case 'checklist':
      return [facts.ticked.includes(key) ? '是' : '否', ''];
    case 'graded':
      return [facts.grade, facts.reason];
    case 'deduction':
      return [String(facts.faults), ''];
    default:
      return ['', ''];
  }
}
