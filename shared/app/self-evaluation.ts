/** An agency's self-evaluation 机构自评: draft, submission, and being handed back. */
import * as z from 'zod/mini';
import { FilingNumber } from '../domain/agency.ts';
import { Instant } from '../domain/calendar.ts';
import { type Cycle, lastDeadline } from '../domain/cycle.ts';
import { Commitment, type Dossier } from '../domain/dossier.ts';
import { Answers, factsProblems, unanswered } from '../domain/facts.ts';
import { type Actor, canonicalJson, digestOf } from '../domain/history.ts';
import { waitingGate } from '../domain/run.ts';
import { scoreAgency } from '../domain/score.ts';
import { selfScoringInput } from '../domain/self-score.ts';
import { checkedEvidence } from './evidence.ts';
import { raiseDossierFlags, rememberFiles } from './flags.ts';
import { expectRecord, lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier, keys, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { saidBefore } from './said-again.ts';

export const Draft = z.strictObject({
  answers: Answers,
  savedAt: Instant,
  /** Counts the savings. */
  version: z.int().check(z.gte(1)),
});
export type Draft = z.infer<typeof Draft>;

/** A draft as it was saved, with what it would score and what it still lacks. */
export const SavedDraft = z.extend(Draft, { claimed: z.string(), unanswered: z.array(z.string()) });
export type SavedDraft = z.infer<typeof SavedDraft>;

/**
 * The window is open while the gate waits. What is handed back at the desk, where all had filed early, may still be filed
 * again until the same deadline.
 */
export function closedWindow(deps: Deps, cycle: Cycle, action: string): Refusal | undefined {
  if (cycle.status === 'frozen') return refuse('cycleFrozen');
  const gate = waitingGate(cycle);
  if (gate?.gate === 'collectSelfEvaluations') return lateRefusal(gate, deps.clock.now(), action);
  const deadline = lastDeadline(cycle, 'collectSelfEvaluations');
  if (gate?.gate !== 'reviewAtDesk' || deadline === undefined)
    return refuse('gateNotOpen', { gate: '机构自评' });
  return lateRefusal({ ...gate, deadline }, deps.clock.now(), action);
}

async function openDossier(deps: Deps, year: number, filingNumber: string, action: string) {
  // Drafts are saved by hundreds in the last hour: nobody waits for one reading after the other.
  const [cycle, dossier] = await Promise.all([readCycle(deps, year), readDossier(deps, year, filingNumber)]);
  if (cycle instanceof Refusal) return cycle;
  const closed = closedWindow(deps, cycle, action);
  if (closed) return closed;
  if (dossier instanceof Refusal) return dossier;
  return { cycle, dossier };
}

/**
 * Saves a draft over the one of this version: what somebody saved elsewhere meanwhile is not lost unseen. 0 stands for no
 * draft at all; without a version the draft replaces whatever stands there.
 */
export async function saveDraft(
  deps: Deps,
  year: number,
  filingNumber: string,
  answers: Answers,
  basedOn?: number,
): Promise<SavedDraft | Refusal> {
  const open = await openDossier(deps, year, filingNumber, '修改自评');
  if (open instanceof Refusal) return open;
  const { rubric, settings } = open.cycle;
  if (open.dossier.status !== 'collecting') return refuse('gateNotOpen', { gate: '机构自评' });
  const problems = factsProblems(rubric, answers);
  if (problems.length > 0) return factsInvalid(problems);
  const key = keys.draft(year, filingNumber);
  const stored = await deps.items.get(key, Draft);
  const before = stored?.version;
  const base = basedOn ?? before ?? 0;
  const scored = (draft: Draft): SavedDraft => {
    const { total: claimed } = scoreAgency(selfScoringInput(rubric, settings, draft.answers));
    return { ...draft, claimed, unanswered: unanswered(rubric, draft.answers) };
  };
  // The same again, over the same version: the answer was lost.
  const isStored = stored && canonicalJson(stored.answers) === canonicalJson(answers);
  if (isStored && (basedOn === undefined || stored.version === basedOn + 1)) return scored(stored);
  const draft = { answers, savedAt: deps.clock.now().toISOString(), version: base + 1 };
  const unchanged = before === undefined ? { ifAbsent: true } : { replacing: base };
  const condition = basedOn === undefined ? {} : unchanged;
  if ((before ?? 0) !== base || !(await deps.items.put(key, draft, condition))) return refuse('draftChanged');
  return scored(draft);
}

export function readDraft(deps: Deps, year: number, filingNumber: string): Promise<Draft | undefined> {
  return deps.items.get(keys.draft(year, filingNumber), Draft);
}

function factsInvalid(problems: ReturnType<typeof factsProblems>): Refusal {
  const detail = problems.map(({ item, message }) => `${item} ${message}`).join('；');
  return refuse('factsInvalid', { detail });
}

export const Submission = z.strictObject({ answers: Answers, commitment: Commitment });
export type Submission = z.infer<typeof Submission>;

export const Receipt = z.strictObject({
  filingNumber: FilingNumber,
  submittedAt: Instant,
  claimed: z.string(),
  /** SHA-256 of the canonical JSON of what was filed. */
  digest: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

/** Files the self-evaluation and signs the commitment. Refused while anything is unanswered or does not fit. */
export async function submitSelfEvaluation(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  submission: Submission,
): Promise<Receipt | Refusal> {
  const digest = digestOf(submission);
  const { answers, commitment } = submission;
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  if (dossier.submission?.digest === digest && dossier.status !== 'collecting') {
    return dossier.status === 'submitted' ? finish(deps, cycle, dossier, answers) : receiptOf(dossier);
  }
  const closed = closedWindow(deps, cycle, '提交自评');
  if (closed) return closed;
  const problems = factsProblems(cycle.rubric, answers);
  if (problems.length > 0) return factsInvalid(problems);
  const missing = unanswered(cycle.rubric, answers);
  if (missing.length > 0) return refuse('incomplete', { count: missing.length, items: missing.join('、') });
  const unknownFile = await checkedEvidence(deps, year, filingNumber, answers);
  if (unknownFile) return unknownFile;
  const claimed = scoreAgency(selfScoringInput(cycle.rubric, cycle.settings, answers)).total;
  const filed = await extendDossier(deps, dossier, by, {
    type: 'submitted',
    data: { answers, commitment, claimed, digest },
  });
  return filed instanceof Refusal ? filed : finish(deps, cycle, filed, answers);
}

/** What follows once a submission is on record; harmless when it was done before. */
async function finish(
  deps: Deps,
  cycle: Cycle,
  filed: Dossier,
  answers: Answers,
): Promise<Receipt | Refusal> {
  await rememberFiles(deps, filed, answers);
  // Raised at once, so that the form can be handed back for what they say while the window is open.
  await raiseDossierFlags(deps, cycle, filed);
  await recordIn(deps, 'collectSelfEvaluations', filed);
  return receiptOf(filed);
}

function receiptOf({ filingNumber, submission }: Dossier): Receipt | Refusal {
  if (!submission) return refuse('notYours');
  const { at, claimed, digest } = submission;
  return { filingNumber, submittedAt: at, claimed, digest };
}

/** A handler hands a self-evaluation back for correction, before or at the desk, until the window closes. */
export async function returnSelfEvaluation(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  reason: string,
): Promise<Dossier | Refusal> {
  const next = { type: 'returned' as const, data: {}, reason };
  const before = await readDossier(deps, year, filingNumber);
  if (before instanceof Refusal) return before;
  if (saidBefore(before, by, next)) return before;
  const open = await openDossier(deps, year, filingNumber, '退回自评');
  if (open instanceof Refusal) return open;
  if (!reason.trim()) return refuse('reasonMissing');
  const gate = waitingGate(open.cycle)?.gate;
  await expectRecord(deps, gate === 'reviewAtDesk' ? gate : 'collectSelfEvaluations', open.dossier);
  return extendDossier(deps, open.dossier, by, next);
}
