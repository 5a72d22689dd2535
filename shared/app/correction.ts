/** Corrections 更正 and revocations 撤销 of a published year: drafting, and what the draft would come to. */
import * as z from 'zod/mini';
import {
  AgencyChange,
  type CorrectionRun,
  CorrectionRunAction,
  correctionPreparers,
  correctionRunOf,
} from '../domain/correction.ts';
import { scoringInput } from '../domain/counted-facts.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { afterChange } from '../domain/dossier-of.ts';
import { factsProblems } from '../domain/facts.ts';
import type { Actor } from '../domain/history.ts';
import { canonicalJson } from '../domain/history.ts';
import { waitingGate } from '../domain/run.ts';
import { type ScoreSheet, scoreAgency } from '../domain/score.ts';
import { cycleDuties, preparersOf } from './duties.ts';
import type { Condition, Deps } from './ports.ts';
import {
  appendEntry,
  type Kind,
  keys,
  type NewEntry,
  readCycle,
  readDossier,
  readRecord,
} from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { isSaidAgain } from './said-again.ts';

export const CorrectionDraft = z.strictObject({
  changes: z.array(AgencyChange).check(z.minLength(1, '请写明更正或撤销的机构'), z.maxLength(200)),
  reason: z.string().check(z.minLength(1, '请写明更正的原因'), z.maxLength(5000)),
});
export type CorrectionDraft = z.infer<typeof CorrectionDraft>;

export const correctionKind: Kind<CorrectionRun, CorrectionRunAction> = {
  schema: CorrectionRunAction,
  derive: (_key, entries) => correctionRunOf(entries),
  attributes: (run) => ({
    status: run.status,
    gate: run.gate && !run.gate.decision ? `${run.gate.gate}#${run.gate.attempt}` : 'none',
    [preparersOf('approveCorrection')]: correctionPreparers(run, 'approveCorrection'),
    [preparersOf('signCorrection')]: correctionPreparers(run, 'signCorrection'),
  }),
  duties: (entry) => (entry.type === 'gateDecided' ? cycleDuties(entry) : []),
};

/** Each correction of a year is an execution of its own. */
export const correctionExecution = ({ year, round }: Pick<CorrectionRun, 'year' | 'round'>) =>
  `correction-${year}-${round}`;

export async function readCorrectionRun(deps: Deps, year: number): Promise<CorrectionRun | Refusal> {
  const found = await readRecord(deps, correctionKind, keys.correctionRun(year));
  return found?.state ?? refuse('notFound', { what: ` ${year} 年度的更正` });
}

export function extendCorrectionRun(
  deps: Deps,
  run: CorrectionRun,
  by: Actor,
  next: NewEntry<CorrectionRunAction>,
  conditions: Condition[] = [],
): Promise<CorrectionRun | Refusal> {
  return appendEntry(deps, correctionKind, keys.correctionRun(run.year), run.history, by, next, conditions);
}

/** Begins a correction of a published year. One at a time: the next begins when the last has ended. */
export async function startCorrection(
  deps: Deps,
  year: number,
  by: Actor,
  { changes, reason }: CorrectionDraft,
): Promise<CorrectionRun | Refusal> {
  const before = await readCorrectionRun(deps, year);
  const run = before instanceof Refusal ? undefined : before;
  const unfit = await unfitDraft(deps, year, { changes, reason }, run);
  if (unfit) return unfit;
  const next = { type: 'opened' as const, data: { year, changes }, reason };
  if (run?.status === 'open') {
    const opening = run.history.filter(({ type }) => type !== 'gateOpened');
    if (!isSaidAgain(opening, by, next)) return refuse('runUnderWay', { what: `${year} 年度的更正` });
    // A record without a gate is what a crash between record and run leaves.
    if (!run.gate) await startRun(deps, run);
    return run;
  }
  const key = keys.correctionRun(year);
  const opened = await appendEntry(deps, correctionKind, key, run?.history ?? [], by, next);
  if (!(opened instanceof Refusal)) await startRun(deps, opened);
  return opened;
}

function startRun(deps: Deps, run: CorrectionRun): Promise<void> {
  return deps.workflow.start('correction', correctionExecution(run), { year: run.year });
}

