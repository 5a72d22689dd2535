/** What inspectors record on site: each on their own, then jointly where they differ. */
import * as z from 'zod';
import { CivilDate } from '../domain/calendar.ts';
import { agreedFinding } from '../domain/counted-facts.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { Answers, factsProblems, unanswered } from '../domain/facts.ts';
import { type Actor, SYSTEM } from '../domain/history.ts';
import { pendingRecusals } from '../domain/recusal.ts';
import { waitingGate } from '../domain/run.ts';
import { Representative, unrecorded } from '../domain/visit.ts';
import { checkedEvidence } from './evidence.ts';
import { lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier, isSaidAgain, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

export const Finding = z.strictObject({
  answers: Answers,
  representative: Representative,
  visitedOn: CivilDate,
});
export type Finding = z.infer<typeof Finding>;

export const Reconciliation = z.strictObject({ answers: Answers, reason: z.string().min(1) });
export type Reconciliation = z.infer<typeof Reconciliation>;

/** One inspector's record of a visit. The store itself checks that the inspector was drawn and has not recorded yet. */
export async function recordFinding(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  finding: Finding,
): Promise<Dossier | Refusal> {
  const visit = await openVisit(deps, year, filingNumber, by, finding.answers);
  if (visit instanceof Refusal) return visit;
  const next = { type: 'findingRecorded' as const, data: finding };
  if (visit.visit?.findings[by.id] && !isSaidAgain(visit.history, by, next)) return refuse('alreadyRecorded');
  const recorded = await extendDossier(deps, visit, by, next);
  return recorded instanceof Refusal ? recorded : closeIfAgreed(deps, recorded);
}

/** Where the records differ, one inspector enters what both agreed on, with reasons. */
export async function reconcileFindings(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { answers, reason }: Reconciliation,
): Promise<Dossier | Refusal> {
  const visit = await openVisit(deps, year, filingNumber, by, answers);
  if (visit instanceof Refusal) return visit;
  if (visit.visit && unrecorded(visit.visit).length > 0) {
    return refuse('notAtThisStep', { status: '检查记录未齐', action: '会商' });
  }
  const next = { type: 'findingsReconciled' as const, data: { answers }, reason };
  const recorded = await extendDossier(deps, visit, by, next);
  return recorded instanceof Refusal ? recorded : closeIfAgreed(deps, recorded);
}

async function openVisit(deps: Deps, year: number, filingNumber: string, by: Actor, answers: Answers) {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  if (!dossier.visit?.inspectors.includes(by.id)) return refuse('notYours');
  if (pendingRecusals(dossier).some(({ inspector }) => inspector === by.id)) return refuse('recusalPending');
  const refused = windowOf(deps, cycle) ?? misfits(cycle, answers);
  return refused ?? (await checkedEvidence(deps, year, filingNumber, answers)) ?? dossier;
}

function windowOf(deps: Deps, cycle: Cycle): Refusal | undefined {
  if (cycle.status === 'frozen') return refuse('cycleFrozen');
  const gate = waitingGate(cycle);
  if (gate?.gate !== 'inspectOnSite') return refuse('gateNotOpen', { gate: '现场检查' });
  return lateRefusal(gate, deps.clock.now(), '提交检查记录');
}

function misfits({ rubric }: Cycle, answers: Answers): Refusal | undefined {
  const [problem] = factsProblems(rubric, answers);
  if (problem) return refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
  const missing = unanswered(rubric, answers);
  return missing.length > 0
    ? refuse('incomplete', { count: missing.length, items: missing.join('、') })
    : undefined;
}

async function closeIfAgreed(deps: Deps, dossier: Dossier): Promise<Dossier | Refusal> {
  if (!agreedFinding(dossier.visit)) return dossier;
  const next = { type: 'visitClosed' as const, data: { lapsed: false } };
  const closed = dossier.status === 'visiting' ? await extendDossier(deps, dossier, SYSTEM, next) : dossier;
  if (!(closed instanceof Refusal)) await recordIn(deps, 'inspectOnSite', closed);
  return closed;
}
