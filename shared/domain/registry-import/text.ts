/** Text as people type it: full-width signs, stray and invisible spaces. */
import type { CellValue } from './table.ts';

const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g;

/** A cell as text: numbers and dates in their plain notation, empty text for nothing. */
export function textOf(value: CellValue): string {
  if (value === null) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return String(value).replace(INVISIBLE, '');
}

/** For codes, numbers and headers: half-width (NFKC), no white space at all. */
export function compact(value: CellValue): string {
  return textOf(value).normalize('NFKC').replace(/\s+/g, '');
}

/**
 * For names: half-width letters and digits, full-width brackets as Chinese names are printed, no white space beside
 * Chinese characters, single spaces elsewhere.
 */
export function tidyName(value: CellValue): string {
  return textOf(value)
    .normalize('NFKC')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\p{Script=Han}（）]) | (?=[\p{Script=Han}（）])/gu, '')
    .trim();
}

/** For free text: half-width, single spaces. */
export function tidyText(value: CellValue): string {
  return textOf(value).normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/** Quoted for a message, cut when long. */
export function quoted(value: CellValue): string {
  const text = textOf(value).trim();
  return `“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;
}

/** A whole number, not negative; `1,200` is one too. Undefined where the text has no certain meaning. */
export function countOf(value: CellValue): number | undefined {
  const text = compact(value);
  const plain = /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text;
  return /^\d{1,10}$/.test(plain) ? Number(plain) : undefined;
}
