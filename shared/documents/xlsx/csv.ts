/** A sheet as CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, and no text that a spreadsheet would execute. */
import { plainValue, type Sheet } from './workbook.ts';

export function toCsv({ columns, rows, totals }: Sheet): string {
  const lines = [columns.map(({ title }) => title), ...rows, ...(totals ? [totals] : [])];
  const text = lines.map((line) => line.map((cell) => field(plainValue(cell))).join(',')).join('\r\n');
  return `\uFEFF${text}\r\n`;
}

/** A text that begins like a formula gets an apostrophe, which spreadsheets take for "this is text". */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@＝＋－＠\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
