import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleLines } from '../../shared/documents/title-shape.ts';

describe('the shape of a title', () => {
  it('is one line where that holds it', () => {
    expect(titleLines(['关于', '公布', '结果的', '通知'], 20)).toEqual(['关于公布结果的通知']);
  });

  it('is a trapezium on its short side', () => {
    expect(
      titleLines(['关于', '2021年度', '全市', '技能人才评价机构', '年度工作评估', '情况的通报'], 20),
    ).toEqual(['关于2021年度全市技能人才评价机构', '年度工作评估情况的通报']);
  });

  it('is a trapezium or lozenge of the fewest lines where it may be cut anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 36 }), (length) => {
        const lines = titleLines(Array(length).fill('评'), 12).map((line) => line.length);
        expect(lines).toHaveLength(Math.ceil(length / 12));
        const peak = lines.indexOf(Math.max(...lines));
        expect(lines.slice(0, peak + 1)).toEqual(lines.slice(0, peak + 1).sort((a, b) => a - b));
        expect(lines.slice(peak)).toEqual(lines.slice(peak).sort((a, b) => b - a));
      }),
    );
  });

  it('cuts only between phrases, and a phrase only where it is longer than a line', () => {
    const phrase = fc.string({ unit: fc.constantFrom(...'甲乙丙丁'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(phrase, { minLength: 1, maxLength: 12 }), (phrases) => {
        const lines = titleLines(phrases, 10);
        expect(lines.join('')).toBe(phrases.join(''));
        const ends = new Set(phrases.map((_, at) => phrases.slice(0, at + 1).join('').length));
        let at = 0;
        for (const line of lines) {
          at += line.length;
          expect(ends.has(at)).toBe(true);
        }
      }),
    );
    expect(titleLines(['评'.repeat(25)], 10).map((line) => line.length)).toEqual([10, 10, 5]);
  });
});
