/** The joint entry 会商记录 of a visit whose records differ: one inspector drafts it, every other confirms it or sends it back. */
import * as z from 'zod/mini';
import { agreedFinding } from '../domain/counted-facts.ts';
import type { Dossier } from '../domain/dossier.ts';
import type { Actor } from '../domain/history.ts';
import { Settled, settle, settlementProblems } from '../domain/joint-entry.ts';
import { differingIn, standingEntry, unconfirmed, unrecorded, type Visit } from '../domain/visit.ts';
import type { Deps } from './ports.ts';
import { extendDossier, type NewDossierAction } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { retried } from './retried.ts';
import { isSaidAgain } from './said-again.ts';
import { closeIfAgreed, misfits, openVisit } from './visits.ts';

export const JointDraft = z.strictObject({
  settled: z.array(Settled).check(z.minLength(1), z.maxLength(100)),
});
export type JointDraft = z.infer<typeof JointDraft>;

/** The history entry in which the draft stands, as it was read. */
export const JointConfirmation = z.strictObject({ entry: z.int().check(z.gte(1)) });
export type JointConfirmation = z.infer<typeof JointConfirmation>;

export const JointReturn = z.extend(JointConfirmation, {
  reason: z.string().check(z.trim(), z.minLength(1, '请写明退回的理由'), z.maxLength(5000)),
});
export type JointReturn = z.infer<typeof JointReturn>;

/** Where the records differ, one inspector writes down what they agree on, with a reason for each item. */
export async function draftJointEntry(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { settled }: JointDraft,
): Promise<Dossier | Refusal> {
  const opened = await openVisit(deps, year, filingNumber, by);
  if (opened instanceof Refusal) return opened;
  const { cycle, dossier } = opened;
  const next = { type: 'jointEntryDrafted' as const, data: { settled } };
  if (isSaidAgain(dossier.history, by, next)) return dossier;
  const { visit } = dossier;
  const refused = visit && notToBeDrafted(visit, { settled });
  if (refused) return refused;
  const first = visit?.findings[visit.inspectors[0] ?? '']?.answers;
  const unfit = first && misfits(cycle, settle(first, settled));
  return unfit ?? extendDossier(deps, dossier, by, next);
}

function notToBeDrafted(visit: Visit, { settled }: JointDraft): Refusal | undefined {
  if (unrecorded(visit).length > 0) {
    return refuse('notAtThisStep', { status: '检查记录未齐', action: '起草会商记录' });
  }
  if (agreedFinding(visit)) return refuse('findingsAgree');
  const standing = standingEntry(visit);
  if (standing) return refuse('jointEntryOpen', { by: standing.by.name });
  const { missing, surplus } = settlementProblems(differingIn(visit), settled);
  if (missing.length > 0) return refuse('jointEntryIncomplete', { items: missing.join('、') });
  return surplus.length > 0 ? refuse('jointEntrySurplus', { items: surplus.join('、') }) : undefined;
}

/** An inspector who did not draft it agrees; with the last of them the visit ends. */
export async function confirmJointEntry(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { entry }: JointConfirmation,
): Promise<Dossier | Refusal> {
  const next = { type: 'jointEntryConfirmed', data: { entry } } as const;
  return retried(async () => {
    const judged = await judge(deps, { year, filingNumber, by }, next);
    return judged instanceof Refusal ? judged : closeIfAgreed(deps, judged);
  });
}

/** An inspector who did not draft it does not agree: either may then draft another. */
export async function sendBackJointEntry(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { entry, reason }: JointReturn,
): Promise<Dossier | Refusal> {
  return judge(deps, { year, filingNumber, by }, { type: 'jointEntrySentBack', data: { entry }, reason });
}

type Judgement = Extract<NewDossierAction, { type: 'jointEntryConfirmed' | 'jointEntrySentBack' }>;

async function judge(
  deps: Deps,
  { year, filingNumber, by }: { year: number; filingNumber: string; by: Actor },
  next: Judgement,
): Promise<Dossier | Refusal> {
  const opened = await openVisit(deps, year, filingNumber, by);
  if (opened instanceof Refusal) return opened;
  const { dossier } = opened;
  if (isSaidAgain(dossier.history, by, next)) return dossier;
  const { visit } = dossier;
  const standing = visit && standingEntry(visit);
  if (standing?.entry !== next.data.entry) return refuse('jointEntryGone');
  if (standing.by.id === by.id) return refuse('jointEntryOwn');
  if (visit && !unconfirmed(visit).includes(by.id)) return refuse('jointEntryGone');
  return extendDossier(deps, dossier, by, next);
}
