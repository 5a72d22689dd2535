/** An inspector's record of a re-check as it is being written: kept in this browser until it is handed in. */
import * as z from 'zod/mini';
import { today } from '../ui/dates.ts';

const RecheckDraft = z.object({
  checks: z.record(z.string(), z.object({ closed: z.optional(z.boolean()), reason: z.string() })),
  representative: z.object({ name: z.string(), agrees: z.boolean(), statement: z.string() }),
  visitedOn: z.string(),
});
export type RecheckDraft = z.infer<typeof RecheckDraft>;

interface Place {
  person: string;
  year: number;
  filingNumber: string;
}

const keyOf = ({ person, year, filingNumber }: Place) => `xingping:recheck:${person}:${year}:${filingNumber}`;

/** What was kept, or an empty record where there is nothing that fits. */
export function keptRecheck(place: Place): RecheckDraft {
  const text = localStorage.getItem(keyOf(place));
  const kept = text === null ? undefined : RecheckDraft.safeParse(JSON.parse(text)).data;
  return (
    kept ?? { checks: {}, representative: { name: '', agrees: true, statement: '' }, visitedOn: today() }
  );
}

/** False where this browser has no room for it. */
export function keepRecheck(place: Place, draft: RecheckDraft): boolean {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export const forgetRecheck = (place: Place): void => localStorage.removeItem(keyOf(place));
