import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Ratio } from '../../shared/domain/exact.ts';
import { starBand } from '../../shared/domain/score.ts';
import { aRubric } from './builders.ts';

/** Bands by lower and excluded upper bound in per cent; the highest has no upper bound. */
const LINE: [name: string, from: number, to: number][] = [
  ['五星级', 90, Number.POSITIVE_INFINITY],
  ['四星级', 80, 90],
  ['三星级', 70, 80],
  ['不合格', 0, 70],
];

function holds({ numerator, denominator }: Ratio, from: number, to: number): boolean {
  const points = BigInt(numerator) * 100n;
  const atLeast = (bound: number) => points >= BigInt(bound) * BigInt(denominator);
  return atLeast(from) && !(Number.isFinite(to) && atLeast(to));
}

const aTotal = fc
  .integer({ min: 1, max: 10_000_000 })
  .chain((denominator) =>
    fc.integer({ min: 0, max: denominator }).map((numerator): Ratio => ({ numerator, denominator })),
  );
/** Totals within a few millionths of a bound, where a wrong comparison would show. */
const nearABound = fc
  .record({ bound: fc.constantFrom(70, 80, 90, 100, 0), off: fc.integer({ min: -3, max: 3 }) })
  .map(({ bound, off }) => ({ numerator: bound * 1_000_000 + off, denominator: 100_000_000 }))
  .filter(({ numerator }) => numerator >= 0 && numerator <= 100_000_000);

describe('star bands 评估星级', () => {
  it('part the line from 0 to 100: every total has exactly one', () => {
    fc.assert(
      fc.property(fc.oneof(aTotal, nearABound), (total) => {
        const names = LINE.filter(([, from, to]) => holds(total, from, to)).map(([name]) => name);
        expect(names).toEqual([starBand(DEFAULT_RUBRIC, total).name]);
      }),
      { numRuns: 500 },
    );
  });

  it('never fall as the total rises', () => {
    fc.assert(
      fc.property(aTotal, fc.nat(1000), (total, more) => {
        const higher = { ...total, numerator: Math.min(total.numerator + more, total.denominator) };
        const [low, high] = [starBand(DEFAULT_RUBRIC, total), starBand(DEFAULT_RUBRIC, higher)];
        expect(high.stars).toBeGreaterThanOrEqual(low.stars);
      }),
    );
  });

  it('follow the rubric’s own bounds', () => {
    const rubric = aRubric((draft) => {
      draft.stars = [
        { stars: 1, name: '合格', from: 60.5 },
        { stars: 0, name: '不合格', from: 0 },
      ];
    });
    expect(starBand(rubric, { numerator: 605, denominator: 1000 }).name).toBe('合格');
    expect(starBand(rubric, { numerator: 604_999, denominator: 1_000_000 }).name).toBe('不合格');
  });
});
