/** Which facts count for an agency: inspected where it was visited, else desk-reviewed, then corrected by accepted answers and upheld objections. */

import { correct } from './corrected-facts.ts';
import type { Dossier } from './dossier.ts';
import type { Answers } from './facts.ts';
import { settle } from './joint-entry.ts';
import type { Rubric } from './rubric.ts';
import type { ScoringInput } from './score.ts';
import type { Settings } from './settings.ts';
import { signedVetoes } from './veto.ts';
import { differingIn, standingEntry, unconfirmed, unrecorded, type Visit } from './visit.ts';

/** Everything that a score depends on: the dossier's own records, the frozen rubric and the settings. */
export function scoringInput(dossier: Dossier, rubric: Rubric, settings: Settings): ScoringInput {
  const { platform } = dossier;
  const inspected = agreedFinding(countedVisit(dossier));
  const counted = inspected ? withEvidence(inspected, dossier.desk?.answers) : dossier.desk?.answers;
  return {
    rubric,
    answers: counted && correct(counted, dossier.corrections),
    source: inspected ? 'inspection' : 'deskReview',
    corrected: Object.fromEntries(dossier.corrections.map(({ item, source }) => [item, source])),
    filed: dossier.submission !== undefined,
    notApplicable: dossier.notApplicable,
    vetoCases: signedVetoes(dossier),
    noActivityFails: settings.noActivityFails,
    ...(platform?.completedBatches !== undefined && { platformCompleted: platform.completedBatches }),
  };
}

/**
 * The visit whose findings count: the last one that came to a finding. A visit under way does not count yet, and one that
 * lapsed leaves the visit before it standing.
 */
export function countedVisit({ status, visit, earlierVisits }: Dossier): Visit | undefined {
  const ended = visit && status !== 'visiting' ? [...earlierVisits, visit] : earlierVisits;
  return ended.findLast((one) => agreedFinding(one) !== undefined);
}

/**
 * What the inspectors found: the record of whoever was drawn first, and in its differences from the others what the joint
 * entry says that all of them agreed on. Undefined while a record is missing or the joint entry is not confirmed.
 */
export function agreedFinding(visit: Visit | undefined): Answers | undefined {
  if (!visit || unrecorded(visit).length > 0) return undefined;
  const first = visit.findings[visit.inspectors[0] ?? '']?.answers;
  if (!first || differingIn(visit).length === 0) return first;
  const joint = standingEntry(visit);
  return joint && unconfirmed(visit).length === 0 ? settle(first, joint.settled) : undefined;
}

/** Inspected facts stand with the evidence that the agency filed for the same item. */
function withEvidence(inspected: Answers, filed: Answers | undefined): Answers {
  const items = Object.entries(inspected.items).map(([code, answer]) => {
    const evidence = [...(filed?.items[code]?.evidence ?? []), ...(answer.evidence ?? [])];
    return [code, { ...answer, evidence }] as const;
  });
  return { items: Object.fromEntries(items), bonus: inspected.bonus };
}
