/**
 * Gates: opening one, deciding it, and telling the workflow. The decision is committed first; then the token is sent, and
 * a token that could not be sent stays stored until the sweep delivers it.
 */
import * as z from 'zod';
import { addWorkingDays, chinaDate, endOfDay, printedDate, UnknownHolidays } from '../domain/calendar.ts';
import { type Cycle, type OpenGate, waitingGate } from '../domain/cycle.ts';
import { type DossierStatus, mayFollow } from '../domain/dossier.ts';
import { GATES, type GateName, gateDefinition, MAY_CANCEL, type Verdict } from '../domain/gates.ts';
import { type Actor, ROLES, SYSTEM } from '../domain/history.ts';
import type { Settings } from '../domain/settings.ts';
import { tooFewInspectors } from './inspectors.ts';
import type { Deps } from './ports.ts';
import { allOf, dossierKind, extendCycle, keys, readCycle, readRecord } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

const StoredToken = z.strictObject({ token: z.string() });
const Waiting = z.strictObject({});

/** Statuses in which a dossier still keeps a gate closed. */
const HOLDS_OPEN: Partial<Record<GateName, readonly DossierStatus[]>> = {
  collectSelfEvaluations: ['collecting'],
  reviewAtDesk: ['submitted'],
  inspectOnSite: ['visiting'],
  receiveObjections: ['objected'],
};

export interface GateEntry {
  year: number;
  gate: GateName;
  token: string;
  /** When the workflow entered this state: the same for each retry of one visit. */
  enteredAt: string;
}

/** Opens a gate for a visit of the workflow. Idempotent by `enteredAt`: a retry only brings a new token. */
export async function openGate(deps: Deps, entry: GateEntry): Promise<Refusal | undefined> {
  const { year, gate, token, enteredAt } = entry;
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const isRetry = cycle.gate?.gate === gate && cycle.gate.enteredAt === enteredAt;
  const attempt = isRetry ? (cycle.gate?.attempt ?? 1) : (cycle.openings[gate] ?? 0) + 1;
  await deps.items.put(keys.token(year, gate, attempt), { token });
  if (!isRetry) {
    const deadline = deadlineOf(gate, cycle.settings, deps.clock.now());
    if (deadline instanceof Refusal) return deadline;
    const data = { gate, attempt, enteredAt, ...(deadline && { deadline }) };
    const opened = await extendCycle(deps, cycle, SYSTEM, { type: 'gateOpened', data });
    if (opened instanceof Refusal) return opened;
  }
  await completeIfClear(deps, year, gate);
  const now = await readCycle(deps, year);
  if (!(now instanceof Refusal)) await deliver(deps, now);
  return undefined;
}

/** The last moment of a gate: so many working days from now, the setting's. Undefined for gates without one. */
function deadlineOf(gate: GateName, settings: Settings, now: Date): string | undefined | Refusal {
  const days = {
    collectSelfEvaluations: settings.selfEvaluationWorkingDays,
    inspectOnSite: settings.visitWorkingDays,
    receiveObjections: settings.announcementWorkingDays,
  }[gate as string];
  if (days === undefined) return undefined;
  try {
    return endOfDay(addWorkingDays(chinaDate(now), days, settings.declaredDays)).toISOString();
  } catch (error) {
    if (error instanceof UnknownHolidays) return refuse('deadlineUnknown', { year: error.year });
    throw error;
  }
}

/** How far ahead of the notice the calendar must be known: all windows of a year, with time between them. */
const HORIZON_WORKING_DAYS = 80;

