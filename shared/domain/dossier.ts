/**
 * The dossier 评估档案 of one agency in one cycle: a list of signed actions, from which everything else is derived.
 * {@link TRANSITIONS} is the only place that says what may follow what; the store's conditions are made from it.
 */
import * as z from 'zod/mini';
import { Agency, type FilingNumber } from './agency.ts';
import { CivilDate } from './calendar.ts';
import { Correction } from './corrected-facts.ts';
import { EXCHANGE_ACTIONS, type Exchanges } from './exchange.ts';
import { Answers } from './facts.ts';
import { Flag, FlagTreatment, type Treated } from './flag.ts';
import { DOSSIER_FREEZE_ENTRIES } from './freeze.ts';
import { entryOf } from './history.ts';
import { PlatformFigures } from './platform.ts';
import { RECUSAL_ENTRIES, type Recusals } from './recusal.ts';
import { NOTHING } from './schemas.ts';
import { StoredSheet } from './score.ts';
import { VETO_ENTRIES, type Vetoes } from './veto.ts';
import { VISIT_ENTRIES, type Visits } from './visit.ts';

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

export const DossierAction = z.lazy(() =>
  z.discriminatedUnion('type', [
    entryOf('admitted', z.strictObject({ agency: Agency })),
    entryOf('leftOut', z.strictObject({ agency: Agency, because: LeftOutReason })),
    entryOf(
      'submitted',
      z.strictObject({ answers: Answers, commitment: Commitment, claimed: z.string(), digest: z.string() }),
    ),
    entryOf('returned', NOTHING),
    entryOf('closedUnfiled', NOTHING),
    /** Handed back for correction and not filed again in time: what was filed first counts. */
    entryOf('submissionStands', NOTHING),
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
    entryOf('announced', NOTHING),
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
    entryOf('setAsideCleared', NOTHING),
    ...DOSSIER_FREEZE_ENTRIES,
  ]),
);
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
  // To where it stood at the moment that it goes back to: `dossierOf` looks it up in the history.
  restored: { from: unpublished, to: stay },
  unfrozen: { from: unpublished, to: stay },
};

/** Whether the table allows an action in a status. */
export function mayFollow(type: DossierActionType, status: DossierStatus | 'none'): boolean {
  return TRANSITIONS[type].from.includes(status);
}
