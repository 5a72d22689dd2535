/** The public's side of complaints 投诉: handing one in without an account, and asking what became of it. */
import { chinaDate, endOfDay } from '../../domain/calendar.ts';
import {
  COMPLAINT_STATUSES,
  type Complaint,
  type ComplaintSettings,
  codeDigest,
  contactDigest,
  readNumber,
  receiptOf,
} from '../../domain/complaint.ts';
import type { ComplaintState, NewComplaint, Receipt } from '../../domain/complaint-forms.ts';
import { canonicalJson, PUBLIC } from '../../domain/history.ts';
import { workingDaysFrom } from '../../domain/told.ts';
import type { Deps } from '../ports.ts';
import { appendEntry, type NewEntry } from '../records.ts';
import { Refusal, refuse } from '../refusal.ts';
import { type Profile, readProfile } from '../start-cycle.ts';
import {
  complaintKey,
  complaintKind,
  contactKey,
  DayCount,
  dayKey,
  findComplaint,
  toDoKey,
} from './complaint-records.ts';
import { tellOfComplaint } from './tell-of-complaint.ts';

/** Takes a complaint. The same once more gives the same receipt; something else under the same id is refused. */
export async function receiveComplaint(deps: Deps, given: NewComplaint): Promise<Receipt | Refusal> {
  const { number, code, salt } = receiptOf(given.id);
  const known = await findComplaint(deps, number);
  if (known) return receiptAgain(known, given);
  const profile = await readProfile(deps);
  if (!(await countedToday(deps, profile.complaints))) return refuse('tooManyComplaints');
  const { name, reach } = given.contact;
  const isKnown = name !== '' || reach !== '';
  // The mark first: what a crash leaves behind from here on is found by the sweep.
  await deps.items.put(toDoKey(number), { at: deps.clock.now().toISOString() });
  if (isKnown) await deps.items.put(contactKey(number), { name, reach, salt });
  const data = {
    agency: given.agency,
    year: given.year,
    text: given.text,
    code: codeDigest(number, code),
    ...(isKnown && { contact: contactDigest(salt, given.contact) }),
    ...clocksFrom(deps.clock.now(), profile),
  };
  const next: NewEntry<Complaint['history'][number]> = { type: 'received', data };
  const received = await appendEntry(deps, complaintKind, complaintKey(number), [], PUBLIC, next);
  if (received instanceof Refusal) {
    const other = await findComplaint(deps, number);
    return other ? receiptAgain(other, given) : received;
  }
  await tellOfComplaint(deps, received, profile.settings);
  return receiptFor(received, code);
}

function receiptAgain(complaint: Complaint, given: NewComplaint): Receipt | Refusal {
  const { code, salt } = receiptOf(given.id);
  const [first] = complaint.history;
  if (first?.type !== 'received') return refuse('complaintKnown');
  const { agency, year, text, contact } = first.data;
  const { name, reach } = given.contact;
  const its = name === '' && reach === '' ? {} : { contact: contactDigest(salt, given.contact) };
  const said = { agency: given.agency, year: given.year, text: given.text, ...its };
  const isSame = canonicalJson(said) === canonicalJson({ agency, year, text, ...(contact && { contact }) });
  return isSame ? receiptFor(complaint, code) : refuse('complaintKnown');
}

function receiptFor({ number, receivedAt, firstLookBy, answerBy }: Complaint, code: string): Receipt {
  return { number, code, receivedAt, firstLookBy, answerBy };
}

/** Where a coming year's holidays are not known yet, weekdays must do: a complaint is not refused for that. */
function clocksFrom(now: Date, { complaints, settings }: Profile) {
  const until = (days: number) =>
    endOfDay(workingDaysFrom(chinaDate(now), days, settings.declaredDays)).toISOString();
  return {
    firstLookBy: until(complaints.firstLookWorkingDays),
    answerBy: until(complaints.answerWorkingDays),
  };
}

const TRIES = 10;

/** Counts one more of today; false when the day is full, or too many come at once. */
async function countedToday(deps: Deps, { perDay }: ComplaintSettings): Promise<boolean> {
  const key = dayKey(chinaDate(deps.clock.now()));
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await deps.items.get(key, DayCount);
    if (before && before.version >= perDay) return false;
    const version = (before?.version ?? 0) + 1;
    const condition = before ? { replacing: before.version } : { ifAbsent: true };
    if (await deps.items.put(key, { version }, condition)) return true;
  }
  return false;
}

/** What became of a complaint. A wrong number and a wrong code are answered alike. */
export async function askAfterComplaint(
  deps: Deps,
  typed: string,
  code: string,
): Promise<ComplaintState | Refusal> {
  const number = readNumber(typed);
  const complaint = number && (await findComplaint(deps, number));
  if (!complaint || complaint.code !== codeDigest(complaint.number, code)) return refuse('complaintUnknown');
  const { status, history, receivedAt, firstLookBy, answerBy, closedAt, answer } = complaint;
  const [first] = history;
  return {
    number,
    // What somebody proposes and nobody has approved yet is not told.
    status: COMPLAINT_STATUSES[status === 'proposed' ? 'handling' : status],
    agency: first?.type === 'received' ? first.data.agency.name : '',
    receivedAt,
    firstLookBy,
    answerBy,
    closedAt: closedAt ?? null,
    answer: answer ?? null,
  };
}
