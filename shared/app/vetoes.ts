/** Cases for a veto 一票否决案: proposed, put to the agency, confirmed by two others and signed by the director, or rejected. */
import * as z from 'zod/mini';
import { chinaDate } from '../domain/calendar.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { partial } from '../domain/dossier-of.ts';
import { EvidenceRef } from '../domain/facts.ts';
import { type Actor, canonicalJson, ROLES, SYSTEM } from '../domain/history.ts';
import { waitingGate } from '../domain/run.ts';
import {
  complaintsIn,
  nextCaseId,
  openCases,
  rolesToAct,
  stageOf,
  standingCodes,
  VETO_GATES,
  type VetoCase,
  VetoSource,
  vetoesByCase,
  vetoHand,
  vetoHands,
  vetoTurn,
  vetoTurns,
} from '../domain/veto.ts';
import { upheldComplaintsIn } from './complaints/complaint-records.ts';
import { afterWorkingDays, dayOf, pastDeadline } from './deadlines.ts';
import { MaterialAnswer, ownFiles, readBoth, sheetAfter } from './exchange.ts';
import { completeIfClear, lateRefusal } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier, type NewDossierAction, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { agenciesWithCases, HELD_BY_CASES, markCase, markCases } from './veto-marks.ts';

const writing = (missing: string) => z.string().check(z.trim(), z.minLength(1, missing), z.maxLength(5000));

const CaseId = z.string().check(z.minLength(1), z.maxLength(40));

export const VetoProposal = z.strictObject({
  /** One of the rubric's vetoes that needs a case. */
  code: z.string().check(z.minLength(1), z.maxLength(20)),
  /** The facts: the agency reads them, and they stand in its score sheet once the case is signed. */
  reason: writing('请写明事实'),
  /** Of the agency's own uploads. */
  evidence: z._default(z.array(EvidenceRef).check(z.maxLength(50)), []),
  sources: z._default(z.array(VetoSource).check(z.maxLength(50)), []),
});
export type VetoProposal = z.infer<typeof VetoProposal>;

export const VetoStatement = z.extend(MaterialAnswer, { case: CaseId });
export type VetoStatement = z.infer<typeof VetoStatement>;

const CaseDecision = { case: CaseId, reason: writing('请写明理由') };
export const VetoConfirmation = z.strictObject({
  ...CaseDecision,
  verdict: z.enum(['confirmed', 'rejected']),
});
export const VetoSignature = z.strictObject({ ...CaseDecision, verdict: z.enum(['signed', 'rejected']) });
type VetoDecision = z.infer<typeof VetoConfirmation> | z.infer<typeof VetoSignature>;

/** Opens a case against an agency and puts it to the agency, which has `statementWorkingDays` to make its statement. */
export async function proposeVeto(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  proposal: VetoProposal,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  const { cycle, dossier } = both;
  if (openCases(dossier).some((one) => isSame(one, by, proposal))) {
    await markCase(deps, dossier);
    return dossier;
  }
  if (partial(dossier).includes(by.id)) return refuse('recused');
  const { code, reason, evidence, sources } = proposal;
  const problem =
    untimely(deps, cycle) ??
    unfounded(cycle, dossier, proposal, deps.clock.now()) ??
    (await ownFiles(deps, year, filingNumber, evidence)) ??
    (await unproven(deps, dossier, sources));
  if (problem) return problem;
  const { settings } = cycle;
  const answerBy = afterWorkingDays(deps.clock.now(), settings.statementWorkingDays, settings);
  if (answerBy instanceof Refusal) return answerBy;
  const data = { id: nextCaseId(dossier, code), code, evidence, sources, answerBy };
  await markCase(deps, dossier);
  return extendDossier(deps, dossier, by, { type: 'vetoProposed', data, reason });
}

/** Said again by the same person, after an answer that was lost. */
function isSame(one: VetoCase, by: Actor, { code, reason, evidence, sources }: VetoProposal): boolean {
  const said = { code, facts: reason, evidence, sources };
  const { code: known, facts, evidence: files, sources: named, proposedBy } = one;
  const before = { code: known, facts, evidence: files, sources: named };
  return proposedBy.id === by.id && canonicalJson(before) === canonicalJson(said);
}

function untimely(deps: Deps, cycle: Cycle): Refusal | undefined {
  const gate = waitingGate(cycle);
  if (!gate || !VETO_GATES.includes(gate.gate)) return refuse('vetoNotOpen');
  return gate.gate === 'receiveObjections'
    ? lateRefusal(gate, deps.clock.now(), '提出一票否决案')
    : undefined;
}

function unfounded(
  { rubric }: Cycle,
  dossier: Dossier,
  { code, evidence, sources }: VetoProposal,
  now: Date,
): Refusal | undefined {
  const veto = vetoesByCase(rubric).find((one) => one.code === code);
  if (!veto) {
    return refuse('invalidRequest', { detail: `评分标准中没有须立案认定的一票否决情形 ${code}` });
  }
  if (evidence.length + sources.length === 0) {
    return refuse('invalidRequest', { detail: '请列明证据：机构上传的材料，或证据的名称、来源和日期' });
  }
  const future = sources.find(({ on }) => on > chinaDate(now));
  if (future) return refuse('effectiveOnInFuture', { fileName: future.title, date: future.on });
  return standingCodes(dossier).includes(code) ? refuse('vetoKnown', { title: veto.title }) : undefined;
}

