/** What inspectors record on site, each on their own. Where they differ, see `joint-entries.ts`. */
import * as z from 'zod/mini';
import { agreedFinding } from '../domain/counted-facts.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { type Answers, factsProblems, unanswered } from '../domain/facts.ts';
import { type Actor, SYSTEM } from '../domain/history.ts';
import { pendingRecusals } from '../domain/recusal.ts';
import { waitingGate } from '../domain/run.ts';
import type { RecordedFinding } from '../domain/visit.ts';
import { checkedEvidence } from './evidence.ts';
import { lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier, keys, readCycle, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { settleRecusals } from './replacements.ts';
import { retried } from './retried.ts';
import { isSaidAgain, saidBefore } from './said-again.ts';

/**
 * One inspector's record of a visit. The store itself checks that the inspector was drawn and has not recorded yet. Tries
 * again where another inspector, or the sweep, wrote first: neither is this one's business.
 */
export const recordFinding = (...visit: Parameters<typeof recordOnce>) => retried(() => recordOnce(...visit));

async function recordOnce(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  finding: RecordedFinding,
): Promise<Dossier | Refusal> {
  const next = { type: 'findingRecorded' as const, data: finding };
  const before = await readDossier(deps, year, filingNumber);
  if (before instanceof Refusal) return before;
  if (saidBefore(before, by, next)) return closeIfAgreed(deps, before);
  const opened = await openVisit(deps, year, filingNumber, by);
  if (opened instanceof Refusal) return opened;
  const { cycle, dossier: visit } = opened;
  if (visit.visit?.findings[by.id]) {
    const mine = visit.history.filter((action) => action.by.id === by.id);
    return isSaidAgain(mine, by, next) ? closeIfAgreed(deps, visit) : refuse('alreadyRecorded');
  }
  const { answers } = finding;
  const refused = misfits(cycle, answers) ?? (await checkedEvidence(deps, year, filingNumber, answers));
  if (refused) return refused;
  const recorded = await extendDossier(deps, visit, by, next);
  return recorded instanceof Refusal ? recorded : closeIfAgreed(deps, recorded);
}

/** The year and the dossier of a visit that somebody may work on now, or why they may not. */
export async function openVisit(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
): Promise<{ cycle: Cycle; dossier: Dossier } | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  if (!dossier.visit?.inspectors.includes(by.id)) return refuse('notYours');
  if (pendingRecusals(dossier).some(({ inspector }) => inspector === by.id)) return refuse('recusalPending');
  return windowOf(deps, cycle) ?? { cycle, dossier };
}

function windowOf(deps: Deps, cycle: Cycle): Refusal | undefined {
  if (cycle.status === 'frozen') return refuse('cycleFrozen');
  const gate = waitingGate(cycle);
  if (gate?.gate !== 'inspectOnSite') return refuse('gateNotOpen', { gate: '现场检查' });
  return lateRefusal(gate, deps.clock.now(), '提交检查记录');
}

/** Why answers are no whole record of a visit by the year's rubric. */
export function misfits({ rubric }: Cycle, answers: Answers): Refusal | undefined {
  const [problem] = factsProblems(rubric, answers);
  if (problem) return refuse('factsInvalid', { detail: `${problem.item} ${problem.message}` });
  const missing = unanswered(rubric, answers);
  return missing.length > 0
    ? refuse('incomplete', { count: missing.length, items: missing.join('、') })
    : undefined;
}

/** Ends the visit once its inspectors agree. Repeatable: what a lost answer left undone is done. */
export async function closeIfAgreed(deps: Deps, dossier: Dossier): Promise<Dossier | Refusal> {
  if (!agreedFinding(dossier.visit)) return dossier;
  const next = { type: 'visitClosed' as const, data: { lapsed: false } };
  const closed = dossier.status === 'visiting' ? await extendDossier(deps, dossier, SYSTEM, next) : dossier;
  if (!(closed instanceof Refusal)) await recordIn(deps, 'inspectOnSite', closed);
  return closed;
}

/** For the sweep: fills places that are still empty, and ends the visits whose inspectors agree but that a crash left open. */
export async function settleVisits(deps: Deps, year: number): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: { records: { sk: string }[]; cursor: string | null } = await deps.items.page(
      keys.waiting(year, 'inspectOnSite'),
      z.unknown(),
      cursor,
      100,
    );
    for (const { sk } of page.records) {
      const dossier = await settleRecusals(deps, year, sk);
      if (!(dossier instanceof Refusal)) await closeIfAgreed(deps, dossier);
    }
    cursor = page.cursor;
  } while (cursor !== null);
}
