/**
 * A complaint 投诉 from the public about an agency: a list of signed actions, from which everything else is derived. Who
 * complained is not in it: only the digest of what they said of themselves, which lies apart and is erased in time.
 */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import { Instant } from './calendar.ts';
import { digestOf, digestOfText } from './digest.ts';
import { type Actor, entryOf } from './history.ts';
import { NOTHING, Sha256, Words } from './schemas.ts';

export const COMPLAINT_STATUSES = {
  received: '待初审',
  handling: '处理中',
  proposed: '待审核',
  upheld: '属实',
  notUpheld: '不属实',
  refused: '不予受理',
} as const;
export type ComplaintStatus = keyof typeof COMPLAINT_STATUSES;

/** What the clocks of complaints run by, and how many are taken: settings of the centre, not of a year. */
export const ComplaintSettings = z.strictObject({
  /** Until the first look 初审, counted from the day of receipt. */
  firstLookWorkingDays: z._default(z.int().check(z.gte(1), z.lte(30)), 3),
  /** Until the answer 答复, counted from the day of receipt. */
  answerWorkingDays: z._default(z.int().check(z.gte(1), z.lte(60)), 7),
  /** So many are taken in a day: whoever floods the form fills no more than this. */
  perDay: z._default(z.int().check(z.gte(1), z.lte(10_000)), 200),
  /** How long after the end of a complaint the complainant's name and contact are kept. */
  contactMonths: z._default(z.int().check(z.gte(1), z.lte(120)), 12),
});
export type ComplaintSettings = z.infer<typeof ComplaintSettings>;

/** Whom it is about, as the complainant says: the number where they know it. */
export const AccusedAgency = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1, '请写明被投诉机构的名称'), z.maxLength(100)),
  filingNumber: z.optional(FilingNumber),
});
export type AccusedAgency = z.infer<typeof AccusedAgency>;

/** What a complainant says of themselves 联系方式. Personal: never part of the chain, a log or a message. */
export const Contact = z.strictObject({
  name: z._default(z.string().check(z.trim(), z.maxLength(50)), ''),
  /** Telephone or e-mail address. */
  reach: z._default(z.string().check(z.trim(), z.maxLength(100)), ''),
});
export type Contact = z.infer<typeof Contact>;

export const ComplaintAction = z.lazy(() =>
  z.discriminatedUnion('type', [
    entryOf(
      'received',
      z.strictObject({
        agency: AccusedAgency,
        year: z.int(),
        text: Words,
        /** Of the query code 查询码. */
        code: Sha256,
        /** Of the contact that lies apart, with its salt. */
        contact: z.optional(Sha256),
        firstLookBy: Instant,
        answerBy: Instant,
      }),
    ),
    /** The agency on file that it is about, and the year that it counts for. */
    entryOf('accepted', z.strictObject({ filingNumber: FilingNumber, name: z.string(), year: z.int() })),
    entryOf('refused', z.strictObject({ answer: Words })),
    /** Another handler goes on with it. */
    entryOf('takenOver', NOTHING),
    entryOf('findingProposed', z.strictObject({ upheld: z.boolean(), answer: Words })),
    entryOf('findingReturned', NOTHING),
    entryOf('findingApproved', z.strictObject({ upheld: z.boolean() })),
    entryOf('contactErased', NOTHING),
  ]),
);
export type ComplaintAction = z.infer<typeof ComplaintAction>;
export type ComplaintActionType = ComplaintAction['type'];

export const COMPLAINT_ACTION_TITLES: Record<ComplaintActionType, string> = {
  received: '收到投诉',
  accepted: '受理',
  refused: '不予受理',
  takenOver: '接办',
  findingProposed: '提出处理意见',
  findingReturned: '退回处理意见',
  findingApproved: '审核通过',
  contactErased: '删除联系方式',
};

export interface Complaint {
  /** The receipt number 受理编号. */
  number: string;
  status: ComplaintStatus;
  /** As the complainant named it, until it was accepted; then as it is on file. */
  agency: AccusedAgency;
  year: number;
  text: string;
  code: string;
  /** Sha256 of the contact, while it is kept. */
  contact?: string | undefined;
  receivedAt: string;
  firstLookBy: string;
  answerBy: string;
  /** Handlers who deal or dealt with it. */
  handlers: string[];
  /** Who deals with it now. */
  handler?: Actor;
  finding?: { upheld: boolean; answer: string };
  /** What the complainant is told, once it is final. */
  answer?: string;
  closedAt?: string;
  history: ComplaintAction[];
}

type Target = ComplaintStatus | ((action: ComplaintAction, before: ComplaintStatus) => ComplaintStatus);

const FINAL = ['upheld', 'notUpheld', 'refused'] as const satisfies ComplaintStatus[];

export const COMPLAINT_TRANSITIONS: Record<
  ComplaintActionType,
  { from: readonly (ComplaintStatus | 'none')[]; to: Target }
