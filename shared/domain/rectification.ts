/**
 * Rectification 整改 of one agency that failed: what it must correct and by when, what it corrected, the one re-check, the
 * verdict. A list of signed actions, like a dossier; {@link RECTIFICATION_TRANSITIONS} says what may follow what.
 */
import * as z from 'zod/mini';
import { Agency, type FilingNumber } from './agency.ts';
import { CivilDate, Instant } from './calendar.ts';
import { Commitment } from './dossier.ts';
import { compareScaled, thousandths } from './exact.ts';
import { EvidenceRef } from './facts.ts';
import { entryOf } from './history.ts';
import type { Rubric } from './rubric.ts';
import { NOTHING, Words } from './schemas.ts';
import type { ScoreSheet } from './score.ts';
import { Representative } from './visit.ts';

export const RECTIFICATION_STATUSES = {
  notified: '待整改',
  submitted: '已提交整改',
  overdue: '逾期未整改',
  rechecking: '待复查',
  rechecked: '已复查',
  passed: '整改合格',
  failedAgain: '整改不合格',
  recommended: '已建议备案机关处理',
} as const;
export type RectificationStatus = keyof typeof RECTIFICATION_STATUSES;

/** One thing to correct: an item of the rubric, or a veto. */
export const DefectiveItem = z.strictObject({
  code: z.string(),
  title: z.string(),
  /** What was found, with the points it earned. */
  found: z.string(),
  /** What is asked of the agency. */
  required: z.string(),
});
export type DefectiveItem = z.infer<typeof DefectiveItem>;

/** What one inspector says of one item: closed or not, and why. */
export const ItemCheck = z.strictObject({
  item: z.string(),
  closed: z.boolean(),
  reason: z.string().check(z.minLength(1, '请写明核查情况')),
});
export type ItemCheck = z.infer<typeof ItemCheck>;

export const RectificationAction = z.lazy(() =>
  z.discriminatedUnion('type', [
    entryOf(
      'noticeIssued',
      z.strictObject({
        agency: Agency,
        items: z.array(DefectiveItem).check(z.minLength(1)),
        deadline: Instant,
      }),
    ),
    entryOf('itemPlanned', z.strictObject({ item: z.string(), owner: Words, due: CivilDate })),
    entryOf('itemCorrected', z.strictObject({ item: z.string(), evidence: z.array(EvidenceRef) })),
    entryOf('submitted', z.strictObject({ commitment: Commitment })),
    entryOf('closedUncorrected', NOTHING),
    entryOf('recheckAssigned', z.strictObject({ inspectors: z.array(z.string()).check(z.minLength(1)) })),
    entryOf(
      'recheckRecorded',
      z.strictObject({
        checks: z.array(ItemCheck).check(z.minLength(1)),
        representative: Representative,
        visitedOn: CivilDate,
      }),
    ),
    entryOf('recheckClosed', NOTHING),
    entryOf('verdictGiven', z.strictObject({ verdict: z.enum(['passed', 'failedAgain']) })),
    /** The director sends a verdict back to be given again. */
    entryOf('verdictReturned', NOTHING),
    /** The centre cannot cancel a filing: it recommends 建议 to the authority that can. */
    entryOf('recommended', z.strictObject({ signedBy: z.string() })),
  ]),
);
export type RectificationAction = z.infer<typeof RectificationAction>;
export type RectificationActionType = RectificationAction['type'];

export interface Correcting extends DefectiveItem {
  owner?: string;
  due?: string;
  correction?: { statement: string; evidence: EvidenceRef[]; at: string };
}

export interface Rectification {
  year: number;
  filingNumber: FilingNumber;
  status: RectificationStatus;
  agency: Agency;
  deadline: string;
  items: Correcting[];
  submission?: { commitment: Commitment; at: string };
  recheck?: { inspectors: string[]; records: Record<string, Recheck> };
  verdict?: { verdict: 'passed' | 'failedAgain'; by: string; reason: string };
  history: RectificationAction[];
}

interface Recheck {
  checks: ItemCheck[];
  representative: Representative;
  visitedOn: string;
}

/** What each action is called. */
export const RECTIFICATION_TITLES: Record<RectificationActionType, string> = {
  noticeIssued: '发出整改通知书',
  itemPlanned: '登记整改责任人',
  itemCorrected: '登记整改情况',
  submitted: '提交整改',
  closedUncorrected: '登记逾期未整改',
  recheckAssigned: '安排复查',
  recheckRecorded: '提交复查记录',
  recheckClosed: '结束复查',
  verdictGiven: '认定整改结果',
  verdictReturned: '退回重新认定',
  recommended: '提出处理建议',
};

type From = readonly (RectificationStatus | 'none')[];

