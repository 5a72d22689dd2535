/** Marks of records that something waits for: written before the record enters that state, so that none is overlooked. */
import * as z from 'zod/mini';
import { Instant } from '../domain/calendar.ts';

/** The mark of a record that a gate waits for; of what else is marked, for staff or a sweep, it is empty. */
export const Waiting = z.strictObject({
  /** How many entries the record had when it was marked: the mark of an earlier state never stands for a later one. */
  version: z._default(z.int().check(z.gte(0)), 0),
  at: z.optional(Instant),
});
export type Waiting = z.infer<typeof Waiting>;

/** For so long a mark stands ahead of the entry that it was written for; after that whoever wrote it has stopped. */
const AHEAD_MS = 60_000;

/** Marked a moment ago, for an entry that is just being written. */
export function isAhead({ version, at }: Waiting, entries: number, now: Date): boolean {
  return entries <= version && at !== undefined && Math.abs(now.getTime() - Date.parse(at)) < AHEAD_MS;
}
