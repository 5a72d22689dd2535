/** The second sheet that some workbooks have: one row per occupation 职业（工种） of an agency. */
import type { Agency } from '../agency.ts';
import type { Header } from './columns.ts';
import { addOccupation, occupationOf } from './occupations.ts';
import { type ImportProblem, RowReader, readFilingNumber } from './row.ts';
import type { Cell } from './table.ts';

/** Whether a header lists occupations rather than agencies. */
export function listsOccupations(header: Header): boolean {
  return header.columns.has('occupationCode') && !header.columns.has('filingType');
}

/** Adds a row's occupation to its agency; rows with nothing to tell return an empty list. */
export function importOccupation(
  cells: Cell[],
  header: Header,
  untyped: boolean,
  agencies: Map<string, Agency>,
  known: ReadonlySet<string>,
): { row: number; problems: ImportProblem[] } {
  const reader = new RowReader(cells, header, untyped);
  const filingNumber = readFilingNumber(reader);
  const occupation = reader.take(
    'occupationCode',
    occupationOf(reader.value('occupationCode'), reader.value('occupationName'), reader.value('levels')),
  );
  if (filingNumber && !known.has(filingNumber)) {
    reader.report('error', 'filingNumber', `名册中没有备案号 ${filingNumber} 的机构，请核对`);
  }
  const agency = filingNumber && agencies.get(filingNumber);
  if (agency && occupation) {
    const occupations = [...agency.occupations];
    for (const message of addOccupation(occupations, occupation)) {
      reader.report('error', 'occupationName', message);
    }
    agencies.set(filingNumber, { ...agency, occupations });
  }
  return { row: reader.row, problems: reader.problems };
}
