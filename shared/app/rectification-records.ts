/** Reading and extending the records of rectification: one of the run, one of each agency. */
import { type Actor, SYSTEM } from '../domain/history.ts';
import {
  RECTIFICATION_STATUSES,
  RECTIFICATION_TITLES,
  RECTIFICATION_TRANSITIONS,
  type Rectification,
  RectificationAction,
  rectificationOf,
} from '../domain/rectification.ts';
import {
  type RectificationRun,
  RectificationRunAction,
  rectificationRunOf,
} from '../domain/rectification-run.ts';
import { rectificationDuties } from './duties.ts';
import type { Condition, Deps } from './ports.ts';
import { allOf, appendEntry, type Kind, keys, type NewEntry, readRecord } from './records.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isSaidAgain } from './said-again.ts';

export const rectificationRunKind: Kind<RectificationRun, RectificationRunAction> = {
  schema: RectificationRunAction,
  derive: (_key, entries) => rectificationRunOf(entries),
  attributes: ({ status, gate }) => ({
    status,
    gate: gate && !gate.decision ? `${gate.gate}#${gate.attempt}` : 'none',
  }),
  duties: () => [],
};

export const rectificationKind: Kind<Rectification, RectificationAction> = {
  schema: RectificationAction,
  derive: (key, entries) => rectificationOf(Number(key.pk.split('#')[1]), entries),
  attributes: ({ status, recheck }) => ({
    status,
    inspectors: recheck?.inspectors,
    recorded: recheck && Object.keys(recheck.records),
  }),
  duties: rectificationDuties,
};

/** Each start of the run is an execution of its own. */
export const rectificationExecution = ({ year, round }: Pick<RectificationRun, 'year' | 'round'>) =>
  `rectification-${year}-${round}`;

export async function readRectificationRun(deps: Deps, year: number): Promise<RectificationRun | Refusal> {
  const found = await readRecord(deps, rectificationRunKind, keys.rectificationRun(year));
  return found?.state ?? refuse('notFound', { what: ` ${year} 年度整改` });
}

export function extendRectificationRun(
  deps: Deps,
  run: RectificationRun,
  by: Actor,
  next: NewEntry<RectificationRunAction>,
  conditions: Condition[] = [],
): Promise<RectificationRun | Refusal> {
  const key = keys.rectificationRun(run.year);
  return appendEntry(deps, rectificationRunKind, key, run.history, by, next, conditions);
}

export async function readRectification(
  deps: Deps,
  year: number,
  filingNumber: string,
): Promise<Rectification | Refusal> {
  const found = await readRecord(deps, rectificationKind, keys.rectification(year, filingNumber));
  return found?.state ?? refuse('notYours');
}

export type NewRectificationAction = NewEntry<RectificationAction>;

/** Appends what the table of transitions allows; the store checks the status again as it writes. What is said again is written once. */
export async function extendRectification(
  deps: Deps,
  rectification: Rectification,
  by: Actor,
  next: NewRectificationAction,
): Promise<Rectification | Refusal> {
  const { year, filingNumber, status, history } = rectification;
  if (isSaidAgain(history, by, next)) return rectification;
  const from = RECTIFICATION_TRANSITIONS[next.type];
  if (!from.includes(status)) {
    return refuse('notAtThisStep', {
      status: RECTIFICATION_STATUSES[status],
      action: RECTIFICATION_TITLES[next.type],
    });
  }
  return appendEntry(deps, rectificationKind, keys.rectification(year, filingNumber), history, by, next, [
    { attribute: 'status', in: from },
  ]);
}

/** The notice begins the record. */
export function beginRectification(
  deps: Deps,
  year: number,
  next: Extract<NewRectificationAction, { type: 'noticeIssued' }>,
) {
  const key = keys.rectification(year, next.data.agency.filingNumber);
  return appendEntry(deps, rectificationKind, key, [], SYSTEM, next);
}

/** Every record that can be read: a broken one is set aside by the steps. */
export const allRectifications = (deps: Deps, year: number) =>
  allOf(deps, rectificationKind, keys.rectifications(year));
