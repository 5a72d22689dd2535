/** Deciding a gate by hand: who may, when it is too early, and what a second click is told. */
import * as z from 'zod';
import { addWorkingDays, chinaDate } from '../domain/calendar.ts';
import { mayFollow } from '../domain/dossier.ts';
import { GATES, type GateName, gateDefinition, MAY_CANCEL, runOf, type Verdict } from '../domain/gates.ts';
import { type Actor, ROLES } from '../domain/history.ts';
import { decisionAt, type Run, waitingGate } from '../domain/run.ts';
import type { Settings } from '../domain/settings.ts';
import { contradictionsOf } from './circular.ts';
import { deliver } from './gates.ts';
import { withHolidays } from './holidays.ts';
import { tooFewInspectors } from './inspectors.ts';
import type { Deps } from './ports.ts';
import { allOf, dossierKind, keys, readCycle, readRecord } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { RUN_RECORDS } from './runs.ts';

/** How far ahead of the notice the calendar must be known: all windows of a year, with time between them. */
const HORIZON_WORKING_DAYS = 80;

/** Asked while the settings can still be changed: later, a deadline that cannot be computed would end the year. */
function unknownHolidays({ declaredDays }: Settings, now: Date): Refusal | undefined {
  const known = withHolidays(() => addWorkingDays(chinaDate(now), HORIZON_WORKING_DAYS, declaredDays));
  return known instanceof Refusal ? known : undefined;
}

export interface GateDecision {
  gate: GateName;
  attempt: number;
  verdict: Verdict;
  reason?: string | undefined;
  /** Agencies that a return sends back. */
  agencies?: string[] | undefined;
}

/** Decides a gate by hand. Refused: wrong role, own work, no reason, not open. Said twice by the same person: once. */
export async function decideGate(
  deps: Deps,
  year: number,
  by: Actor,
  decision: GateDecision,
): Promise<Run | Refusal> {
  const { gate, attempt, verdict, reason } = decision;
  const record = RUN_RECORDS[runOf(gate)];
  const run = await record.read(deps, year);
  if (run instanceof Refusal) return run;
  const forbidden = mayDecide(by, decision);
  if (forbidden) return forbidden;
  const open = waitingGate(run);
  if (open?.gate !== gate || open.attempt !== attempt) return settled(deps, run, by, decision);
  if (!reason?.trim()) return refuse('reasonMissing');
  const premature = await tooEarly(deps, year, decision);
  if (premature) return premature;
  const decided = await record.extend(
    deps,
    run,
    by,
    { type: 'gateDecided', data: { gate, attempt, verdict, agencies: decision.agencies ?? [] }, reason },
    [{ attribute: 'gate', in: [`${gate}#${attempt}`] }],
  );
  if (decided instanceof Refusal) {
    const now = await record.read(deps, year);
    if (now instanceof Refusal) return now;
    const still = waitingGate(now);
    if (still?.gate !== gate || still.attempt !== attempt) return settled(deps, now, by, decision);
    const overtaken = now.history.length > run.history.length;
    return overtaken ? refuse('changedMeanwhile') : refuse('ownWork', { role: ROLES[by.role] });
  }
  await deliver(deps, decided);
  return decided;
}

function mayDecide(by: Actor, { gate, verdict }: GateDecision): Refusal | undefined {
  const definition = gateDefinition(gate);
  if (verdict === 'cancel') {
    return MAY_CANCEL.includes(by.role) ? undefined : refuse('notAllowed', { role: ROLES[by.role] });
  }
  if (definition.waitsFor !== 'decision' || definition.role !== by.role) {
    return refuse('notAllowed', { role: ROLES[by.role] });
  }
  return definition.verdicts[verdict]
    ? undefined
    : refuse('unknownVerdict', { gate: definition.title, verdict });
}

/** The gate is not waiting: a friendly answer to a double click, a clear one to anybody else. */
async function settled(deps: Deps, run: Run, by: Actor, decision: GateDecision): Promise<Run | Refusal> {
  const { title } = GATES[decision.gate];
  const past = decisionAt(run, decision.gate, decision.attempt);
  if (!past) return refuse('gateNotOpen', { gate: title });
  if (past.by.id !== by.id || past.data.verdict !== decision.verdict) {
    return refuse('alreadyDecided', { gate: title, by: past.by.name, verdict: VERDICTS[past.data.verdict] });
  }
  await deliver(deps, run);
  return run;
}

export const VERDICTS: Record<Verdict, string> = {
  approve: '同意',
  return: '退回',
  complete: '完成',
  cancel: '取消',
};

/** What must be in order before this is decided, while it can still be put right. */
async function tooEarly(deps: Deps, year: number, decision: GateDecision): Promise<Refusal | undefined> {
  const { gate, verdict } = decision;
  if (gate === 'reviewScores') return scoresUnready(deps, year, decision);
  const isCircular = gate === 'prepareCircular' || gate === 'signCircular';
  if (isCircular) return verdict === 'approve' ? circularUnready(deps, year) : undefined;
  const noticed = verdict === 'approve' && (gate === 'prepareNotice' || gate === 'approveNotice');
  return noticed ? noticeUnready(deps, year, gate) : undefined;
}

async function noticeUnready(deps: Deps, year: number, gate: GateName): Promise<Refusal | undefined> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const { settings, inspectors } = cycle;
  const short =
    gate === 'approveNotice' ? tooFewInspectors(inspectors, settings, deps.clock.now()) : undefined;
  return short ?? unknownHolidays(settings, deps.clock.now());
}

/** No text goes on to the signature, or is signed, while a number in it contradicts the data and nobody has said why. */
async function circularUnready(deps: Deps, year: number): Promise<Refusal | undefined> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const open = contradictionsOf(cycle).filter(({ explained }) => explained === null);
  if (open.length === 0) return undefined;
  const list = open.slice(0, 10).map(({ explanation }) => explanation);
  return refuse('textContradicts', { count: open.length, list: list.join('；') });
}

/** Scores are approved when every agency has one; sent back is only what can be inspected again. */
async function scoresUnready(
  deps: Deps,
  year: number,
  { verdict, agencies = [] }: GateDecision,
): Promise<Refusal | undefined> {
  if (verdict === 'approve') return unscoredAgencies(deps, year);
  if (verdict !== 'return') return undefined;
  for (const filingNumber of agencies) {
    const found = await readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
    if (!found || !mayFollow('visitAssigned', found.state.status)) {
      return refuse('invalidRequest', { detail: `${filingNumber} 不能退回重新检查` });
    }
  }
  return undefined;
}

/** Agencies set aside, and those put right since that no score has been given yet. */
async function unscoredAgencies(deps: Deps, year: number): Promise<Refusal | undefined> {
  const { records } = await deps.items.page(keys.waiting(year, 'setAside'), z.unknown(), null, 20);
  const open = new Set(records.map(({ sk }) => sk));
  for await (const { filingNumber, status } of allOf(deps, dossierKind, keys.dossiers(year))) {
    if (status !== 'scored' && status !== 'leftOut') open.add(filingNumber);
  }
  if (open.size === 0) return undefined;
  return refuse('setAsideOpen', { count: open.size, agencies: [...open].slice(0, 20).join('、') });
}
