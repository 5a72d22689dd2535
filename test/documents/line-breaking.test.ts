import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakLines,
  type Cell,
  characters,
  isWide,
  mayNotBegin,
  mayNotEnd,
  widthOf,
} from '../../shared/documents/line-breaking.ts';
import { CHARACTER_PITCH, TYPE_AREA } from '../../shared/documents/measures.ts';

const cells = (text: string): Cell[] =>
  characters(text).map((character) => ({
    text: character,
    wide: isWide(character),
    advance: isWide(character) ? CHARACTER_PITCH : 8,
  }));
const shown = (text: string, width = TYPE_AREA.width) => breakLines(cells(text), () => width, true);
const texts = (text: string) => shown(text).map((line) => line.cells.map((cell) => cell.text).join(''));

/**
 * Sentences as officials write them: words, now and then a mark, a number, a bracket or a title in 《》. Numbers and
 * Western words do not run together: a line before a run of half its length stays short, and is not to be filled.
 */
const word = fc.string({
  unit: fc.constantFrom(...'评价机构技能人才年度工作评估通报示例市县区人社局'),
  minLength: 1,
  maxLength: 12,
});
const phrase = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: fc.constantFrom('，', '。', '、', '；', '：', '！', '？') },
  { weight: 1, arbitrary: word.map((text) => `（${text}）`) },
  { weight: 1, arbitrary: word.map((text) => `《${text}》，`) },
  { weight: 1, arbitrary: word.map((text) => `“${text}。”`) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 99_999 }).map((number) => `${number}%的`) },
  { weight: 1, arbitrary: fc.constantFrom('——', '……', 'GB/T 9704的', '2020.4-2023.3的') },
);
const sentence = fc.array(phrase, { minLength: 1, maxLength: 60 }).map((parts) => `评价${parts.join('')}`);

describe('line breaking', () => {
  it('begins no line with closing and ends no line with opening punctuation', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const lines = texts(text);
        for (const line of lines.slice(1)) expect(mayNotBegin(line.at(0) ?? '')).toBe(false);
        for (const line of lines.slice(0, -1)) expect(mayNotEnd(line.at(-1) ?? '')).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('knows the marks that the standard of punctuation keeps from the edges', () => {
    for (const mark of '、，。；：？！）》〉」』】〕”’…—')
      expect([mark, mayNotBegin(mark)]).toEqual([mark, true]);
    for (const mark of '（《〈「『【〔“‘') expect([mark, mayNotEnd(mark)]).toEqual([mark, true]);
  });

  it('loses nothing and changes no order', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        expect(texts(text).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('ends every full line at the edge', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        for (const line of shown(text).slice(0, -1)) {
          const gaps = line.cells.filter((cell, at) => {
            const next = line.cells[at + 1];
            return next && (cell.wide || next.wide);
          }).length;
          expect(widthOf(line.cells) + gaps * line.stretch).toBeCloseTo(TYPE_AREA.width, 6);
        }
      }),
    );
  });

  it('cuts no number', () => {
    const lines = texts(`${'评'.repeat(26)}20220301`);
    expect(lines).toEqual(['评'.repeat(26), '20220301']);
  });

  it('cuts a word that is longer than a line, and marks without end', () => {
    expect(texts('x'.repeat(200)).length).toBe(4);
    expect(texts('。'.repeat(60)).length).toBe(3);
  });

  it('fills a line with 28 characters', () => {
    expect(texts('评'.repeat(57)).map((line) => line.length)).toEqual([28, 28, 1]);
  });
});
