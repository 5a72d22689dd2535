/** Sets Chinese text into lines: the character grid, forbidden line starts and ends, and justification. Pure geometry. */
import type { Face } from '../model.ts';
import { NEVER_FIRST, NEVER_LAST } from '../standard.ts';

export interface Segment {
  text: string;
  face: Face;
}

export interface Setting {
  size: number;
  /** Advance of a full-width character. */
  pitch: number;
  width: number;
  /** Of the first line. */
  indent: number;
  align: 'left' | 'center' | 'right' | 'justify';
  /** Natural width of one character. */
  measure(character: string, face: Face, size: number): number;
}

/** Characters of one face at one even advance, from `x`. */
export interface Run {
  text: string;
  face: Face;
  x: number;
  /** To be added after each character's natural width. */
  spacing: number;
}

interface Glyph {
  text: string;
  face: Face;
  natural: number;
  advance: number;
}

/** A piece of text that is never broken: one Chinese character, a number, a word. */
interface Unit {
  glyphs: Glyph[];
  width: number;
}

const WORD = /[\p{Script=Latin}\d.%+\-/@_~]+|[\s\S]/gu;
const isFullWidth = (character: string) => (character.codePointAt(0) ?? 0) >= 0x2e80 || '—…“”‘’·★☆≥÷×'.includes(character);

/** One array of runs per line; every line but the last is as wide as the setting where it is justified. */
export function compose(segments: readonly Segment[], setting: Setting): Run[][] {
  const lines = breakLines(unitsOf(segments, setting), setting);
  return lines.map((line, index) => place(line, setting, index === 0, index === lines.length - 1));
}

function unitsOf(segments: readonly Segment[], setting: Setting): Unit[] {
  const units: Unit[] = [];
  for (const { text, face } of segments) {
    for (const [word] of text.matchAll(WORD)) {
      const glyphs = [...word].map((character) => glyphOf(character, face, setting));
      units.push(...splitLong(glyphs, setting.width));
    }
  }
  return units;
}

function glyphOf(text: string, face: Face, { size, pitch, measure }: Setting): Glyph {
  const natural = measure(text, face, size);
  return { text, face, natural, advance: isFullWidth(text) ? pitch : natural };
}

const widthOf = (glyphs: readonly Glyph[]) => glyphs.reduce((sum, { advance }) => sum + advance, 0);

/** A word wider than a line (a SHA-256) may be broken anywhere. */
function splitLong(glyphs: Glyph[], width: number): Unit[] {
  const whole = widthOf(glyphs);
  return whole <= width / 2
    ? [{ glyphs, width: whole }]
    : glyphs.map((glyph) => ({ glyphs: [glyph], width: glyph.advance }));
}

/** GB/T 15834 §5.1: the pair belongs on one line; —— and …… are never parted. */
function together(before: Unit, after: Unit): boolean {
  const last = before.glyphs.at(-1)?.text ?? '';
  const first = after.glyphs[0]?.text ?? '';
  return NEVER_FIRST.includes(first) || NEVER_LAST.includes(last);
}

function breakLines(units: Unit[], { width, indent }: Setting): Unit[][] {
  const lines: Unit[][] = [];
  let line: Unit[] = [];
  let used = indent;
  for (const unit of units) {
    if (used + unit.width > width + 0.01 && line.length > 0) {
      const carried = carriedOver(line, unit);
      lines.push(line.slice(0, line.length - carried.length));
      line = carried;
      used = carried.reduce((sum, each) => sum + each.width, 0);
    }
    line.push(unit);
    used += unit.width;
  }
  return [...lines, line];
}

/** Units at the line's end that must go to the next line with `next`; none if that would empty the line. */
function carriedOver(line: Unit[], next: Unit): Unit[] {
  for (let at = line.length; at > 0; at--) {
    const before = line[at - 1];
    const after = line[at] ?? next;
    if (before && !together(before, after)) return line.slice(at);
  }
  return [];
}

function place(line: Unit[], setting: Setting, first: boolean, last: boolean): Run[] {
  const glyphs = line.flatMap((unit) => unit.glyphs);
  const indent = first ? setting.indent : 0;
  const free = setting.width - indent - widthOf(glyphs);
  const spread = setting.align === 'justify' && !last ? free / Math.max(1, glyphs.length - 1) : 0;
  const offset = setting.align === 'center' ? free / 2 : setting.align === 'right' ? free : 0;
  return runsOf(glyphs, indent + offset, spread);
}

/** Joins neighbours of the same face and the same spacing; a narrow character stands in the middle of its cell. */
function runsOf(glyphs: readonly Glyph[], from: number, spread: number): Run[] {
  const runs: Run[] = [];
  let x = from;
  for (const { text, face, natural, advance } of glyphs) {
    const spacing = advance + spread - natural;
    const narrow = advance - natural > 1;
    const last = runs.at(-1);
    if (last && !narrow && last.face === face && Math.abs(last.spacing - spacing) < 1e-6) last.text += text;
    else runs.push({ text, face, x: narrow ? x + (advance - natural) / 2 : x, spacing });
    x += advance + spread;
  }
  return runs;
}
