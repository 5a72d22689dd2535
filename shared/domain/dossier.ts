/**
 * The dossier 评估档案 of one agency in one cycle: a list of signed actions, from which everything else is derived.
 * {@link TRANSITIONS} is the only place that says what may follow what; the store's conditions are made from it.
 */
import * as z from 'zod/mini';
import { Agency, type FilingNumber } from './agency.ts';
import { CivilDate } from './calendar.ts';
import { Correction, correct, stillNotApplicable } from './corrected-facts.ts';
import {
  EXCHANGE_ACTIONS,
  type Exchange,
  type Exchanges,
  exchangesAfter,
  isExchangeAction,
  laterBy,
} from './exchange.ts';
import { Answers } from './facts.ts';
import { Flag, FlagTreatment, type Treated, treatedCorrections } from './flag.ts';
import { DOSSIER_FREEZE_ENTRIES } from './freeze.ts';
import { entryOf } from './history.ts';
import { PlatformFigures } from './platform.ts';
import { grantedRecusals, RECUSAL_ENTRIES, type Recusals, recusalChanges } from './recusal.ts';
import { StoredSheet } from './score.ts';
import { heardLater, isVetoAction, VETO_ENTRIES, type Vetoes, vetoChanges } from './veto.ts';
import { everInspected, VISIT_ENTRIES, type Visits, vacate, visitChanges } from './visit.ts';

export const DOSSIER_STATUSES = {
  leftOut: '不参评',
  collecting: '待自评',
  submitted: '已提交',
  notFiled: '未提交',
  reviewed: '已复核',
  visiting: '待检查',
  visited: '已检查',
  scored: '已计分',
  drafted: '初评结果待答复',
  answered: '陈述申辩待处理',
  heard: '初评结果已反馈',
  announced: '公示中',
  objected: '异议待处理',
  published: '已公布',
} as const;
export type DossierStatus = keyof typeof DOSSIER_STATUSES;

export const Commitment = z.strictObject({
  name: z.string().check(z.minLength(1, '承诺人不能为空')),
  position: z.string().check(z.minLength(1, '职务不能为空')),
  date: CivilDate,
});
export type Commitment = z.infer<typeof Commitment>;

const LeftOutReason = z.strictObject({
  code: z.enum(['excluded', 'filedLessThanAYear', 'termEnded']),
  reason: z.string(),
  source: z.optional(z.string()),
});

export const DossierAction = z.discriminatedUnion('type', [
  entryOf('admitted', z.strictObject({ agency: Agency })),
  entryOf('leftOut', z.strictObject({ agency: Agency, because: LeftOutReason })),
  entryOf(
    'submitted',
    z.strictObject({ answers: Answers, commitment: Commitment, claimed: z.string(), digest: z.string() }),
  ),
  entryOf('returned', z.strictObject({})),
  entryOf('closedUnfiled', z.strictObject({})),
  /** Handed back for correction and not filed again in time: what was filed first counts. */
  entryOf('submissionStands', z.strictObject({})),
  /** What the comparison warned of, the platform's figures, and how many upheld complaints of the year there were. */
  entryOf(
    'flagged',
    z.strictObject({
      flags: z.array(Flag),
      platform: z.optional(PlatformFigures),
      upheldComplaints: z.optional(z.int().check(z.gte(1))),
    }),
  ),
  /** A handler accepts what was flagged, or corrects the facts that it is about. */
  entryOf('flagsTreated', FlagTreatment),
  entryOf('deskReviewed', z.strictObject({ corrections: z.array(Correction) })),
  /** The agency declares an item not applicable; a second person decides. */
  entryOf('notApplicableDecided', z.strictObject({ item: z.string(), approved: z.boolean() })),
  ...RECUSAL_ENTRIES,
  ...VISIT_ENTRIES,
  entryOf('scored', z.strictObject({ sheet: StoredSheet, platform: z.optional(PlatformFigures) })),
  entryOf('announced', z.strictObject({})),
  ...EXCHANGE_ACTIONS,
  ...VETO_ENTRIES,
  entryOf('published', z.strictObject({ stars: z.int(), result: z.string() })),
  /** After publication: facts were corrected, and the agency scored again. */
  entryOf(
    'resultCorrected',
    z.strictObject({ version: z.int(), corrections: z.array(Correction), sheet: StoredSheet }),
  ),
  entryOf('starRevoked', z.strictObject({ version: z.int(), sheet: StoredSheet })),
  entryOf('setAside', z.strictObject({ step: z.string() })),
  entryOf('setAsideCleared', z.strictObject({})),
  ...DOSSIER_FREEZE_ENTRIES,
]);
export type DossierAction = z.infer<typeof DossierAction>;
export type DossierActionType = DossierAction['type'];

