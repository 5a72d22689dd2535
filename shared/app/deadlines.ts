/** Deadlines of a cycle: the last moment in China of a working day or a calendar day, by the settings. */
import { type CivilDate, chinaDate, daysAfter, endOfDay, printedDate } from '../domain/calendar.ts';
import type { Settings } from '../domain/settings.ts';
import { addWorkingDays } from '../domain/working-days.ts';
import { withHolidays } from './holidays.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The last moment of a day. Refused where the public holidays that it depends on are not known. */
export function endOfDayOf(day: () => CivilDate): string | Refusal {
  return withHolidays(() => endOfDay(day()).toISOString());
}

/** So many working days from now. */
export function afterWorkingDays(
  now: Date,
  days: number,
  { declaredDays }: Pick<Settings, 'declaredDays'>,
): string | Refusal {
  return endOfDayOf(() => addWorkingDays(chinaDate(now), days, declaredDays));
}

/** So many calendar days from now. */
export const afterDays = (now: Date, days: number): string =>
  endOfDay(daysAfter(chinaDate(now), days)).toISOString();

/** The day of a deadline, as it is printed. */
export const dayOf = (deadline: string): string => printedDate(chinaDate(new Date(deadline)));

/** Refuses what comes after a deadline, naming the day. */
export function pastDeadline(deadline: string | undefined, now: Date, action: string): Refusal | undefined {
  if (deadline === undefined || now.toISOString() <= deadline) return undefined;
  return refuse('deadlinePassed', { deadline: dayOf(deadline), action });
}
