/**
 * A case for a veto 一票否决案: somebody of the centre states facts and evidence, the agency is heard, two others confirm, one of
 * them an approver, and the director signs. Each of those who decide may reject instead, with reasons, and that ends the case.
 */
import * as z from 'zod/mini';
import { CivilDate, Instant } from './calendar.ts';
import { ReceiptNumber } from './complaint.ts';
import { EvidenceRef } from './facts.ts';
import type { GateName } from './gates.ts';
import { type Actor, entryOf, type Role } from './history.ts';
import type { Rubric } from './rubric.ts';
import { StoredSheet } from './score.ts';

/** Where evidence comes from that is none of the agency's uploads: a document, a letter, a recording, and its day. */
export const VetoSource = z.strictObject({
  title: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  on: CivilDate,
  /** The upheld complaint that it is: of the same agency and year. The agency does not learn its number. */
  complaint: z.optional(ReceiptNumber),
});
export type VetoSource = z.infer<typeof VetoSource>;

const About = { id: z.string() };

export const VETO_ENTRIES = [
  /** The facts are the entry's reason; the agency may make its statement until `answerBy`. */
  entryOf(
    'vetoProposed',
    z.strictObject({
      ...About,
      code: z.string(),
      evidence: z.array(EvidenceRef),
      sources: z.array(VetoSource),
      answerBy: Instant,
    }),
  ),
  entryOf('vetoStated', z.strictObject({ ...About, evidence: z.array(EvidenceRef) })),
  entryOf('vetoUnanswered', z.strictObject(About)),
  entryOf('vetoConfirmed', z.strictObject({ ...About, confirmation: z.union([z.literal(1), z.literal(2)]) })),
  /** Where the agency has a score, the one that it has now stands in the same entry. */
  entryOf('vetoSigned', z.strictObject({ ...About, sheet: z.optional(StoredSheet) })),
  entryOf('vetoRejected', z.strictObject(About)),
] as const;
const VetoAction = z.discriminatedUnion('type', VETO_ENTRIES);
export type VetoAction = z.infer<typeof VetoAction>;

export interface VetoCase {
  id: string;
  code: string;
  facts: string;
  evidence: EvidenceRef[];
  sources: VetoSource[];
  proposedAt: string;
  proposedBy: Actor;
  answerBy: string;
  /** When the agency had spoken, or could no longer. */
  heardAt?: string;
  /** Absent where it said nothing. */
  statement?: { at: string; content: string; evidence: EvidenceRef[] };
  confirmations: { by: Actor; at: string; reason: string }[];
  outcome?: 'signed' | 'rejected';
  decision?: { by: Actor; at: string; reason: string };
}

export interface Vetoes {
  vetoCases: VetoCase[];
}

export function isVetoAction(action: { type: string }): action is VetoAction {
  return VETO_ENTRIES.some(({ shape }) => shape.type.def.values.some((type) => type === action.type));
}

/** What an entry of a case changes in the dossier. */
export function vetoChanges({ vetoCases }: Vetoes, action: VetoAction): Vetoes {
  if (action.type === 'vetoProposed') return { vetoCases: [...vetoCases, proposed(action)] };
  const { id } = action.data;
  return { vetoCases: vetoCases.map((one) => (one.id === id && !one.outcome ? next(one, action) : one)) };
}

function proposed({ at, by, reason = '', data }: Extract<VetoAction, { type: 'vetoProposed' }>): VetoCase {
  return { ...data, facts: reason, proposedAt: at, proposedBy: by, confirmations: [] };
}

function next(one: VetoCase, action: Exclude<VetoAction, { type: 'vetoProposed' }>): VetoCase {
  const { at, by, reason = '' } = action;
  switch (action.type) {
    case 'vetoStated': {
      const { evidence } = action.data;
      return { ...one, heardAt: at, statement: { at, content: reason, evidence } };
    }
    case 'vetoUnanswered':
      return { ...one, heardAt: at };
    case 'vetoConfirmed':
      return { ...one, confirmations: [...one.confirmations, { by, at, reason }] };
    case 'vetoSigned':
      return { ...one, outcome: 'signed', decision: { by, at, reason } };
    case 'vetoRejected':
      return { ...one, outcome: 'rejected', decision: { by, at, reason } };
  }
}

/** The same with the agency's time to speak moved by so many milliseconds, where it still runs. */
export function heardLater(one: VetoCase, ms: number): VetoCase {
  if (one.heardAt !== undefined || one.outcome || ms === 0) return one;
  return { ...one, answerBy: new Date(Date.parse(one.answerBy) + ms).toISOString() };
}