export const RECTIFICATION_TRANSITIONS: Record<RectificationActionType, From> = {
  noticeIssued: ['none'],
  itemPlanned: ['notified'],
  itemCorrected: ['notified'],
  submitted: ['notified'],
  closedUncorrected: ['notified'],
  recheckAssigned: ['submitted'],
  recheckRecorded: ['rechecking'],
  recheckClosed: ['rechecking'],
  verdictGiven: ['rechecked', 'overdue'],
  verdictReturned: ['failedAgain'],
  recommended: ['failedAgain'],
};

/** Everything derived from the actions. Throws when the first one is not a notice. */
export function rectificationOf(year: number, history: readonly RectificationAction[]): Rectification {
  const [first] = history;
  if (first?.type !== 'noticeIssued') {
    throw new TypeError(`a rectification does not begin with ${first?.type ?? 'nothing'}`);
  }
  const { agency, items, deadline } = first.data;
  const { filingNumber } = agency;
  let state: Rectification = { year, filingNumber, status: 'notified', agency, deadline, items, history: [] };
  for (const action of history) state = { ...state, ...changes(state, action) };
  return { ...state, history: [...history] };
}

function changes(state: Rectification, action: RectificationAction): Partial<Rectification> {
  switch (action.type) {
    case 'noticeIssued':
      return {};
    case 'itemPlanned': {
      const { item, owner, due } = action.data;
      return { items: withItem(state, item, { owner, due }) };
    }
    case 'itemCorrected': {
      const { item, evidence } = action.data;
      const correction = { statement: action.reason ?? '', evidence, at: action.at };
      return { items: withItem(state, item, { correction }) };
    }
    case 'submitted':
      return { status: 'submitted', submission: { ...action.data, at: action.at } };
    case 'closedUncorrected':
      return { status: 'overdue' };
    case 'verdictGiven': {
      const { verdict } = action.data;
      return { status: verdict, verdict: { verdict, by: action.by.id, reason: action.reason ?? '' } };
    }
    case 'verdictReturned':
      return { status: state.recheck ? 'rechecked' : 'overdue', verdict: undefined };
    case 'recommended':
      return { status: 'recommended' };
    default:
      return recheckChanges(state, action);
  }
}

function recheckChanges(
  { recheck }: Rectification,
  action: Extract<RectificationAction, { type: `recheck${string}` }>,
): Partial<Rectification> {
  if (action.type === 'recheckAssigned') {
    return { status: 'rechecking', recheck: { ...action.data, records: {} } };
  }
  if (action.type === 'recheckClosed') return { status: 'rechecked' };
  if (!recheck) return {};
  return { recheck: { ...recheck, records: { ...recheck.records, [action.by.id]: action.data } } };
}

function withItem({ items }: Rectification, code: string, added: Partial<Correcting>): Correcting[] {
  return items.map((item) => (item.code === code ? { ...item, ...added } : item));
}

/** Items that the re-check did not close: an item is closed when every inspector who was sent says so. */
export function openItems({ items, recheck }: Rectification): string[] {
  const records = recheck?.inspectors.map((id) => recheck.records[id]) ?? [];
  const closes = (code: string) => (record: Recheck | undefined) =>
    record?.checks.some(({ item, closed }) => item === code && closed) ?? false;
  return items.map(({ code }) => code).filter((code) => records.length === 0 || !records.every(closes(code)));
}

/** Inspectors whose record of the re-check is still missing. */
export function unrecordedRechecks({ recheck }: Rectification): string[] {
  return recheck?.inspectors.filter((id) => !recheck.records[id]) ?? [];
}

/**
 * What an agency that failed must correct: each veto, and each item that earned less of its points than the rubric's own
 * pass mark asks of the whole.
 */
export function defectsOf(rubric: Rubric, sheet: ScoreSheet): DefectiveItem[] {
  const pass = rubric.stars.at(-2)?.from ?? 0;
  const vetoes = sheet.vetoes.map(({ code, title, finding }) => ({
    code,
    title,
    found: finding,
    required: `消除“${title}”所指问题，并上传证明材料`,
  }));
  const items = sheet.items
    .filter(({ outcome, earned, possible }) => {
      const share = {
        numerator: thousandths(Number(earned)),
        denominator: thousandths(Number(possible)) || 1,
      };
      return outcome !== 'notApplicable' && compareScaled(share, 100, thousandths(pass)) < 0;
    })
    .map(({ code, title, earned, possible, rule }) => ({
      code,
      title,
      found: `得 ${earned} 分，满分 ${possible} 分（${rule}）`,
      required: `按评分标准改正到该项满分的 ${pass}% 以上，并上传证明材料`,
    }));
  return [...vetoes, ...items];
}
