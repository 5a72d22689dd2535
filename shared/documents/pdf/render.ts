/** Writes laid-out pages as a tagged PDF with embedded font subsets, always the same bytes for the same document. */
import PDFDocument from 'pdfkit';
import { FONT_OF, type FontName, type Fonts } from '../fonts.ts';
import type { OfficialDocument } from '../model.ts';
import { PAGE } from '../standard.ts';
import { layOut } from './layout.ts';
import type { Element, Item, Page, TextLine } from './page.ts';

/** A character that no embedded font has: it is printed as 〓 and named here. */
export interface MissingCharacter {
  character: string;
  codePoint: string;
}

export interface RenderedPdf {
  bytes: Uint8Array;
  pages: number;
  missing: MissingCharacter[];
}

type Pdf = InstanceType<typeof PDFDocument>;
type Struct = ReturnType<Pdf['struct']>;

/** The standard's replacement for a type that is not at hand 缺字符号. */
const GETA = '〓';
/** A fixed instant: a PDF must carry one, and the date of the document is in its text. */
const CREATED = new Date(0);

export async function renderPdf(document: OfficialDocument, fonts: Fonts): Promise<RenderedPdf> {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    size: [PAGE.width, PAGE.height],
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    tagged: true,
    pdfVersion: '1.7',
    info: { Title: document.title, Author: document.issuer, CreationDate: CREATED, ModDate: CREATED },
  });
  const bytes = collected(pdf);
  const type = new Typesetter(pdf, fonts);
  const { pages, elements } = layOut(document, (character, face, size) => type.widthOf(character, FONT_OF[face], size));
  const writer = new Writer(pdf, type);
  pages.forEach((page) => {
    writer.page(page);
  });
  writer.structure(elements);
  pdf.end();
  return { bytes: await bytes, pages: pages.length, missing: type.missing() };
}

function collected(pdf: Pdf): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on('error', reject);
  });
}

/** The part of an embedded font that pdfkit's types leave out. */
interface OpenFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): { advanceWidth: number };
  unitsPerEm: number;
}

/** Knows which characters the fonts have, and how wide they are. */
class Typesetter {
  readonly #pdf: Pdf;
  readonly #open = new Map<FontName, OpenFont>();
  readonly #widths = new Map<string, number>();
  readonly #missing = new Set<string>();

  constructor(pdf: Pdf, fonts: Fonts) {
    this.#pdf = pdf;
    for (const name of Object.keys(fonts) as FontName[]) {
      pdf.registerFont(name, Buffer.from(fonts[name].buffer, fonts[name].byteOffset, fonts[name].byteLength));
      pdf.font(name);
      this.#open.set(name, (pdf as unknown as { _font: { font: OpenFont } })._font.font);
    }
  }

  widthOf(character: string, font: FontName, size: number): number {
    const key = font + character;
    const known = this.#widths.get(key);
    if (known !== undefined) return known * size;
    const open = this.#open.get(font);
    const printed = this.printable(character, font);
    const width = open ? open.glyphForCodePoint(printed.codePointAt(0) ?? 0).advanceWidth / open.unitsPerEm : 1;
    this.#widths.set(key, width);
    return width * size;
  }

  /** The text with 〓 for what the font lacks; remembers what it lacked. */
  printable(text: string, font: FontName): string {
    const open = this.#open.get(font);
    return [...text]
      .map((character) => {
        if (open?.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return character;
        this.#missing.add(character);
        return GETA;
      })
      .join('');
  }

  missing(): MissingCharacter[] {
    return [...this.#missing].sort().map((character) => ({
      character,
      codePoint: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    }));
  }

  draw({ runs, x, baseline, size, color }: TextLine): void {
    for (const run of runs) {
      const font = FONT_OF[run.face];
      this.#pdf
        .font(font)
        .fontSize(size)
        .fillColor(color)
        .text(this.printable(run.text, font), x + run.x, baseline, {
          lineBreak: false,
          baseline: 'alphabetic',
          characterSpacing: run.spacing,
        });
    }
  }
}

/** Draws pages and keeps what belongs to which structure element. */
class Writer {
  readonly #pdf: Pdf;
  readonly #type: Typesetter;
  readonly #contents = new Map<Element, Parameters<Struct['add']>[0][]>();
  #outline: PDFKit.PDFOutline | undefined;

  constructor(pdf: Pdf, type: Typesetter) {
    this.#pdf = pdf;
    this.#type = type;
  }

  page({ items }: Page): void {
    this.#pdf.addPage();
    for (const item of items) this.#item(item);
  }

  #item(item: Item): void {
    const element = item.kind === 'text' ? item.element : undefined;
    if (element) {
      const content = this.#pdf.markStructureContent(element.type);
      this.#contents.set(element, [...(this.#contents.get(element) ?? []), content]);
    } else {
      this.#pdf.markContent('Artifact', { type: item.kind === 'text' ? 'Pagination' : 'Layout' });
    }
    if (item.kind === 'text') this.#type.draw(item);
    else this.#rule(item);
    this.#pdf.endMarkedContent();
    if (item.kind === 'text' && item.bookmark) this.#bookmark(item.bookmark);
  }

  #rule({ x, y, width, height = 0, thickness, color }: Extract<Item, { kind: 'rule' }>): void {
    this.#pdf
      .moveTo(x, y)
      .lineTo(x + width, y + height)
      .lineWidth(thickness)
      .stroke(color);
  }

  #bookmark({ title, level }: { title: string; level: 0 | 1 }): void {
    const parent = level === 1 && this.#outline ? this.#outline : this.#pdf.outline;
    const item = parent.addItem(title, { expanded: true });
    if (level === 0) this.#outline = item;
  }

  structure(elements: readonly Element[]): void {
    const root = this.#pdf.struct('Document');
    this.#pdf.addStructure(root);
    for (const element of elements) root.add(this.#struct(element));
    root.end();
  }

  #struct(element: Element): Struct {
    const struct = this.#pdf.struct(element.type, element.type === 'TH' ? { scope: 'Column' } : {});
    for (const content of this.#contents.get(element) ?? []) struct.add(content);
    for (const child of element.children) struct.add(this.#struct(child));
    struct.end();
    return struct;
  }
}
