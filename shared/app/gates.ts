/**
 * Gates: opening one, completing it, and telling the workflow. The decision is committed first; then the token is sent, and
 * a token that could not be sent stays stored until the sweep delivers it.
 */
import * as z from 'zod/mini';
import { type CivilDate, chinaDate, monthsAfter } from '../domain/calendar.ts';
import type { DossierStatus } from '../domain/dossier.ts';
import { type GateName, gateDefinition, runOf } from '../domain/gates.ts';
import { SYSTEM } from '../domain/history.ts';
import type { RectificationStatus } from '../domain/rectification.ts';
import { type OpenGate, type Run, waitingGate } from '../domain/run.ts';
import type { Settings } from '../domain/settings.ts';
import { addWorkingDays } from '../domain/working-days.ts';
import { endOfDayOf, pastDeadline } from './deadlines.ts';
import type { Deps } from './ports.ts';
import { BrokenRecord, dossierKind, keys, readCycle, readRecord } from './records.ts';
import { rectificationKind } from './rectification-records.ts';
import { Refusal } from './refusal.ts';
import { RUN_RECORDS } from './runs.ts';
import { anyCaseOpen, HELD_BY_CASES } from './veto-marks.ts';
import { isAhead, Waiting } from './waiting-marks.ts';

export const StoredToken = z.strictObject({ token: z.string() });
/** An agency's record that a gate waits for. */
type Awaited = { year: number; filingNumber: string; history: readonly unknown[] };

type Holding =
  | {
      of: 'dossier';
      statuses: readonly DossierStatus[];
      /** Those that keep it closed no longer once its deadline has passed. */
      untilDeadline?: readonly DossierStatus[];
    }
  | { of: 'rectification'; statuses: readonly RectificationStatus[] };

/** In which statuses an agency's record keeps a gate closed. */
export const HOLDING: Partial<Record<GateName, Holding>> = {
  collectSelfEvaluations: { of: 'dossier', statuses: ['collecting'] },
  // Handed back at the desk, a form is on its way.
  reviewAtDesk: { of: 'dossier', statuses: ['submitted', 'collecting'] },
  inspectOnSite: { of: 'dossier', statuses: ['visiting'] },
  answerDraftResults: { of: 'dossier', statuses: ['answered'], untilDeadline: ['drafted'] },
  receiveObjections: { of: 'dossier', statuses: ['objected'] },
  correctDefects: { of: 'rectification', statuses: ['notified'] },
  recheckCorrections: { of: 'rectification', statuses: ['rechecking'] },
  decideRectifications: { of: 'rectification', statuses: ['rechecked', 'overdue'] },
};

/** Whether a gate still waits for an agency's record; `late`: its deadline has passed. */
export function holdsClosed(gate: GateName, { status }: { status: string }, late: boolean): boolean {
  const holding = HOLDING[gate];
  if (!holding) return false;
  const untilDeadline = holding.of === 'dossier' && !late ? (holding.untilDeadline ?? []) : [];
  return [...holding.statuses, ...untilDeadline].some((one) => one === status);
}

/** The record that a gate of this kind waits for. */
export async function awaitedRecord(deps: Deps, year: number, gate: GateName, filingNumber: string) {
  const of = HOLDING[gate]?.of;
  if (of === 'dossier') return readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
  if (of === 'rectification') {
    try {
      return await readRecord(deps, rectificationKind, keys.rectification(year, filingNumber));
    } catch (error) {
      // The others do not wait for a record that cannot be read: the steps set it aside.
      if (error instanceof BrokenRecord) return undefined;
      throw error;
    }
  }
  return undefined;
}

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
  const record = RUN_RECORDS[runOf(gate)];
  const run = await record.read(deps, year);
  if (run instanceof Refusal) return run;
  const isRetry = run.gate?.gate === gate && run.gate.enteredAt === enteredAt;
  const attempt = isRetry ? (run.gate?.attempt ?? 1) : (run.openings[gate] ?? 0) + 1;
  await deps.items.put(keys.token(year, gate, attempt), { token });
  if (!isRetry) {
    const deadline = await deadlineOf(deps, year, gate);
    if (deadline instanceof Refusal) return deadline;
    const data = { gate, attempt, enteredAt, ...(deadline && { deadline }) };
    const opened = await record.extend(deps, run, SYSTEM, { type: 'gateOpened', data });
    if (opened instanceof Refusal) return opened;
  }
  await completeIfClear(deps, year, gate);
  const now = await record.read(deps, year);
  if (!(now instanceof Refusal)) await deliver(deps, now);
  return undefined;
}

/** The day by the end of which a gate's records are due, by the year's settings. Gates that are not here have none. */
const LAST_DAY: Partial<Record<GateName, (settings: Settings, today: CivilDate) => CivilDate>> = {
  collectSelfEvaluations: ({ selfEvaluationWorkingDays, declaredDays }, today) =>
    addWorkingDays(today, selfEvaluationWorkingDays, declaredDays),
  inspectOnSite: ({ visitWorkingDays, declaredDays }, today) =>
    addWorkingDays(today, visitWorkingDays, declaredDays),
  answerDraftResults: ({ draftResultWorkingDays, declaredDays }, today) =>
    addWorkingDays(today, draftResultWorkingDays, declaredDays),
  receiveObjections: ({ announcementWorkingDays, declaredDays }, today) =>
    addWorkingDays(today, announcementWorkingDays, declaredDays),
  correctDefects: ({ rectificationMonths }, today) => monthsAfter(today, rectificationMonths),
};

