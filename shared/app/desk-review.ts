/** Desk review of one submission: a handler accepts it or corrects facts; an approver decides what is not applicable. */
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
  reason: z.string().min(1, '请写明复核意见'),
});
export type DeskReview = z.infer<typeof DeskReview>;

export const NotApplicableDecision = z.strictObject({
  item: z.string(),
  approved: z.boolean(),
  reason: z.string().min(1, '请写明理由'),
});
export type NotApplicableDecision = z.infer<typeof NotApplicableDecision>;

export async function reviewAtDesk(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { corrections, reason }: DeskReview,
): Promise<Dossier | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const corrected = Object.fromEntries(corrections.map(({ item, facts }) => [item, { facts }]));
  const [problem] = factsProblems(cycle.rubric, { items: corrected, bonus: {} });
  if (problem) return refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
  if (cycle.gate?.gate !== 'reviewAtDesk') return refuse('gateNotOpen', { gate: '材料复核' });
  const reviewed = await extendDossier(deps, dossier, by, {
    type: 'deskReviewed',
    data: { corrections },
    reason,
  });
  if (!(reviewed instanceof Refusal)) await recordIn(deps, year, 'reviewAtDesk', filingNumber);
  return reviewed;
}

/** Until an approver has approved the agency's declaration, the item counts and is not scored. */
export async function decideNotApplicable(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { item, approved, reason }: NotApplicableDecision,
): Promise<Dossier | Refusal> {
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  if (!dossier.submission?.answers.items[item]?.notApplicable) {
    return refuse('factsInvalid', { detail: `${item} 机构没有申报不适用` });
  }
  return extendDossier(deps, dossier, by, {
    type: 'notApplicableDecided',
    data: { item, approved },
    reason,
  });
}
