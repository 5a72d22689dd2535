/** The provincial platform's export 平台导出 as a file: its rows as figures, and everything in it that cannot be read, by row and column. */
import { FilingNumber } from './agency.ts';
import { PLATFORM_TITLES, type PlatformField, type PlatformFigures } from './platform.ts';
import { type Cell, rowOf, type Table } from './registry-import/table.ts';
import { compact, countOf, quoted } from './registry-import/text.ts';

const NUMBER_TITLES = ['机构备案号', '备案号', '备案编号'];
const FIELDS = new Map(
  Object.entries(PLATFORM_TITLES).map(([field, title]) => [title, field as PlatformField]),
);

export interface PlatformProblem {
  /** While there is an error nothing of the file is taken; a warning says what is left out. */
  severity: 'error' | 'warning';
  row: number;
  /** `B7`. */
  cell?: string;
  /** The column's title. */
  column?: string;
  message: string;
}

export interface PlatformImport {
  sheet: string;
  figures: PlatformFigures[];
  problems: PlatformProblem[];
}

/** Reads the first sheet. Rows about an agency that is not `known` are left out, with a warning. */
export function importPlatform(
  tables: readonly Table[],
  known: (filingNumber: FilingNumber) => boolean,
): PlatformImport {
  const [table] = tables;
  const header = table && headerOf(table);
  if (!table || !header) {
    const titles = [...FIELDS.keys()].join('、');
    const message = `没有找到表头，应有：机构备案号、${titles}`;
    return { sheet: table?.sheet ?? '', figures: [], problems: [{ severity: 'error', row: 1, message }] };
  }
  const problems = headerProblems(header.cells);
  const figures = new Map<FilingNumber, { row: number; read: PlatformFigures }>();
  for (const cells of header.body) {
    const read = readRow(header.cells, cells, problems);
    if (!read) continue;
    const row = rowOf(cells[0]?.address ?? 'A1');
    const at = { row, column: '机构备案号' };
    const before = figures.get(read.filingNumber);
    if (before) {
      const message = `${read.filingNumber} 与第 ${before.row} 行重复，请只保留一行`;
      problems.push({ severity: 'error', ...at, message });
    } else if (!known(read.filingNumber)) {
      const message = `名册中没有备案号 ${read.filingNumber} 的机构，此行不使用`;
      problems.push({ severity: 'warning', ...at, message });
    } else figures.set(read.filingNumber, { row, read });
  }
  return { sheet: table.sheet, figures: [...figures.values()].map(({ read }) => read), problems };
}

function headerOf({ rows }: Table): { cells: Cell[]; body: Cell[][] } | undefined {
  const index = rows.findIndex((row) => row.some(({ value }) => NUMBER_TITLES.includes(compact(value))));
  const cells = rows[index];
  const body = rows.slice(index + 1).filter((row) => row.some(({ value }) => compact(value) !== ''));
  return cells && { cells, body };
}

function headerProblems(header: readonly Cell[]): PlatformProblem[] {
  const titles = header.map(({ value }) => compact(value));
  const row = rowOf(header[0]?.address ?? 'A1');
  const missing = [...FIELDS.keys()].filter((title) => !titles.includes(title));
  const twice = header.filter(({ value }, index) => {
    const title = compact(value);
    return FIELDS.has(title) && titles.indexOf(title) < index;
  });
  return [
    ...(missing.length > 0
      ? [{ severity: 'warning' as const, row, message: `没有${missing.join('、')}列，这些数不作比对` }]
      : []),
    ...twice.map(({ value, address }) => ({
      severity: 'error' as const,
      row,
      cell: address,
      column: compact(value),
      message: `有两列“${compact(value)}”，请只保留一列`,
    })),
  ];
}

/** The figures of a row; undefined after telling what is wrong with it. */
function readRow(
  header: readonly Cell[],
  cells: readonly Cell[],
  problems: PlatformProblem[],
): PlatformFigures | undefined {
  const figures: Partial<PlatformFigures> = {};
  const row = rowOf(cells[0]?.address ?? 'A1');
  const before = problems.length;
  let numbered = false;
  header.forEach((title, position) => {
    const column = compact(title.value);
    const { value = null, address } = cells[position] ?? {};
    const tell = (message: string) =>
      problems.push({ severity: 'error', row, ...(address && { cell: address }), column, message });
    const field = FIELDS.get(column);
    if (field && compact(value) !== '') {
      const count = countOf(value);
      if (count === undefined) tell(`${quoted(value)}应为不小于 0 的整数`);
      else figures[field] = count;
    } else if (NUMBER_TITLES.includes(column) && !numbered) {
      numbered = true;
      const number = FilingNumber.safeParse(compact(value).toUpperCase());
      if (number.success) figures.filingNumber = number.data;
      else tell(number.error.issues.map(({ message }) => message).join('；'));
    }
  });
  const { filingNumber } = figures;
  return filingNumber === undefined || problems.length > before ? undefined : { ...figures, filingNumber };
}
