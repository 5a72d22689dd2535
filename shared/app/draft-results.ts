/** The draft result 初评结果: the agency accepts it or answers on facts 陈述申辩; the centre replies before anything is announced. */
import type { Dossier } from '../domain/dossier.ts';
import type { Actor } from '../domain/history.ts';
import { closedWindow, deciding, type ExchangeKind, raising, readBoth } from './exchange.ts';
import { recordIn } from './gates.ts';
import type { Deps } from './ports.ts';
import { extendDossier } from './records.ts';
import { Refusal } from './refusal.ts';
import { saidBefore } from './said-again.ts';

const ANSWER: ExchangeKind = {
  raised: 'draftResultAnswered',
  decided: 'answerDecided',
  gate: 'answerDraftResults',
  action: '答复初评结果',
  nextId: ({ filingNumber, answers }) => `${filingNumber}-D${answers.length + 1}`,
  replyDays: ({ answerReplyDays }) => answerReplyDays,
};

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
  const closed = wasAccepted ? undefined : closedWindow(deps, cycle, ANSWER);
  if (closed) return closed;
  const accepted = wasAccepted ? dossier : await extendDossier(deps, dossier, by, next);
  if (!(accepted instanceof Refusal)) await recordIn(deps, 'answerDraftResults', accepted);
  return accepted;
}

export const answerDraftResult = raising(ANSWER);

/** A handler replies to an answer in writing. The store refuses anybody who inspected that agency. */
export const decideAnswer = deciding(ANSWER);
