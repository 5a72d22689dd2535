/** Civil dates and months of China. Instants are ISO strings in UTC; dates are `YYYY-MM-DD` in Asia/Shanghai. */
import * as z from 'zod/mini';

const CHINA_OFFSET_MS = 8 * 3600 * 1000;

export const Month = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/, '应为 YYYY-MM 形式的月份'));
export type Month = z.infer<typeof Month>;

export const CivilDate = z.iso.date();
export type CivilDate = z.infer<typeof CivilDate>;

export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/** Months since year 0. */
export function monthIndex(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

export function addMonths(month: Month, count: number): Month {
  const index = monthIndex(month) + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The same day so many months later, or the last day of that month where it is shorter. */
export function monthsAfter(date: CivilDate, count: number): CivilDate {
  const month = addMonths(date.slice(0, 7), count);
  const lastDay = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return `${month}-${String(Math.min(Number(date.slice(8)), lastDay)).padStart(2, '0')}`;
}

/** The civil date in China of an instant. */
export function chinaDate(instant: Date): CivilDate {
  return new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** The last millisecond of a civil date in China. */
export function endOfDay(date: CivilDate): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000 - CHINA_OFFSET_MS - 1);
}

/** `2022年4月6日`: Arabic digits, unpadded, as GB/T 9704-2012 §7.3.5.4 prints dates. */
export function printedDate(date: CivilDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/**
 * Days that the settings declare themselves, for a year that the library does not hold yet (the State Council
 * announces a year's holidays in the November before it). `true` = offices work that day.
 */
export const DeclaredDays = z.record(CivilDate, z.boolean());
export type DeclaredDays = z.infer<typeof DeclaredDays>;

/** The date so many calendar days after `date`. */
export function daysAfter(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
