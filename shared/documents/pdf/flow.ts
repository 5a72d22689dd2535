import { LINE_PITCH, TYPE_AREA } from '../measures.ts';

/** Something of a height that is drawn whole on one page; a paragraph is a box for each of its lines. */
export interface Box {
  height: number;
  /** @param top from the page's top edge */
  draw(top: number): void;
  /** Stands on the same page as the box after it: a heading, what precedes a signature. */
  keepWithNext?: boolean;
  /** An empty line, left out at the top of a page. */
  blank?: boolean;
  /** Begins on a line of the grid, which a table before it may have left. */
  onGrid?: boolean;
  /** Drawn above the box where it begins a page: the head of its table. */
  head?: Box;
}

/** Points are sums of fractions: a hair beyond the type area is not beyond it. */
const HAIR = 0.01;

/** Empty lines. */
export function blankLines(count: number): Box[] {
  return Array.from({ length: count }, () => ({
    height: LINE_PITCH,
    blank: true,
    keepWithNext: true,
    draw() {},
  }));
}

/**
 * Puts boxes on pages, one below the other.
 * @param used points of the current page's type area that are already taken
 * @param nextPage begins a page
 */
export function flow(boxes: readonly Box[], used: number, nextPage: () => void): void {
  let y = used;
  let fresh = used === 0;
  const place = (box: Box) => {
    if (fresh && box.blank) return;
    if (fresh && box.head) {
      box.head.draw(TYPE_AREA.top + y);
      y += box.head.height;
    }
    if (box.onGrid) y = onGrid(y);
    box.draw(TYPE_AREA.top + y);
    y += box.height;
    fresh = false;
  };
  for (const group of groups(boxes)) {
    if (!fresh && heightAfter(group, y) > TYPE_AREA.height + HAIR) {
      nextPage();
      [y, fresh] = [0, true];
    }
    for (const box of group) {
      if (!fresh && heightAfter([box], y) > TYPE_AREA.height + HAIR) {
        nextPage();
        [y, fresh] = [0, true];
      }
      place(box);
    }
  }
}

function heightAfter(group: readonly Box[], y: number): number {
  return group.reduce((sum, box) => (box.onGrid ? onGrid(sum) : sum) + box.height, y);
}

function onGrid(y: number): number {
  return Math.ceil((y - HAIR) / LINE_PITCH) * LINE_PITCH;
}

/** Boxes that stay together, in order. */
function groups(boxes: readonly Box[]): Box[][] {
  const found: Box[][] = [];
  let open: Box[] = [];
  for (const box of boxes) {
    open.push(box);
    if (box.keepWithNext) continue;
    found.push(open);
    open = [];
  }
  return open.length > 0 ? [...found, open] : found;
}