export interface Dossier extends Visits, Recusals, Exchanges, Vetoes {
  year: number;
  filingNumber: FilingNumber;
  status: DossierStatus;
  agency: Agency;
  leftOut?: z.infer<typeof LeftOutReason>;
  submission?: { answers: Answers; commitment: Commitment; claimed: string; digest: string; at: string };
  /** What the agency was last asked to correct. */
  returnedFor?: string;
  flags: Flag[];
  treatments: Treated[];
  /** The platform's figures of this agency that were compared or scored with last. */
  platform?: PlatformFigures | undefined;
  /** Of the year, as the last comparison found them on record; absent: none. */
  upheldComplaints?: number | undefined;
  desk?: { answers: Answers; corrections: Correction[] };
  /** Why the star was revoked 撤销, if it was. */
  revoked?: string;
  setAside?: { step: string; reason: string };
  /** Nothing is written while it stands still 冻结. */
  frozen: boolean;
  /** Since when it has, while it does. */
  frozenAt?: string;
  /** Who was sent or kept away in what a restoration undid: they stay partial. */
  formerlyPartial: string[];
  history: DossierAction[];
}

type Target = DossierStatus | ((action: DossierAction, before: DossierStatus) => DossierStatus);
interface Transition {
  from: readonly (DossierStatus | 'none')[];
  to: Target;
}

const stay: Target = (_action, before) => before;
const anyStatus = Object.keys(DOSSIER_STATUSES) as DossierStatus[];
/** While the agency is assessed, a case against it goes on wherever its dossier stands. */
const assessed = anyStatus.filter((status) => status !== 'leftOut' && status !== 'published');
/** What is published is not undone. */
const unpublished = anyStatus.filter((status) => status !== 'published');

export const TRANSITIONS: Record<DossierActionType, Transition> = {
  admitted: { from: ['none', 'leftOut', 'collecting'], to: 'collecting' },
  leftOut: { from: ['none', 'leftOut', 'collecting'], to: 'leftOut' },
  submitted: { from: ['collecting'], to: 'submitted' },
  returned: { from: ['submitted'], to: 'collecting' },
  closedUnfiled: { from: ['collecting'], to: 'notFiled' },
  submissionStands: { from: ['collecting'], to: 'submitted' },
  flagged: { from: ['submitted'], to: 'submitted' },
  flagsTreated: { from: ['submitted'], to: 'submitted' },
  deskReviewed: { from: ['submitted'], to: 'reviewed' },
  notApplicableDecided: { from: ['submitted', 'reviewed', 'visiting', 'visited', 'scored'], to: stay },
  // Where nothing was filed as well: a refusal would tell whoever asks that it was not.
  recusalRequested: { from: ['collecting', 'submitted', 'notFiled', 'reviewed', 'visiting'], to: stay },
  recusalDecided: {
    from: ['collecting', 'submitted', 'notFiled', 'reviewed', 'visiting', 'visited', 'scored'],
    to: stay,
  },
  inspectorReplaced: { from: ['visiting'], to: 'visiting' },
  visitAssigned: { from: ['reviewed', 'visited', 'scored'], to: 'visiting' },
  captureKeyRegistered: { from: ['visiting'], to: 'visiting' },
  findingRecorded: { from: ['visiting'], to: 'visiting' },
  jointEntryDrafted: { from: ['visiting'], to: 'visiting' },
  jointEntryConfirmed: { from: ['visiting'], to: 'visiting' },
  jointEntrySentBack: { from: ['visiting'], to: 'visiting' },
  visitClosed: {
    from: ['visiting'],
    to: (action) =>
      action.type === 'visitClosed' && action.data.lapsed && !action.data.earlierStands
        ? 'reviewed'
        : 'visited',
  },
  scored: { from: ['reviewed', 'visited', 'notFiled', 'scored'], to: 'scored' },
  draftResultSent: { from: ['scored'], to: 'drafted' },
  draftResultAccepted: { from: ['drafted'], to: 'heard' },
  draftResultAnswered: { from: ['drafted'], to: 'answered' },
  draftResultUnanswered: { from: ['drafted'], to: 'heard' },
  answerDecided: { from: ['answered'], to: 'heard' },
  announced: { from: ['heard'], to: 'announced' },
  objectionRaised: { from: ['announced'], to: 'objected' },
  objectionDecided: { from: ['objected'], to: 'announced' },
  materialPut: { from: ['answered', 'objected'], to: stay },
  materialAnswered: { from: ['answered', 'objected'], to: stay },
  materialUnanswered: { from: ['answered', 'objected'], to: stay },
  // Before anything is filed there is nothing to hold against it.
  vetoProposed: { from: assessed.filter((status) => status !== 'collecting'), to: stay },
  vetoStated: { from: assessed, to: stay },
  vetoUnanswered: { from: assessed, to: stay },
  vetoConfirmed: { from: assessed, to: stay },
  vetoSigned: { from: assessed, to: stay },
  vetoRejected: { from: assessed, to: stay },
  published: { from: ['announced'], to: 'published' },
  resultCorrected: { from: ['published'], to: 'published' },
  starRevoked: { from: ['published'], to: 'published' },
  setAside: { from: anyStatus, to: stay },
  setAsideCleared: { from: anyStatus, to: stay },
  frozen: { from: unpublished, to: stay },
  // To where it stood at the moment that it goes back to: {@link dossierOf} looks it up in the history.
  restored: { from: unpublished, to: stay },
  unfrozen: { from: unpublished, to: stay },
};

