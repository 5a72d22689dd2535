/** What is said about complaints over the wire: what people send, and what they are shown. */
import * as z from 'zod/mini';
import { AccusedAgency, Contact } from './complaint.ts';
import { Role } from './history.ts';
import { Sha256 } from './schemas.ts';

export const NewComplaint = z.strictObject({
  /** 256 random bits that only the complainant's browser knows. The receipt follows from it; it is not stored. */
  id: Sha256,
  agency: AccusedAgency,
  /** The year in which it happened. */
  year: z.int().check(z.gte(2000), z.lte(2100)),
  text: z.string().check(z.trim(), z.minLength(10, '请写明投诉的事实，至少 10 个字'), z.maxLength(5000)),
  contact: z.prefault(Contact, {}),
});
export type NewComplaint = z.infer<typeof NewComplaint>;

/** What the complainant keeps: with both, and only with both, the state can be asked for. */
export const Receipt = z.strictObject({
  number: z.string(),
  code: z.string(),
  receivedAt: z.string(),
  firstLookBy: z.string(),
  answerBy: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

export const ComplaintState = z.strictObject({
  number: z.string(),
  status: z.string(),
  agency: z.string(),
  receivedAt: z.string(),
  firstLookBy: z.string(),
  answerBy: z.string(),
  closedAt: z.nullable(z.string()),
  answer: z.nullable(z.string()),
});
export type ComplaintState = z.infer<typeof ComplaintState>;

/** One line of the list that staff see. */
export const ComplaintLine = z.strictObject({
  number: z.string(),
  status: z.string(),
  statusTitle: z.string(),
  agency: z.string(),
  filingNumber: z.nullable(z.string()),
  year: z.int(),
  receivedAt: z.string(),
  /** Of what is to be done next. */
  dueBy: z.nullable(z.string()),
  overdue: z.boolean(),
  handler: z.nullable(z.string()),
  closedAt: z.nullable(z.string()),
});
export type ComplaintLine = z.infer<typeof ComplaintLine>;

export const ComplaintList = z.strictObject({
  /** All that are open, what is due first in front; with the first page only. */
  open: z.array(ComplaintLine),
  closed: z.array(ComplaintLine),
  broken: z.array(z.string()),
  cursor: z.nullable(z.string()),
});
export type ComplaintList = z.infer<typeof ComplaintList>;

export const ComplaintView = z.strictObject({
  ...ComplaintLine.shape,
  /** The account of whoever deals with it now. */
  handlerId: z.nullable(z.string()),
  text: z.string(),
  firstLookBy: z.string(),
  answerBy: z.string(),
  hasContact: z.boolean(),
  finding: z.nullable(z.strictObject({ upheld: z.boolean(), answer: z.string() })),
  answer: z.nullable(z.string()),
  /** Cases for a veto that name it as a source. */
  vetoCases: z.array(z.strictObject({ id: z.string(), state: z.string() })),
  history: z.array(
    z.strictObject({
      seq: z.int(),
      at: z.string(),
      by: z.strictObject({ name: z.string(), role: Role }),
      type: z.string(),
      title: z.string(),
      data: z.record(z.string(), z.unknown()),
      reason: z.nullable(z.string()),
      hash: z.string(),
    }),
  ),
});
export type ComplaintView = z.infer<typeof ComplaintView>;
