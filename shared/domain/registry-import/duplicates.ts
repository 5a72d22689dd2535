/** Rows with the same filing number: the same agency twice is merged, two different ones are refused at both places. */

import type { Agency } from '../agency.ts';
import { canonicalJson } from '../history.ts';
import type { ImportRow } from '../registry-import.ts';
import { COLUMN_TITLES } from './columns.ts';
import { printedPlace } from './table.ts';

/** A row of agencies with the cells that later checks point to. */
export interface NumberedRow {
  row: ImportRow;
  numberCell: string;
  occupationsCell: string;
}

/** Marks repeated rows; afterwards each filing number has at most one row with an agency. */
export function settleDuplicates(rows: readonly NumberedRow[]): void {
  const groups = Map.groupBy(
    rows.filter(({ row }) => row.filingNumber !== undefined),
    ({ row }) => row.filingNumber,
  );
  for (const [first, ...others] of groups.values()) {
    if (!first || others.length === 0) continue;
    const same = others.every(({ row }) => sameAgency(row.agency, first.row.agency));
    for (const other of others) {
      if (same) mergeInto(first, other);
      else contradict(first, other);
    }
    if (!same) for (const { row } of [first, ...others]) delete row.agency;
  }
}

/** Two rows that were both refused cannot be compared: they are told apart once they are mended. */
function sameAgency(a: Agency | undefined, b: Agency | undefined): boolean {
  return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b);
}

function mergeInto(first: NumberedRow, other: NumberedRow): void {
  const message = `与 ${printedPlace(first.row.place)}内容相同，已合并为一条`;
  report(other, 'warning', message);
  delete other.row.agency;
}

function contradict(first: NumberedRow, other: NumberedRow): void {
  const differing = differences(first.row.agency, other.row.agency);
  const [here, there] = [printedPlace(first.row.place), printedPlace(other.row.place)];
  const because = differing ? `但${differing}不同` : '请先改正这两行的其他问题';
  const message = (place: string) =>
    `备案号 ${first.row.filingNumber} 与${place}重复，${because}；请核对后只保留一行`;
  report(first, 'error', message(there));
  report(other, 'error', message(here));
}

function differences(a: Agency | undefined, b: Agency | undefined): string {
  if (!a || !b) return '';
  const titles: [keyof Agency, string][] = [
    ['name', COLUMN_TITLES.name],
    ['filingType', COLUMN_TITLES.filingType],
    ['nature', COLUMN_TITLES.nature],
    ['filingTerm', COLUMN_TITLES.term],
    ['county', COLUMN_TITLES.county],
    ['occupations', COLUMN_TITLES.occupations],
    ['contact', `${COLUMN_TITLES.contact}或${COLUMN_TITLES.phone}`],
  ];
  return titles
    .filter(([key]) => canonicalJson(a[key]) !== canonicalJson(b[key]))
    .map(([, title]) => title)
    .join('、');
}

function report({ row, numberCell }: NumberedRow, severity: 'error' | 'warning', message: string): void {
  row.problems.push({ severity, field: COLUMN_TITLES.filingNumber, cell: numberCell, message });
}