/** Whether the table allows an action in a status. */
export function mayFollow(type: DossierActionType, status: DossierStatus | 'none'): boolean {
  return TRANSITIONS[type].from.includes(status);
}

/** Everything derived from a dossier's actions. Throws when the first action is not an admission or a leaving out. */
export function dossierOf(year: number, history: readonly DossierAction[]): Dossier {
  const [first] = history;
  if (first?.type !== 'admitted' && first?.type !== 'leftOut') {
    throw new TypeError(`a dossier does not begin with ${first?.type ?? 'nothing'}`);
  }
  const { agency } = first.data;
  const empty: Dossier = {
    year,
    filingNumber: agency.filingNumber,
    status: 'collecting',
    agency,
    flags: [],
    treatments: [],
    notApplicable: [],
    recusals: [],
    earlierVisits: [],
    corrections: [],
    answers: [],
    objections: [],
    vetoCases: [],
    frozen: false,
    formerlyPartial: [],
    history: [],
  };
  let dossier = empty;
  for (const action of history) {
    dossier =
      action.type === 'restored' ? restored(dossier, history, action.data.toSeq) : apply(dossier, action);
  }
  return { ...dossier, history: [...history] };
}

/** As after an earlier entry, and still standing still; who had to do with the agency since then remains partial. */
function restored(dossier: Dossier, history: readonly DossierAction[], toSeq: number): Dossier {
  return {
    ...dossierOf(dossier.year, history.slice(0, toSeq)),
    frozen: true,
    ...(dossier.frozenAt && { frozenAt: dossier.frozenAt }),
    formerlyPartial: partial(dossier),
  };
}

/** What is due of an open answer, objection or case is due as much later as the dossier has stood still. */
function goneOn(dossier: Dossier, at: string): Pick<Dossier, 'answers' | 'objections' | 'vetoCases'> {
  const stood = dossier.frozenAt === undefined ? 0 : Date.parse(at) - Date.parse(dossier.frozenAt);
  const later = (exchange: Exchange) => laterBy(exchange, stood);
  return {
    answers: dossier.answers.map(later),
    objections: dossier.objections.map(later),
    vetoCases: dossier.vetoCases.map((one) => heardLater(one, stood)),
  };
}

function apply(dossier: Dossier, action: DossierAction): Dossier {
  const { to } = TRANSITIONS[action.type];
  const status = typeof to === 'function' ? to(action, dossier.status) : to;
  return { ...dossier, ...changes(dossier, action), status };
}

