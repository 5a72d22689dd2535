/** Working days 工作日 by the State Council's calendar, make-up working days included. */

import {
  type CivilDate,
  chinaDate,
  type DeclaredDays,
  daysAfter,
  endOfDay,
  type Instant,
} from './calendar.ts';
import calendar from './chinese-days.cjs';

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

/** New Year's Day is a public holiday every year: where the library does not say so, it has no data for that year. */
function libraryKnows(year: number): boolean {
  return calendar().getDayDetail(`${year}-01-01`).name.includes('元旦');
}

/**
 * The thirteen statutory holidays of a year by 《全国年节及纪念日放假办法》 as in force from 2025: New Year, Spring Festival with
 * its eve, Qingming, Labour Day, Dragon Boat, Mid-Autumn, National Day. What is made up for them is announced each year.
 */
export function statutoryHolidays(year: number): CivilDate[] {
  const lunar = (monthAndDay: string) => calendar().getSolarDateFromLunar(`${year}-${monthAndDay}`).date;
  const springFestival = lunar('01-01');
  const qingming = calendar()
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
  return declared[date] ?? calendar().isWorkday(date);
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

/**
 * Where a deadline moves when the clock has stood still: as many working days after the day of going on as were left when it
 * stopped, and never earlier than it was. Throws UnknownHolidays.
 */
export function deadlineAfter(
  deadline: Instant,
  { stopped, goesOn }: { stopped: Instant; goesOn: Instant },
  declared: DeclaredDays,
): Instant {
  const last = chinaDate(new Date(deadline));
  let left = 0;
  for (let day = chinaDate(new Date(stopped)); day < last; left += isWorkingDay(day, declared) ? 1 : 0) {
    day = daysAfter(day, 1);
  }
  const moved = endOfDay(addWorkingDays(chinaDate(new Date(goesOn)), left, declared)).toISOString();
  return moved > deadline ? moved : deadline;
}
