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
  /** Whoever was recused after the draw, and the one who takes that place by lot. */
  entryOf('inspectorReplaced', z.strictObject({ inspector: z.string(), replacedBy: z.string() })),
  /** A visit that lapsed leaves an earlier one of the year standing, or else the desk review. */
  entryOf('visitClosed', z.strictObject({ lapsed: z.boolean(), earlierStands: z.boolean().optional() })),
] as const;
export type VisitAction = z.infer<(typeof VISIT_ENTRIES)[number]>;

export interface Visit {
  /** In the order of their places: the one in the first place was drawn first. */
  inspectors: string[];
  /** Places of inspectors who were recused and are not replaced yet. */
  vacant: { inspector: string; place: number }[];
  reasons: string[];
  findings: Record<string, { answers: Answers; representative: Representative }>;
  agreed?: Answers;
}

/** An agency's visits of the year: the last one, and those that were made before it. */
export interface Visits {
  visit?: Visit;
  earlierVisits: Visit[];
}

/** What an action changes of an agency's visits. `away` are the inspectors who must keep away from it. */
export function visitChanges(
  { visit, earlierVisits }: Visits,
  action: VisitAction,
  away: readonly string[],
): Partial<Visits> {
  if (action.type === 'visitAssigned') {
    const before = visit ? [...earlierVisits, visit] : earlierVisits;
    const assigned: Visit = { ...action.data, vacant: [], findings: {} };
    return { visit: away.reduce(vacate, assigned), earlierVisits: before };
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
    case 'inspectorReplaced':
      return { visit: replace(visit, action.data.inspector, action.data.replacedBy) };
    case 'visitClosed':
      return {};
  }
}

/** Takes an inspector off a visit: the place is empty, and what they recorded does not count. */
export function vacate(visit: Visit, inspector: string): Visit {
  const place = visit.inspectors.indexOf(inspector);
  if (place < 0) return visit;
  const { [inspector]: _dropped, ...findings } = visit.findings;
  const { agreed: _undone, ...rest } = visit;
  return {
    ...rest,
    inspectors: visit.inspectors.filter((id) => id !== inspector),
    vacant: [...visit.vacant, { inspector, place: placeOf(visit, place) }],
    findings,
  };
}

/** The place in the full visit of the inspector who stands at an index of those who are left. */
function placeOf({ vacant }: Visit, index: number): number {
  const empty = new Set(vacant.map(({ place }) => place));
  let place = 0;
  for (let left = index; empty.has(place) || left > 0; place++) if (!empty.has(place)) left--;
  return place;
}

function replace(visit: Visit, inspector: string, replacedBy: string): Visit {
  const seat = visit.vacant.find((one) => one.inspector === inspector);
  if (!seat) return visit;
  const vacant = visit.vacant.filter((one) => one !== seat);
  const before = seat.place - vacant.filter(({ place }) => place < seat.place).length;
  return { ...visit, vacant, inspectors: visit.inspectors.toSpliced(before, 0, replacedBy) };
}

/** Everybody who was sent to the agency this year: they neither judge its scores nor decide its objections. */
export function everInspected({ visit, earlierVisits }: Visits): string[] {
  return [...new Set([...earlierVisits, ...(visit ? [visit] : [])].flatMap(({ inspectors }) => inspectors))];
}

/** Whose record of the visit is still missing: inspectors, and empty places by those who left them. */
export function unrecorded({ inspectors, vacant, findings }: Visit): string[] {
  return [...inspectors.filter((id) => !findings[id]), ...vacant.map(({ inspector }) => inspector)];
}
