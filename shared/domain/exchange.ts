/**
 * What an agency says to a result and what the centre replies: the answer to a draft result 陈述申辩 and the objection 异议.
 *
 * Both go the same way. The agency names items, reasons and evidence; the centre replies in writing by a day that is fixed
 * when the agency has spoken. Material that the agency does not know is first put to it, and while its window to answer
 * that runs, nothing is decided. Each round takes a whole window and must end before the day of the reply: so rounds end.
 */
import * as z from 'zod/mini';
import { Instant } from './calendar.ts';
import { Correction, stillNotApplicable } from './corrected-facts.ts';
import { EvidenceRef } from './facts.ts';
import { entryOf } from './history.ts';
import { NOTHING, Words } from './schemas.ts';
import { type FactSource, type ScoreSheet, StoredSheet } from './score.ts';

const Raised = z.strictObject({
  id: z.string(),
  items: z.array(z.string()).check(z.minLength(1)),
  evidence: z.array(EvidenceRef),
  /** The last moment of the reply. */
  dueBy: z.optional(Instant),
});

const Decided = z.strictObject({
  id: z.string(),
  verdict: z.enum(['upheld', 'rejected']),
  corrections: z.array(Correction),
  /** The score as the corrections make it: in the same entry, so that a score is never out of step with its facts. */
  sheet: z.optional(StoredSheet),
});

const About = { id: z.string() };

export const EXCHANGE_ACTIONS = [
  /** The draft result 初评结果 is shown to the agency, which may answer on facts until the gate's deadline. */
  entryOf('draftResultSent', NOTHING),
  entryOf('draftResultAccepted', NOTHING),
  /** The window has passed: silence is recorded as silence, not as consent. */
  entryOf('draftResultUnanswered', NOTHING),
  entryOf('draftResultAnswered', Raised),
  entryOf('answerDecided', Decided),
  entryOf('objectionRaised', Raised),
  entryOf('objectionDecided', Decided),
  /** New facts or evidence of the centre, in words and named documents; the agency may answer until `answerBy`. */
  entryOf(
    'materialPut',
    z.strictObject({
      ...About,
      items: z.array(z.string()),
      documents: z.array(Words),
      answerBy: Instant,
    }),
  ),
  entryOf('materialAnswered', z.strictObject({ ...About, evidence: z.array(EvidenceRef) })),
  entryOf('materialUnanswered', z.strictObject(About)),
] as const;
const ExchangeAction = z.discriminatedUnion('type', EXCHANGE_ACTIONS);
type ExchangeAction = z.infer<typeof ExchangeAction>;

export interface Material {
  at: string;
  items: string[];
  documents: string[];
  content: string;
  answerBy: string;
  /** Absent while the agency may still answer. */
  outcome?: 'answered' | 'unanswered';
  answer?: { at: string; content: string; evidence: EvidenceRef[] };
}

export interface Exchange {
  id: string;
  items: string[];
  reason: string;
  evidence: EvidenceRef[];
  raisedAt: string;
  dueBy?: string;
  materials: Material[];
  verdict?: 'upheld' | 'rejected';
  decision?: string;
  decidedAt?: string;
}

/** What is on record of a result that may still change: its score, and what was said about it. */
export interface Exchanges {
  sheet?: ScoreSheet;
  /** Items whose declaration of not applicable was approved. */
  notApplicable: string[];
  /** Facts that accepted answers and upheld objections corrected. */
  corrections: (Correction & { source: FactSource })[];
  /** How the agency was shown its draft result. */
  draftResult?: { sentAt: string; outcome?: 'accepted' | 'answered' | 'unanswered' };
  answers: Exchange[];
  objections: Exchange[];
}

/** The same with what is still due of it moved by so many milliseconds. What is decided or answered stays. */
export function laterBy(exchange: Exchange, ms: number): Exchange {
  if (exchange.verdict !== undefined || ms === 0) return exchange;
  const moved = (instant: string) => new Date(Date.parse(instant) + ms).toISOString();
  return {
    ...exchange,
    ...(exchange.dueBy && { dueBy: moved(exchange.dueBy) }),
    materials: exchange.materials.map((material) =>
      material.outcome ? material : { ...material, answerBy: moved(material.answerBy) },
    ),
  };
}

