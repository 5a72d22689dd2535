import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  chinaDate,
  endOfDay,
  Month,
  monthIndex,
  printedDate,
} from '../../shared/domain/calendar.ts';

const aMonth = fc
  .record({ year: fc.integer({ min: 1990, max: 2090 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`);

describe('months', () => {
  it('are counted on over the end of a year', () => {
    expect(addMonths('2020-04', 35)).toBe('2023-03');
    expect(addMonths('2021-12', 1)).toBe('2022-01');
    expect(addMonths('2022-01', -1)).toBe('2021-12');
  });

  it('lie as far apart as were added', () => {
    fc.assert(
      fc.property(aMonth, fc.integer({ min: -200, max: 200 }), (month, count) => {
        const later = addMonths(month, count);
        expect(Month.safeParse(later).success).toBe(true);
        expect(monthIndex(later) - monthIndex(month)).toBe(count);
        expect(addMonths(later, -count)).toBe(month);
      }),
    );
  });

  it.each(['2022-00', '2022-13', '2022-1', '2022', '22-01'])('do not read %s', (text) => {
    expect(Month.safeParse(text).success).toBe(false);
  });
});

describe('dates in China', () => {
  it('begin eight hours before those of UTC', () => {
    expect(chinaDate(new Date('2022-03-31T15:59:59.999Z'))).toBe('2022-03-31');
    expect(chinaDate(new Date('2022-03-31T16:00:00.000Z'))).toBe('2022-04-01');
  });

  it('end with their last millisecond', () => {
    expect(endOfDay('2022-04-06').toISOString()).toBe('2022-04-06T15:59:59.999Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (day) => {
        const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
        const end = endOfDay(date);
        expect(chinaDate(end)).toBe(date);
        expect(chinaDate(new Date(end.getTime() + 1)) > date).toBe(true);
      }),
    );
  });

  it('are printed unpadded', () => {
    expect(printedDate('2022-04-06')).toBe('2022年4月6日');
    expect(printedDate('2022-11-30')).toBe('2022年11月30日');
  });
});
