/** The draft result 初评结果: the agency accepts it or answers on facts 陈述申辩; the centre replies before anything is announced. */
import type { Cycle } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import type { Actor } from '../domain/history.ts';
import { waitingGate } from '../domain/run.ts';
import { afterDays } from './deadlines.ts';
import { type Grounds, groundsProblem, type Ruling, readBoth, rule, wasSaid } from './exchange.ts';
import { expectRecord, lateRefusal, recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { saidBefore } from './said-again.ts';

/** Why it cannot be answered now, if it cannot. */
function closedWindow(deps: Deps, cycle: Cycle): Refusal | undefined {
  const gate = waitingGate(cycle);
  if (gate?.gate !== 'answerDraftResults') return refuse('gateNotOpen', { gate: '初评结果反馈' });
  return lateRefusal(gate, deps.clock.now(), '答复初评结果');
}

export async function acceptDraftResult(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  const { cycle, dossier } = both;
  const next = { type: 'draftResultAccepted' as const, data: {} };
  const wasAccepted = saidBefore(dossier, by, next);
  const closed = wasAccepted ? undefined : closedWindow(deps, cycle);
  if (closed) return closed;
  const accepted = wasAccepted ? dossier : await extendDossier(deps, dossier, by, next);
  if (!(accepted instanceof Refusal)) await recordIn(deps, 'answerDraftResults', accepted);
  return accepted;
}

export async function answerDraftResult(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  grounds: Grounds,
): Promise<Dossier | Refusal> {
  const both = await readBoth(deps, year, filingNumber);
  if (both instanceof Refusal) return both;
  const { cycle, dossier } = both;
  const { items, evidence, reason } = grounds;
  if (wasSaid(dossier, by, 'draftResultAnswered', { items, evidence, reason })) return dossier;
  const problem = closedWindow(deps, cycle) ?? (await groundsProblem(deps, cycle, dossier, grounds));
  if (problem) return problem;
  await expectRecord(deps, 'answerDraftResults', dossier);
  const id = `${filingNumber}-D${dossier.answers.length + 1}`;
  const data = { id, items, evidence, dueBy: afterDays(deps.clock.now(), cycle.settings.answerReplyDays) };
  return extendDossier(deps, dossier, by, { type: 'draftResultAnswered', data, reason });
}

/** A handler replies to an answer in writing. The store refuses anybody who inspected that agency. */
export async function decideAnswer(
  deps: Deps,
  year: number,
  filingNumber: string,
  by: Actor,
  ruling: Ruling,
): Promise<Dossier | Refusal> {
  const decided = await rule(deps, year, filingNumber, by, 'answerDecided', ruling);
  if (!(decided instanceof Refusal)) await recordIn(deps, 'answerDraftResults', decided);
  return decided;
}
