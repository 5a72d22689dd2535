import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { meanRoundedHalfUp, roundedHalfUp } from '../../shared/domain/exact.ts';
import { Rubric } from '../../shared/domain/rubric.ts';

const positive = fc.integer({ min: 1, max: 500 });
const ratio = fc.record({ numerator: fc.integer({ min: 0, max: 500 }), denominator: positive });

it('a mean is rounded once, at the end: thirds that come to 33.35 exactly print 33.4', () => {
  const third = { numerator: 1, denominator: 3 };
  expect(meanRoundedHalfUp([third, third, { numerator: 2003, denominator: 6000 }], 100, 1)).toBe('33.4');
});

it('a mean of equals is what each is, and does not depend on their order', () => {
  fc.assert(
    fc.property(ratio, fc.integer({ min: 1, max: 20 }), (one, count) => {
      expect(meanRoundedHalfUp(Array(count).fill(one), 100, 1)).toBe(roundedHalfUp(one, 100, 1));
    }),
  );
  fc.assert(
    fc.property(fc.array(ratio, { minLength: 1, maxLength: 30 }), (ratios) => {
      expect(meanRoundedHalfUp(ratios.toReversed(), 100, 1)).toBe(meanRoundedHalfUp(ratios, 100, 1));
    }),
  );
});

it('a rubric whose checklist or grades name a thing twice is refused', () => {
  const twice = structuredClone(DEFAULT_RUBRIC);
  const [checklist] = twice.parts[0]?.items ?? [];
  if (checklist?.kind !== 'checklist') throw new Error('A1 is a checklist');
  checklist.lines = checklist.lines.map((line) => ({ ...line, key: '1' }));
  expect(Rubric.safeParse(twice).error?.issues[0]?.message).toBe('A1：“1”重复');
});
