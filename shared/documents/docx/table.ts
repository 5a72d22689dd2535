import { columnWidths } from '../column-widths.ts';
import type { Facts, Table, TableSize } from '../model.ts';
import { cellLines, onOneLine } from '../printed.ts';
import { TEXT_WIDTH, twips } from './measures.ts';
import { paragraph } from './paragraph.ts';
import { sized } from './styles.ts';
import { el, type Xml } from './xml.ts';

interface Cell {
  text: string;
  width: number;
  head?: boolean;
  align: 'left' | 'centre' | 'right';
}

const PADDING = 80;
const LEADING = 1.5;
/** Half in 仿宋, but as wide as this in what a machine without it may put in its place. */
const NARROW = 0.64;
const USUAL: TableSize = 12;

/** A table of fixed column widths, whose head each page repeats. */
export function tableXml(table: Table): Xml[] {
  const size = table.size ?? USUAL;
  const widths = rounded(
    columnWidths(table, TEXT_WIDTH / 20, { size, padding: (2 * PADDING) / 20, narrow: NARROW }),
  );
  const cells = (texts: readonly string[], head: boolean, centred: boolean): Cell[] =>
    table.columns.map((column, index) => ({
      text: texts[index] ?? '',
      width: widths[index] ?? 0,
      head,
      align: centred ? 'centre' : (column.align ?? 'left'),
    }));
  const titles = table.columns.map((column) => column.title);
  const rows = table.rows.map((row, index) =>
    rowXml(cells(row, (table.totals ?? false) && index === table.rows.length - 1, false), size, false),
  );
  const caption = table.captioned
    ? [
        paragraph('CellHead', [{ text: onOneLine(table.caption) }], {
          keepNext: true,
          spacing: { line: twips(size * LEADING) },
        }),
      ]
    : [];
  return [
    ...caption,
    framed(table.caption, widths, [rowXml(cells(titles, true, true), size, true), ...rows]),
  ];
}

/** Names and values in a ruled form. */
export function factsXml(facts: Facts): Xml[] {
  const pairs = facts.pairs ?? 1;
  const name = Math.round(TEXT_WIDTH * (pairs === 1 ? 0.24 : 0.17));
  const value = Math.floor(TEXT_WIDTH / pairs) - name;
  const widths = Array.from({ length: pairs }, () => [name, value]).flat();
  const rows: Xml[] = [];
  for (let at = 0; at < facts.entries.length; at += pairs) {
    const entries = facts.entries.slice(at, at + pairs);
    const last = (TEXT_WIDTH / entries.length) | 0;
    const cells = entries.flatMap((entry): Cell[] => [
      { text: entry.name, width: name, head: true, align: 'centre' },
      { text: entry.value, width: last - name, align: 'left' },
    ]);
    rows.push(rowXml(cells, facts.size ?? USUAL, false, entries.length < pairs ? 2 * pairs - 1 : 1));
  }
  return [framed(facts.caption, widths, rows)];
}

/** @param span columns that the last cell takes */
function rowXml(cells: readonly Cell[], size: number, repeated: boolean, span = 1): Xml {
  const properties = el('w:trPr', {}, [
    el('w:cantSplit'),
    ...(repeated ? [el('w:tblHeader')] : []),
    el('w:jc', { 'w:val': 'center' }),
  ]);
  const made = cells.map((cell, index) =>
    el('w:tc', {}, [
      el('w:tcPr', {}, [
        el('w:tcW', { 'w:w': cell.width, 'w:type': 'dxa' }),
        ...(span > 1 && index === cells.length - 1 ? [el('w:gridSpan', { 'w:val': span })] : []),
        el('w:vAlign', { 'w:val': 'center' }),
      ]),
      cellParagraph(cell, size, repeated),
    ]),
  );
  return el('w:tr', {}, [properties, ...made]);
}

function cellParagraph(cell: Cell, size: number, keepNext: boolean): Xml {
  const align = cell.align === 'centre' ? 'center' : cell.align;
  const properties = size === USUAL ? [] : sized(size, 0);
  return paragraph(cell.head ? 'CellHead' : 'Cell', [{ text: cellLines(cell.text).join('\n'), properties }], {
    keepNext,
    spacing: { line: twips(size * LEADING) },
    align,
  });
}

function framed(caption: string, widths: readonly number[], rows: readonly Xml[]): Xml {
  const edge = (name: string) =>
    el(`w:${name}`, { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': '000000' });
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge);
  const side = (name: string, width: number) => el(`w:${name}`, { 'w:w': width, 'w:type': 'dxa' });
  const properties = el('w:tblPr', {}, [
    el('w:tblW', { 'w:w': widths.reduce((a, b) => a + b, 0), 'w:type': 'dxa' }),
    el('w:jc', { 'w:val': 'center' }),
    el('w:tblBorders', {}, edges),
    el('w:tblLayout', { 'w:type': 'fixed' }),
    el('w:tblCellMar', {}, [
      side('top', 60),
      side('left', PADDING),
      side('bottom', 60),
      side('right', PADDING),
    ]),
    el('w:tblLook', { 'w:val': '0420', 'w:firstRow': 1, 'w:noVBand': 1 }),
    el('w:tblCaption', { 'w:val': caption }),
  ]);
  const grid = el(
    'w:tblGrid',
    {},
    widths.map((width) => el('w:gridCol', { 'w:w': width })),
  );
  return el('w:tbl', {}, [properties, grid, ...rows]);
}

/** Whole twentieths of a point that add up to the text's width. */
function rounded(widths: readonly number[]): number[] {
  const whole = widths.map(twips);
  const rest = TEXT_WIDTH - whole.reduce((a, b) => a + b, 0);
  return whole.map((width, index) => (index === whole.length - 1 ? width + rest : width));
}
