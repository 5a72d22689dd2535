/** What the answer to a draft result and the objection have in common: grounds, new material, the reply in writing. */
import * as z from 'zod/mini';
import { Correction } from '../domain/corrected-facts.ts';
import { scoringInput } from '../domain/counted-facts.ts';
import type { Cycle } from '../domain/cycle.ts';
import { type Dossier, type DossierActionType, mayFollow } from '../domain/dossier.ts';
import { partial } from '../domain/dossier-of.ts';
import { arguedItems, openExchange, openMaterial } from '../domain/exchange.ts';
import { EvidenceRef, factsProblems } from '../domain/facts.ts';
import { GATES } from '../domain/gates.ts';
import { type Actor, canonicalJson, SYSTEM } from '../domain/history.ts';
import { findItem, type Rubric } from '../domain/rubric.ts';
import { waitingGate } from '../domain/run.ts';
import { type ScoreSheet, scoreAgency } from '../domain/score.ts';
import type { Settings } from '../domain/settings.ts';
import { afterDays, afterWorkingDays, dayOf, pastDeadline } from './deadlines.ts';
import { checkedEvidence } from './evidence.ts';
import { expectRecord, lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import {
  dossierKind,
  extendDossier,
  keys,
  type NewDossierAction,
  nextEntry,
  readCycle,
  readDossier,
} from './records.ts';
import { Refusal, refuse } from './refusal.ts';

const writing = (missing: string) => z.string().check(z.trim(), z.minLength(1, missing), z.maxLength(5000));

/** What an agency says: about which items, why, and with what. */
export const Grounds = z.strictObject({
  items: z.array(z.string()).check(z.minLength(1, '请选择有异议的项目')),
  reason: writing('请写明理由'),
  evidence: z._default(z.array(EvidenceRef), []),
});
export type Grounds = z.infer<typeof Grounds>;

/** What the centre replies. */
export const Ruling = z.strictObject({
  verdict: z.enum(['upheld', 'rejected']),
  reason: writing('请写明处理理由'),
  /** Facts that are put right; only where the agency is right. */
  corrections: z._default(z.array(Correction), []),
});
export type Ruling = z.infer<typeof Ruling>;

export const NewMaterial = z.strictObject({
  items: z._default(z.array(z.string()), []),
  reason: writing('请写明新的事实'),
  /** Documents that show it, by name. */
  documents: z._default(
    z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(50)),
    [],
  ),
});
export type NewMaterial = z.infer<typeof NewMaterial>;

export const MaterialAnswer = z.strictObject({
  reason: writing('请写明说明内容'),
  evidence: z._default(z.array(EvidenceRef), []),
});
export type MaterialAnswer = z.infer<typeof MaterialAnswer>;

export async function readBoth(deps: Deps, year: number, filingNumber: string) {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status === 'frozen') return refuse('cycleFrozen');
  const dossier = await readDossier(deps, year, filingNumber);
  return dossier instanceof Refusal ? dossier : { cycle, dossier };
}

/**
 * Whether this is what was said last, once more after a lost answer; where it cannot be said anew, however much has happened
 * since. What the system added to it (an id, a due day, a score) does not tell one saying from another; what was said is
 * given as `said`.
 */
function wasSaid(
  { history, status }: Dossier,
  by: Actor,
  type: DossierActionType,
  { reason, ...said }: { reason: string; [field: string]: unknown },
): boolean {
  const last = mayFollow(type, status)
    ? history.at(-1)
    : history.findLast((action) => action.type === type && action.by.id === by.id);
  if (last?.by.id !== by.id || last.type !== type || last.reason !== reason) return false;
  const recorded = Object.entries(last.data).filter(([field]) => field in said);
  return canonicalJson(Object.fromEntries(recorded)) === canonicalJson(said);
}

/** The year and the agency whose answer or objection waits for a reply, and that. Its inspectors have no say in it. */
function openIn(both: { cycle: Cycle; dossier: Dossier }, by: Actor) {
  if (partial(both.dossier).includes(by.id)) return refuse('recused');
  const open = openExchange(both.dossier);
  return open ? { ...both, open } : refuse('notFound', { what: '待处理的异议或陈述申辩' });
}

