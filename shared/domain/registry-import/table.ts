/** A sheet of a workbook or a CSV file as plain cells: what a reader hands over and every importer starts from. */

export type CellValue = string | number | boolean | Date | null;

export interface Cell {
  value: CellValue;
  /** `B7`; in a CSV file the row is the line number. */
  address: string;
}

export interface Table {
  file: string;
  /** Name of the sheet; empty for a CSV file. */
  sheet: string;
  rows: Cell[][];
  /** A CSV file has no cell types: `2020.1` may have been a number that lost its zero. */
  untyped?: boolean;
}

export interface Place {
  file: string;
  sheet: string;
  row: number;
}

/** Address of a cell by 0-based column and 1-based row. */
export function addressOf(column: number, row: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}

/** The row number that an address names. */
export function rowOf(address: string): number {
  return Number(address.replace(/^[A-Z]+/, ''));
}

/** `名册.xlsx［Sheet1］第7行`. */
export function printedPlace({ file, sheet, row }: Place): string {
  return `${file}${sheet ? `［${sheet}］` : ''}第${row}行`;
}