> = {
  received: { from: ['none'], to: 'received' },
  accepted: { from: ['received'], to: 'handling' },
  refused: { from: ['received'], to: 'refused' },
  takenOver: { from: ['handling'], to: 'handling' },
  findingProposed: { from: ['handling'], to: 'proposed' },
  findingReturned: { from: ['proposed'], to: 'handling' },
  findingApproved: {
    from: ['proposed'],
    to: (action) => (action.type === 'findingApproved' && action.data.upheld ? 'upheld' : 'notUpheld'),
  },
  contactErased: { from: FINAL, to: (_action, before) => before },
};

export function mayFollowComplaint(type: ComplaintActionType, status: ComplaintStatus | 'none'): boolean {
  return COMPLAINT_TRANSITIONS[type].from.includes(status);
}

export const isClosed = ({ status }: Pick<Complaint, 'status'>) =>
  (FINAL as readonly ComplaintStatus[]).includes(status);

/** Everything derived from a complaint's actions. Throws when the first does not receive it. */
export function complaintOf(number: string, history: readonly ComplaintAction[]): Complaint {
  const [first] = history;
  if (first?.type !== 'received') {
    throw new TypeError(`a complaint does not begin with ${first?.type ?? 'nothing'}`);
  }
  let complaint: Complaint = {
    number,
    status: 'received',
    ...first.data,
    receivedAt: first.at,
    handlers: [],
    history: [],
  };
  for (const action of history.slice(1)) {
    const { to } = COMPLAINT_TRANSITIONS[action.type];
    const status = typeof to === 'function' ? to(action, complaint.status) : to;
    complaint = { ...complaint, ...changesOf(complaint, action), status };
  }
  return { ...complaint, history: [...history] };
}

function changesOf(complaint: Complaint, action: ComplaintAction): Partial<Complaint> {
  const dealtBy = { handler: action.by, handlers: [...new Set([...complaint.handlers, action.by.id])] };
  switch (action.type) {
    case 'accepted': {
      const { filingNumber, name, year } = action.data;
      return { ...dealtBy, agency: { filingNumber, name }, year };
    }
    case 'refused':
      return { ...dealtBy, answer: action.data.answer, closedAt: action.at };
    case 'takenOver':
      return dealtBy;
    case 'findingProposed':
      return { ...dealtBy, finding: action.data };
    case 'findingApproved':
      return { closedAt: action.at, ...(complaint.finding && { answer: complaint.finding.answer }) };
    case 'contactErased':
      return { contact: undefined };
    default:
      return {};
  }
}

/** By when something is due, and by whom: the first look and the work of a handler, the review of an approver. */
export function dueOf(complaint: Complaint): { by: string; of: 'handler' | 'approver' } | undefined {
  switch (complaint.status) {
    case 'received':
      return { by: complaint.firstLookBy, of: 'handler' };
    case 'handling':
      return { by: complaint.answerBy, of: 'handler' };
    case 'proposed':
      return { by: complaint.answerBy, of: 'approver' };
    default:
      return undefined;
  }
}

/** What a receipt number looks like: twelve characters without those that are mistaken for others. */
const CHARACTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NUMBER = /^TS-[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/;

export const ReceiptNumber = z.string().check(z.regex(NUMBER));

/** A receipt number as it is stored, of what somebody typed; undefined where it cannot be one. */
export function readNumber(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const number = `TS-${grouped(plain.slice(2))}`;
  return plain.startsWith('TS') && NUMBER.test(number) ? number : undefined;
}

const grouped = (text: string) => text.match(/.{1,4}/g)?.join('-') ?? '';

/**
 * What follows from the random id that the complainant's browser makes: the receipt number and the query code. Both come out
 * the same when the same is said again after a lost answer, and neither the id nor the code is ever stored.
 */
export function receiptOf(id: string): { number: string; code: string; salt: string } {
  const derived = (what: string) => digestOfText(`xingping-complaint/${what}/${id}`);
  return {
    number: `TS-${grouped(letters(derived('number'), 12))}`,
    code: grouped(letters(derived('code'), 20)),
    salt: derived('salt'),
  };
}

/** Five bits a letter: 20 letters are 100 bits. */
function letters(hex: string, count: number): string {
  const bits = [...hex].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  return Array.from({ length: count }, (_none, at) =>
    CHARACTERS.charAt(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)),
  ).join('');
}

/** What is stored of a query code. Spaces and hyphens, and small letters, do not matter. */
export function codeDigest(number: string, typed: string): string {
  return digestOf({ number, code: typed.toUpperCase().replace(/[^0-9A-Z]/g, '') });
}

/** What the chain holds of a contact. Once the salt is erased with it, nobody can try out telephone numbers. */
export const contactDigest = (salt: string, { name, reach }: Contact) => digestOf({ salt, name, reach });
