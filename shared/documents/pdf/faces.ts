import { create, type Font } from 'fontkit';
import type { DocumentFonts, Face } from '../fonts.ts';
import { type Cell, characters, isWide } from '../line-breaking.ts';
import { CHARACTER_PITCH, TEXT_SIZE } from '../measures.ts';

/** A character that the embedded faces lack; it is printed as 〓, the printers' mark for a missing sort. */
export interface MissingCharacter {
  character: string;
  /** U+20BB7 */
  codePoint: string;
}

const MISSING_SORT = '〓';

/** A cell of text in a face; `group` tells apart what the document's structure keeps apart on one line. */
export interface SetCell extends Cell {
  face: Face;
  size: number;
  /** Space before the glyph in its cell, where it is narrower than the cell. */
  inset: number;
  group: number;
}

export interface SetRun {
  text: string;
  face: Face;
  group?: number;
}

/** Measures characters in the embedded faces and keeps account of those that are missing. */
export class Faces {
  readonly fonts: Readonly<Record<Face, Font>>;
  private readonly widths = new Map<string, number | undefined>();
  private readonly lacking = new Set<string>();

  constructor(fonts: DocumentFonts) {
    this.fonts = {
      text: openedForOne(fonts.text),
      title: openedForOne(fonts.title),
      sans: openedForOne(fonts.sans),
    };
  }

  /** Cells of runs on the character grid: a full character takes 15.79/16 of its size (GB/T 9704-2012, 5.2.3). */
  cells(runs: readonly SetRun[], size: number, pitch = (size * CHARACTER_PITCH) / TEXT_SIZE): SetCell[] {
    return runs.flatMap((run) =>
      characters(run.text).map((character) => this.cell(run, character, size, pitch)),
    );
  }

  /** Missing characters in the order of their code points. */
  missing(): MissingCharacter[] {
    return [...this.lacking].sort(byCodePoint).map((character) => ({
      character,
      codePoint: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    }));
  }

  private cell(run: SetRun, character: string, size: number, pitch: number): SetCell {
    const { text, width } = this.glyphs(run.face, character);
    const natural = width * size;
    const wide = isWide(character);
    const advance = wide ? Math.max(pitch, natural - (size - pitch)) : natural;
    const inset = wide && natural < size ? (size - natural) / 2 : 0;
    return { text, wide, advance, face: run.face, size, inset, group: run.group ?? 0 };
  }

  /** What is printed for a character, and its width as a part of the type size. */
  private glyphs(face: Face, character: string): { text: string; width: number } {
    const width = this.width(face, character);
    if (width !== undefined) return { text: character, width };
    for (const point of character) if (this.width(face, point) === undefined) this.lacking.add(point);
    return { text: MISSING_SORT, width: 1 };
  }

  private width(face: Face, character: string): number | undefined {
    const key = `${face} ${character}`;
    if (!this.widths.has(key)) this.widths.set(key, measured(this.fonts[face], character));
    return this.widths.get(key);
  }
}

const known = new WeakMap<Uint8Array, Font>();

/**
 * A face for one document. What a face's tables say is read once for all of them; glyphs are each document's own, for a
 * glyph remembers the first character that it was asked for, and the PDF tells readers that one.
 */
function openedForOne(bytes: Uint8Array): Font {
  const font = known.get(bytes) ?? opened(bytes);
  known.set(bytes, font);
  return Object.assign(Object.create(font), { _glyphs: {} });
}

function opened(bytes: Uint8Array): Font {
  const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if ('fonts' in font) throw new TypeError('a font collection is no face');
  return font;
}

function measured(font: Font, character: string): number | undefined {
  let width = 0;
  for (const point of character) {
    const code = point.codePointAt(0) ?? 0;
    if (!font.hasGlyphForCodePoint(code)) return undefined;
    if (!/\p{M}/u.test(point)) width += font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm;
  }
  return width;
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}
