/** A handler's desk review of one submission: accept it, correct facts with reasons, approve what is not applicable. */
import * as z from 'zod';
import { Correction, type Dossier } from '../domain/dossier.ts';
import { factsProblems } from '../domain/facts.ts';
import type { Actor } from '../domain/history.ts';
import { recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

export const DeskReview = z.strictObject({
  corrections: z.array(Correction),
  /** Codes of items whose declaration of not applicable is approved; others declared so are not scored. */
  notApplicable: z.array(z.string()),
  reason: z.string().min(1, '请写明复核意见'),
});
export type DeskReview = z.infer<typeof DeskReview>;

export async function reviewAtDesk(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  review: DeskReview,
): Promise<Dossier | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const { corrections, notApplicable, reason } = review;
  const refusal = misfits(review, cycle.rubric, dossier);
  if (refusal) return refusal;
  if (cycle.gate?.gate !== 'reviewAtDesk') return refuse('gateNotOpen', { gate: '材料复核' });
  const reviewed = await extendDossier(deps, dossier, by, {
    type: 'deskReviewed',
    data: { corrections, notApplicable },
    reason,
  });
  if (!(reviewed instanceof Refusal)) await recordIn(deps, year, 'reviewAtDesk', filingNumber);
  return reviewed;
}

function misfits(
  { corrections, notApplicable }: DeskReview,
  rubric: Parameters<typeof factsProblems>[0],
  dossier: Dossier,
): Refusal | undefined {
  const corrected = Object.fromEntries(corrections.map(({ item, facts }) => [item, { facts }]));
  const [problem] = factsProblems(rubric, { items: corrected, bonus: {} });
  if (problem) return refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
  const undeclared = notApplicable.find((code) => !dossier.submission?.answers.items[code]?.notApplicable);
  return undeclared ? refuse('factsInvalid', { detail: `${undeclared} 机构没有申报不适用` }) : undefined;
}
