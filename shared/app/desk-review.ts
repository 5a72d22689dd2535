/** Desk review of one submission: a handler accepts it or corrects facts; an approver decides what is not applicable. */
import * as z from 'zod/mini';
import { Correction } from '../domain/corrected-facts.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { factsProblems } from '../domain/facts.ts';
import { FLAG_TITLES, untreatedFlags } from '../domain/flag.ts';
import { type Actor, SYSTEM } from '../domain/history.ts';
import { raiseDossierFlags } from './flags.ts';
import { recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { saidBefore } from './said-again.ts';
import { closedWindow } from './self-evaluation.ts';

export const DeskReview = z.strictObject({
  corrections: z.array(Correction),
  reason: z.string().check(z.minLength(1, '请写明复核意见')),
});
export type DeskReview = z.infer<typeof DeskReview>;

export const NotApplicableDecision = z.strictObject({
  item: z.string(),
  approved: z.boolean(),
  reason: z.string().check(z.minLength(1, '请写明理由')),
});
export type NotApplicableDecision = z.infer<typeof NotApplicableDecision>;

/** Closes the review of one submission. Compares once more before it does: nothing new stays unseen. */
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
  const next = { type: 'deskReviewed' as const, data: { corrections }, reason };
  if (saidBefore(dossier, by, next)) return reviewed(deps, dossier);
  const corrected = Object.fromEntries(corrections.map(({ item, facts }) => [item, { facts }]));
  const [problem] = factsProblems(cycle.rubric, { items: corrected, bonus: {} });
  if (problem) return refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
  if (cycle.gate?.gate !== 'reviewAtDesk') return refuse('gateNotOpen', { gate: '材料复核' });
  const compared = await compareAgain(deps, cycle, dossier);
  if (compared instanceof Refusal) return compared;
  const open = untreatedFlags(compared);
  if (open.length > 0) {
    const flags = open.map(({ code, item = '' }) => `${item}${FLAG_TITLES[code]}`).join('、');
    return refuse('flagsUntreated', { count: open.length, flags });
  }
  return reviewed(deps, await extendDossier(deps, compared, by, next));
}

async function reviewed(deps: Deps, dossier: Dossier | Refusal): Promise<Dossier | Refusal> {
  if (!(dossier instanceof Refusal)) await recordIn(deps, 'reviewAtDesk', dossier);
  return dossier;
}

/** A handler has new figures of the platform, or does not want to wait for what was handed back. */
export async function compareFiled(
  deps: Deps,
  year: number,
  filingNumber: string,
): Promise<Dossier | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  return dossier instanceof Refusal ? dossier : compareAgain(deps, cycle, dossier);
}

/** What is under review, compared with all that is known by now. */
async function compareAgain(deps: Deps, cycle: Cycle, dossier: Dossier): Promise<Dossier | Refusal> {
  const standing = await settleReturn(deps, cycle, dossier);
  return standing instanceof Refusal ? standing : raiseDossierFlags(deps, cycle, standing);
}

/** Handed back at the desk and not filed again in time: what was filed first counts. */
async function settleReturn(deps: Deps, cycle: Cycle, dossier: Dossier): Promise<Dossier | Refusal> {
  if (dossier.status !== 'collecting' || !dossier.submission || !closedWindow(deps, cycle, '提交自评')) {
    return dossier;
  }
  return extendDossier(deps, dossier, SYSTEM, { type: 'submissionStands', data: {} });
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
