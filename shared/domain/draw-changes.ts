/**
 * What changed after the draw, in order of time: inspectors who joined, recusals that were granted and who took over,
 * visits that were added. Who comes next follows from the draw's own seed, so changes are as checkable as the draw.
 */
import type { FilingNumber } from './agency.ts';
import {
  type DrawInspector,
  type Drawn,
  freeFor,
  inspectorsInOrder,
  loadsOf,
  type Recusal,
  TooFewInspectors,
} from './draw.ts';
import type { FilingType } from './filing-types.ts';

export type DrawChange =
  | { type: 'joined'; inspectors: DrawInspector[]; recusals: Recusal[] }
  /** `replacedBy` is null where the inspector was not to visit the agency anyway. */
  | {
      type: 'recused';
      inspector: string;
      filingNumber: FilingNumber;
      reason: string;
      replacedBy: string | null;
    }
  | {
      type: 'added';
      filingNumber: FilingNumber;
      filingType: FilingType;
      reasons: string[];
      inspectors: string[];
    };

/** Who may be drawn, who must keep away, and who goes where, as things stand. */
export interface Standing {
  inspectors: DrawInspector[];
  recusals: Recusal[];
  visits: Map<FilingNumber, string[]>;
}

/** How things stand after a draw and the changes since. */
export function standingOf(drawn: Drawn, changes: readonly DrawChange[]): Standing {
  const standing: Standing = {
    inspectors: [...drawn.inspectors],
    recusals: [...drawn.recusals],
    visits: new Map(drawn.visits.map(({ filingNumber, inspectors }) => [filingNumber, inspectors])),
  };
  for (const change of changes) follow(standing, change);
  return standing;
}

function follow(standing: Standing, change: DrawChange): void {
  switch (change.type) {
    case 'joined':
      standing.inspectors.push(...change.inspectors);
      standing.recusals.push(...change.recusals);
      break;
    case 'recused': {
      const { inspector, filingNumber, reason, replacedBy } = change;
      standing.recusals.push({ inspector, filingNumber, reason });
      const visit = standing.visits.get(filingNumber);
      if (!visit || replacedBy === null) break;
      // Whoever takes over takes the place as well: places say whose finding stands first.
      standing.visits.set(
        filingNumber,
        visit.map((id) => (id === inspector ? replacedBy : id)),
      );
      break;
    }
    case 'added':
      standing.visits.set(change.filingNumber, change.inspectors);
  }
}

/**
 * The change that a granted recusal makes: where the inspector was to visit the agency, the next one of that agency's lot
 * order takes over, those with the fewest visits first. Throws {@link TooFewInspectors} when nobody is left.
 */
export function recuse(
  drawn: Drawn,
  changes: readonly DrawChange[],
  recusal: Recusal,
): Extract<DrawChange, { type: 'recused' }> {
  const { inspector, filingNumber, reason } = recusal;
  const { inspectors, recusals, visits } = standingOf(drawn, changes);
  const visit = visits.get(filingNumber);
  if (!visit?.includes(inspector))
    return { type: 'recused', inspector, filingNumber, reason, replacedBy: null };
  const free = freeFor(filingNumber, inspectors, [...recusals, recusal]).filter(
    ({ id }) => !visit.includes(id),
  );
  const [next] = inspectorsInOrder(drawn.seed, filingNumber, free, loadsOf(visits.values()));
  if (next === undefined) throw new TooFewInspectors(filingNumber);
  return { type: 'recused', inspector, filingNumber, reason, replacedBy: next };
}

/** A visit that was not drawn, such as one that the reviewer of scores asked for: its inspectors by lot. */
export function addVisit(
  drawn: Drawn,
  changes: readonly DrawChange[],
  visit: { filingNumber: FilingNumber; filingType: FilingType; reasons: string[] },
): Extract<DrawChange, { type: 'added' }> {
  const { inspectors, recusals, visits } = standingOf(drawn, changes);
  const free = freeFor(visit.filingNumber, inspectors, recusals);
  if (free.length < drawn.inspectorsPerVisit) throw new TooFewInspectors(visit.filingNumber);
  const ranked = inspectorsInOrder(drawn.seed, visit.filingNumber, free, loadsOf(visits.values()));
  const { filingNumber, filingType, reasons } = visit;
  return {
    type: 'added',
    filingNumber,
    filingType,
    reasons,
    inspectors: ranked.slice(0, drawn.inspectorsPerVisit),
  };
}

/** The change as it follows from what stood before it: the same as the one given, if that one is right. */
export function changeAgain(drawn: Drawn, before: readonly DrawChange[], change: DrawChange): DrawChange {
  if (change.type === 'joined') return change;
  return change.type === 'recused' ? recuse(drawn, before, change) : addVisit(drawn, before, change);
}
