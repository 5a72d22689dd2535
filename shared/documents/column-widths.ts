import { characters, isWide } from './line-breaking.ts';
import type { Table } from './model.ts';
import { cellLines } from './printed.ts';

/** Width of a Latin letter or digit as a part of the type size, in the widest of the faces used. */
const NARROW = 0.64;

/**
 * Widths of a table's columns: their shares of the whole, but no column narrower than its longest number or word,
 * and no head of up to four characters broken, where the whole has room for that.
 * @param padding points that a cell keeps free on both sides together
 */
export function columnWidths(table: Table, whole: number, size: number, padding: number): number[] {
  const least = table.columns.map((column, index) => {
    const words = table.rows.map((row) => longestWord(row[index] ?? ''));
    const head = [...column.title].length <= 4 ? lengthOf(column.title) : longestWord(column.title);
    return Math.max(head, ...words, 1) * size + padding;
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const shares = table.columns.map((column) => column.share);
  if (sum(least) > whole) return shares.map((share) => (whole * share) / sum(shares));
  const fixed = new Set<number>();
  for (;;) {
    const free = whole - sum([...fixed].map((index) => least[index] ?? 0));
    const open = sum(shares.filter((_, index) => !fixed.has(index)));
    const width = (index: number) =>
      fixed.has(index) ? (least[index] ?? 0) : (free * (shares[index] ?? 0)) / open;
    const short = least.findIndex((needed, index) => !fixed.has(index) && width(index) < needed);
    if (short === -1) return shares.map((_, index) => width(index));
    fixed.add(short);
  }
}

function longestWord(text: string): number {
  const words = cellLines(text).flatMap((line) => line.match(/[\u0021-\u04FF]+/g) ?? []);
  return Math.max(0, ...words.map(lengthOf));
}

function lengthOf(text: string): number {
  return characters(text).reduce((sum, character) => sum + (isWide(character) ? 1 : NARROW), 0);
}
