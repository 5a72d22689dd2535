/** The hourly round of complaints: tells what is due, finishes what a crash left, and erases contacts in time. */
import { chinaDate, endOfDay, monthsAfter } from '../../domain/calendar.ts';
import { isClosed } from '../../domain/complaint.ts';
import { SYSTEM } from '../../domain/history.ts';
import type { Deps } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { type Profile, readProfile } from '../start-cycle.ts';
import {
  CONTACTS,
  contactKey,
  extendComplaint,
  findComplaint,
  keysIn,
  TO_DO,
  ToDoMark,
  toDoKey,
} from './complaint-records.ts';
import { tellOfComplaint } from './tell-of-complaint.ts';

/** Longer than any function runs: a complaint that is not on record by then never will be. */
const OLD_MS = 3_600_000;

/** Returns how many complaints it could not see to. */
export async function sweepComplaints(deps: Deps): Promise<number> {
  const profile = await readProfile(deps);
  let failed = 0;
  const seeTo = async (number: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failed++;
      deps.log.error('SWEEP_COMPLAINT_FAILED', { number }, error);
    }
  };
  for await (const number of keysIn(deps, TO_DO)) await seeTo(number, () => seeToOne(deps, number, profile));
  for await (const number of keysIn(deps, CONTACTS)) {
    await seeTo(number, () => eraseInTime(deps, number, profile));
  }
  return failed;
}

async function seeToOne(deps: Deps, number: string, { settings }: Profile): Promise<void> {
  const complaint = await findComplaint(deps, number);
  if (complaint && !isClosed(complaint)) return tellOfComplaint(deps, complaint, settings);
  if (!complaint) {
    const mark = await deps.items.get(toDoKey(number), ToDoMark);
    const old = new Date(deps.clock.now().getTime() - OLD_MS).toISOString();
    if (mark && mark.at >= old) return;
    await deps.items.remove(contactKey(number));
  } else if (complaint.contact === undefined) await deps.items.remove(contactKey(number));
  await deps.items.remove(toDoKey(number));
}

/** The record says first that the contact is erased, then it is; the mark sees to it that both happen. */
async function eraseInTime(deps: Deps, number: string, { complaints }: Profile): Promise<void> {
  const complaint = await findComplaint(deps, number);
  if (!complaint?.closedAt || !complaint.contact) return;
  const last = monthsAfter(chinaDate(new Date(complaint.closedAt)), complaints.contactMonths);
  const now = deps.clock.now();
  if (now <= endOfDay(last)) return;
  await deps.items.put(toDoKey(number), { at: now.toISOString() });
  const erased = await extendComplaint(deps, complaint, SYSTEM, { type: 'contactErased', data: {} });
  if (erased instanceof Refusal) return;
  await deps.items.remove(contactKey(number));
  await deps.items.remove(toDoKey(number));
}
