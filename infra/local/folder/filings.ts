/** The forms of the folder: self-evaluations and inspections, one file per agency. */
import type { FilingNumber } from '../../../shared/domain/agency.ts';
import { Commitment } from '../../../shared/domain/dossier.ts';
import { compact, tidyName } from '../../../shared/domain/registry-import/text.ts';
import { findItem, type Rubric } from '../../../shared/domain/rubric.ts';
import type { EvidenceSettings } from '../../../shared/domain/settings.ts';
import type { FolderFiles } from './folder-files.ts';
import { type Form, type FormKind, readForm } from './form.ts';
import { COMMITMENT, FORM_COLUMNS, INSPECTION, REPRESENTATIVE, SELF_EVALUATION } from './form-lines.ts';
import { dateOf } from './form-values.ts';
import type { Population } from './population.ts';
import type { Problems } from './problems.ts';
import type { Inspection, Representative, SelfEvaluation } from './types.ts';

export const SELF_EVALUATIONS = 'self-evaluations';
export const INSPECTIONS = 'inspections';

export interface Reading {
  files: FolderFiles;
  rubric: Rubric;
  population: Population;
  problems: Problems;
  evidence: EvidenceSettings;
}

export async function readSelfEvaluations(reading: Reading): Promise<Map<FilingNumber, SelfEvaluation>> {
  const { problems, rubric, population, evidence } = reading;
  const kind = { columns: SELF_EVALUATION, extraCode: COMMITMENT.code, evidence };
  const forms = await readForms(reading, SELF_EVALUATIONS, kind);
  const filed = new Map<FilingNumber, SelfEvaluation>();
  for (const [filingNumber, { source, form }] of forms) {
    const commitment = readCommitment(form, problems);
    warnOfMissingEvidence(form, rubric, problems);
    if (commitment) filed.set(filingNumber, { source, commitment, answers: form.answers, files: form.files });
  }
  for (const filingNumber of population.participants().filter((number) => !forms.has(number))) {
    const file = `${SELF_EVALUATIONS}/${filingNumber}`;
    problems.note({ file }, '没有自评表（.csv 或 .xlsx），该机构将记为未提交');
  }
  return filed;
}

export async function readInspections(reading: Reading): Promise<Map<FilingNumber, Inspection>> {
  const { evidence } = reading;
  const kind = { columns: INSPECTION, extraCode: REPRESENTATIVE.code, evidence };
  const forms = await readForms(reading, INSPECTIONS, kind);
  const inspections = new Map<FilingNumber, Inspection>();
  for (const [filingNumber, { source, form }] of forms) {
    const representative = readRepresentative(form, reading.problems);
    if (representative) {
      inspections.set(filingNumber, { source, representative, answers: form.answers, files: form.files });
    }
  }
  return inspections;
}

interface NamedForm {
  source: string;
  form: Form;
}

async function readForms(
  { files, rubric, population, problems }: Reading,
  folder: string,
  kind: FormKind,
): Promise<Map<FilingNumber, NamedForm>> {
  const forms = new Map<FilingNumber, NamedForm>();
  const seen = new Map<string, string>();
  const entries = files.list(folder);
  for (const { name } of entries.filter(({ isDirectory }) => !isDirectory)) {
    const source = `${folder}/${name}`;
    const [, filingNumber] = /^(.+)\.(?:csv|xlsx)$/i.exec(name) ?? [];
    if (!filingNumber) {
      problems.warn({ file: source }, '文件名应为“备案号.csv”或“备案号.xlsx”，此文件未读取');
      continue;
    }
    const other = seen.get(filingNumber);
    if (other) problems.error({ file: source }, `与 ${other} 是同一机构的表，请只保留一个`);
    seen.set(filingNumber, source);
    if (other || !population.admits(filingNumber, { file: source }, problems)) continue;
    const form = await readForm(files, source, kind, rubric, problems);
    if (form) forms.set(filingNumber, { source, form });
  }
  for (const { name } of entries.filter(({ isDirectory, name }) => isDirectory && !seen.has(name))) {
    problems.warn({ file: `${folder}/${name}` }, '没有同名的表（.csv 或 .xlsx），此文件夹未读取');
  }
  return forms;
}

function readCommitment({ extra, at }: Form, problems: Problems): Commitment | undefined {
  const missing = [COMMITMENT.name, COMMITMENT.position, COMMITMENT.date].filter(
    (field) => compact(extra.get(field)?.value ?? null) === '',
  );
  const dateRow = extra.get(COMMITMENT.date);
  const date = dateRow && dateOf(dateRow.value);
  if (missing.length > 0) {
    problems.error(
      { ...at, field: COMMITMENT.code },
      `承诺书还缺${missing.join('、')}，请补填“${COMMITMENT.code}”各行`,
    );
  }
  if (dateRow && !date) problems.error(dateRow.at, '承诺书日期应为 2022-03-01 的形式');
  const parsed = Commitment.safeParse({
    name: tidyName(extra.get(COMMITMENT.name)?.value ?? null),
    position: tidyName(extra.get(COMMITMENT.position)?.value ?? null),
    date,
  });
  return parsed.success ? parsed.data : undefined;
}

function readRepresentative({ extra, at }: Form, problems: Problems): Representative | undefined {
  const name = tidyName(extra.get(REPRESENTATIVE.name)?.value ?? null);
  const opinion = extra.get(REPRESENTATIVE.agrees);
  const said = compact(opinion?.value ?? null);
  if (name === '') problems.error({ ...at, field: REPRESENTATIVE.code }, '缺少机构代表的姓名，请补填');
  if (said !== '同意' && said !== '不同意') {
    problems.error(
      opinion?.at ?? { ...at, field: REPRESENTATIVE.code },
      '机构代表的意见应填“同意”或“不同意”',
    );
    return undefined;
  }
  const agrees = said === '同意';
  const statement = opinion?.remark ?? '';
  if (!agrees && statement === '' && opinion) {
    problems.error(opinion.at, `机构代表不同意的，须在“${INSPECTION.remark}”列写明不同意的内容`);
  }
  return name === '' ? undefined : { name, agrees, ...(statement && { statement }) };
}

function warnOfMissingEvidence({ answers, at }: Form, rubric: Rubric, problems: Problems): void {
  const missing = Object.entries(answers.items).filter(
    ([code, { facts, evidence }]) => facts && !evidence && findItem(rubric, code)?.evidenceRequired,
  );
  if (missing.length === 0) return;
  const codes = missing.map(([code]) => code).join('、');
  const message = `项目 ${codes} 没有佐证材料，补交前按 0 分计`;
  problems.warn({ ...at, field: FORM_COLUMNS.evidence }, message);
}