/** What tells the answer to a draft result from the objection. */
export interface ExchangeKind {
  raised: 'draftResultAnswered' | 'objectionRaised';
  decided: 'answerDecided' | 'objectionDecided';
  /** Where it is raised and decided. */
  gate: 'answerDraftResults' | 'receiveObjections';
  /** What is late after the gate's deadline. */
  action: string;
  nextId(dossier: Dossier): string;
  /** Days until the reply is due. */
  replyDays(settings: Settings): number;
}

/** Why it cannot be raised now, if it cannot. */
export function closedWindow(
  deps: Deps,
  cycle: Cycle,
  { gate, action }: Pick<ExchangeKind, 'gate' | 'action'>,
): Refusal | undefined {
  const open = waitingGate(cycle);
  if (open?.gate !== gate) return refuse('gateNotOpen', { gate: GATES[gate].title });
  return lateRefusal(open, deps.clock.now(), action);
}

/** The agency says about which items, why, and with what. */
export const raising =
  (kind: ExchangeKind) =>
  async (
    deps: Deps,
    year: number,
    filingNumber: string,
    by: Actor,
    grounds: Grounds,
  ): Promise<Dossier | Refusal> => {
    const both = await readBoth(deps, year, filingNumber);
    if (both instanceof Refusal) return both;
    const { cycle, dossier } = both;
    const { items, evidence, reason } = grounds;
    if (wasSaid(dossier, by, kind.raised, { items, evidence, reason })) return dossier;
    const problem = closedWindow(deps, cycle, kind) ?? (await groundsProblem(deps, cycle, dossier, grounds));
    if (problem) return problem;
    await expectRecord(deps, kind.gate, dossier);
    const dueBy = afterDays(deps.clock.now(), kind.replyDays(cycle.settings));
    const data = { id: kind.nextId(dossier), items, evidence, dueBy };
    return extendDossier(deps, dossier, by, { type: kind.raised, data, reason });
  };

/** The reply in writing; the gate no longer waits for it. */
export const deciding =
  ({ decided: type, gate }: ExchangeKind) =>
  async (
    deps: Deps,
    year: number,
    filingNumber: string,
    by: Actor,
    ruling: Ruling,
  ): Promise<Dossier | Refusal> => {
    const decided = await rule(deps, year, filingNumber, by, type, ruling);
    if (!(decided instanceof Refusal)) await recordIn(deps, gate, decided);
    return decided;
  };

async function groundsProblem(
  deps: Deps,
  { rubric }: Cycle,
  { year, filingNumber }: Dossier,
  { items, evidence }: Grounds,
): Promise<Refusal | undefined> {
  return unknownItem(rubric, items) ?? ownFiles(deps, year, filingNumber, evidence);
}

function unknownItem(rubric: Rubric, items: readonly string[]): Refusal | undefined {
  const unknown = items.find((code) => !findItem(rubric, code));
  return unknown ? refuse('factsInvalid', { detail: `评分标准中没有 ${unknown}` }) : undefined;
}

/** Files must be the agency's own, checked and kept. */
export function ownFiles(deps: Deps, year: number, filingNumber: string, evidence: EvidenceRef[]) {
  return checkedEvidence(deps, year, filingNumber, { items: { files: { evidence } }, bonus: {} });
}

/** Replies to the open answer or objection. Upheld: the facts are put right and that agency alone is scored anew. */
async function rule(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  type: 'answerDecided' | 'objectionDecided',
  { verdict, reason, corrections }: Ruling,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  if (wasSaid(both.dossier, by, type, { verdict, reason, corrections })) return both.dossier;
  const found = openIn(both, by);
  if (found instanceof Refusal) return found;
  const { cycle, dossier, open } = found;
  const problem = correctionsProblem(cycle.rubric, arguedItems(open), verdict, corrections);
  if (problem) return problem;
  const heard = await withoutOpenMaterial(deps, dossier);
  if (heard instanceof Refusal) return heard;
  const data = { id: open.id, verdict, corrections };
  const sheet = verdict === 'upheld' ? sheetAfter(deps, cycle, heard, by, { type, data, reason }) : undefined;
  const next = { type, data: { ...data, ...(sheet && { sheet }) }, reason };
  return extendDossier(deps, heard, by, next);
}

