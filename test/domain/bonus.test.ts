import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { scoreAgency } from '../../shared/domain/score.ts';
import { aRate, aRubric, faultsFound, fullMarksBut, scoringOf, sheetEarning } from './builders.ts';

/** 92 points of 100, with these bonus claims. */
function bonusOf(claims: Record<string, number>, rubric = DEFAULT_RUBRIC) {
  const answers = fullMarksBut(rubric, { D1: faultsFound(4), D4: aRate(8, 10), F2: faultsFound(3) });
  const bonus = Object.fromEntries(Object.entries(claims).map(([code, count]) => [code, { count }]));
  return scoreAgency(scoringOf({ ...answers, bonus }, { rubric }));
}

describe('bonus 加分', () => {
  it('is added to the base', () => {
    expect(bonusOf({ P1: 1, P3: 1 })).toMatchObject({
      base: '92.00',
      total: '95.00',
      bonus: {
        points: '3',
        items: [
          { code: 'P1', points: '2' },
          { code: 'P3', points: '1' },
        ],
      },
    });
  });

  it.each([
    ['P1', ['0', '2', '2']],
    ['P2', ['0', '1', '2', '2']],
    ['P3', ['0', '1', '1']],
    ['P4', ['0', '1', '1']],
  ])('of %s by its number is %j', (code, points) => {
    expect(points.map((_, count) => bonusOf({ [code]: count }).bonus.points)).toEqual(points);
  });

  it('is at most 5 in all, and says where it was cut', () => {
    const sheet = bonusOf({ P1: 1, P2: 2, P3: 1, P4: 1 });
    expect(sheet).toMatchObject({ base: '92.00', total: '97.00' });
    expect(sheet.bonus).toMatchObject({ points: '5', note: '加分合计超过上限，按 5 分计' });
    const exactlyFive = bonusOf({ P1: 1, P2: 2, P3: 1 });
    expect(exactlyFive.bonus.points).toBe('5');
    expect(exactlyFive.bonus.note).toBeUndefined();
  });

  it('lifts no total above 100', () => {
    expect(sheetEarning(98, 100, 5)).toMatchObject({ total: '100.00', exact: { numerator: 10_000_000_000 } });
    expect(sheetEarning(98, 100, 1.5)).toMatchObject({ total: '99.50' });
  });

  it('may lift a pass into a higher band', () => {
    expect(sheetEarning(89.99, 100, 0.009)).toMatchObject({ total: '89.99', stars: 4 });
    expect(sheetEarning(89.99, 100, 0.01)).toMatchObject({ total: '90.00', stars: 5 });
  });

  it('cannot turn a fail into a pass, and says so', () => {
    const failed = sheetEarning(69.999, 100, 5);
    expect(failed).toMatchObject({ total: '69.99', result: '不合格' });
    expect(failed.bonus).toMatchObject({ points: '0', note: '基础分未达到合格线，加分不计入' });
    expect(sheetEarning(70, 100, 5)).toMatchObject({ total: '75.00', result: '三星级' });
  });

  it('follows the pass mark and the maximum of the rubric', () => {
    const strict = aRubric((rubric) => {
      rubric.stars = rubric.stars.map((band) => ({ ...band, from: band.from === 70 ? 75 : band.from }));
    });
    expect(strict.stars.map(({ from }) => from)).toEqual([90, 80, 75, 0]);
    const generous = aRubric((rubric) => {
      rubric.bonus.max = 3;
    });
    expect(bonusOf({ P1: 1, P2: 2 }, generous).bonus.points).toBe('3');
    const low = fullMarksBut(strict, {
      A2: aRate(0, 10),
      D3: aRate(0, 10),
      D4: aRate(0, 10),
      E3: aRate(0, 10),
    });
    const input = { ...low, bonus: { P1: { count: 1 } } };
    const scored = (rubric: typeof strict) =>
      scoreAgency(scoringOf(input, { rubric, noActivityFails: false, notApplicable: ['F1', 'E1', 'C3'] }));
    expect(scored(DEFAULT_RUBRIC)).toMatchObject({ base: '72.94', total: '74.94', stars: 3 });
    expect(scored(strict)).toMatchObject({ base: '72.94', total: '72.94', stars: 0 });
  });

  it('neither lowers a total nor adds more than it says', () => {
    const thousandth = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(thousandth, fc.integer({ min: 0, max: 9000 }), (earned, bonus) => {
        const sheet = sheetEarning(earned / 1000, 100, bonus / 1000);
        const total = BigInt(sheet.exact.numerator) * 100_000n;
        const counted = BigInt(earned + (earned < 70_000 ? 0 : Math.min(bonus, 5000)));
        const capped = counted > 100_000n ? 100_000n : counted;
        expect(total).toBe(capped * BigInt(sheet.exact.denominator));
      }),
    );
  });
});
