import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  expectWholeYears,
  isWorkingDay,
  statutoryHolidays,
  UnknownHolidays,
} from '../../shared/domain/working-days.ts';

const DAY = 86_400_000;
const plusDays = (date: string, days: number) => {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
};
/** From 2010 to 2023: addWorkingDays must not run out of years that the library knows. */
const aDate = fc.integer({ min: 0, max: 5000 }).map((days) => plusDays('2010-01-01', days));
const aCount = fc.integer({ min: 0, max: 60 });

const omit = (days: Record<string, boolean>, day: string) =>
  Object.fromEntries(Object.entries(days).filter(([one]) => one !== day));

/** Working days after `from` up to and including `to`. */
function workingDaysBetween(from: string, to: string): number {
  let count = 0;
  for (let day = plusDays(from, 1); day <= to; day = plusDays(day, 1)) if (isWorkingDay(day)) count++;
  return count;
}

describe('working days', () => {
  it.each([
    ['2022-04-01', true, 'a Friday'],
    ['2022-04-02', true, 'a Saturday made up for Qingming'],
    ['2022-04-03', false, 'Qingming'],
    ['2022-04-05', false, 'Qingming, a Tuesday'],
    ['2022-04-06', true, 'the day after Qingming'],
    ['2022-04-09', false, 'a common Saturday'],
    ['2022-01-29', true, 'a Saturday made up for Spring Festival'],
    ['2022-01-30', true, 'a Sunday made up for Spring Festival'],
    ['2022-01-31', false, 'the eve of Spring Festival, a Monday'],
    ['2022-02-04', false, 'Spring Festival, a Friday'],
    ['2022-02-07', true, 'the first day after Spring Festival'],
    ['2021-10-01', false, 'National Day, a Friday'],
    ['2021-10-07', false, 'National Day, a Thursday'],
    ['2021-10-09', true, 'a Saturday made up for National Day'],
  ])('%s: %s (%s)', (date, works) => {
    expect(isWorkingDay(date)).toBe(works);
  });

  it('of a year without announced holidays are unknown, not guessed', () => {
    expect(() => isWorkingDay('2099-03-02')).toThrow(UnknownHolidays);
    expect(() => addWorkingDays('2098-12-31', 1)).toThrow(expect.objectContaining({ year: 2099 }));
  });

  const whole = Object.fromEntries(statutoryHolidays(2099).map((day) => [day, false]));

  it('of such a year are known once the settings declare all its holidays', () => {
    const declared = { ...whole, '2099-03-02': false, '2099-03-07': true };
    expect(isWorkingDay('2099-03-02', declared)).toBe(false);
    expect(isWorkingDay('2099-03-03', declared)).toBe(true);
    expect(isWorkingDay('2099-03-07', declared)).toBe(true);
    expect(isWorkingDay('2099-03-08', declared)).toBe(false);
    expect(() => isWorkingDay('2098-03-03', declared)).toThrow(UnknownHolidays);
  });

  it('of such a year stay unknown while one holiday is not declared free, and it is named', () => {
    for (const day of statutoryHolidays(2099)) {
      for (const partial of [{ ...whole, [day]: true }, omit(whole, day)]) {
        const error = expect.objectContaining({ year: 2099, missing: [day] });
        expect(() => isWorkingDay('2099-03-03', partial)).toThrow(error);
        expect(() => isWorkingDay(day, partial)).toThrow(error);
        expect(() => expectWholeYears(partial)).toThrow(error);
      }
    }
    expect(() => expectWholeYears({ '2022-03-02': false, ...whole })).not.toThrow();
  });

  it.each([2025, 2026])('of %i have every statutory holiday free, as the library tells it', (year) => {
    const days = statutoryHolidays(year);
    expect(days.length).toBe(13);
    expect(days.filter((day) => isWorkingDay(day))).toEqual([]);
  });

  it('follow a declared day before the library', () => {
    expect(isWorkingDay('2022-04-06', { '2022-04-06': false })).toBe(false);
    expect(isWorkingDay('2022-04-05', { '2022-04-05': true })).toBe(true);
  });
});

describe('a time limit in working days', () => {
  it.each([
    ['2022-04-01', 1, '2022-04-02'],
    ['2022-04-01', 2, '2022-04-06'],
    ['2022-03-01', 10, '2022-03-15'],
    ['2022-01-28', 3, '2022-02-07'],
    ['2021-09-30', 1, '2021-10-08'],
  ])('from %s for %d days ends on %s', (from, count, end) => {
    expect(addWorkingDays(from, count)).toBe(end);
  });

  it('of no days ends on its own first day', () => {
    expect(addWorkingDays('2022-04-03', 0)).toBe('2022-04-03');
  });

  it('passes over a day that the settings declare free', () => {
    expect(addWorkingDays('2022-03-01', 1, { '2022-03-02': false })).toBe('2022-03-03');
  });

  it('contains exactly its number of working days and ends on one', () => {
    fc.assert(
      fc.property(aDate, aCount, (from, count) => {
        const end = addWorkingDays(from, count);
        expect(workingDaysBetween(from, end)).toBe(count);
        if (count > 0) expect(isWorkingDay(end)).toBe(true);
      }),
    );
  });

  it('ends no earlier when it starts later or is longer', () => {
    fc.assert(
      fc.property(aDate, fc.nat(40), aCount, aCount, (from, delay, count, more) => {
        const end = addWorkingDays(from, count);
        expect(addWorkingDays(plusDays(from, delay), count) >= end).toBe(true);
        const longer = addWorkingDays(from, count + more);
        expect(more === 0 ? longer === end : longer > end).toBe(true);
      }),
    );
  });
});