export const openCases = ({ vetoCases }: Vetoes): VetoCase[] => vetoCases.filter(({ outcome }) => !outcome);

/** The number of the next case for a veto: `V3-1`. */
export function nextCaseId({ vetoCases }: Vetoes, code: string): string {
  return `${code}-${vetoCases.filter((one) => one.code === code).length + 1}`;
}

/** The vetoes for which a case is needed: the others follow from the record itself. */
export function vetoesByCase({ vetoes }: Rubric) {
  return vetoes.filter(({ automatic }) => !automatic);
}

/** Gates at which a case may be opened, while they wait: from the desk review until the announcement closes. */
export const VETO_GATES: readonly GateName[] = [
  'reviewAtDesk',
  'approvePlan',
  'inspectOnSite',
  'reviewScores',
  'answerDraftResults',
  'receiveObjections',
];

export const VETO_STAGES = { hearing: '待机构陈述', confirming: '待核实', signing: '待签发' } as const;
export type VetoStage = keyof typeof VETO_STAGES;

export const VETO_OUTCOMES = { signed: '已签发一票否决', rejected: '不予一票否决' } as const;

/** Of an open case. */
export function stageOf({ heardAt, confirmations }: VetoCase): VetoStage {
  if (heardAt === undefined) return 'hearing';
  return confirmations.length < CONFIRMERS ? 'confirming' : 'signing';
}

/** How far a case is, or how it ended. */
export const caseState = (one: VetoCase): string =>
  one.outcome ? VETO_OUTCOMES[one.outcome] : VETO_STAGES[stageOf(one)];

const CONFIRMERS = 2;

/** Roles that decide on a case as it stands. Of two confirmers one at least is an approver. */
export function rolesToAct(one: VetoCase): Role[] {
  switch (stageOf(one)) {
    case 'hearing':
      return ['agency'];
    case 'confirming':
      return one.confirmations.some(({ by }) => by.role === 'handler')
        ? ['approver']
        : ['handler', 'approver'];
    case 'signing':
      return ['director'];
  }
}

type Following = Exclude<VetoAction['type'], 'vetoProposed'>;

const TURNS: Record<VetoStage, readonly Following[]> = {
  hearing: ['vetoStated'],
  confirming: ['vetoConfirmed', 'vetoRejected'],
  signing: ['vetoSigned', 'vetoRejected'],
};

/** One act that a role may do in a case now. */
export const vetoTurn = (id: string, type: Following, role: Role) => `${id}#${type}#${role}`;

/** Every act that may follow now in any open case. */
export function vetoTurns(vetoes: Vetoes): string[] {
  return openCases(vetoes).flatMap((one) => {
    const stage = stageOf(one);
    const turns = rolesToAct(one).flatMap((role) => TURNS[stage].map((type) => vetoTurn(one.id, type, role)));
    return stage === 'hearing' ? [...turns, vetoTurn(one.id, 'vetoUnanswered', 'system')] : turns;
  });
}

/** One person's part in a case. */
export const vetoHand = (id: string, person: string) => `${id}#${person}`;

/** Everybody who has proposed or confirmed a case that is open: whoever goes on with it is somebody else. */
export function vetoHands(vetoes: Vetoes): string[] {
  return openCases(vetoes).flatMap(({ id, proposedBy, confirmations }) =>
    [proposedBy, ...confirmations.map(({ by }) => by)].map((by) => vetoHand(id, by.id)),
  );
}

/** Receipt numbers of the complaints that are among the sources. */
export const complaintsIn = (sources: readonly VetoSource[]): string[] =>
  sources.flatMap(({ complaint }) => complaint ?? []);

/** Codes for which no second case is opened: one is under way, or has taken effect. */
export function standingCodes({ vetoCases }: Vetoes): string[] {
  return [...new Set(vetoCases.filter(({ outcome }) => outcome !== 'rejected').map(({ code }) => code))];
}

/** What the score takes in: each signed case with its facts and where they come from. */
export function signedVetoes({ vetoCases }: Vetoes): { code: string; finding: string }[] {
  return vetoCases
    .filter(({ outcome }) => outcome === 'signed')
    .map(({ code, facts, evidence, sources }) => {
      const basis = [
        ...sources.map(({ title, on }) => `${title}（${on}）`),
        ...evidence.map(({ fileName }) => `《${fileName}》`),
      ];
      return { code, finding: basis.length > 0 ? `${facts}（依据：${basis.join('、')}）` : facts };
    });
}
