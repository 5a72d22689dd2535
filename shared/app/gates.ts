/**
 * Gates: opening one, completing it, and telling the workflow. The decision is committed first; then the token is sent, and
 * a token that could not be sent stays stored until the sweep delivers it.
 */
import * as z from 'zod';
import { addWorkingDays, type CivilDate, chinaDate, monthsAfter } from '../domain/calendar.ts';
import type { DossierStatus } from '../domain/dossier.ts';
import { type GateName, gateDefinition, runOf } from '../domain/gates.ts';
import { SYSTEM } from '../domain/history.ts';
import type { RectificationStatus } from '../domain/rectification.ts';
import { type OpenGate, type Run, waitingGate } from '../domain/run.ts';
import type { Settings } from '../domain/settings.ts';
import { endOfDayOf, pastDeadline } from './deadlines.ts';
import type { Deps } from './ports.ts';
import { dossierKind, keys, readCycle, readRecord } from './records.ts';
import { rectificationIs } from './rectification-records.ts';
import { Refusal } from './refusal.ts';
import { RUN_RECORDS } from './runs.ts';

export const StoredToken = z.strictObject({ token: z.string() });
const Waiting = z.strictObject({});

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
export async function holdsClosed(
  deps: Deps,
  year: number,
  gate: GateName,
  filingNumber: string,
  late: boolean,
): Promise<boolean> {
  const holding = HOLDING[gate];
  if (!holding) return false;
  if (holding.of === 'rectification') return rectificationIs(deps, year, filingNumber, holding.statuses);
  const found = await readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
  const { statuses, untilDeadline = [] } = holding;
  const closing = late ? statuses : [...statuses, ...untilDeadline];
  return found !== undefined && closing.includes(found.state.status);
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
export async function expectRecord(deps: Deps, year: number, gate: string, filingNumber: string) {
  await deps.items.put({ pk: keys.waiting(year, gate), sk: filingNumber }, {});
}

/** A record is done with a gate: takes its mark away and opens the gate if it was the last one. */
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

/** Strongly consistent: looks at the marks of the base table, and takes away those whose record is done already. */
async function nothingWaits(deps: Deps, year: number, gate: GateName, late: boolean): Promise<boolean> {
  const pk = keys.waiting(year, gate);
  for (;;) {
    const { records } = await deps.items.page(pk, Waiting, null, 1);
    const [first] = records;
    if (!first) return true;
    if (await holdsClosed(deps, year, gate, first.sk, late)) return false;
    await deps.items.remove({ pk, sk: first.sk });
  }
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
