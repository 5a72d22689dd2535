import { characters, isWide } from './line-breaking.ts';
import type { Title } from './model.ts';

/**
 * The lines of a title: as few as hold it, cut only between its phrases, shaped as a trapezium standing on its
 * short side or as a lozenge (GB/T 9704-2012, 7.3.1), and among those the most even. A phrase longer than a line is
 * cut where the line is full.
 * @param capacity characters that a line holds
 */
export function titleLines(title: Title, capacity: number): string[] {
  const phrases = title.flatMap((phrase) => pieces(phrase, capacity));
  for (let count = 1; count <= phrases.length; count++) {
    const shapes = arrangements(phrases, count).filter((lines) =>
      lines.every((line) => length(line) <= capacity),
    );
    const best = shapes.sort((a, b) => penalty(a) - penalty(b))[0];
    if (best) return best;
  }
  return phrases;
}

/** Length in full characters: a Latin letter or digit counts half. */
function length(text: string): number {
  return characters(text).reduce((sum, character) => sum + (isWide(character) ? 1 : 0.6), 0);
}

function pieces(phrase: string, capacity: number): string[] {
  const found: string[] = [];
  let piece = '';
  for (const character of characters(phrase)) {
    if (length(piece + character) > capacity) {
      found.push(piece);
      piece = '';
    }
    piece += character;
  }
  return piece === '' ? found : [...found, piece];
}

/** All ways to put the phrases in order on `count` lines. */
function arrangements(phrases: readonly string[], count: number): string[][] {
  if (count === 1) return [[phrases.join('')]];
  const found: string[][] = [];
  for (let first = 1; first <= phrases.length - count + 1; first++) {
    const line = phrases.slice(0, first).join('');
    for (const rest of arrangements(phrases.slice(first), count - 1)) found.push([line, ...rest]);
  }
  return found;
}

/** Unevenness; more for a block, a stray character at the end, and most for neither trapezium nor lozenge. */
function penalty(lines: readonly string[]): number {
  const lengths = lines.map(length);
  const longest = Math.max(...lengths);
  const uneven = lengths.reduce((sum, each) => sum + (longest - each) ** 2, 0);
  const peak = lengths.indexOf(longest);
  const shaped = lengths.every(
    (each, index) =>
      index === 0 || (index <= peak ? each >= (lengths[index - 1] ?? 0) : each <= (lengths[index - 1] ?? 0)),
  );
  const last = lengths.at(-1) ?? 0;
  const block = lines.length > 1 && longest - Math.min(...lengths) < 1;
  return uneven + (shaped ? 0 : 1000) + (lines.length > 1 && last < 3 ? 500 : 0) + (block ? 50 : 0);
}
