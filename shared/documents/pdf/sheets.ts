import PDFDocument from 'pdfkit';
import type { DocumentFonts } from '../fonts.ts';
import { isGap, type Line, widthOf } from '../line-breaking.ts';
import { DOUBLE_RULE, PAGE, RED } from '../measures.ts';
import { Faces, type SetCell } from './faces.ts';

/** An element of the tagged structure, to which content is added as it is drawn. */
export type Element = PDFKit.PDFStructureElement;

/** A bookmark, under which others can be put. */
export type Bookmark = PDFKit.PDFOutline;

/** Where the em box of a CJK face stands above its baseline, as a part of its size. */
const ASCENT = 0.88;

const BLACK = '#000000';

export interface SheetProperties {
  title: string;
  author: string;
  date: Date;
  language: string;
}

/** The sheets of a PDF: places lines of cells and rules at points counted from a page's top left corner. */
export class Sheets {
  readonly faces: Faces;
  readonly structure: Element;
  readonly bookmarks: Bookmark;
  private readonly pdf: PDFKit.PDFDocument;
  private readonly chunks: Uint8Array[] = [];
  private readonly ended: Promise<void>;

  constructor(fonts: DocumentFonts, properties: SheetProperties) {
    this.faces = new Faces(fonts);
    this.pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      autoFirstPage: false,
      font: '',
      fontLayoutCache: false,
      pdfVersion: '1.7',
      lang: properties.language,
      tagged: true,
      displayTitle: true,
      info: {
        Title: inXml(properties.title),
        Author: inXml(properties.author),
        Creator: 'xingping',
        CreationDate: properties.date,
        ModDate: properties.date,
      },
    });
    for (const face of ['text', 'title', 'sans'] as const) {
      // The library takes a face that is open already, its types do not.
      this.pdf.registerFont(face, this.faces.fonts[face] as unknown as Uint8Array);
    }
    this.ended = new Promise((resolve, reject) => {
      this.pdf.on('data', (chunk: Uint8Array) => this.chunks.push(chunk));
      this.pdf.on('end', resolve);
      this.pdf.on('error', reject);
    });
    this.structure = this.pdf.struct('Document');
    this.pdf.addStructure(this.structure);
    this.bookmarks = this.pdf.outline;
  }

  addPage(): void {
    this.pdf.addPage();
  }

  /** A new element of the structure inside another. */
  element(parent: Element, type: string, scope?: 'Column' | 'Row'): Element {
    // The library knows scopes, its types do not.
    const options = { title: undefined, scope };
    const made = this.pdf.struct(type, options);
    parent.add(made);
    return made;
  }

  /** A bookmark to a place on the current page. */
  bookmark(parent: Bookmark, title: string, top: number): Bookmark {
    // The library counts `left` from the right edge.
    const place = { expanded: true, top, left: PAGE.width };
    return parent.addItem(title, place);
  }

  /** Draws with what is drawn belonging to an element of the structure. */
  within(element: Element, draw: () => void): void {
    element.add(draw);
  }

  /** Draws what a reader aloud leaves out: rules, page numbers, repeated heads. */
  asArtifact(draw: () => void): void {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.pdf.endMarkedContent();
  }

  /**
   * Draws a line of cells with the top of its em box at `top`.
   * @param only draw the cells of one group, leaving the others' place
   */
  line(line: Line<SetCell>, left: number, top: number, colour = BLACK, only?: number): void {
    this.pdf.fillColor(colour);
    for (const segment of segments(line, left)) {
      if (only !== undefined && segment.group !== only) continue;
      this.pdf
        .font(segment.face, segment.size)
        .text(segment.text, segment.left, top + segment.size * ASCENT, {
          lineBreak: false,
          baseline: 'alphabetic',
          characterSpacing: segment.spacing,
        });
    }
  }

  /** A rule of a thickness, or a double rule whose thick line comes first or last, its upper edge at `top`. */
  rule(left: number, top: number, length: number, thickness: number, colour = RED): void {
    this.pdf.rect(left, top, length, thickness).fill(colour);
  }

  doubleRule(left: number, top: number, length: number, first: 'thick' | 'thin'): void {
    const { thick, thin, gap } = DOUBLE_RULE;
    const [upper, lower] = first === 'thick' ? [thick, thin] : [thin, thick];
    this.rule(left, top, length, upper);
    this.rule(left, top + upper + gap, length, lower);
  }

  /** A frame of hairlines. */
  frame(left: number, top: number, width: number, height: number): void {
    this.pdf.lineWidth(0.5).rect(left, top, width, height).stroke(BLACK);
  }

  async bytes(): Promise<Uint8Array> {
    this.structure.end();
    this.pdf.end();
    await this.ended;
    const bytes = new Uint8Array(this.chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}

/** Width of a line as drawn. */
export function drawnWidth(line: Line<SetCell>): number {
  const { cells, stretch } = line;
  const gaps = cells.slice(1).filter((cell, index) => isGap(cells[index] ?? cell, cell)).length;
  return widthOf(cells) + gaps * stretch;
}

interface Segment {
  text: string;
  left: number;
  face: SetCell['face'];
  size: number;
  spacing: number;
  group: number;
  wide: boolean;
}

/** Neighbours that one drawing operation can set: the same face, both on the grid or both in a word. */
function segments(line: Line<SetCell>, left: number): Segment[] {
  const found: Segment[] = [];
  let at = left;
  let joins = false;
  line.cells.forEach((cell, index) => {
    const open = found.at(-1);
    const next = line.cells[index + 1];
    const whole = cell.inset === 0;
    if (
      open &&
      joins &&
      whole &&
      open.wide === cell.wide &&
      open.face === cell.face &&
      open.group === cell.group
    )
      open.text += cell.text;
    else
      found.push({
        text: cell.text,
        left: at + cell.inset,
        face: cell.face,
        size: cell.size,
        spacing: cell.wide ? cell.advance - cell.size + line.stretch : 0,
        group: cell.group,
        wide: cell.wide,
      });
    joins = whole;
    at += cell.advance + (next && isGap(cell, next) ? line.stretch : 0);
  });
  return found;
}

/** The library writes properties into XML as they are; full-width signs say the same and break nothing. */
function inXml(text: string): string {
  return text.replaceAll('&', '＆').replaceAll('<', '＜').replaceAll('>', '＞');
}
