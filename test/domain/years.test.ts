import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { movesBetween, throughYears, type YearOfStars } from '../../shared/domain/years.ts';
import { filing } from './builders.ts';

const aYear = (year: number) =>
  fc
    .uniqueArray(fc.record({ at: fc.integer({ min: 1, max: 12 }), stars: fc.constantFrom(0, 3, 4, 5) }), {
      selector: ({ at }) => at,
    })
    .map(
      (some): YearOfStars => ({
        year,
        agencies: some.map(({ at, stars }) => ({
          filingNumber: filing(at),
          name: `机构${at}`,
          filingType: 'enterprise',
          stars,
        })),
      }),
    );
const years = fc.tuple(aYear(2021), aYear(2022), aYear(2024)).chain((some) => fc.shuffledSubarray(some));

it('every agency of two years is in exactly one group, whatever order the years are given in', () => {
  fc.assert(
    fc.property(years, (given) => {
      const ordered = given.toSorted((a, b) => a.year - b.year);
      const found = movesBetween(given);
      expect(found).toHaveLength(Math.max(0, given.length - 1));
      found.forEach(({ from, to, risen, fallen, unchanged, entered, gone }, index) => {
        const [before, after] = [ordered[index], ordered[index + 1]];
        expect([from, to]).toEqual([before?.year, after?.year]);
        const stayed = risen.length + fallen.length + unchanged;
        expect(stayed + entered).toBe(after?.agencies.length);
        expect(stayed + gone).toBe(before?.agencies.length);
        expect(risen.every((one) => one.to > one.from)).toBe(true);
        expect(fallen.every((one) => one.to < one.from)).toBe(true);
      });
    }),
  );
});

it('an agency has an entry for each year in which it stands, in order, and none for others', () => {
  fc.assert(
    fc.property(years, (given) => {
      const standing = given.flatMap(({ year, agencies }) =>
        agencies.map(({ filingNumber, stars }) => `${filingNumber} ${year} ${stars}`),
      );
      const told = throughYears(given).flatMap(({ filingNumber, years: own }) => {
        expect(own.map(({ year }) => year)).toEqual(own.map(({ year }) => year).sort());
        return own.map(({ year, stars }) => `${filingNumber} ${year} ${stars}`);
      });
      expect(told.sort()).toEqual(standing.sort());
    }),
  );
});
