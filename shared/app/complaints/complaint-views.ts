/** What staff see of complaints: the list with what is open first, one with its history, and who complained. */
import {
  COMPLAINT_ACTION_TITLES,
  COMPLAINT_STATUSES,
  type Complaint,
  type ComplaintAction,
  type Contact,
  dueOf,
  isClosed,
} from '../../domain/complaint.ts';
import type { ComplaintLine, ComplaintList, ComplaintView } from '../../domain/complaint-forms.ts';
import type { Actor } from '../../domain/history.ts';
import { caseState, complaintsIn } from '../../domain/veto.ts';
import type { Deps } from '../ports.ts';
import { dossierKind, keys, pageOf, readRecord } from '../records.ts';
import { Refusal, refuse } from '../refusal.ts';
import {
  COMPLAINTS,
  complaintKind,
  contactKey,
  findComplaint,
  keysIn,
  readComplaint,
  StoredContact,
  TO_DO,
  upheldComplaintsIn,
} from './complaint-records.ts';

const PAGE = 100;

export async function listComplaints(deps: Deps, cursor: string | null): Promise<ComplaintList> {
  const now = deps.clock.now().toISOString();
  const open: ComplaintLine[] = [];
  if (cursor === null) {
    for await (const number of keysIn(deps, TO_DO)) {
      const complaint = await findComplaint(deps, number);
      if (complaint && !isClosed(complaint)) open.push(lineOf(complaint, now));
    }
  }
  open.sort((a, b) => ((a.dueBy ?? '') < (b.dueBy ?? '') ? -1 : 1));
  const page = await pageOf(deps, complaintKind, COMPLAINTS, cursor, PAGE);
  const closed = page.records.filter(isClosed).map((complaint) => lineOf(complaint, now));
  closed.sort((a, b) => ((a.closedAt ?? '') > (b.closedAt ?? '') ? -1 : 1));
  return { open, closed, broken: page.broken, cursor: page.cursor };
}

/** An agency's complaints that a case for a veto may rest on. */
export async function listUpheldComplaints(deps: Deps, year: number, filingNumber: string) {
  const now = deps.clock.now().toISOString();
  const upheld = await upheldComplaintsIn(deps, { year, filingNumber });
  return upheld.map((complaint) => lineOf(complaint, now));
}

function lineOf(complaint: Complaint, now: string): ComplaintLine {
  const { number, status, agency, year, receivedAt, handler, closedAt } = complaint;
  const due = dueOf(complaint);
  return {
    number,
    status,
    statusTitle: COMPLAINT_STATUSES[status],
    agency: agency.name,
    filingNumber: agency.filingNumber ?? null,
    year,
    receivedAt,
    dueBy: due?.by ?? null,
    overdue: due !== undefined && now > due.by,
    handler: handler?.name ?? null,
    closedAt: closedAt ?? null,
  };
}

export async function viewComplaint(deps: Deps, complaint: Complaint): Promise<ComplaintView> {
  const { text, firstLookBy, answerBy, contact, handler, finding, answer, history } = complaint;
  return {
    ...lineOf(complaint, deps.clock.now().toISOString()),
    text,
    firstLookBy,
    answerBy,
    handlerId: handler?.id ?? null,
    hasContact: contact !== undefined,
    finding: finding ?? null,
    answer: answer ?? null,
    vetoCases: await casesFrom(deps, complaint),
    history: history.map(lineOfHistory),
  };
}

/** What it led to, as the dossier of that year stands. */
async function casesFrom(deps: Deps, { number, status, year, agency: { filingNumber } }: Complaint) {
  if (status !== 'upheld' || filingNumber === undefined) return [];
  const dossier = await readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
  return (dossier?.state.vetoCases ?? [])
    .filter(({ sources }) => complaintsIn(sources).includes(number))
    .map((one) => ({ id: one.id, state: caseState(one) }));
}

/** Digests of what is withheld stay in the record. */
function lineOfHistory({ seq, at, by, type, data, reason, hash }: ComplaintAction) {
  const { code: _code, contact: _contact, ...shown } = data as Record<string, unknown>;
  const { name, role } = by;
  const title = COMPLAINT_ACTION_TITLES[type];
  return { seq, at, by: { name, role }, type, title, data: shown, reason: reason ?? null, hash };
}

/** Who complained: for handlers who deal or dealt with the complaint, and for whoever supervises. */
export async function viewContact(deps: Deps, number: string, viewer: Actor): Promise<Contact | Refusal> {
  const complaint = await readComplaint(deps, number);
  if (complaint instanceof Refusal) return complaint;
  if (viewer.role !== 'auditor' && !complaint.handlers.includes(viewer.id)) return refuse('contactWithheld');
  const kept = complaint.contact && (await deps.items.get(contactKey(complaint.number), StoredContact));
  return kept ? { name: kept.name, reach: kept.reach } : { name: '', reach: '' };
}