/** A complaint is a source once it is upheld, against this agency and for this year; then it stays so. */
async function unproven(deps: Deps, dossier: Dossier, sources: VetoSource[]): Promise<Refusal | undefined> {
  const named = complaintsIn(sources);
  if (named.length === 0) return undefined;
  const upheld = (await upheldComplaintsIn(deps, dossier)).map(({ number }) => number);
  const number = named.find((one) => !upheld.includes(one));
  return number === undefined ? undefined : refuse('vetoComplaint', { number });
}

const unknownCase = () => refuse('notFound', { what: '该一票否决案' });

/** The agency's statement 陈述申辩 on a case against it. */
export async function stateOnVeto(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { case: id, reason, evidence }: VetoStatement,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  const { dossier } = both;
  const one = dossier.vetoCases.find((known) => known.id === id);
  if (!one) return unknownCase();
  const before = one.statement && { content: one.statement.content, evidence: one.statement.evidence };
  if (before && canonicalJson(before) === canonicalJson({ content: reason, evidence })) return dossier;
  if (one.outcome || stageOf(one) !== 'hearing') return notTheirs(one);
  const late = pastDeadline(one.answerBy, deps.clock.now(), '陈述申辩');
  if (late) return late;
  const missing = await ownFiles(deps, year, filingNumber, evidence);
  if (missing) return missing;
  return extendDossier(deps, dossier, by, { type: 'vetoStated', data: { id, evidence }, reason });
}

/** A confirmer confirms or rejects; the director signs or rejects. The store refuses whoever had a part in the case. */
export async function decideVeto(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  decision: VetoDecision,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  const { cycle } = both;
  const one = both.dossier.vetoCases.find(({ id }) => id === decision.case);
  if (!one) return unknownCase();
  if (isDecided(one, by, decision)) return settled(deps, both.dossier);
  if (one.outcome) return notTheirs(one);
  if (partial(both.dossier).includes(by.id)) return refuse('recused');
  const dossier = await heardOut(deps, both.dossier, one);
  if (dossier instanceof Refusal) return dossier;
  const type = DECISIONS[decision.verdict];
  if (vetoHands(dossier).includes(vetoHand(one.id, by.id))) return refuse('vetoOwn');
  if (!vetoTurns(dossier).includes(vetoTurn(one.id, type, by.role))) return notTheirs(one);
  const decided = await extendDossier(deps, dossier, by, nextEntry(deps, cycle, dossier, by, one, decision));
  return decided instanceof Refusal ? decided : settled(deps, decided);
}

const DECISIONS = { confirmed: 'vetoConfirmed', signed: 'vetoSigned', rejected: 'vetoRejected' } as const;

function nextEntry(
  deps: Deps,
  cycle: Cycle,
  dossier: Dossier,
  by: Actor,
  { id, confirmations }: VetoCase,
  { verdict, reason }: VetoDecision,
): NewDossierAction {
  if (verdict === 'rejected') return { type: 'vetoRejected', data: { id }, reason };
  if (verdict === 'confirmed') {
    const confirmation = confirmations.length === 0 ? 1 : 2;
    return { type: 'vetoConfirmed', data: { id, confirmation }, reason };
  }
  const signed = { type: 'vetoSigned' as const, data: { id }, reason };
  // Before the agency is scored there is no score to change: scoring takes the case in.
  if (!dossier.sheet) return signed;
  return { ...signed, data: { id, sheet: sheetAfter(deps, cycle, dossier, by, signed) } };
}

/** Whether this person has said this already. */
function isDecided(one: VetoCase, by: Actor, { verdict, reason }: VetoDecision): boolean {
  const said = (act: { by: Actor; reason: string } | undefined) =>
    act?.by.id === by.id && act.reason === reason;
  if (verdict === 'confirmed') return one.confirmations.some(said);
  return one.outcome === verdict && said(one.decision);
}

function notTheirs(one: VetoCase): Refusal {
  if (one.outcome) return refuse('notFound', { what: '待办理的一票否决案' });
  const who = rolesToAct(one).map((role) => ROLES[role]);
  return refuse('vetoNotTurn', { who: who.join('、') });
}

/** Nothing is decided while the agency may still speak; once it no longer may, its silence is recorded. */
async function heardOut(deps: Deps, dossier: Dossier, one: VetoCase): Promise<Dossier | Refusal> {
  if (stageOf(one) !== 'hearing') return dossier;
  if (deps.clock.now().toISOString() <= one.answerBy) {
    return refuse('vetoUnheard', { deadline: dayOf(one.answerBy) });
  }
  return extendDossier(deps, dossier, SYSTEM, { type: 'vetoUnanswered', data: { id: one.id } });
}

/** What a case that is closed lets go on: the agency's mark, and a gate that waited only for it. */
async function settled(deps: Deps, dossier: Dossier): Promise<Dossier> {
  if (openCases(dossier).length > 0) return dossier;
  await markCases(deps, dossier);
  for (const gate of HELD_BY_CASES) await completeIfClear(deps, dossier.year, gate);
  return dossier;
}

/** For the sweep: agencies whose time to speak has passed are heard out. */
export async function closeHearings(deps: Deps, year: number): Promise<void> {
  for await (const { filingNumber, vetoCases } of agenciesWithCases(deps, year)) {
    for (const { id } of vetoCases) {
      const now = await readDossier(deps, year, filingNumber);
      const one = now instanceof Refusal ? undefined : openCases(now).find((known) => known.id === id);
      // Whoever was faster, or a window that still runs: nothing to do.
      if (one && !(now instanceof Refusal)) await heardOut(deps, now, one);
    }
  }
}
