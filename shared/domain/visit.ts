/** Visits 现场检查: who was sent, what each of them found, and what they entered together. */
import * as z from 'zod/mini';
import { CivilDate } from './calendar.ts';
import { CaptureKey, PacketSeal } from './capture.ts';
import { Answers } from './facts.ts';
import { type Actor, entryOf } from './history.ts';
import { differences, draftedBy, type JointEntry, Settled } from './joint-entry.ts';
import { Words } from './schemas.ts';

/** The agency's representative on site: signs what was found, or says what they disagree with. */
export const Representative = z.strictObject({
  name: Words,
  agrees: z.boolean(),
  statement: z.optional(z.string()),
});
export type Representative = z.infer<typeof Representative>;

/** What one inspector records of a visit. */
export const Finding = z.strictObject({
  answers: Answers,
  representative: Representative,
  visitedOn: CivilDate,
});
export type Finding = z.infer<typeof Finding>;

/** A finding as it stands on record; `packet` where it was captured without a network and handed in later. */
export const RecordedFinding = z.extend(Finding, { packet: z.optional(PacketSeal) });
export type RecordedFinding = z.infer<typeof RecordedFinding>;

export const VISIT_ENTRIES = [
  entryOf(
    'visitAssigned',
    z.strictObject({
      inspectors: z.array(z.string()),
      reasons: z.array(z.string()),
      /** How far apart figures may be without a joint entry, as the year's settings say; nothing if absent. */
      tolerancePercent: z.optional(z.int().check(z.gte(0), z.lte(100))),
    }),
  ),
  /** The key of a device on which an inspector is going to capture the visit. */
  entryOf('captureKeyRegistered', z.strictObject({ key: CaptureKey })),
  entryOf('findingRecorded', RecordedFinding),
  entryOf('jointEntryDrafted', z.strictObject({ settled: z.array(Settled).check(z.minLength(1)) })),
  /** Both name the entry that they are about: what was read is what is confirmed. */
  entryOf('jointEntryConfirmed', z.strictObject({ entry: z.int() })),
  entryOf('jointEntrySentBack', z.strictObject({ entry: z.int() })),
  /** Whoever was recused after the draw, and the one who takes that place by lot. */
  entryOf('inspectorReplaced', z.strictObject({ inspector: z.string(), replacedBy: z.string() })),
  /** A visit that lapsed leaves an earlier one of the year standing, or else the desk review. */
  entryOf('visitClosed', z.strictObject({ lapsed: z.boolean(), earlierStands: z.optional(z.boolean()) })),
] as const;
export type VisitAction = z.infer<(typeof VISIT_ENTRIES)[number]>;

export interface Visit {
  /** In the order of their places: the one in the first place was drawn first. */
  inspectors: string[];
  /** Places of inspectors who were recused and are not replaced yet. */
  vacant: { inspector: string; place: number }[];
  reasons: string[];
  findings: Record<string, { answers: Answers; representative: Representative; packet?: PacketSeal }>;
  /** By inspector. */
  captureKeys: Record<string, CaptureKey[]>;
  tolerancePercent: number;
  joint?: JointEntry;
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
    const { inspectors, reasons, tolerancePercent = 0 } = action.data;
    const assigned: Visit = {
      inspectors,
      reasons,
      tolerancePercent,
      vacant: [],
      findings: {},
      captureKeys: {},
    };
    return { visit: away.reduce(vacate, assigned), earlierVisits: before };
  }
  if (!visit) return {};
  switch (action.type) {
    case 'captureKeyRegistered': {
      const { id } = action.by;
      const keys = [...(visit.captureKeys[id] ?? []), action.data.key];
      return { visit: { ...visit, captureKeys: { ...visit.captureKeys, [id]: keys } } };
    }
    case 'findingRecorded': {
      const { answers, representative, packet } = action.data;
      const found = { answers, representative, ...(packet && { packet }) };
      return { visit: { ...visit, findings: { ...visit.findings, [action.by.id]: found } } };
    }
    case 'jointEntryDrafted':
      return { visit: { ...visit, joint: draftedBy(action, action.data.settled) } };
    case 'jointEntryConfirmed':
    case 'jointEntrySentBack':
      return { visit: { ...visit, ...(visit.joint && { joint: judged(visit.joint, action) }) } };
    case 'inspectorReplaced':
      return { visit: replace(visit, action.data.inspector, action.data.replacedBy) };
    case 'visitClosed':
      return {};
  }
}

function judged(
  joint: JointEntry,
  { type, by, at, reason = '' }: { type: string; by: Actor; at: string; reason?: string | undefined },
): JointEntry {
  if (type === 'jointEntryConfirmed') return { ...joint, confirmedBy: [...joint.confirmedBy, by.id] };
  return { ...joint, sentBack: { by: { id: by.id, name: by.name }, at, reason } };
}

/** Takes an inspector off a visit: the place is empty, and neither their record nor a joint entry counts. */
export function vacate(visit: Visit, inspector: string): Visit {
  const place = visit.inspectors.indexOf(inspector);
  if (place < 0) return visit;
  const { [inspector]: _dropped, ...findings } = visit.findings;
  const { joint: _undone, ...rest } = visit;
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

/** In what the records of a visit differ, once all are in; nothing before. */
export function differingIn(visit: Visit): string[] {
  const records = visit.inspectors.flatMap((id) => visit.findings[id]?.answers ?? []);
  return unrecorded(visit).length > 0 ? [] : differences(records, visit.tolerancePercent);
}

/** The joint entry that waits to be confirmed or is; none after it was sent back. */
export function standingEntry({ joint }: Pick<Visit, 'joint'>): JointEntry | undefined {
  return joint?.sentBack ? undefined : joint;
}

/** Who has still to confirm the joint entry that stands; nobody where none does. */
export function unconfirmed(visit: Visit): string[] {
  const joint = standingEntry(visit);
  if (!joint) return [];
  return visit.inspectors.filter((id) => id !== joint.by.id && !joint.confirmedBy.includes(id));
}
