/** One row of a registry as an agency, with everything that is wrong or doubtful about it. */
import { Agency, cityCodeDiffers, FilingNumber } from '../agency.ts';
import { COLUMN_TITLES, type Column, type Header } from './columns.ts';
import { readOccupations } from './occupations.ts';
import { addressOf, type Cell, type CellValue, rowOf } from './table.ts';
import { type Read, readBounds, readMonth, readTerm } from './term.ts';
import { compact, quoted, tidyName, tidyText } from './text.ts';
import { readFilingType, readNature } from './wording.ts';

export interface ImportProblem {
  severity: 'error' | 'warning';
  /** The column's title. */
  field: string;
  /** `B7`. */
  cell: string;
  message: string;
}

/** Access to a row's cells by column, and the list of its problems. */
export class RowReader {
  readonly problems: ImportProblem[] = [];
  readonly row: number;
  readonly header: Header;
  readonly untyped: boolean;
  private readonly cells: Cell[];

  constructor(cells: Cell[], header: Header, untyped: boolean) {
    this.cells = cells;
    this.header = header;
    this.untyped = untyped;
    this.row = rowOf(cells[0]?.address ?? 'A1');
  }

  has(column: Column): boolean {
    return this.header.columns.has(column);
  }

  value(column: Column): CellValue {
    return this.cells[this.header.columns.get(column) ?? -1]?.value ?? null;
  }

  /** A problem stands at the cell, even where the row ends before it. */
  report(severity: ImportProblem['severity'], column: Column, message: string): void {
    const position = this.header.columns.get(column) ?? 0;
    const cell = this.cells[position]?.address ?? addressOf(position, this.row);
    this.problems.push({ severity, field: COLUMN_TITLES[column], cell, message });
  }

  /** The value, after telling what there is to tell. */
  take<T>(column: Column, read: Read<T>): T | undefined {
    if ('error' in read) {
      this.report('error', column, read.error);
      return undefined;
    }
    if (read.warning) this.report('warning', column, read.warning);
    return read.value;
  }

  get refused(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }
}

export function readFilingNumber(reader: RowReader): FilingNumber | undefined {
  const raw = reader.value('filingNumber');
  const text = compact(raw).replace(/^'/, '').toUpperCase();
  const parsed = FilingNumber.safeParse(text);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues.map((issue) => issue.message).join('；');
  const said = text === '' ? '缺少备案号' : `${quoted(raw)}不是备案号`;
  reader.report('error', 'filingNumber', `${said}：${message}，请核对后改正`);
  return undefined;
}

/** The agency of a row; undefined when any field is refused. The filing number is told apart from the rest. */
export function readAgency(
  reader: RowReader,
  cityCode: string,
): { filingNumber?: FilingNumber; agency?: Agency } {
  const filingNumber = readFilingNumber(reader);
  const name = tidyName(reader.value('name'));
  if (name === '') reader.report('error', 'name', '缺少机构名称，请补填');
  const filingType = reader.take('filingType', readFilingType(reader.value('filingType')));
  const nature = reader.take('nature', readNature(reader.value('nature')));
  const filingTerm = readFilingTerm(reader);
  const { occupations, errors } = readOccupations(reader.value('occupations'));
  for (const message of errors) reader.report('error', 'occupations', message);
  const contact = { name: tidyName(reader.value('contact')), phone: readPhone(reader) };
  const county = tidyName(reader.value('county'));
  const parsed = Agency.safeParse({
    filingNumber,
    name,
    filingType,
    nature,
    filingTerm,
    county,
    occupations,
    contact,
  });
  if (!parsed.success) reportSchemaIssues(reader, parsed.error.issues);
  if (filingNumber) warnOfNumber(reader, filingNumber, filingType, cityCode);
  return {
    ...(filingNumber && { filingNumber }),
    ...(parsed.success && !reader.refused && { agency: parsed.data }),
  };
}

function readFilingTerm(reader: RowReader) {
  if (reader.has('term') && compact(reader.value('term')) !== '') {
    return reader.take('term', readTerm(reader.value('term'), reader.untyped));
  }
  const [from, to] = [reader.value('termFrom'), reader.value('termTo')];
  const end = compact(to) === '' ? undefined : readMonth(to, reader.untyped);
  if (end && 'error' in end) {
    reader.report('error', 'termTo', end.error);
    reader.take('termFrom', readMonth(from, reader.untyped));
    return undefined;
  }
  return reader.take(reader.has('termFrom') ? 'termFrom' : 'term', readBounds(from, to, reader.untyped));
}

function readPhone(reader: RowReader): string {
  const phone = tidyText(reader.value('phone'));
  if (phone !== '' && !/^[\d\s()+\-,;、/转]{7,}$/.test(phone)) {
    reader.report('warning', 'phone', `联系电话${quoted(phone)}不像电话号码，请核对`);
  }
  return phone;
}

const COLUMN_OF_FIELD: Record<string, Column> = {
  name: 'name',
  county: 'county',
  occupations: 'occupations',
  contact: 'contact',
};

/** What the schema refuses and no reader did, such as a name that is too long. */
function reportSchemaIssues(
  reader: RowReader,
  issues: { path: PropertyKey[]; message: string; code: string }[],
): void {
  for (const { path, message, code } of issues) {
    const field = COLUMN_OF_FIELD[String(path[0])];
    if (!field) continue;
    const column = path[1] === 'phone' ? 'phone' : field;
    const told = reader.problems.some(({ field: title }) => title === COLUMN_TITLES[column]);
    if (!told) reader.report('error', column, code === 'too_big' ? '内容过长，请缩短' : message);
  }
}

function warnOfNumber(
  reader: RowReader,
  number: FilingNumber,
  type: string | undefined,
  cityCode: string,
): void {
  if (cityCodeDiffers(number, cityCode)) {
    const message = `备案号 ${number} 中的地市代码为 ${number.slice(7, 9)}，本市一般为 ${cityCode}，请核对；无误则照此导入`;
    reader.report('warning', 'filingNumber', message);
  }
  if (type !== undefined && (type === 'enterprise') !== number.startsWith('Y')) {
    const message = `备案号 ${number} 以 ${number[0]} 开头，与备案类型不常见地搭配（Y 为用人单位，S 为社评组织和院校），请核对`;
    reader.report('warning', 'filingType', message);
  }
}
