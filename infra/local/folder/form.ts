/** Reading one form, a self-evaluation or an inspection: rows of items, bonus points, and the signature. */
import { readTables, UnreadableTable } from '../../../shared/adapters/tables/index.ts';
import { Answers, factsProblems, unanswered } from '../../../shared/domain/facts.ts';
import {
  type Cell,
  type CellValue,
  rowOf,
  type Table,
} from '../../../shared/domain/registry-import/table.ts';
import { compact, tidyText } from '../../../shared/domain/registry-import/text.ts';
import type { Rubric } from '../../../shared/domain/rubric.ts';
import type { EvidenceSettings } from '../../../shared/domain/settings.ts';
import { EvidenceCollector } from './evidence-collector.ts';
import type { FolderFiles } from './folder-files.ts';
import { bonusClaim, itemAnswer } from './form-answers.ts';
import { FORM_COLUMNS, type FormColumns } from './form-lines.ts';
import type { Problems } from './problems.ts';
import type { LocalFile } from './types.ts';

/** A row that says something: where it stands, what it is about, what it says. */
export interface FormEntry {
  at: { file: string; sheet?: string; row: number; cell: string; field: string };
  code: string;
  field: string;
  value: CellValue;
  remark: string;
  evidence: string[];
  /** One for all files of the row, or one for each. */
  effectiveOn: string[];
}

export interface Form {
  answers: Answers;
  files: LocalFile[];
  /** Rows of {@link extraCodes}, by their field. */
  extra: Map<string, FormEntry>;
  /** Where to tell what concerns the form as a whole. */
  at: { file: string; sheet?: string };
}

export interface FormKind {
  columns: FormColumns;
  /** What evidence may be. */
  evidence: EvidenceSettings;
  /** The code of the rows that carry a signature instead of an item. */
  extraCode: string;
}

/** Reads a form; `evidenceFolder` is where its files lie. Undefined after telling why it cannot be read at all. */
export async function readForm(
  files: FolderFiles,
  file: string,
  kind: FormKind,
  rubric: Rubric,
  problems: Problems,
): Promise<Form | undefined> {
  const table = await readFormTable(files, file, kind, problems);
  if (!table) return undefined;
  const { entries, at } = table;
  const byCode = Map.groupBy(entries, ({ code }) => code);
  const extra = new Map((byCode.get(kind.extraCode) ?? []).map((entry) => [entry.field, entry]));
  byCode.delete(kind.extraCode);
  const evidence = new EvidenceCollector(files, file.replace(/\.[^.]+$/, ''), kind.evidence, problems);
  await evidence.collect(entries);
  const answers: Answers = { items: {}, bonus: {} };
  for (const [code, rows] of byCode) {
    const refs = evidence.refsOf(rows);
    const item = itemAnswer(rubric, code, rows, problems);
    const claim = bonusClaim(rubric, code, rows, problems);
    if (item) answers.items[code] = { ...item, ...(refs.length > 0 && { evidence: refs }) };
    else if (claim) answers.bonus[code] = { ...claim, ...(refs.length > 0 && { evidence: refs }) };
    else if (item === undefined && claim === undefined) tellUnknown(rubric, code, rows, problems);
  }
  checkAnswers(rubric, answers, byCode, at, problems);
  evidence.tellUnused();
  return { answers, files: evidence.files, extra, at };
}

function tellUnknown(rubric: Rubric, code: string, rows: FormEntry[], problems: Problems): void {
  const [first] = rows;
  if (!first) return;
  for (const { message } of factsProblems(rubric, { items: { [code]: {} }, bonus: {} })) {
    problems.error({ ...first.at, field: FORM_COLUMNS.code }, `${code}：${message}`);
  }
}

