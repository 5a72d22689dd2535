/** Tables: cells that wrap, rows that stay whole, and a head that stands again on every page. */
import type { Column, Table } from '../model.ts';
import { LINE_PITCH, SIZE, TYPE_AREA } from '../standard.ts';
import type { Run } from './compose.ts';
import { baselineIn, type Flow } from './flow.ts';
import type { Element } from './page.ts';

const PADDING = 4;
const CELL_LINE = 17;
const THIN = 0.5;

interface Cell {
  column: Column;
  x: number;
  width: number;
  lines: Run[][];
}

export function layTable(flow: Flow, table: Table): void {
  const element = flow.element('Table');
  const head = cellsOf(flow, table, table.columns.map(({ title }) => title), true);
  flow.ensure(heightOf(head) + LINE_PITCH);
  layRow(flow, head, flow.element('TR', element), 'TH');
  for (const row of table.rows) {
    const cells = cellsOf(flow, table, row, false);
    if (flow.ensure(heightOf(cells))) layRow(flow, head, undefined, 'TH');
    layRow(flow, cells, flow.element('TR', element), 'TD');
  }
  flow.moveTo(flow.y + PADDING);
}

function cellsOf(flow: Flow, { columns }: Table, texts: readonly string[], head: boolean): Cell[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  let x = TYPE_AREA.left;
  return columns.map((column, index) => {
    const width = (column.width / total) * TYPE_AREA.width;
    const setting = {
      size: SIZE.table,
      pitch: SIZE.table,
      width: width - 2 * PADDING,
      indent: 0,
      align: head ? ('center' as const) : column.align,
    };
    const face = head ? ('heiti' as const) : ('fangsong' as const);
    const cell = { column, x, width, lines: flow.compose([{ text: texts[index] ?? '', face }], setting) };
    x += width;
    return cell;
  });
}

function heightOf(cells: readonly Cell[]): number {
  const most = Math.max(...cells.map(({ lines }) => lines.length));
  return Math.max(LINE_PITCH, most * CELL_LINE + 2 * PADDING);
}

/** Without an element the row is page furniture: the head's repetition. */
function layRow(flow: Flow, cells: readonly Cell[], row: Element | undefined, type: 'TH' | 'TD'): void {
  const height = heightOf(cells);
  const top = flow.y;
  for (const { x, width, lines } of cells) {
    const element = row && flow.element(type, row);
    const first = top + (height - lines.length * CELL_LINE) / 2;
    lines.forEach((runs, index) => {
      const baseline = first + index * CELL_LINE + baselineIn(CELL_LINE, SIZE.table);
      const size = SIZE.table;
      flow.draw({
        kind: 'text',
        x: x + PADDING,
        baseline,
        size,
        color: 'black',
        runs,
        ...(element && { element }),
      });
    });
    box(flow, x, top, width, height);
  }
  flow.moveExactlyTo(top + height);
}

function box(flow: Flow, x: number, y: number, width: number, height: number): void {
  const rule = { kind: 'rule' as const, x, y, thickness: THIN, color: 'black' };
  flow.draw({ ...rule, width });
  flow.draw({ ...rule, y: y + height, width });
  flow.draw({ ...rule, width: 0, height });
  flow.draw({ ...rule, x: x + width, width: 0, height });
}
