import { breakLines, type Line } from '../line-breaking.ts';
import { CHARACTER_PITCH, LINE_PITCH, TEXT_SIZE, TYPE_AREA } from '../measures.ts';
import type { SetCell, SetRun } from './faces.ts';
import type { Box } from './flow.ts';
import { drawnWidth, type Element, type Sheets } from './sheets.ts';

export interface TextStyle {
  size?: number;
  /** Points from one full character to the next; the grid's by default. */
  pitch?: number;
  align?: 'left' | 'centre' | 'right';
  /** Points from the type area's left edge: of the first line, and of those after it. */
  indent?: number;
  hang?: number;
  /** Points kept free at the right edge. */
  rightIndent?: number;
  justify?: boolean;
  keepWithNext?: boolean;
}

/**
 * Roles in the structure of what the runs' groups hold: `['P']`, or `['H3', 'P']` for a heading that runs on; or an
 * element that several paragraphs share, such as the lines of a title.
 */
export type Roles = readonly (string | (() => Element))[];

/** Two characters, the indent of a paragraph's first line (GB/T 9704-2012, 7.3.3). */
export const INDENT = 2 * CHARACTER_PITCH;

/** A paragraph as a box a line, on the grid of lines. */
export function paragraph(
  sheets: Sheets,
  parent: Element,
  roles: Roles,
  runs: readonly SetRun[],
  style: TextStyle = {},
): Box[] {
  const { indent = 0, hang = 0, rightIndent = 0, size = TEXT_SIZE } = style;
  const room = (line: number) => TYPE_AREA.width - rightIndent - (line === 0 ? indent : hang);
  const lines = breakLines(sheets.faces.cells(runs, size, style.pitch), room, style.justify ?? false);
  const elements: Element[] = [];
  const element = (group: number) => {
    const role = roles[group] ?? 'P';
    const found = elements[group] ?? (typeof role === 'string' ? sheets.element(parent, role) : role());
    elements[group] = found;
    return found;
  };
  return lines.map((line, index) => ({
    height: LINE_PITCH,
    onGrid: true,
    keepWithNext: style.keepWithNext ?? false,
    draw(top) {
      const start = index === 0 ? indent : hang;
      const left = TYPE_AREA.left + start + offset(line, room(index), style.align);
      for (const group of new Set(line.cells.map((cell) => cell.group)))
        sheets.within(element(group), () =>
          sheets.line(line, left, top + (LINE_PITCH - size) / 2, undefined, group),
        );
    },
  }));
}

/** Where a line begins in the room it has. */
export function offset(line: Line<SetCell>, room: number, align: TextStyle['align']): number {
  if (align === undefined || align === 'left') return 0;
  const free = room - drawnWidth(line);
  return align === 'centre' ? free / 2 : free;
}

/** An element that is made when the first of its content is drawn, so that the structure is in reading order. */
export function lazily(make: () => Element): () => Element {
  let made: Element | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
