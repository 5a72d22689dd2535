/** What staff set on a running cycle: settings and rubric until the notice is approved, inspectors until the plan is. */

import * as z from 'zod/mini';
import { chinaDate, printedDate } from '../domain/calendar.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { GATE_DAYS, GATES, type GateName, runOf } from '../domain/gates.ts';
import { type Actor, canonicalJson } from '../domain/history.ts';
import type { Rubric } from '../domain/rubric.ts';
import { type Run, waitingGate } from '../domain/run.ts';
import type { Inspector, Settings } from '../domain/settings.ts';
import { expectWholeYears } from '../domain/working-days.ts';
import { withHolidays } from './holidays.ts';
import { tooFewInspectors } from './inspectors.ts';
import type { Deps } from './ports.ts';
import {
  BrokenRecord,
  extendCycle,
  extendDossier,
  keys,
  type NewCycleAction,
  readCycle,
  readDossier,
} from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { RUN_RECORDS } from './runs.ts';
import { tellNow, tellOfGate } from './telling.ts';

async function change(
  deps: Deps,
  year: number,
  by: Actor,
  next: NewCycleAction,
  same: (cycle: Cycle) => boolean,
): Promise<Cycle | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.rulesFixed) return refuse('frozen');
  return cycle.status === 'open' && same(cycle) ? cycle : extendCycle(deps, cycle, by, next);
}

/** What stands already is not said once more. */
const isEqual = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);

/** Refused when they declare days of a year without the whole of its holidays: the rest would pass for common weeks. */
export async function changeSettings(
  deps: Deps,
  year: number,
  by: Actor,
  settings: Settings,
): Promise<Cycle | Refusal> {
  const partial = withHolidays(() => expectWholeYears(settings.declaredDays));
  if (partial instanceof Refusal) return partial;
  return change(deps, year, by, { type: 'settingsChanged', data: { settings } }, (cycle) =>
    isEqual(cycle.settings, settings),
  );
}

export const changeRubric = (deps: Deps, year: number, by: Actor, rubric: Rubric) =>
  change(deps, year, by, { type: 'rubricChanged', data: { rubric } }, (cycle) =>
    isEqual(cycle.rubric, rubric),
  );

/**
 * Once the notice is approved, only to a list that can still make every visit; once the plan is published, only by adding
 * people, who then stand by to replace others.
 */
export async function changeInspectors(
  deps: Deps,
  year: number,
  by: Actor,
  inspectors: Inspector[],
): Promise<Cycle | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status === 'open' && isEqual(inspectors, cycle.inspectors)) return cycle;
  const kept = isEqual(inspectors.slice(0, cycle.inspectors.length), cycle.inspectors);
  if (cycle.seed !== undefined && !kept) return refuse('planPublished');
  const short = cycle.rulesFixed && tooFewInspectors(inspectors, cycle.settings, deps.clock.now());
  return short || extendCycle(deps, cycle, by, { type: 'inspectorsChanged', data: { inspectors } });
}

/** Moves the deadline of the gate that waits now. Signed, with a reason; nothing else changes. */
export async function moveDeadline(
  deps: Deps,
  year: number,
  by: Actor,
  gate: GateName,
  { deadline, reason }: { deadline: string; reason: string },
): Promise<Run | Refusal> {
  const record = RUN_RECORDS[runOf(gate)];
  const run = await record.read(deps, year);
  if (run instanceof Refusal) return run;
  if (run.status === 'frozen') return refuse('cycleFrozen');
  const open = waitingGate(run);
  if (open?.gate !== gate || !open.deadline) return refuse('gateNotOpen', { gate: GATES[gate].title });
  const now = deps.clock.now();
  if (new Date(deadline) <= now) return refuse('deadlineInvalid', { now: printedDate(chinaDate(now)) });
  const last = new Date(Date.parse(open.openedAt) + (GATE_DAYS - DAYS_TO_CLOSE) * DAY_MS);
  if (new Date(deadline) > last) {
    return refuse('deadlineTooLate', { last: printedDate(chinaDate(last)), days: GATE_DAYS });
  }
  // Deadlines are compared as text: all are written alike, to the millisecond.
  const data = { gate, attempt: open.attempt, deadline: new Date(deadline).toISOString() };
  const moved =
    data.deadline === open.deadline
      ? run
      : await record.extend(deps, run, by, { type: 'deadlineMoved', data, reason });
  if (!(moved instanceof Refusal)) await tellNow(deps, moved, tellOfGate);
  return moved;
}

const DAY_MS = 86_400_000;
/** Between a deadline and the end of the gate's own time the sweep must come by. */
const DAYS_TO_CLOSE = 2;

/** An agency that was set aside has been put right: it takes part in the next step again. */
export async function clearSetAside(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  reason: string,
) {
  const mark = { pk: keys.waiting(year, 'setAside'), sk: filingNumber };
  if (!(await deps.items.get(mark, z.unknown()))) return refuse('notFound', { what: '待解决的数据问题' });
  const dossier = await readable(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const cleared = await extendDossier(deps, dossier, by, { type: 'setAsideCleared', data: {}, reason });
  if (!(cleared instanceof Refusal)) await deps.items.remove(mark);
  return cleared;
}

async function readable(deps: Deps, year: number, filingNumber: string): Promise<Dossier | Refusal> {
  try {
    return await readDossier(deps, year, filingNumber);
  } catch (error) {
    if (error instanceof BrokenRecord) return refuse('recordBroken', { filingNumber });
    throw error;
  }
}
