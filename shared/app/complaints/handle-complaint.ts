/** Dealing with a complaint 投诉: the first look, the finding of a handler, and its review by an approver. */
import * as z from 'zod/mini';
import { FilingNumber } from '../../domain/agency.ts';
import { type Complaint, type ComplaintAction, isClosed } from '../../domain/complaint.ts';
import { type Actor, ROLES } from '../../domain/history.ts';
import type { Deps } from '../ports.ts';
import { agencyKind, keys, type NewEntry, readRecord } from '../records.ts';
import { Refusal, refuse } from '../refusal.ts';
import { readProfile } from '../start-cycle.ts';
import { extendComplaint, mentionsOf, partialTo, readComplaint, toDoKey } from './complaint-records.ts';
import { tellOfComplaint } from './tell-of-complaint.ts';

const writing = (missing: string) => z.string().check(z.trim(), z.minLength(1, missing), z.maxLength(5000));

export const FirstLook = z.discriminatedUnion('verdict', [
  z.strictObject({
    verdict: z.literal('accept'),
    /** The agency on file that the complaint is about. */
    filingNumber: FilingNumber,
    /** The year that it counts for, where that is not the one the complainant named. */
    year: z.optional(z.int().check(z.gte(2000), z.lte(2100))),
  }),
  /** What the complainant is told. */
  z.strictObject({ verdict: z.literal('refuse'), answer: writing('请写明不予受理的理由') }),
]);
export type FirstLook = z.infer<typeof FirstLook>;

export const Finding = z.strictObject({
  upheld: z.boolean(),
  /** What the complainant is told once it is approved. */
  answer: writing('请写明对投诉人的答复'),
  /** For the record. */
  reason: writing('请写明核查情况和依据'),
});
export type Finding = z.infer<typeof Finding>;

export const FindingReview = z.strictObject({
  verdict: z.enum(['approve', 'return']),
  reason: writing('请写明理由'),
});
export type FindingReview = z.infer<typeof FindingReview>;

export const TakeOver = z.strictObject({ reason: writing('请写明接办的原因') });

/** A handler accepts the complaint and says which agency on file it is about, or refuses it with the reasons. */
export async function lookFirst(
  deps: Deps,
  number: string,
  by: Actor,
  look: FirstLook,
): Promise<Complaint | Refusal> {
  const complaint = await readComplaint(deps, number);
  if (complaint instanceof Refusal) return complaint;
  if (look.verdict === 'refuse') {
    return act(deps, complaint, by, { type: 'refused', data: { answer: look.answer } });
  }
  const { filingNumber, year = complaint.year } = look;
  const agency = await readRecord(deps, agencyKind, keys.agency(filingNumber));
  if (!agency) return refuse('invalidRequest', { detail: `机构名册中没有 ${filingNumber}` });
  await deps.items.put({ pk: mentionsOf(filingNumber), sk: complaint.number }, {});
  const data = { filingNumber, name: agency.state.name, year };
  return act(deps, complaint, by, { type: 'accepted', data });
}

/** Another handler goes on with it; only those who deal with a complaint see who complained. */
export function takeOver(deps: Deps, number: string, by: Actor, { reason }: z.infer<typeof TakeOver>) {
  return actOn(deps, number, by, () => ({ type: 'takenOver', data: {}, reason }));
}

/** A handler says whether the complaint is true, why, and what the complainant is to be told. */
export function proposeFinding(deps: Deps, number: string, by: Actor, { reason, ...data }: Finding) {
  return actOn(deps, number, by, () => ({ type: 'findingProposed', data, reason }));
}

/** An approver, who prepared nothing of it, approves the finding or hands it back. */
export function reviewFinding(deps: Deps, number: string, by: Actor, { verdict, reason }: FindingReview) {
  return actOn(deps, number, by, ({ finding }): NewEntry<ComplaintAction> => {
    if (verdict === 'return') return { type: 'findingReturned', data: {}, reason };
    return { type: 'findingApproved', data: { upheld: finding?.upheld ?? false }, reason };
  });
}

async function actOn(
  deps: Deps,
  number: string,
  by: Actor,
  next: (complaint: Complaint) => NewEntry<ComplaintAction>,
): Promise<Complaint | Refusal> {
  const complaint = await readComplaint(deps, number);
  return complaint instanceof Refusal ? complaint : act(deps, complaint, by, next(complaint));
}

const REVIEWS: readonly ComplaintAction['type'][] = ['findingReturned', 'findingApproved'];

/** The store refuses the same people again as it writes; here they learn why. */
async function act(
  deps: Deps,
  complaint: Complaint,
  by: Actor,
  next: NewEntry<ComplaintAction>,
): Promise<Complaint | Refusal> {
  const about = next.type === 'accepted' ? next.data : { ...complaint.agency, year: complaint.year };
  if ((await partialTo(deps, about)).includes(by.id)) return refuse('recused');
  if (REVIEWS.includes(next.type) && complaint.handlers.includes(by.id)) {
    return refuse('ownWork', { role: ROLES[by.role] });
  }
  const done = await extendComplaint(deps, complaint, by, next);
  if (done instanceof Refusal) return done;
  if (isClosed(done)) await deps.items.remove(toDoKey(done.number));
  else await tellOfComplaint(deps, done, (await readProfile(deps)).settings);
  return done;
}