/** When a gate that opens now closes. Undefined for gates without a deadline. */
export async function deadlineOf(
  deps: Deps,
  year: number,
  gate: GateName,
): Promise<string | undefined | Refusal> {
  const lastDay = LAST_DAY[gate];
  if (!lastDay) return undefined;
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  return endOfDayOf(() => lastDay(cycle.settings, chinaDate(deps.clock.now())));
}

/** Marks an agency's record as one that a gate waits for. Written before the record enters that state. */
export async function expectRecord(deps: Deps, gate: GateName, { year, filingNumber, history }: Awaited) {
  const mark: Waiting = { version: history.length, at: deps.clock.now().toISOString() };
  await deps.items.put({ pk: keys.waiting(year, gate), sk: filingNumber }, mark);
}

/** Marks an agency as set aside: the year waits for nobody because of it, staff see it. */
export async function markSetAside(deps: Deps, year: number, filingNumber: string) {
  await deps.items.put({ pk: keys.waiting(year, 'setAside'), sk: filingNumber }, {});
}

/**
 * A record, as it stands now, is done with a gate: takes its mark away and opens the gate if it was the last one. A mark
 * that was set meanwhile, for what comes after, stays.
 */
export async function recordIn(
  deps: Deps,
  gate: GateName,
  { year, filingNumber, history }: Awaited,
): Promise<void> {
  await deps.items.remove({ pk: keys.waiting(year, gate), sk: filingNumber }, { before: history.length });
  await completeIfClear(deps, year, gate);
}

/** Opens a records gate when nothing holds it any more. Called by whoever completes a record, and by the sweep. */
export async function completeIfClear(deps: Deps, year: number, gate: GateName): Promise<void> {
  const definition = gateDefinition(gate);
  if (definition.waitsFor !== 'records') return;
  const record = RUN_RECORDS[runOf(gate)];
  const run = await record.read(deps, year);
  if (run instanceof Refusal) return;
  // Decided, and perhaps not told: whoever decided may have stopped between the two.
  if (run.gate?.gate === gate && run.gate.decision) return deliver(deps, run);
  const open = waitingGate(run);
  if (open?.gate !== gate) return;
  const late = isLate(open, deps.clock.now());
  const clear = definition.opens === 'either' && late ? true : await nothingWaits(deps, year, gate, late);
  if (!clear || (definition.opens === 'both' && !late)) return;
  if (HELD_BY_CASES.includes(gate) && (await anyCaseOpen(deps, year))) return;
  const reason = late ? '截止时间已过' : '全部办结';
  const decided = await record.extend(
    deps,
    run,
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
  return pastDeadline(gate.deadline, now, action);
}

/**
 * Strongly consistent: looks at the marks of the base table, and takes away those whose record is done already. What waited
 * for the deadline alone keeps its mark until the step after the gate has dealt with it: until then nothing is decided.
 */
async function nothingWaits(deps: Deps, year: number, gate: GateName, late: boolean): Promise<boolean> {
  const pk = keys.waiting(year, gate);
  let cursor: string | null = null;
  do {
    const page: { records: { sk: string; value: Waiting }[]; cursor: string | null } = await deps.items.page(
      pk,
      Waiting,
      cursor,
      // Mostly the first one is still awaited.
      cursor === null ? 1 : 100,
    );
    for (const { sk, value: mark } of page.records) {
      const found = await awaitedRecord(deps, year, gate, sk);
      if (found && holdsClosed(gate, found.state, late)) return false;
      if (isAhead(mark, found?.entries.length ?? 0, deps.clock.now())) return false;
      if (found && holdsClosed(gate, found.state, false)) continue;
      await deps.items.remove({ pk, sk }, { before: mark.version + 1 });
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return true;
}

/** Sends a decided gate's verdict to the workflow; the token is forgotten once it is sent or no longer good. */
export async function deliver(deps: Deps, { year, gate }: Run): Promise<void> {
  if (!gate?.decision) return;
  const key = keys.token(year, gate.gate, gate.attempt);
  const stored = await deps.items.get(key, StoredToken);
  if (!stored) return;
  const { verdict } = gate.decision;
  const sent = await deps.workflow.succeed(stored.token, { verdict });
  deps.log.info(sent ? 'GATE_DELIVERED' : 'GATE_TOKEN_SPENT', { year, gate: gate.gate });
  await deps.items.remove(key);
}

/** How many records a gate still waits for. */
export function stillWaiting(deps: Deps, year: number, gate: GateName): Promise<number> {
  return deps.items.count(keys.waiting(year, gate));
}

/** The same with each record looked at: what an earlier round of a run left marked is none of them. */
export async function awaitedNow(deps: Deps, year: number, gate: GateName): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: { records: { sk: string }[]; cursor: string | null } = await deps.items.page(
      keys.waiting(year, gate),
      Waiting,
      cursor,
      100,
    );
    for (const { sk } of page.records) {
      const found = await awaitedRecord(deps, year, gate, sk);
      if (found && holdsClosed(gate, found.state, false)) count++;
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return count;
}