/** Writes the draft anew, while it is with the handler. */
export async function redraftCorrection(
  deps: Deps,
  year: number,
  by: Actor,
  { changes, reason }: CorrectionDraft,
): Promise<CorrectionRun | Refusal> {
  const run = await readCorrectionRun(deps, year);
  if (run instanceof Refusal) return run;
  if (waitingGate(run)?.gate !== 'prepareCorrection') return refuse('gateNotOpen', { gate: '拟定更正' });
  const next = { type: 'redrafted' as const, data: { year, changes }, reason };
  if (isSaidAgain(run.history, by, next)) return run;
  const unfit = await unfitDraft(deps, year, { changes, reason }, run);
  if (unfit) return unfit;
  return extendCorrectionRun(deps, run, by, next, [
    { attribute: 'gate', in: [`prepareCorrection#${run.gate?.attempt}`] },
  ]);
}

/** What was carried out in part before its publication failed for good is published first, as it was signed. */
async function unfitDraft(
  deps: Deps,
  year: number,
  draft: CorrectionDraft,
  run: CorrectionRun | undefined,
): Promise<Refusal | undefined> {
  if (!run || !(await isHalfDone(deps, run))) return draftProblem(deps, year, draft.changes);
  const { changes, reason } = run;
  const isSame = canonicalJson(draft) === canonicalJson({ changes, reason });
  return isSame ? undefined : refuse('correctionUnfinished', { reason });
}

async function isHalfDone(deps: Deps, { year, changes, history }: CorrectionRun): Promise<boolean> {
  const [inForce = 1] = resultVersions(history);
  for (const { filingNumber } of changes) {
    const dossier = await readDossier(deps, year, filingNumber);
    if (!(dossier instanceof Refusal) && changedSince(dossier, inForce)) return true;
  }
  return false;
}

/** The versions of the results that corrections have published, the one in force first; the year's own is 1. */
export const resultVersions = (history: readonly CorrectionRunAction[]): number[] =>
  history.flatMap((action) => (action.type === 'versionPublished' ? [action.data.version] : [])).reverse();

/** The entry by which a correction after this version of the results changed the dossier. */
export function changedSince({ history }: Pick<Dossier, 'history'>, version: number) {
  return history.find(
    (action) =>
      (action.type === 'resultCorrected' || action.type === 'starRevoked') && action.data.version > version,
  );
}

/** Why a draft cannot be carried out, if it cannot. */
export async function draftProblem(
  deps: Deps,
  year: number,
  changes: readonly AgencyChange[],
): Promise<Refusal | undefined> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status !== 'published') return refuse('notPublished', { year });
  for (const [index, change] of changes.entries()) {
    const { filingNumber } = change;
    if (changes.findIndex((other) => other.filingNumber === filingNumber) < index) {
      return refuse('invalidRequest', { detail: `${filingNumber} 重复列出` });
    }
    const dossier = await readDossier(deps, year, filingNumber);
    if (dossier instanceof Refusal || dossier.status !== 'published') {
      return refuse('notFound', { what: `${filingNumber} 已公布的结果` });
    }
    const unfit = changeProblem(cycle, dossier, change);
    if (unfit) return unfit;
  }
  return undefined;
}

function changeProblem(cycle: Cycle, dossier: Dossier, change: AgencyChange): Refusal | undefined {
  if (change.kind === 'revoke') {
    const none = dossier.sheet?.stars === 0;
    return none ? refuse('nothingToRevoke', { filingNumber: dossier.filingNumber }) : undefined;
  }
  const items = Object.fromEntries(change.corrections.map(({ item, facts }) => [item, { facts }]));
  const [problem] = factsProblems(cycle.rubric, { items, bonus: {} });
  return problem && refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
}

/** The sheet that a dossier has once a change is carried out. Pure: the preview and what is published are the same. */
export function changedSheet(
  cycle: Pick<Cycle, 'rubric' | 'settings'>,
  dossier: Dossier,
  change: AgencyChange,
): ScoreSheet {
  const { sheet } = dossier;
  if (!sheet) throw new Error(`${dossier.filingNumber} has no score`);
  if (change.kind === 'revoke') return { ...sheet, stars: 0, result: '撤销星级' };
  const corrected = afterChange(dossier, change.corrections);
  const again = scoreAgency(scoringInput(corrected, cycle.rubric, cycle.settings));
  // A star that was revoked does not come back with corrected facts.
  return dossier.revoked ? { ...again, stars: 0, result: sheet.result } : again;
}
