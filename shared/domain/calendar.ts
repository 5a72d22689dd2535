/** Civil dates and months of China. Instants are ISO strings in UTC; dates are `YYYY-MM-DD` in Asia/Shanghai. */
import chineseDays from 'chinese-days';
import * as z from 'zod';

const CHINA_OFFSET_MS = 8 * 3600 * 1000;

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '应为 YYYY-MM 形式的月份');
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

/** A year whose public holidays neither the calendar library nor, in full, the settings know. */
export class UnknownHolidays extends Error {
  override readonly name = 'UnknownHolidays';
  readonly year: number;
  /** Statutory holidays that the settings would have to declare free. */
  readonly missing: CivilDate[];
  constructor(year: number, missing: CivilDate[]) {
    super(`public holidays of ${year} are not known`);
    this.year = year;
    this.missing = missing;
  }
}

/**
 * Days that the settings declare themselves, for a year that the library does not hold yet (the State Council
 * announces a year's holidays in the November before it). `true` = offices work that day.
 */
export const DeclaredDays = z.record(CivilDate, z.boolean());
export type DeclaredDays = z.infer<typeof DeclaredDays>;

/** New Year's Day is a public holiday every year: where the library does not say so, it has no data for that year. */
function libraryKnows(year: number): boolean {
  return chineseDays.getDayDetail(`${year}-01-01`).name.includes('元旦');
}

/**
 * The thirteen statutory holidays of a year by 《全国年节及纪念日放假办法》 as in force from 2025: New Year, Spring Festival with
 * its eve, Qingming, Labour Day, Dragon Boat, Mid-Autumn, National Day. What is made up for them is announced each year.
 */
export function statutoryHolidays(year: number): CivilDate[] {
  const lunar = (monthAndDay: string) => chineseDays.getSolarDateFromLunar(`${year}-${monthAndDay}`).date;
  const springFestival = lunar('01-01');
  const qingming = chineseDays
    .getSolarTerms(`${year}-04-03`, `${year}-04-07`)
    .filter(({ term }) => term === 'pure_brightness')
    .map(({ date }) => date);
  return [
    `${year}-01-01`,
    ...[-1, 0, 1, 2].map((days) => daysAfter(springFestival, days)),
    ...qingming,
    `${year}-05-01`,
    `${year}-05-02`,
    lunar('05-05'),
    lunar('08-15'),
    ...['01', '02', '03'].map((day) => `${year}-10-${day}`),
  ];
}

/** What keeps a year from being known by its declared days: a list that leaves out a holiday is not the year's list. */
function undeclaredHolidays(year: number, declared: DeclaredDays): CivilDate[] {
  return [...new Set(statutoryHolidays(year))].filter((day) => declared[day] !== false).sort();
}

/** Throws {@link UnknownHolidays} for the first year of which days are declared without the whole of its holidays. */
export function expectWholeYears(declared: DeclaredDays): void {
  const years = new Set(Object.keys(declared).map((day) => Number(day.slice(0, 4))));
  for (const year of [...years].sort((a, b) => a - b)) expectKnown(year, declared);
}

function expectKnown(year: number, declared: DeclaredDays): void {
  if (libraryKnows(year)) return;
  const missing = undeclaredHolidays(year, declared);
  if (missing.length > 0) throw new UnknownHolidays(year, missing);
}

/** Whether offices work that day, make-up working days included. Throws {@link UnknownHolidays}. */
export function isWorkingDay(date: CivilDate, declared: DeclaredDays = {}): boolean {
  expectKnown(Number(date.slice(0, 4)), declared);
  return declared[date] ?? chineseDays.isWorkday(date);
}

/** The `count`-th working day after `date`; the day itself is not counted. Throws {@link UnknownHolidays}. */
export function addWorkingDays(date: CivilDate, count: number, declared: DeclaredDays = {}): CivilDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = daysAfter(day, 1);
    if (isWorkingDay(day, declared)) left--;
  }
  return day;
}

/** The date so many calendar days after `date`. */
export function daysAfter(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
