import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareScaled,
  decimal,
  isExact,
  roundedHalfUp,
  thousandths,
  truncated,
} from '../../shared/domain/exact.ts';

const aRatio = fc.record({
  numerator: fc.integer({ min: 0, max: 1_000_000_000 }),
  denominator: fc.integer({ min: 1, max: 1_000_000_000 }),
});
const aScale = fc.constantFrom(1, 100);
const places = fc.integer({ min: 0, max: 4 });

/** The printed number as a whole count of its last decimal. */
const unitsOf = (printed: string) => BigInt(printed.replace('.', ''));
const decimalsOf = (printed: string) => printed.split('.')[1]?.length ?? 0;

describe('amounts in thousandths', () => {
  it.each([
    [0, 0],
    [0.5, 500],
    [0.001, 1],
    [1.005, 1005],
    [99.999, 99_999],
  ])('%d points are %d thousandths', (points, amount) => {
    expect(thousandths(points)).toBe(amount);
    expect(decimal(amount)).toBe(String(points));
  });

  it.each([0.0001, 1.0005, Number.NaN, Number.POSITIVE_INFINITY, 1e6 + 1])('refuse %d', (value) => {
    expect(isExact(value)).toBe(false);
    expect(() => thousandths(value)).toThrow(RangeError);
  });

  it('survive being printed and read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (amount) => {
        expect(thousandths(Number(decimal(amount)))).toBe(amount);
      }),
    );
  });

  it('add up where binary fractions do not', () => {
    expect(thousandths(0.1) + thousandths(0.2)).toBe(thousandths(0.3));
  });
});

describe('comparison of a rate with a limit', () => {
  it('agrees with whole-number arithmetic', () => {
    fc.assert(
      fc.property(aRatio, aScale, fc.integer({ min: 0, max: 1_000_000 }), (ratio, scale, limit) => {
        const left = BigInt(ratio.numerator) * BigInt(scale) * 1000n;
        const right = BigInt(limit) * BigInt(ratio.denominator);
        expect(compareScaled(ratio, scale, limit)).toBe(Number(left > right) - Number(left < right));
      }),
    );
  });

  it('sees one part in a thousand million', () => {
    expect(compareScaled({ numerator: 899_999_999, denominator: 1_000_000_000 }, 100, 90_000)).toBe(-1);
    expect(compareScaled({ numerator: 900_000_000, denominator: 1_000_000_000 }, 100, 90_000)).toBe(0);
    expect(compareScaled({ numerator: 900_000_001, denominator: 1_000_000_000 }, 100, 90_000)).toBe(1);
  });
});

describe('printed numbers', () => {
  it('cut off are the highest that do not exceed the value', () => {
    fc.assert(
      fc.property(aRatio, aScale, places, (ratio, scale, count) => {
        const printed = truncated(ratio, scale, count);
        const value = BigInt(ratio.numerator) * BigInt(scale) * 10n ** BigInt(count);
        const denominator = BigInt(ratio.denominator);
        expect(decimalsOf(printed)).toBe(count);
        expect(unitsOf(printed) * denominator).toBeLessThanOrEqual(value);
        expect((unitsOf(printed) + 1n) * denominator).toBeGreaterThan(value);
      }),
    );
  });

  it('rounded half up are the nearest, the upper one at the middle', () => {
    fc.assert(
      fc.property(aRatio, aScale, places, (ratio, scale, count) => {
        const printed = roundedHalfUp(ratio, scale, count);
        const twice = 2n * BigInt(ratio.numerator) * BigInt(scale) * 10n ** BigInt(count);
        const denominator = BigInt(ratio.denominator);
        expect(decimalsOf(printed)).toBe(count);
        expect((2n * unitsOf(printed) - 1n) * denominator).toBeLessThanOrEqual(twice);
        expect((2n * unitsOf(printed) + 1n) * denominator).toBeGreaterThan(twice);
      }),
    );
  });

  it.each([
    [1, 8, 100, 0, '12', '13'],
    [1, 8, 100, 1, '12.5', '12.5'],
    [899_999, 1_000_000, 100, 2, '89.99', '90.00'],
    [0, 7, 100, 2, '0.00', '0.00'],
    [1, 2000, 1, 2, '0.00', '0.00'],
    [1, 200, 1, 2, '0.00', '0.01'],
    [13, 13, 100, 0, '100', '100'],
  ])('of %d÷%d×%d to %d places: cut %s, rounded %s', (numerator, denominator, scale, count, cut, rounded) => {
    expect(truncated({ numerator, denominator }, scale, count)).toBe(cut);
    expect(roundedHalfUp({ numerator, denominator }, scale, count)).toBe(rounded);
  });
});
