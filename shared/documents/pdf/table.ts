import { columnWidths } from '../column-widths.ts';
import { breakLines, type Line } from '../line-breaking.ts';
import { TYPE_AREA } from '../measures.ts';
import type { Column, Facts, Table, TableSize } from '../model.ts';
import { cellLines, onOneLine } from '../printed.ts';
import type { SetCell } from './faces.ts';
import type { Box } from './flow.ts';
import type { Element, Sheets } from './sheets.ts';
import { lazily, offset, paragraph } from './text.ts';

interface Cell {
  text: string;
  width: number;
  align: NonNullable<Column['align']>;
  /** A head, set in 黑体. */
  scope?: 'Column' | 'Row';
}

interface Row {
  cells: readonly Cell[];
  size: number;
}

const PADDING = { across: 4, down: 3 };
const LEADING = 1.5;
/** A digit of the sans face, the widest of those used. */
const NARROW = 0.58;
const USUAL: TableSize = 12;

/** A table whose head is drawn again on each page that it crosses. */
export function tableBoxes(sheets: Sheets, parent: Element, table: Table): Box[] {
  const size = table.size ?? USUAL;
  const widths = columnWidths(table, TYPE_AREA.width, { size, padding: 2 * PADDING.across, narrow: NARROW });
  const element = lazily(() => sheets.element(parent, 'Table'));
  const cellsOf = (texts: readonly string[], scope?: Cell['scope']): Cell[] =>
    table.columns.map((column, index) => ({
      text: texts[index] ?? '',
      width: widths[index] ?? 0,
      align: scope === 'Column' ? 'centre' : (column.align ?? 'left'),
      ...(scope && { scope }),
    }));
  const titles = {
    cells: cellsOf(
      table.columns.map((column) => column.title),
      'Column',
    ),
    size,
  };
  const repeated = rowBox(sheets, titles, undefined);
  const rows = table.rows.map((row, index): Row => {
    const totals = table.totals && index === table.rows.length - 1;
    return { cells: cellsOf(row, totals ? 'Row' : undefined), size };
  });
  return [
    ...captionBoxes(sheets, parent, table, size),
    { ...rowBox(sheets, titles, element), keepWithNext: true },
    ...rows.flatMap((row) => rowBoxes(sheets, row, element, repeated)),
  ];
}

/** Names and values, the names as heads of their rows. */
export function factsBoxes(sheets: Sheets, parent: Element, facts: Facts): Box[] {
  const pairs = facts.pairs ?? 1;
  const name = TYPE_AREA.width * (pairs === 1 ? 0.24 : 0.17);
  const element = lazily(() => sheets.element(parent, 'Table'));
  const rows: Row[] = [];
  for (let at = 0; at < facts.entries.length; at += pairs) {
    const entries = facts.entries.slice(at, at + pairs);
    const value = TYPE_AREA.width / entries.length - name;
    rows.push({
      size: facts.size ?? USUAL,
      cells: entries.flatMap((entry): Cell[] => [
        { text: entry.name, width: name, align: 'centre', scope: 'Row' },
        { text: entry.value, width: value, align: 'left' },
      ]),
    });
  }
  return rows.flatMap((row) => rowBoxes(sheets, row, element));
}

function captionBoxes(sheets: Sheets, parent: Element, table: Table, size: number): Box[] {
  if (!table.captioned) return [];
  const runs = [{ text: onOneLine(table.caption), face: 'sans' as const }];
  return paragraph(sheets, parent, ['Caption'], runs, { size, align: 'centre', keepWithNext: true });
}

/** A row; one higher than a page is cut into rows that fit. */
function rowBoxes(sheets: Sheets, row: Row, table: () => Element, head?: Box): Box[] {
  const most = Math.floor((TYPE_AREA.height - (head?.height ?? 0) - 2 * PADDING.down) / (row.size * LEADING));
  const lines = row.cells.map((cell) => cellText(sheets, row, cell));
  const boxes: Box[] = [];
  for (let from = 0; from === 0 || lines.some((cell) => cell.length > from); from += most) {
    const part = lines.map((cell) => cell.slice(from, from + most));
    boxes.push({ ...drawnRow(sheets, row, part, table), ...(head && { head }) });
  }
  return boxes;
}

function rowBox(sheets: Sheets, row: Row, table: (() => Element) | undefined): Box {
  const lines = row.cells.map((cell) => cellText(sheets, row, cell));
  return drawnRow(sheets, row, lines, table);
}

function cellText(sheets: Sheets, row: Row, cell: Cell): Line<SetCell>[] {
  const face = cell.scope ? 'sans' : 'text';
  const room = cell.width - 2 * PADDING.across;
  return cellLines(cell.text).flatMap((text) =>
    breakLines(sheets.faces.cells([{ text, face }], row.size, row.size), () => room, false),
  );
}

/** @param table its element in the structure; without one the row is a repetition, which a reader aloud leaves out */
function drawnRow(
  sheets: Sheets,
  row: Row,
  lines: Line<SetCell>[][],
  table: (() => Element) | undefined,
): Box {
  const pitch = row.size * LEADING;
  const height = Math.max(1, ...lines.map((cell) => cell.length)) * pitch + 2 * PADDING.down;
  const frames = (top: number) => {
    let left = TYPE_AREA.left;
    for (const cell of row.cells) {
      sheets.frame(left, top, cell.width, height);
      left += cell.width;
    }
  };
  const texts = (top: number, draw: (cell: Cell, drawCell: () => void) => void) => {
    let left = TYPE_AREA.left;
    row.cells.forEach((cell, index) => {
      const cellRows = lines[index] ?? [];
      const start = left + PADDING.across;
      const first = top + (height - cellRows.length * pitch) / 2 + (pitch - row.size) / 2;
      draw(cell, () => {
        cellRows.forEach((line, at) => {
          const room = cell.width - 2 * PADDING.across;
          sheets.line(line, start + offset(line, room, cell.align), first + at * pitch);
        });
      });
      left += cell.width;
    });
  };
  return {
    height,
    draw(top) {
      if (table === undefined) {
        sheets.asArtifact(() => {
          frames(top);
          texts(top, (_, drawCell) => drawCell());
        });
        return;
      }
      sheets.asArtifact(() => frames(top));
      const tr = sheets.element(table(), 'TR');
      texts(top, (cell, drawCell) => {
        const element = sheets.element(tr, cell.scope ? 'TH' : 'TD', cell.scope);
        sheets.within(element, drawCell);
      });
    },
  };
}
