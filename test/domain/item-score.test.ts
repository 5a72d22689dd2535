import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { decimal } from '../../shared/domain/exact.ts';
import type { Facts } from '../../shared/domain/facts.ts';
import { scoreItem } from '../../shared/domain/item-score.ts';
import { findItem, itemsOf } from '../../shared/domain/rubric.ts';
import { aCount, aGrade, anyFacts, aRate, bestFacts, faultsFound, ticks } from './builders.ts';

function scored(code: string, facts: Facts) {
  const item = findItem(DEFAULT_RUBRIC, code);
  if (!item) throw new TypeError(`no item ${code}`);
  return scoreItem(item, facts);
}
const pointsOf = (code: string, facts: Facts) => decimal(scored(code, facts).earned);

/** Lower bounds in per cent with their points; what lies below the last earns nothing. */
const BANDS: Record<string, [from: number, points: number][]> = {
  A2: [
    [90, 8],
    [80, 7],
    [70, 5],
    [60, 3],
    [40, 1],
  ],
  A3: [
    [100, 3],
    [95, 2],
    [80, 1],
  ],
  A4: [
    [80, 2],
    [50, 1],
  ],
  B1: [
    [100, 4],
    [90, 3],
    [70, 1],
  ],
  B3: [
    [100, 4],
    [90, 3],
    [70, 1],
  ],
  C4: [
    [100, 3],
    [80, 2],
    [50, 1],
  ],
  D3: [
    [100, 5],
    [90, 4],
    [60, 2],
  ],
  D4: [
    [100, 5],
    [80, 4],
    [50, 3],
  ],
  E1: [
    [100, 6],
    [80, 5],
    [60, 3],
    [30, 1],
  ],
  E3: [
    [100, 5],
    [80, 4],
    [60, 2],
  ],
  F1: [
    [100, 5],
    [95, 4],
    [85, 2],
  ],
};
/** What D4 gives below its lowest named bound: any computer examination earns a point. */
const BELOW: Record<string, number> = { D4: 1 };
const boundaries = Object.entries(BANDS).flatMap(([code, bands]) =>
  bands.map(([from, points], index): [string, number, number, number] => {
    return [code, from, bands[index + 1]?.[1] ?? BELOW[code] ?? 0, points];
  }),
);

describe('a rate in bands 分档', () => {
  it.each(boundaries)('%s at %d %%: below it %d points, from it on %d', (code, from, below, points) => {
    expect(pointsOf(code, aRate(from * 10_000 - 1, 1_000_000))).toBe(String(below));
    expect(pointsOf(code, aRate(from * 10_000, 1_000_000))).toBe(String(points));
    expect(pointsOf(code, aRate(from * 10_000 + 1, 1_000_000))).toBe(String(points));
  });

  it.each(Object.keys(BANDS))('%s earns nothing at 0', (code) => {
    expect(pointsOf(code, aRate(0, 10))).toBe('0');
  });

  it('D4 tells one computer examination in a thousand million from none', () => {
    expect(pointsOf('D4', aRate(1, 1_000_000_000))).toBe('1');
    expect(pointsOf('D4', aRate(0, 1_000_000_000))).toBe('0');
    expect(scored('D4', aRate(1, 4)).rule).toBe('1÷4=25.00%，大于 0%，得 1 分');
  });

  it('earns nothing when the denominator is 0, and says so', () => {
    for (const code of Object.keys(BANDS)) {
      const { earned, rule } = scored(code, aRate(5, 0));
      expect(earned).toBe(0);
      expect(rule).toContain('分母为 0');
    }
  });

  it('states the numbers, the bound and the points; the print never climbs to the bound', () => {
    expect(scored('A2', aRate(9, 10)).rule).toBe('9÷10=90.00%，不低于 90%，得 8 分');
    expect(scored('A2', aRate(899_999, 1_000_000)).rule).toBe('899999÷1000000=89.99%，不低于 80%，得 7 分');
    expect(scored('A2', aRate(39, 100)).rule).toBe('39÷100=39.00%，未达到最低档，得 0 分');
  });

  it.each([
    [0, 3],
    [1, 1],
    [2, 0],
    [3, 0],
    [100, 0],
  ])('G2 with %d complaints earns %d', (complaints, points) => {
    expect(pointsOf('G2', aCount(complaints))).toBe(String(points));
  });

  it('states a count without a per cent sign', () => {
    expect(scored('G2', aCount(1)).rule).toBe('1，不低于 1，得 1 分');
  });
});

describe('a checklist 清单', () => {
  it('earns a point for each line ticked, once', () => {
    expect(pointsOf('C2', ticks())).toBe('0');
    expect(pointsOf('C2', ticks('2', '5'))).toBe('2');
    expect(pointsOf('C2', ticks('2', '2', '2'))).toBe('1');
    expect(pointsOf('C2', ticks('1', '2', '3', '4', '5', '6'))).toBe('6');
  });

  it('names the lines that were met', () => {
    expect(scored('E2', ticks('3', '1')).rule).toBe('3 项中符合 2 项（命题保密、试卷交接），得 2 分');
    expect(scored('E2', ticks()).rule).toBe('3 项中符合 0 项（无），得 0 分');
  });
});

describe('a grade 评判', () => {
  it.each([
    ['C3', ['4', '3', '1', '0']],
    ['D2', ['3', '2', '1', '0']],
    ['G1', ['3', '2', '1', '0']],
  ])('of %s earns %j for A to D', (code, points) => {
    expect(['A', 'B', 'C', 'D'].map((grade) => pointsOf(code, aGrade(grade)))).toEqual(points);
  });

  it('that the rubric does not describe is an error', () => {
    expect(() => scored('C3', aGrade('E'))).toThrow(TypeError);
  });
});

describe('faults 扣分', () => {
  it.each([
    ['D1', ['4', '3', '2', '1', '0', '0']],
    ['D5', ['3', '2.5', '2', '1.5', '1', '0.5', '0', '0']],
    ['F2', ['3', '2', '1', '0', '0']],
  ])('of %s leave %j', (code, points) => {
    expect(points.map((_, faults) => pointsOf(code, faultsFound(faults)))).toEqual(points);
  });

  it('never take more than there is', () => {
    expect(pointsOf('D1', faultsFound(1_000_000_000))).toBe('0');
  });
});

describe('any item', () => {
  it.each(itemsOf(DEFAULT_RUBRIC).map((item) => [item.code, item] as const))(
    '%s earns between 0 and its points, and its points with the best facts',
    (_code, item) => {
      expect(scoreItem(item, bestFacts(item)).earned).toBe(item.points * 1000);
      fc.assert(
        fc.property(anyFacts(item), (facts) => {
          const { earned, rule } = scoreItem(item, facts);
          expect(earned).toBeGreaterThanOrEqual(0);
          expect(earned).toBeLessThanOrEqual(item.points * 1000);
          expect(rule.endsWith(`得 ${decimal(earned)} 分`)).toBe(true);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('is not scored from facts of another kind', () => {
    expect(() => scored('A1', faultsFound(0))).toThrow('item A1 is checklist, its facts are deduction');
  });
});