function correctionsProblem(
  rubric: Rubric,
  argued: readonly string[],
  verdict: Ruling['verdict'],
  corrections: readonly Correction[],
): Refusal | undefined {
  if (verdict === 'upheld' && corrections.length === 0) {
    return refuse('invalidRequest', { detail: '成立的须写明更正后的事实' });
  }
  if (verdict === 'rejected' && corrections.length > 0) {
    return refuse('invalidRequest', { detail: '不成立的不更正事实' });
  }
  const strange = corrections.find(({ item }) => !argued.includes(item));
  if (strange) return refuse('notArgued', { item: strange.item });
  const corrected = Object.fromEntries(corrections.map(({ item, facts }) => [item, { facts }]));
  const [problem] = factsProblems(rubric, { items: corrected, bonus: {} });
  return problem && refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
}

/** The score as it will stand with an action, from the same records; no other agency is looked at. */
export function sheetAfter(
  deps: Deps,
  { rubric, settings }: Cycle,
  dossier: Dossier,
  by: Actor,
  next: NewDossierAction,
): ScoreSheet {
  const key = keys.dossier(dossier.year, dossier.filingNumber);
  const { state } = nextEntry(deps, dossierKind, key, dossier.history, by, next);
  return scoreAgency(scoringInput(state, rubric, settings));
}

/** Nothing is decided while the agency may still answer new material; once its window has passed, silence is recorded. */
async function withoutOpenMaterial(deps: Deps, dossier: Dossier): Promise<Dossier | Refusal> {
  const open = openExchange(dossier);
  const material = open && openMaterial(open);
  if (!open || !material) return dossier;
  if (deps.clock.now().toISOString() <= material.answerBy) {
    return refuse('materialOpen', { deadline: dayOf(material.answerBy) });
  }
  const silence = { type: 'materialUnanswered' as const, data: { id: open.id } };
  return extendDossier(deps, dossier, SYSTEM, silence);
}

/** New facts or evidence of the centre: the agency gets a window to answer, and nothing is decided before. */
export async function putMaterial(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { items, reason, documents }: NewMaterial,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  if (wasSaid(both.dossier, by, 'materialPut', { items, reason, documents })) return both.dossier;
  const found = openIn(both, by);
  if (found instanceof Refusal) return found;
  const { cycle, dossier, open } = found;
  const unknown = unknownItem(cycle.rubric, items);
  if (unknown) return unknown;
  const heard = await withoutOpenMaterial(deps, dossier);
  if (heard instanceof Refusal) return heard;
  const { settings } = cycle;
  const answerBy = afterWorkingDays(deps.clock.now(), settings.statementWorkingDays, settings);
  if (answerBy instanceof Refusal) return answerBy;
  if (open.dueBy && answerBy > open.dueBy) return refuse('materialTooLate', { deadline: dayOf(open.dueBy) });
  const data = { id: open.id, items, documents, answerBy };
  const next = { type: 'materialPut' as const, data, reason };
  return extendDossier(deps, heard, by, next);
}

export async function answerMaterial(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { reason, evidence }: MaterialAnswer,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  if (wasSaid(both.dossier, by, 'materialAnswered', { reason, evidence })) return both.dossier;
  const found = openIn(both, by);
  if (found instanceof Refusal) return found;
  const { dossier, open } = found;
  const material = openMaterial(open);
  if (!material) return refuse('notFound', { what: '待说明的新材料' });
  const late = pastDeadline(material.answerBy, deps.clock.now(), '说明');
  if (late) return late;
  const missing = await ownFiles(deps, year, filingNumber, evidence);
  if (missing) return missing;
  const next = { type: 'materialAnswered' as const, data: { id: open.id, evidence }, reason };
  return extendDossier(deps, dossier, by, next);
}
