/**
 * Importing the registry 名册 from the tables of a workbook or CSV file. Accepts what has one meaning however it is
 * written, refuses what has two, and tells every problem with its cell. Writes nothing: the result is a preview.
 */
import type { Agency } from './agency.ts';
import { COLUMN_TITLES, type Column, findHeader, type Header, isAside } from './registry-import/columns.ts';
import { type NumberedRow, settleDuplicates } from './registry-import/duplicates.ts';
import { importOccupation, listsOccupations } from './registry-import/occupation-rows.ts';
import { type ImportProblem, RowReader, readAgency } from './registry-import/row.ts';
import { addressOf, type Place, type Table } from './registry-import/table.ts';

export type { ImportProblem } from './registry-import/row.ts';
export type { CellValue, Place, Table } from './registry-import/table.ts';

export interface ImportOptions {
  /** The settings' `cityCode`; empty: filing numbers are not compared with it. */
  cityCode: string;
}

/** A row of the file. `agency` is absent where it is refused, merged into another row, or not about an agency. */
export interface ImportRow {
  place: Place;
  /** Known even where the rest of the row is refused. */
  filingNumber?: string;
  agency?: Agency;
  problems: ImportProblem[];
}

export interface RegistryImport {
  /** In the order of the file, one per filing number. Complete only if no row has an error. */
  agencies: Agency[];
  rows: ImportRow[];
}

export function importRegistry(tables: readonly Table[], { cityCode }: ImportOptions): RegistryImport {
  const sheets = tables.filter(hasContent).map((table) => ({ table, header: findHeader(table) }));
  const registries: Sheet[] = [];
  const occupationLists: Sheet[] = [];
  const rows: ImportRow[] = [];
  for (const { table, header } of sheets) {
    if (!header) rows.push(unknownSheet(table));
    else (listsOccupations(header) ? occupationLists : registries).push({ table, header });
  }
  if (registries.length === 0) return { agencies: [], rows: [...rows, noRegistry(tables)] };
  const numbered: NumberedRow[] = [];
  for (const sheet of registries) {
    rows.push(...headerProblems(sheet, AGENCY_COLUMNS));
    numbered.push(...importRows(sheet, cityCode));
  }
  settleDuplicates(numbered);
  rows.push(...numbered.map(({ row }) => row));
  const agencies = new Map(
    rows.flatMap(({ agency }) => (agency ? [[agency.filingNumber, agency] as const] : [])),
  );
  const known = new Set(numbered.flatMap(({ row }) => row.filingNumber ?? []));
  for (const sheet of occupationLists) rows.push(...importOccupations(sheet, agencies, known));
  for (const row of rows) {
    const merged = row.agency && agencies.get(row.agency.filingNumber);
    if (merged) row.agency = merged;
  }
  warnOfMissingOccupations(numbered);
  return { agencies: [...agencies.values()], rows };
}

interface Sheet {
  table: Table;
  header: Header;
}

/** Each list: one of these columns must be there. */
const AGENCY_COLUMNS: Column[][] = [['name'], ['filingType'], ['nature'], ['term', 'termFrom']];
const OCCUPATION_COLUMNS: Column[][] = [['occupationName'], ['levels']];

const hasContent = ({ rows }: Table) =>
  rows.some((row) => row.some(({ value }) => value !== null && value !== ''));

function rowAt(table: Table, row: number, problems: ImportProblem[]): ImportRow {
  return { place: { file: table.file, sheet: table.sheet, row }, problems };
}

function unknownSheet(table: Table): ImportRow {
  const message = '没有找到含“机构备案号”的表头，此表未导入；如是名册，请核对表头';
  return rowAt(table, 1, [{ severity: 'warning', field: '表头', cell: 'A1', message }]);
}

function noRegistry(tables: readonly Table[]): ImportRow {
  const table = tables[0] ?? { file: '', sheet: '', rows: [] };
  const columns = AGENCY_COLUMNS.map(([column]) => column && COLUMN_TITLES[column]).join('、');
  const message = `没有找到名册：表头应有机构备案号、${columns}等列`;
  return rowAt(table, 1, [{ severity: 'error', field: '表头', cell: 'A1', message }]);
}

function headerProblems({ table, header }: Sheet, required: Column[][]): ImportRow[] {
  const missing = required.filter((columns) => !columns.some((column) => header.columns.has(column)));
  const problems: ImportProblem[] = [
    ...missing.map((columns) => {
      const titles = columns.map((column) => `“${COLUMN_TITLES[column]}”`).join('或');
      const cell = addressOf(0, header.row);
      return { severity: 'error' as const, field: '表头', cell, message: `缺少${titles}列，请补上` };
    }),
    ...header.duplicates.map(({ column, address }) => {
      const message = `有两列都是“${COLUMN_TITLES[column]}”，无法确定以哪一列为准，请删去一列或改名`;
      return { severity: 'error' as const, field: '表头', cell: address, message };
    }),
    ...header.unknown.map(({ title, address }) => {
      const message = `没有识别“${title}”列，其内容未导入`;
      return { severity: 'warning' as const, field: '表头', cell: address, message };
    }),
  ];
  return problems.length > 0 ? [rowAt(table, header.row, problems)] : [];
}

/** Rows below a header that lacks a required column are not read: each would repeat the header's problem. */
function importRows(sheet: Sheet, cityCode: string): NumberedRow[] {
  const { table, header } = sheet;
  if (headerProblems(sheet, AGENCY_COLUMNS).some(hasError)) return [];
  return header.body
    .filter((cells) => !isAside(cells, header))
    .map((cells) => {
      const reader = new RowReader(cells, header, table.untyped ?? false);
      const { filingNumber, agency } = readAgency(reader, cityCode);
      const row = { ...rowAt(table, reader.row, reader.problems), filingNumber, agency };
      const numberCell = addressOf(header.columns.get('filingNumber') ?? 0, reader.row);
      const occupationsCell = addressOf(header.columns.get('occupations') ?? 0, reader.row);
      return { row, numberCell, occupationsCell };
    });
}

const hasError = ({ problems }: ImportRow) => problems.some(({ severity }) => severity === 'error');

function importOccupations(
  sheet: Sheet,
  agencies: Map<string, Agency>,
  known: ReadonlySet<string>,
): ImportRow[] {
  const { table, header } = sheet;
  const problems = headerProblems(sheet, OCCUPATION_COLUMNS);
  if (problems.some(hasError)) return problems;
  const told = header.body
    .filter((cells) => !isAside(cells, header))
    .map((cells) => importOccupation(cells, header, table.untyped ?? false, agencies, known))
    .filter((row) => row.problems.length > 0);
  return [...problems, ...told.map(({ row, problems: list }) => rowAt(table, row, list))];
}

/** Without occupations an agency counts in no major class: worth a word, not a refusal. */
function warnOfMissingOccupations(rows: readonly NumberedRow[]): void {
  for (const { row, occupationsCell: cell } of rows) {
    if (row.agency?.occupations.length !== 0) continue;
    const message = '没有填写职业（工种），统计职业大类时不计入';
    row.problems.push({ severity: 'warning', field: COLUMN_TITLES.occupations, cell, message });
  }
}
