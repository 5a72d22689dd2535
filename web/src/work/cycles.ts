/** The assessment years, as everybody with an account sees them. */
import * as z from 'zod/mini';
import { CYCLE_STATUSES, type CycleStatus } from '../../../shared/domain/cycle.ts';
import { api } from '../session/api.ts';

const Gate = z.looseObject({
  gate: z.string(),
  title: z.string(),
  attempt: z.int(),
  openedAt: z.string(),
  deadline: z.nullable(z.string()),
  waitsFor: z.enum(['decision', 'records']),
});

export const CycleLine = z.looseObject({
  year: z.int(),
  status: z.enum(Object.keys(CYCLE_STATUSES) as CycleStatus[]),
  /** What the year waits for; nothing once it is over. */
  gate: z._default(z.nullable(Gate), null),
  /** Until when a self-evaluation may be filed, also one that was handed back at the desk. */
  selfEvaluationsUntil: z.nullable(z.string()),
  sampleData: z.boolean(),
});
export type CycleLine = z.infer<typeof CycleLine>;

/** Newest first. */
export const readCycles = async (): Promise<CycleLine[]> =>
  (await api.get('/cycles', z.array(CycleLine))).sort((a, b) => b.year - a.year);
