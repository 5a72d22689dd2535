/** Which facts count for an agency: inspected where it was visited, else desk-reviewed, then corrected by accepted answers and upheld objections. */

import { correct } from './corrected-facts.ts';
import type { Dossier } from './dossier.ts';
import type { Answers, Facts } from './facts.ts';
import { canonicalJson } from './history.ts';
import type { Rubric } from './rubric.ts';
import type { ScoringInput } from './score.ts';
import type { Settings } from './settings.ts';
import type { Visit } from './visit.ts';

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
    vetoCases: [],
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

/** What the inspectors found: the joint entry, or what all of them recorded alike. Undefined while they differ. */
export function agreedFinding(visit: Visit | undefined): Answers | undefined {
  if (!visit || visit.vacant.length > 0) return undefined;
  if (visit.agreed) return visit.agreed;
  const findings = visit.inspectors.map((id) => visit.findings[id]?.answers);
  const [first] = findings;
  const texts = findings.map((answers) => answers && canonicalJson(factsOnly(answers)));
  return first && texts.every((text) => text === texts[0]) ? first : undefined;
}

/** Remarks may differ between two people who saw the same, and so may the order in which they entered it. */
function factsOnly({ items, bonus }: Answers) {
  const claims = Object.entries(bonus).flatMap(([code, { count }]) => (count > 0 ? [[code, count]] : []));
  return {
    items: Object.fromEntries(Object.entries(items).map(([code, { facts }]) => [code, comparable(facts)])),
    bonus: Object.fromEntries(claims),
  };
}

function comparable(facts: Facts | undefined) {
  if (facts?.kind === 'graded') return { kind: facts.kind, grade: facts.grade };
  if (facts?.kind === 'checklist') return { kind: facts.kind, ticked: [...new Set(facts.ticked)].sort() };
  return facts;
}

/** Inspected facts stand with the evidence that the agency filed for the same item. */
function withEvidence(inspected: Answers, filed: Answers | undefined): Answers {
  const items = Object.entries(inspected.items).map(([code, answer]) => {
    const evidence = [...(filed?.items[code]?.evidence ?? []), ...(answer.evidence ?? [])];
    return [code, { ...answer, evidence }] as const;
  });
  return { items: Object.fromEntries(items), bonus: inspected.bonus };
}