/** The domain's own checks, told at the item's first row. */
function checkAnswers(
  rubric: Rubric,
  answers: Answers,
  byCode: Map<string, FormEntry[]>,
  at: Form['at'],
  problems: Problems,
): void {
  const placeOf = (code: string) => byCode.get(code)?.[0]?.at ?? at;
  const parsed = Answers.safeParse(answers);
  for (const issue of parsed.error?.issues ?? []) {
    const code = String(issue.path[1]);
    problems.error(placeOf(code), `${code}：填报内容超出允许的范围，请核对`);
  }
  for (const { item, message } of factsProblems(rubric, answers)) {
    problems.error(placeOf(item), `${item}：${message}`);
  }
  const refused = new Set(problems.list.map(({ file, row }) => `${file}#${row}`));
  for (const code of unanswered(rubric, answers)) {
    const rows = byCode.get(code) ?? [];
    if (rows.some((row) => refused.has(`${row.at.file}#${row.at.row}`))) continue;
    problems.error(
      { ...placeOf(code), field: code },
      `项目 ${code} 没有填报；确实不涉及的填“不适用”并说明理由`,
    );
  }
}

async function readFormTable(files: FolderFiles, file: string, kind: FormKind, problems: Problems) {
  const tables = await readFolderTables(files, file, problems);
  for (const table of tables) {
    const header = formHeader(table, kind.columns);
    if (!header) continue;
    const at = { file, ...(table.sheet && { sheet: table.sheet }) };
    return { at, entries: formEntries(header, at, kind.columns) };
  }
  if (tables.length > 0) {
    const titles = [FORM_COLUMNS.code, FORM_COLUMNS.field, kind.columns.value, kind.columns.remark];
    problems.error({ file, row: 1 }, `没有找到表头，第一行应有：${titles.join('、')}`);
  }
  return undefined;
}

/** The tables of a file of the folder; none after telling that it cannot be read. */
export async function readFolderTables(
  files: FolderFiles,
  file: string,
  problems: Problems,
): Promise<Table[]> {
  try {
    return await readTables(file, files.read(file));
  } catch (error) {
    if (!(error instanceof UnreadableTable)) throw error;
    problems.error({ file }, error.message);
    return [];
  }
}

interface FormHeader {
  columns: Map<string, number>;
  body: Cell[][];
}

function formHeader(table: Table, { value, remark }: FormColumns): FormHeader | undefined {
  const wanted = [FORM_COLUMNS.code, FORM_COLUMNS.field, value, remark];
  const index = table.rows.findIndex((row) => {
    const titles = row.map((cell) => compact(cell.value));
    return wanted.every((title) => titles.includes(title));
  });
  const cells = table.rows[index];
  return (
    cells && {
      columns: new Map(cells.map((cell, position) => [compact(cell.value), position])),
      body: table.rows.slice(index + 1),
    }
  );
}

/** Rows that say something. A row without a code belongs to the one above, as merged cells read. */
function formEntries(header: FormHeader, at: Form['at'], columns: FormColumns): FormEntry[] {
  let code = '';
  return header.body.flatMap((row) => {
    const cellOf = (title: string) => row[header.columns.get(title) ?? -1];
    const text = (title: string) => tidyText(cellOf(title)?.value ?? null);
    code = compact(cellOf(FORM_COLUMNS.code)?.value ?? null).toUpperCase() || code;
    const value = cellOf(columns.value)?.value ?? null;
    const remark = String(cellOf(columns.remark)?.value ?? '').trim();
    const listed = (title: string) =>
      text(title)
        .split(/[;\n]/)
        .map((part) => part.trim())
        .filter(Boolean);
    const evidence = listed(FORM_COLUMNS.evidence);
    const effectiveOn = listed(FORM_COLUMNS.effectiveOn);
    if (compact(value) === '' && remark === '' && evidence.length === 0) return [];
    const number = rowOf(row[0]?.address ?? 'A1');
    const cell = cellOf(columns.value)?.address ?? row[0]?.address ?? '';
    const field = tidyText(cellOf(FORM_COLUMNS.field)?.value ?? null);
    const place = { ...at, row: number, cell, field: field || code };
    return [{ at: place, code, field, value, remark, evidence, effectiveOn }];
  });
}
