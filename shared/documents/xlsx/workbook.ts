/** A workbook as data: typed cells under a frozen head. The same value gives the same bytes in XLSX and CSV. */

export interface Workbook {
  title: string;
  sheets: Sheet[];
}

export interface Sheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: readonly (readonly CellValue[])[];
  /** Totals, set in bold under a rule. */
  totals?: readonly CellValue[];
  /** Printed across the longer side of the page. */
  landscape?: boolean;
}

export interface SheetColumn {
  title: string;
  /** In characters of the default face; a Chinese one takes two. */
  width: number;
  /** How numbers are shown. */
  format?: NumberFormat;
  wrap?: boolean;
}

/** Whole, points as they are, two places, or whole per cents. */
export type NumberFormat = 'integer' | 'points' | 'score' | 'percent';

/** Text, a number, nothing, or a formula with the value that it has. */
export type CellValue = string | number | null | { formula: string; value: number };

/** `A1`, from 0-based column and row. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row + 1}`;
}

export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** The range of a column's rows below the head: `D2:D14`. */
export function columnRange(column: number, rows: number): string {
  return `${cellName(column, 1)}:${cellName(column, rows)}`;
}

export const plainValue = (cell: CellValue): string | number | null =>
  typeof cell === 'object' && cell !== null ? cell.value : cell;
