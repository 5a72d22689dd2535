/** Fills pages from top to bottom on the line grid of the type area. */
import type { Face } from '../model.ts';
import { CHARACTER_PITCH, LINE_PITCH, SIZE, TYPE_AREA } from '../standard.ts';
import { compose, type Segment, type Setting } from './compose.ts';
import type { Element, Item, Page, TextLine } from './page.ts';

export type Measure = Setting['measure'];

/** The ideographic em box reaches 0.88 em above the baseline. */
const ASCENT = 0.88;

export interface Style {
  size?: number;
  align?: Setting['align'];
  /** Characters in from the left, of the first line and of every line. */
  indent?: number;
  left?: number;
  right?: number;
  color?: string;
  bookmark?: TextLine['bookmark'];
}

export class Flow {
  readonly pages: Page[] = [{ items: [] }];
  /** Top level of the document's structure, in reading order. */
  readonly elements: Element[] = [];
  readonly #measure: Measure;
  #y = TYPE_AREA.top;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  get y(): number {
    return this.#y;
  }

  /** Goes down by so many points, and back onto the line grid. */
  moveTo(y: number): void {
    const lines = Math.ceil((y - TYPE_AREA.top) / LINE_PITCH - 1e-6);
    this.#y = TYPE_AREA.top + lines * LINE_PITCH;
  }

  /** Goes down to an exact place: inside a table or the head of a letter. */
  moveExactlyTo(y: number): void {
    this.#y = y;
  }

  skip(lines: number): void {
    this.#y += lines * LINE_PITCH;
  }

  get left(): number {
    return TYPE_AREA.top + TYPE_AREA.height - this.#y;
  }

  newPage(): void {
    this.pages.push({ items: [] });
    this.#y = TYPE_AREA.top;
  }

  /** A new page unless `height` is left on this one; says whether it turned the page. */
  ensure(height: number): boolean {
    if (this.left + 0.01 >= height) return false;
    this.newPage();
    return true;
  }

  draw(item: Item): void {
    this.pages.at(-1)?.items.push(item);
  }

  element(type: Element['type'], parent?: Element): Element {
    const element: Element = { type, children: [] };
    (parent?.children ?? this.elements).push(element);
    return element;
  }

  /** Lines of text from here on, one per line of the grid. */
  text(segments: readonly Segment[], style: Style = {}, element?: Element): void {
    const { size = SIZE.body, align = 'justify', indent = 0, left = 0, right = 0, color = 'black' } = style;
    const lines = this.compose(segments, {
      size,
      pitch: size === SIZE.body ? CHARACTER_PITCH : size,
      width: TYPE_AREA.width - (left + right) * CHARACTER_PITCH,
      indent: indent * CHARACTER_PITCH,
      align,
    });
    lines.forEach((runs, index) => {
      this.ensure(LINE_PITCH);
      this.draw({
        kind: 'text',
        x: TYPE_AREA.left + left * CHARACTER_PITCH,
        baseline: this.#y + baselineIn(LINE_PITCH, size),
        size,
        color,
        runs,
        ...(element && { element }),
        ...(index === 0 && style.bookmark && { bookmark: style.bookmark }),
      });
      this.skip(1);
    });
  }

  compose(segments: readonly Segment[], setting: Omit<Setting, 'measure'>) {
    return compose(segments, { ...setting, measure: this.#measure });
  }

  widthOf(text: string, face: Face, size: number, pitch: number): number {
    const setting = { size, pitch, width: Number.POSITIVE_INFINITY, indent: 0, align: 'left' as const };
    const [runs = []] = this.compose([{ text, face }], setting);
    return runs.reduce((width, run) => {
      const natural = [...run.text].reduce((sum, each) => sum + this.#measure(each, face, size), 0);
      return Math.max(width, run.x + natural + run.spacing * [...run.text].length);
    }, 0);
  }
}

/** Where the baseline lies when the em box stands in the middle of a line of that height. */
export function baselineIn(height: number, size: number): number {
  return (height - size) / 2 + size * ASCENT;
}