/** What an action changes beside the status. */
function changes(dossier: Dossier, action: DossierAction): Partial<Dossier> {
  switch (action.type) {
    case 'admitted':
      return { agency: action.data.agency, leftOut: undefined };
    case 'leftOut':
      return { agency: action.data.agency, leftOut: action.data.because };
    case 'submitted':
      // What was decided about an earlier round does not hold for this one.
      return {
        submission: { ...action.data, at: action.at },
        notApplicable: [],
        flags: [],
        treatments: [],
      };
    case 'returned':
      return { returnedFor: action.reason ?? '' };
    case 'flagged':
      return {
        flags: action.data.flags,
        platform: action.data.platform,
        upheldComplaints: action.data.upheldComplaints,
      };
    case 'flagsTreated':
      return { treatments: [...dossier.treatments, treated(action)] };
    case 'deskReviewed':
      // The handler who finishes the review has the last word.
      return deskResult(dossier, [...treatedCorrections(dossier), ...action.data.corrections]);
    case 'notApplicableDecided':
      return { notApplicable: decidedItems(dossier, action.data) };
    case 'vetoSigned': {
      const { sheet } = action.data;
      return { ...vetoChanges(dossier, action), ...(sheet && { sheet }) };
    }
    case 'scored':
      return { sheet: action.data.sheet, platform: action.data.platform };
    case 'resultCorrected': {
      const { corrections, sheet } = action.data;
      return { ...afterChange(dossier, corrections), sheet };
    }
    case 'starRevoked':
      return { sheet: action.data.sheet, revoked: action.reason ?? '' };
    case 'setAside':
      return { setAside: { step: action.data.step, reason: action.reason ?? '' } };
    case 'setAsideCleared':
      return { setAside: undefined };
    case 'frozen':
      return { frozen: true, frozenAt: action.at };
    case 'unfrozen':
      return { frozen: false, frozenAt: undefined, ...goneOn(dossier, action.at) };
    case 'recusalRequested':
      return recusalChanges(dossier, action);
    case 'recusalDecided':
      return recusalDecided(dossier, action);
    case 'visitAssigned':
    case 'captureKeyRegistered':
    case 'findingRecorded':
    case 'jointEntryDrafted':
    case 'jointEntryConfirmed':
    case 'jointEntrySentBack':
    case 'inspectorReplaced':
    case 'visitClosed':
      return visitChanges(dossier, action, keptAway(dossier));
    default:
      if (isVetoAction(action)) return vetoChanges(dossier, action);
      return isExchangeAction(action) ? exchangesAfter(dossier, action) : {};
  }
}

function treated({ data, by, at, reason = '' }: Extract<DossierAction, { type: 'flagsTreated' }>): Treated {
  return { ...data, by, at, reason };
}

function deskResult({ submission, notApplicable }: Dossier, corrections: Correction[]): Partial<Dossier> {
  const filed = submission?.answers ?? { items: {}, bonus: {} };
  return {
    desk: { answers: correct(filed, corrections), corrections },
    notApplicable: stillNotApplicable(notApplicable, corrections),
  };
}

function decidedItems({ notApplicable }: Dossier, { item, approved }: { item: string; approved: boolean }) {
  const others = notApplicable.filter((code) => code !== item);
  return approved ? [...others, item] : others;
}

/** A granted recusal empties the inspector's place in the visit at once. */
function recusalDecided(dossier: Dossier, action: Extract<DossierAction, { type: 'recusalDecided' }>) {
  const { visit, status } = dossier;
  const { inspector, granted } = action.data;
  const emptied = granted && visit && status === 'visiting' ? { visit: vacate(visit, inspector) } : {};
  return { ...recusalChanges(dossier, action), ...emptied };
}

/** Inspectors who must keep away from an agency by a decision. */
function keptAway(dossier: Dossier): string[] {
  return grantedRecusals(dossier).map(({ inspector }) => inspector);
}

/** Everybody who was sent to the agency this year or had to keep away from it: they judge nothing of it. */
export function partial(dossier: Dossier): string[] {
  return [...new Set([...everInspected(dossier), ...keptAway(dossier), ...dossier.formerlyPartial])];
}

/** A dossier whose facts are corrected after publication, before it is scored again. */
export function afterChange(dossier: Dossier, corrections: readonly Correction[]): Dossier {
  const later = corrections.map((one) => ({ ...one, source: 'correction' as const }));
  return {
    ...dossier,
    corrections: [...dossier.corrections, ...later],
    notApplicable: stillNotApplicable(dossier.notApplicable, corrections),
  };
}
