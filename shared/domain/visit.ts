/** Visits 现场检查: who was sent, what each of them found, and what they entered together. */
import * as z from 'zod';
import { CivilDate } from './calendar.ts';
import { Answers } from './facts.ts';
import { entryOf } from './history.ts';

/** The agency's representative on site: signs what was found, or says what they disagree with. */
export const Representative = z.strictObject({
  name: z.string().min(1),
  agrees: z.boolean(),
  statement: z.string().optional(),
});
export type Representative = z.infer<typeof Representative>;

export const VISIT_ENTRIES = [
  entryOf('visitAssigned', z.strictObject({ inspectors: z.array(z.string()), reasons: z.array(z.string()) })),
  entryOf(
    'findingRecorded',
    z.strictObject({ answers: Answers, representative: Representative, visitedOn: CivilDate }),
  ),
  entryOf('findingsReconciled', z.strictObject({ answers: Answers })),
  /** A visit that lapsed leaves an earlier one of the year standing, or else the desk review. */
  entryOf('visitClosed', z.strictObject({ lapsed: z.boolean(), earlierStands: z.boolean().optional() })),
] as const;
export type VisitAction = z.infer<(typeof VISIT_ENTRIES)[number]>;

export interface Visit {
  inspectors: string[];
  reasons: string[];
  findings: Record<string, { answers: Answers; representative: Representative }>;
  agreed?: Answers;
}

/** An agency's visits of the year: the last one, and those that were made before it. */
export interface Visits {
  visit?: Visit;
  earlierVisits: Visit[];
}

/** What an action changes of an agency's visits. */
export function visitChanges({ visit, earlierVisits }: Visits, action: VisitAction): Partial<Visits> {
  if (action.type === 'visitAssigned') {
    const before = visit ? [...earlierVisits, visit] : earlierVisits;
    return { visit: { ...action.data, findings: {} }, earlierVisits: before };
  }
  if (!visit) return {};
  switch (action.type) {
    case 'findingRecorded': {
      const { answers, representative } = action.data;
      const findings = { ...visit.findings, [action.by.id]: { answers, representative } };
      return { visit: { ...visit, findings } };
    }
    case 'findingsReconciled':
      return { visit: { ...visit, agreed: action.data.answers } };
    case 'visitClosed':
      return {};
  }
}

/** Everybody who was sent to the agency this year: they neither judge its scores nor decide its objections. */
export function everInspected({ visit, earlierVisits }: Visits): string[] {
  return [...new Set([...earlierVisits, ...(visit ? [visit] : [])].flatMap(({ inspectors }) => inspectors))];
}

/** Inspectors whose record of the visit is still missing. */
export function unrecorded({ inspectors, findings }: Visit): string[] {
  return inspectors.filter((id) => !findings[id]);
}
