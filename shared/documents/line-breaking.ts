/**
 * Chinese line breaking on a grid of characters (禁则, 避头尾).
 *
 * A wide character takes one cell of the grid; Latin letters and digits keep their own width and are not cut. No
 * closing punctuation begins a line and no opening punctuation ends one: a character that may not stand at the
 * break moves to the next line, and the line is justified.
 */
export interface Cell {
  /** A character with what combines with it. */
  text: string;
  wide: boolean;
  /** Advance in points. */
  advance: number;
}

export interface Line<C extends Cell> {
  cells: readonly C[];
  /** Points added behind each cell that is not followed by its own word, so that a full line ends at the edge. */
  stretch: number;
}

const CLOSING = new Set('、。，．：；！？）〕］｝〉》」』】〗’”…—～·‰℃%,.:;!?)]}');
const OPENING = new Set('（〔［｛〈《「『【〖‘“([{№￥$');

/** Widest stretch that still looks like a line of text; beyond it the line stays ragged. */
const MOST_STRETCH = 8;

/** True where a line must not begin with the character. */
export function mayNotBegin(text: string): boolean {
  return CLOSING.has(text);
}

/** True where a line must not end with the character. */
export function mayNotEnd(text: string): boolean {
  return OPENING.has(text);
}

/** Characters with what combines with them; selectors of variants are dropped, as no face here has them. */
export function characters(text: string): string[] {
  return text.replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu, '').match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
}

/** Latin letters, digits and signs keep their own width; everything else takes a cell. */
export function isWide(character: string): boolean {
  return !/^[\u0020-\u04FF]/.test(character) || /^[·×÷±§]/.test(character);
}

/**
 * Breaks cells into lines.
 * @param width points that a line offers, given its number (the first line of a paragraph is indented)
 * @param justify full lines are stretched to the edge
 */
export function breakLines<C extends Cell>(
  cells: readonly C[],
  width: (line: number) => number,
  justify: boolean,
): Line<C>[] {
  const lines: Line<C>[] = [];
  let start = 0;
  while (start < cells.length) {
    const room = width(lines.length);
    const full = fitting(cells, start, room);
    const end = full === cells.length ? full : lastBreak(cells, start, full);
    const shown = withoutSpaces(cells.slice(start, end));
    lines.push({ cells: shown, stretch: justify && end < cells.length ? stretched(shown, room) : 0 });
    start = end;
    while (start < cells.length && cells[start]?.text === ' ') start++;
  }
  return lines;
}

/** Points that the cells take. */
export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.advance, 0);
}

/** Whether a stretch falls between two neighbours: not inside a word or number. */
export function isGap(before: Cell, after: Cell): boolean {
  return before.wide || after.wide;
}

/** Points are sums of fractions: a hair over the edge is not over it. */
const HAIR = 0.01;

function fitting(cells: readonly Cell[], start: number, room: number): number {
  let used = 0;
  let at = start;
  for (; at < cells.length; at++) {
    const cell = cells[at];
    if (cell === undefined) break;
    used += cell.advance;
    if (used > room + HAIR && cell.text !== ' ') break;
  }
  return Math.max(at, start + 1);
}

function lastBreak(cells: readonly Cell[], start: number, full: number): number {
  for (let at = full; at > start; at--) if (mayBreak(cells, at)) return at;
  // A word longer than the line, or nothing but punctuation: cut it where the line is full.
  return full;
}

function mayBreak(cells: readonly Cell[], at: number): boolean {
  const [before, after] = [cells[at - 1], cells[at]];
  if (before === undefined || after === undefined) return true;
  if (after.text === ' ') return false;
  if (mayNotBegin(after.text) || mayNotEnd(before.text)) return false;
  return before.wide || after.wide || before.text === ' ';
}

function withoutSpaces<C extends Cell>(cells: C[]): C[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1]?.text === ' ') end--;
  return cells.slice(0, end);
}

function stretched(cells: readonly Cell[], room: number): number {
  const gaps = cells.slice(1).filter((cell, index) => isGap(cells[index] ?? cell, cell)).length;
  const stretch = gaps === 0 ? 0 : (room - widthOf(cells)) / gaps;
  return stretch <= MOST_STRETCH ? stretch : 0;
}
