import { characters, isWide } from './line-breaking.ts';
import type { Table } from './model.ts';
import { cellLines } from './printed.ts';

/** What a cell takes: type size, space on both sides together, and a Latin letter's width as a part of the size. */
export interface CellMeasures {
  size: number;
  padding: number;
  narrow: number;
}

/** Cells and heads up to this length look broken when they are cut: 评估星级, ★★★★★. */
const SHORT = 5;

/**
 * Widths of a table's columns: their shares of the whole, but no column narrower than its longest number, word or
 * short text, where the whole has room for that.
 */
export function columnWidths(table: Table, whole: number, measures: CellMeasures): number[] {
  const least = table.columns.map((column, index) => {
    let longest = unbroken(column.title, measures.narrow);
    for (const row of table.rows) longest = Math.max(longest, unbroken(row[index] ?? '', measures.narrow));
    return longest * measures.size + measures.padding;
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

/** Length of what should not be cut in a cell, in full characters. */
function unbroken(text: string, narrow: number): number {
  const pieces = cellLines(text).flatMap((line) => [
    ...(characters(line).length <= SHORT ? [line] : []),
    ...(line.match(/[\u0021-\u04FF]+/g) ?? []),
  ]);
  return Math.max(1, ...pieces.map((piece) => lengthOf(piece, narrow)));
}

function lengthOf(text: string, narrow: number): number {
  return characters(text).reduce((sum, character) => sum + (isWide(character) ? 1 : narrow), 0);
}