export function isExchangeAction(action: { type: string }): action is ExchangeAction {
  return EXCHANGE_ACTIONS.some(({ shape }) => shape.type.def.values.some((type) => type === action.type));
}

export function exchangesAfter(before: Exchanges, action: ExchangeAction): Partial<Exchanges> {
  switch (action.type) {
    case 'draftResultSent':
      return { draftResult: { sentAt: action.at } };
    case 'draftResultAccepted':
      return draftOutcome(before, 'accepted');
    case 'draftResultUnanswered':
      return draftOutcome(before, 'unanswered');
    case 'draftResultAnswered':
      return { ...draftOutcome(before, 'answered'), answers: [...before.answers, begun(action)] };
    case 'objectionRaised':
      return { objections: [...before.objections, begun(action)] };
    default:
      return wentOn(before, action);
  }
}

function draftOutcome({ draftResult }: Exchanges, outcome: 'accepted' | 'answered' | 'unanswered') {
  return draftResult ? { draftResult: { ...draftResult, outcome } } : {};
}

type Beginning = Extract<ExchangeAction, { type: 'draftResultAnswered' | 'objectionRaised' }>;
type Decision = Extract<ExchangeAction, { type: 'answerDecided' | 'objectionDecided' }>;
type MaterialAction = Extract<
  ExchangeAction,
  { type: 'materialPut' | 'materialAnswered' | 'materialUnanswered' }
>;

function begun({ at, reason = '', data }: Beginning): Exchange {
  const { id, items, evidence, dueBy } = data;
  return { id, items, reason, evidence, raisedAt: at, ...(dueBy && { dueBy }), materials: [] };
}

function wentOn(before: Exchanges, action: Decision | MaterialAction): Partial<Exchanges> {
  const change = (exchange: Exchange) => (exchange.id === action.data.id ? next(exchange, action) : exchange);
  const exchanges = { answers: before.answers.map(change), objections: before.objections.map(change) };
  if (action.type !== 'answerDecided' && action.type !== 'objectionDecided') return exchanges;
  const { verdict, corrections, sheet } = action.data;
  if (verdict === 'rejected') return exchanges;
  const source = action.type === 'answerDecided' ? ('statement' as const) : ('objection' as const);
  return {
    ...exchanges,
    corrections: [...before.corrections, ...corrections.map((one) => ({ ...one, source }))],
    notApplicable: stillNotApplicable(before.notApplicable, corrections),
    ...(sheet && { sheet }),
  };
}

function next(exchange: Exchange, action: Decision | MaterialAction): Exchange {
  const { at, reason: content = '' } = action;
  switch (action.type) {
    case 'materialPut': {
      const { items, documents, answerBy } = action.data;
      return { ...exchange, materials: [...exchange.materials, { at, items, documents, content, answerBy }] };
    }
    case 'materialAnswered': {
      const { evidence } = action.data;
      return closeMaterial(exchange, { outcome: 'answered', answer: { at, content, evidence } });
    }
    case 'materialUnanswered':
      return closeMaterial(exchange, { outcome: 'unanswered' });
    default:
      return { ...exchange, verdict: action.data.verdict, decision: content, decidedAt: at };
  }
}

function closeMaterial(exchange: Exchange, outcome: Pick<Material, 'outcome' | 'answer'>): Exchange {
  const materials = exchange.materials.map((one) => (one.outcome ? one : { ...one, ...outcome }));
  return { ...exchange, materials };
}

/** The answer or objection that still waits for its decision: never more than one. */
export function openExchange({ answers, objections }: Exchanges): Exchange | undefined {
  return [...answers, ...objections].find(({ verdict }) => !verdict);
}

/** Material that the agency may still answer. */
export function openMaterial({ materials }: Exchange): Material | undefined {
  return materials.find(({ outcome }) => !outcome);
}

/** Whose turn it is in the open exchange: the agency's while it may answer new material, else the centre's. */
export function turnOf(exchanges: Exchanges): 'agency' | 'centre' | undefined {
  const open = openExchange(exchanges);
  if (!open) return undefined;
  return openMaterial(open) ? 'agency' : 'centre';
}

/** What a decision may correct: what the agency named, and what was put to it. */
export function arguedItems({ items, materials }: Exchange): string[] {
  return [...new Set([...items, ...materials.flatMap((material) => material.items)])];
}
