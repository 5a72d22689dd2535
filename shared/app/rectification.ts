/** Rectification 整改 by those who take part in it: what the agency corrects, what the re-check finds, the verdict. */
import * as z from 'zod/mini';
import { CivilDate } from '../domain/calendar.ts';
import { Commitment } from '../domain/dossier.ts';
import { EvidenceRef } from '../domain/facts.ts';
import { type GateName, gateDefinition } from '../domain/gates.ts';
import { type Actor, SYSTEM } from '../domain/history.ts';
import { ItemCheck, openItems, type Rectification, unrecordedRechecks } from '../domain/rectification.ts';
import { waitingGate } from '../domain/run.ts';
import { Representative } from '../domain/visit.ts';
import { checkedEvidence } from './evidence.ts';
import { lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import {
  extendRectification,
  type NewRectificationAction,
  readRectification,
  readRectificationRun,
} from './rectification-records.ts';
import { Refusal, refuse } from './refusal.ts';
import { isSaidAgain } from './said-again.ts';

export const Plan = z.strictObject({
  owner: z.string().check(z.minLength(1, '请填写责任人'), z.maxLength(50)),
  due: CivilDate,
});
export type Plan = z.infer<typeof Plan>;

export const CorrectedItem = z.strictObject({
  statement: z.string().check(z.minLength(1, '请写明整改情况'), z.maxLength(5000)),
  evidence: z.array(EvidenceRef).check(z.minLength(1, '请上传证明材料')),
});
export type CorrectedItem = z.infer<typeof CorrectedItem>;

export const Recheck = z.strictObject({
  checks: z.array(ItemCheck).check(z.minLength(1)),
  representative: Representative,
  visitedOn: CivilDate,
});
export type Recheck = z.infer<typeof Recheck>;

export const RectificationVerdict = z.strictObject({
  verdict: z.enum(['passed', 'failedAgain']),
  reason: z.string().check(z.minLength(1, '请写明理由')),
});
export type RectificationVerdict = z.infer<typeof RectificationVerdict>;

export const Submission = z.strictObject({ commitment: Commitment });

/** The record, when the gate waits for it; a refusal that says why not otherwise. */
async function at(deps: Deps, year: number, filingNumber: string, gate: GateName, action: string) {
  const run = await readRectificationRun(deps, year);
  if (run instanceof Refusal) return run;
  const open = waitingGate(run);
  if (open?.gate !== gate) return refuse('gateNotOpen', { gate: gateDefinition(gate).title });
  return lateRefusal(open, deps.clock.now(), action) ?? readRectification(deps, year, filingNumber);
}

/** Who in the agency corrects an item, and by when. */
export async function planItem(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  item: string,
  plan: Plan,
) {
  return changeItem(deps, year, filingNumber, by, item, { type: 'itemPlanned', data: { item, ...plan } });
}

/** What was corrected of an item, with evidence. May be said again until the agency submits. */
export async function correctItem(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  item: string,
  { statement, evidence }: CorrectedItem,
) {
  const unknown = await checkedEvidence(deps, year, filingNumber, {
    items: { [item]: { evidence } },
    bonus: {},
  });
  if (unknown) return unknown;
  return changeItem(deps, year, filingNumber, by, item, {
    type: 'itemCorrected',
    data: { item, evidence },
    reason: statement,
  });
}

async function changeItem(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  item: string,
  next: NewRectificationAction,
): Promise<Rectification | Refusal> {
  const found = await at(deps, year, filingNumber, 'correctDefects', '登记整改');
  if (found instanceof Refusal) return found;
  if (!found.items.some(({ code }) => code === item)) {
    return refuse('notFound', { what: `整改项目 ${item}` });
  }
  return extendRectification(deps, found, by, next);
}

/** The agency says that it has corrected everything, item by item, and signs for it. */
export async function submitRectification(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { commitment }: z.infer<typeof Submission>,
): Promise<Rectification | Refusal> {
  const found = await at(deps, year, filingNumber, 'correctDefects', '提交整改');
  if (found instanceof Refusal) return found;
  const missing = found.items.filter(({ owner, correction }) => !owner || !correction);
  if (missing.length > 0) {
    const items = missing.map(({ code }) => code).join('、');
    return refuse('rectificationIncomplete', { count: missing.length, items });
  }
  const submitted = await extendRectification(deps, found, by, { type: 'submitted', data: { commitment } });
  if (!(submitted instanceof Refusal)) await recordIn(deps, 'correctDefects', submitted);
  return submitted;
}

/** One inspector's record of the re-check: every item closed or not. The store checks that the inspector was drawn. */
export async function recordRecheck(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  recheck: Recheck,
): Promise<Rectification | Refusal> {
  const found = await at(deps, year, filingNumber, 'recheckCorrections', '提交复查记录');
  if (found instanceof Refusal) return found;
  if (!found.recheck?.inspectors.includes(by.id)) return refuse('notYours');
  const next = { type: 'recheckRecorded' as const, data: recheck };
  if (found.recheck.records[by.id] && !isSaidAgain(found.history, by, next)) return refuse('alreadyRecorded');
  const checked = recheck.checks.map(({ item }) => item);
  const missing = found.items.map(({ code }) => code).filter((code) => !checked.includes(code));
  if (missing.length > 0) return refuse('incomplete', { count: missing.length, items: missing.join('、') });
  const recorded = await extendRectification(deps, found, by, next);
  if (recorded instanceof Refusal || unrecordedRechecks(recorded).length > 0) return recorded;
  const end = { type: 'recheckClosed' as const, data: {} };
  const closed =
    recorded.status === 'rechecking' ? await extendRectification(deps, recorded, SYSTEM, end) : recorded;
  if (!(closed instanceof Refusal)) await recordIn(deps, 'recheckCorrections', closed);
  return closed;
}

/** Passed only where the re-check closed every item; given by somebody who did not re-check. */
export async function giveVerdict(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  { verdict, reason }: RectificationVerdict,
): Promise<Rectification | Refusal> {
  const found = await at(deps, year, filingNumber, 'decideRectifications', '认定整改结果');
  if (found instanceof Refusal) return found;
  if (found.recheck?.inspectors.includes(by.id)) return refuse('recused');
  const open = openItems(found);
  if (verdict === 'passed' && open.length > 0) {
    return refuse('rectificationOpen', { count: open.length, items: open.join('、') });
  }
  const given = await extendRectification(deps, found, by, {
    type: 'verdictGiven',
    data: { verdict },
    reason,
  });
  if (!(given instanceof Refusal)) await recordIn(deps, 'decideRectifications', given);
  return given;
}