/** Asked while the settings can still be changed: later, a deadline that cannot be computed would end the year. */
function unknownHolidays(settings: Settings, now: Date): Refusal | undefined {
  try {
    addWorkingDays(chinaDate(now), HORIZON_WORKING_DAYS, settings.declaredDays);
    return undefined;
  } catch (error) {
    if (error instanceof UnknownHolidays) return refuse('deadlineUnknown', { year: error.year });
    throw error;
  }
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
): Promise<Cycle | Refusal> {
  const { gate, attempt, verdict, reason } = decision;
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const forbidden = mayDecide(by, decision);
  if (forbidden) return forbidden;
  const open = waitingGate(cycle);
  if (open?.gate !== gate || open.attempt !== attempt) return settled(deps, cycle, by, decision);
  if (!reason?.trim()) return refuse('reasonMissing');
  const premature = await tooEarly(deps, cycle, decision);
  if (premature) return premature;
  const decided = await extendCycle(
    deps,
    cycle,
    by,
    { type: 'gateDecided', data: { gate, attempt, verdict, agencies: decision.agencies ?? [] }, reason },
    [{ attribute: 'gate', in: [`${gate}#${attempt}`] }],
  );
  if (decided instanceof Refusal) {
    const now = await readCycle(deps, year);
    if (now instanceof Refusal) return now;
    const still = waitingGate(now);
    if (still?.gate !== gate || still.attempt !== attempt) return settled(deps, now, by, decision);
    const overtaken = now.history.length > cycle.history.length;
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
async function settled(
  deps: Deps,
  cycle: Cycle,
  by: Actor,
  decision: GateDecision,
): Promise<Cycle | Refusal> {
  const { title } = GATES[decision.gate];
  const past = cycle.history.find(
    (action) =>
      action.type === 'gateDecided' &&
      action.data.gate === decision.gate &&
      action.data.attempt === decision.attempt,
  );
  if (past?.type !== 'gateDecided') return refuse('gateNotOpen', { gate: title });
  if (past.by.id !== by.id || past.data.verdict !== decision.verdict) {
    return refuse('alreadyDecided', { gate: title, by: past.by.name, verdict: VERDICTS[past.data.verdict] });
  }
  await deliver(deps, cycle);
  return cycle;
}

export const VERDICTS: Record<Verdict, string> = {
  approve: '同意',
  return: '退回',
  complete: '完成',
  cancel: '取消',
};

/** What must be in order before this is decided, while it can still be put right. */
async function tooEarly(deps: Deps, cycle: Cycle, decision: GateDecision): Promise<Refusal | undefined> {
  const { gate, verdict } = decision;
  if (gate === 'reviewScores') return scoresUnready(deps, cycle.year, decision);
  const noticed = verdict === 'approve' && (gate === 'prepareNotice' || gate === 'approveNotice');
  if (!noticed) return undefined;
  const { settings, inspectors } = cycle;
  const short =
    gate === 'approveNotice' ? tooFewInspectors(inspectors, settings.inspectorsPerVisit) : undefined;
  return short ?? unknownHolidays(settings, deps.clock.now());
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
  const { records } = await deps.items.page(keys.waiting(year, 'setAside'), Waiting, null, 20);
  const open = new Set(records.map(({ sk }) => sk));
  for await (const { filingNumber, status } of allOf(deps, dossierKind, keys.dossiers(year))) {
    if (status !== 'scored' && status !== 'leftOut') open.add(filingNumber);
  }
  if (open.size === 0) return undefined;
  return refuse('setAsideOpen', { count: open.size, agencies: [...open].slice(0, 20).join('、') });
}

/** Marks a dossier as one that a gate waits for. Written before the dossier enters that state. */
export async function expectRecord(deps: Deps, year: number, gate: string, filingNumber: string) {
  await deps.items.put({ pk: keys.waiting(year, gate), sk: filingNumber }, {});
}

/** A dossier is done with a gate: takes its mark away and opens the gate if it was the last one. */
export async function recordIn(
  deps: Deps,
  year: number,
  gate: GateName,
  filingNumber: string,
): Promise<void> {
  await deps.items.remove({ pk: keys.waiting(year, gate), sk: filingNumber });
  await completeIfClear(deps, year, gate);
}

/** Opens a records gate when nothing holds it any more. Called by whoever completes a record, and by the sweep. */
export async function completeIfClear(deps: Deps, year: number, gate: GateName): Promise<void> {
  const definition = gateDefinition(gate);
  if (definition.waitsFor !== 'records') return;
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return;
  const open = waitingGate(cycle);
  if (open?.gate !== gate) return;
  const late = isLate(open, deps.clock.now());
  const clear = definition.opens === 'either' && late ? true : await nothingWaits(deps, year, gate);
  if (!clear || (definition.opens === 'both' && !late)) return;
  const reason = late ? '截止时间已过' : '全部办结';
  const decided = await extendCycle(
    deps,
    cycle,
    SYSTEM,
    {
      type: 'gateDecided',
      data: { gate, attempt: open.attempt, verdict: 'complete', agencies: [] },
      reason,
    },
    [{ attribute: 'gate', in: [`${gate}#${open.attempt}`] }],
  );
  if (!(decided instanceof Refusal)) await deliver(deps, decided);
}

export function isLate(gate: OpenGate, now: Date): boolean {
  return gate.deadline !== undefined && now.toISOString() > gate.deadline;
}

/** Refuses what comes after a gate's deadline, naming the day. */
export function lateRefusal(gate: OpenGate, now: Date, action: string): Refusal | undefined {
  if (!isLate(gate, now)) return undefined;
  const deadline = printedDate(chinaDate(new Date(gate.deadline ?? '')));
  return refuse('deadlinePassed', { deadline, action });
}

/** Strongly consistent: looks at the marks of the base table, and takes away those whose dossier is done already. */
async function nothingWaits(deps: Deps, year: number, gate: GateName): Promise<boolean> {
  const pk = keys.waiting(year, gate);
  for (;;) {
    const { records } = await deps.items.page(pk, Waiting, null, 1);
    const [first] = records;
    if (!first) return true;
    const dossier = await readRecord(deps, dossierKind, keys.dossier(year, first.sk));
    if (dossier && HOLDS_OPEN[gate]?.includes(dossier.state.status)) return false;
    await deps.items.remove({ pk, sk: first.sk });
  }
}

/** Sends a decided gate's verdict to the workflow; the token is forgotten once it is sent or no longer good. */
export async function deliver(deps: Deps, cycle: Cycle): Promise<void> {
  const { gate } = cycle;
  if (!gate?.decision) return;
  const key = keys.token(cycle.year, gate.gate, gate.attempt);
  const stored = await deps.items.get(key, StoredToken);
  if (!stored) return;
  const { verdict } = gate.decision;
  const sent = await deps.workflow.succeed(stored.token, { verdict });
  deps.log.info(sent ? 'GATE_DELIVERED' : 'GATE_TOKEN_SPENT', { year: cycle.year, gate: gate.gate });
  await deps.items.remove(key);
}

/** How many records a gate still waits for. */
export function stillWaiting(deps: Deps, year: number, gate: GateName): Promise<number> {
  return deps.items.count(keys.waiting(year, gate));
}
