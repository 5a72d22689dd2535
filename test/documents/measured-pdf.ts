import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

/**
 * What a PDF's own drawing operations put on its pages: every character with its place, size, face and colour, and
 * every filled or stroked shape's box. Points from the page's top left corner; text is placed by its baseline.
 */
export interface MeasuredCharacter {
  text: string;
  x: number;
  /** The baseline. */
  y: number;
  size: number;
  width: number;
  face: string;
  colour: string;
}

export interface MeasuredShape {
  left: number;
  top: number;
  width: number;
  height: number;
  colour: string;
}

export interface MeasuredPage {
  width: number;
  height: number;
  characters: MeasuredCharacter[];
  shapes: MeasuredShape[];
}

type Matrix = [number, number, number, number, number, number];

interface State {
  ctm: Matrix;
  colour: string;
  stroke: string;
  face: string;
  size: number;
  spacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
}

interface Glyph {
  unicode: string;
  width: number;
  isSpace: boolean;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

export async function measuredPdf(bytes: Uint8Array): Promise<MeasuredPage[]> {
  const pdf = await getDocument({ data: Uint8Array.from(bytes), verbosity: 0 }).promise;
  const pages: MeasuredPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const { fnArray, argsArray } = await page.getOperatorList();
    const reader = new OperationReader({
      width: right - left,
      height: top - bottom,
      characters: [],
      shapes: [],
    });
    fnArray.forEach((operation, index) => {
      reader.read(operation, argsArray[index] ?? []);
    });
    for (const character of reader.page.characters) character.face = faceName(page, character.face);
    pages.push(reader.page);
  }
  await pdf.loadingTask.destroy();
  return pages;
}

/** Characters of a page by baseline, from top to bottom, each line from left to right. */
export function linesOf(page: MeasuredPage, keep: (character: MeasuredCharacter) => boolean = () => true) {
  const lines: MeasuredCharacter[][] = [];
  for (const character of page.characters.filter(keep).sort((a, b) => a.y - b.y || a.x - b.x)) {
    const line = lines.find(([first]) => first !== undefined && Math.abs(first.y - character.y) < 1);
    if (line) line.push(character);
    else lines.push([character]);
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

export const textOf = (line: readonly MeasuredCharacter[]): string =>
  line.map((character) => character.text).join('');

interface LoadedPage {
  commonObjs: { get(id: string): { name?: string } };
}

function faceName(page: LoadedPage, id: string): string {
  return (page.commonObjs.get(id).name ?? id).replace(/^[A-Z]{6}\+/, '');
}

class OperationReader {
  readonly page: MeasuredPage;
  private state: State = {
    ctm: IDENTITY,
    colour: '#000000',
    stroke: '#000000',
    face: '',
    size: 0,
    spacing: 0,
    wordSpacing: 0,
    scale: 1,
    leading: 0,
  };
  private readonly saved: State[] = [];
  private text: Matrix = IDENTITY;
  private line: Matrix = IDENTITY;

  constructor(page: MeasuredPage) {
    this.page = page;
  }

  read(operation: number, args: unknown[]): void {
    const numbers = args.flatMap((arg) => (arg instanceof Float32Array ? [...arg] : [Number(arg)]));
    const [a = 0, b = 0] = numbers;
    switch (operation) {
      case OPS.save:
        this.saved.push({ ...this.state });
        break;
      case OPS.restore:
        this.state = this.saved.pop() ?? this.state;
        break;
      case OPS.transform:
        this.state.ctm = product(matrix(numbers), this.state.ctm);
        break;
      case OPS.setFillRGBColor:
        this.state.colour = String(args[0]);
        break;
      case OPS.setStrokeRGBColor:
        this.state.stroke = String(args[0]);
        break;
      case OPS.beginText:
        this.text = this.line = IDENTITY;
        break;
      case OPS.setTextMatrix:
        this.text = this.line = matrix(numbers);
        break;
      case OPS.moveText:
        this.text = this.line = product([1, 0, 0, 1, a, b], this.line);
        break;
      case OPS.setFont:
        this.state.face = String(args[0]);
        this.state.size = Number(args[1]);
        break;
      case OPS.setCharSpacing:
        this.state.spacing = a;
        break;
      case OPS.setWordSpacing:
        this.state.wordSpacing = a;
        break;
      case OPS.setHScale:
        this.state.scale = a / 100;
        break;
      case OPS.showText:
        for (const glyph of args[0] as (Glyph | number)[]) this.show(glyph);
        break;
      case OPS.constructPath:
        this.shape(Number(args[0]), args[2]);
        break;
    }
  }

  private show(glyph: Glyph | number): void {
    const { size, spacing, scale, wordSpacing, ctm, face, colour } = this.state;
    if (typeof glyph === 'number') {
      this.advance((-glyph / 1000) * size * scale);
      return;
    }
    const [, , , d, e, f] = product(this.text, ctm);
    const width = (glyph.width / 1000) * size * scale;
    const unit = Math.abs(d);
    this.page.characters.push({
      text: glyph.unicode,
      x: e,
      y: this.page.height - f,
      size: size * unit,
      width: width * unit,
      face,
      colour,
    });
    this.advance(width + (spacing + (glyph.isSpace ? wordSpacing : 0)) * scale);
  }

  private advance(width: number): void {
    this.text = product([1, 0, 0, 1, width, 0], this.text);
  }

  private shape(painted: number, box: unknown): void {
    if (!(box instanceof Float32Array) || painted === OPS.endPath) return;
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
    const [p, q] = [applied(this.state.ctm, x0, y0), applied(this.state.ctm, x1, y1)];
    this.page.shapes.push({
      left: Math.min(p.x, q.x),
      top: this.page.height - Math.max(p.y, q.y),
      width: Math.abs(p.x - q.x),
      height: Math.abs(p.y - q.y),
      colour: painted === OPS.stroke || painted === OPS.closeStroke ? this.state.stroke : this.state.colour,
    });
  }
}

function matrix(numbers: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}

/** `first` applied before `second`. */
function product(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [A, B, C, D, E, F] = second;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

function applied([a, b, c, d, e, f]: Matrix, x: number, y: number): { x: number; y: number } {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}
