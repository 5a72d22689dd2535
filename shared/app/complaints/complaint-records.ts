/** Complaints 投诉 as records: one chain each, and beside it what is not part of a chain. */
import * as z from 'zod/mini';
import { Instant } from '../../domain/calendar.ts';
import {
  COMPLAINT_ACTION_TITLES,
  COMPLAINT_STATUSES,
  COMPLAINT_TRANSITIONS,
  type Complaint,
  ComplaintAction,
  Contact,
  complaintOf,
  mayFollowComplaint,
  readNumber,
} from '../../domain/complaint.ts';
import { partial } from '../../domain/dossier-of.ts';
import { type Actor, canonicalJson } from '../../domain/history.ts';
import { complaintDuties, PARTIAL, PREPARERS } from '../duties.ts';
import type { Condition, Deps, Page, RecordKey } from '../ports.ts';
import {
  allOf,
  appendEntry,
  cycleKind,
  dossierKind,
  type Kind,
  keys,
  type NewEntry,
  readRecord,
} from '../records.ts';
import { type Refusal, refuse } from '../refusal.ts';

export const COMPLAINTS = 'COMPLAINT';
export const complaintKey = (number: string): RecordKey => ({ pk: COMPLAINTS, sk: number });

/** Names and contacts of complainants, apart from the chains, so that they can be erased. */
export const CONTACTS = 'COMPLAINT#CONTACT';
export const contactKey = (number: string): RecordKey => ({ pk: CONTACTS, sk: number });
export const StoredContact = z.strictObject({ ...Contact.shape, salt: z.string() });

/** Complaints with which something is still to be done. The mark is there before the record, and goes when all is done. */
export const TO_DO = 'COMPLAINT#OPEN';
export const toDoKey = (number: string): RecordKey => ({ pk: TO_DO, sk: number });
export const ToDoMark = z.strictObject({ at: Instant });

/** Complaints about one agency. The mention is there before the entry that names the agency; the chain says whether it holds. */
export const mentionsOf = (filingNumber: string) => `COMPLAINT#ABOUT#${filingNumber}`;

/** How many complaints were taken on a day, by China's date. */
export const dayKey = (date: string): RecordKey => ({ pk: 'COMPLAINT#DAY', sk: date });
export const DayCount = z.strictObject({ version: z.int().check(z.gte(1)) });

export const complaintKind: Kind<Complaint, ComplaintAction> = {
  schema: ComplaintAction,
  derive: (key, entries) => complaintOf(key.sk, entries),
  attributes: ({ status, handlers }) => ({ status, [PREPARERS]: handlers }),
  duties: complaintDuties,
};

export async function findComplaint(deps: Deps, number: string): Promise<Complaint | undefined> {
  return (await readRecord(deps, complaintKind, complaintKey(number)))?.state;
}

/** For staff. */
export async function readComplaint(deps: Deps, typed: string): Promise<Complaint | Refusal> {
  const number = readNumber(typed);
  const found = number && (await findComplaint(deps, number));
  return found || refuse('notFound', { what: '该投诉' });
}

/** Once more after a lost answer, or by a double click. */
function isSaidAgain({ history }: Complaint, by: Actor, { type, data, reason }: NewEntry<ComplaintAction>) {
  const last = history.at(-1);
  if (last?.by.id !== by.id || last.type !== type || last.reason !== reason) return false;
  return canonicalJson(last.data) === canonicalJson(data);
}

/**
 * Appends to a complaint what its table of transitions allows. The store checks the status again as it writes, and that
 * whoever acts is not partial: those who are stand in the record before anything is written.
 */
export async function extendComplaint(
  deps: Deps,
  complaint: Complaint,
  by: Actor,
  next: NewEntry<ComplaintAction>,
  conditions: Condition[] = [],
): Promise<Complaint | Refusal> {
  if (isSaidAgain(complaint, by, next)) return complaint;
  const { number, status, history } = complaint;
  if (!mayFollowComplaint(next.type, status)) {
    const action = COMPLAINT_ACTION_TITLES[next.type];
    return refuse('notAtThisStep', { status: COMPLAINT_STATUSES[status], action });
  }
  const key = complaintKey(number);
  const about = next.type === 'accepted' ? next.data : { ...complaint.agency, year: complaint.year };
  await deps.histories.addToSet(key, PARTIAL, await partialTo(deps, about));
  const allowed = COMPLAINT_TRANSITIONS[next.type].from.filter((one) => one !== 'none');
  return appendEntry(deps, complaintKind, key, history, by, next, [
    { attribute: 'status', in: allowed },
    ...conditions,
  ]);
}

/** Whoever was sent to an agency, or kept away from it, in a year or since: they judge no complaint about it. */
export async function partialTo(
  deps: Deps,
  { filingNumber, year: from }: { filingNumber?: string | undefined; year: number },
): Promise<string[]> {
  if (filingNumber === undefined) return [];
  const people = new Set<string>();
  for await (const { year } of allOf(deps, cycleKind, keys.cycle(0).pk)) {
    if (year < from) continue;
    const found = await readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
    for (const person of found ? partial(found.state) : []) people.add(person);
  }
  return [...people];
}

/** Every complaint about an agency that was found to be true. */
export async function upheldComplaintsOf(deps: Deps, filingNumber: string): Promise<Complaint[]> {
  const upheld: Complaint[] = [];
  for await (const number of keysIn(deps, mentionsOf(filingNumber))) {
    const complaint = await findComplaint(deps, number);
    if (complaint?.status === 'upheld' && complaint.agency.filingNumber === filingNumber)
      upheld.push(complaint);
  }
  return upheld;
}

/** Those that count for one year. */
export async function upheldComplaintsIn(
  deps: Deps,
  { filingNumber, year }: { filingNumber: string; year: number },
): Promise<Complaint[]> {
  return (await upheldComplaintsOf(deps, filingNumber)).filter((complaint) => complaint.year === year);
}

/** The sort keys of a partition of plain values, ascending. */
export async function* keysIn(deps: Deps, pk: string): AsyncGenerator<string> {
  let cursor: string | null = null;
  do {
    const page: Page<{ sk: string }> = await deps.items.page(pk, z.unknown(), cursor, 100);
    for (const { sk } of page.records) yield sk;
    cursor = page.cursor;
  } while (cursor !== null);
}
