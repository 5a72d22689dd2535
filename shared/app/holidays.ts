/** Where a deadline needs a year's public holidays and nobody has said them in full. */
import { UnknownHolidays } from '../domain/working-days.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What a computation with working days comes to, or the refusal that names the year and the days to declare. */
export function withHolidays<T>(compute: () => T): T | Refusal {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof UnknownHolidays)) throw error;
    return refuse('deadlineUnknown', { year: error.year, missing: error.missing.join('、') });
  }
}
