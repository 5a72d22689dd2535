/**
 * Telling staff of a complaint: that one has come, that a finding waits or was handed back, and of its clocks. All of it
 * follows from the record and the time and may be told again, since the same occasion is the same message.
 */
import { type Complaint, dueOf } from '../../domain/complaint.ts';
import type { Role } from '../../domain/history.ts';
import { printedDeadline, type Recipient } from '../../domain/messages.ts';
import type { Settings } from '../../domain/settings.ts';
import { reminders } from '../../domain/told.ts';
import { queueMessage } from '../messages.ts';
import type { Deps } from '../ports.ts';

/** Whom a delay is told to. */
const ABOVE: Record<'handler' | 'approver', Role> = { handler: 'approver', approver: 'director' };

type Kind =
  | 'complaintReceived'
  | 'complaintProposed'
  | 'complaintReturned'
  | 'complaintDue'
  | 'complaintOverdue';

/** Tells what is due to be told now. What fails is left to the sweep, and holds up nothing. */
export async function tellOfComplaint(deps: Deps, complaint: Complaint, settings: Settings): Promise<void> {
  try {
    for (const { kind, to, at } of tellingsNow(complaint, settings, deps.clock.now().toISOString())) {
      await tell(deps, complaint, kind, to, at);
    }
  } catch (error) {
    deps.log.error('MESSAGE_NOT_QUEUED', { year: complaint.year }, error);
  }
}

function tell(deps: Deps, complaint: Complaint, kind: Kind, to: Recipient, at: string): Promise<void> {
  const { number, year, status } = complaint;
  const { by: deadline } = dueOf(complaint) ?? { by: complaint.answerBy };
  const occasion = { at, of: `${number}#${status}`, about: { year, complaint: number, deadline } };
  const fields = { number, deadline: printedDeadline(deadline), work: WORK[status] ?? '' };
  return queueMessage(deps, kind, to, occasion, fields);
}

const WORK: Partial<Record<Complaint['status'], string>> = {
  received: '完成初审',
  handling: '核查并答复投诉人',
  proposed: '审核处理意见并答复投诉人',
};

function tellingsNow(complaint: Complaint, settings: Settings, now: string) {
  const tellings: { kind: Kind; to: Recipient; at: string }[] = [];
  const due = dueOf(complaint);
  const last = complaint.history.findLast(({ type }) => type !== 'contactErased');
  if (!due || !last) return tellings;
  const { type, at } = last;
  if (type === 'received') tellings.push({ kind: 'complaintReceived', to: { role: 'handler' }, at });
  if (type === 'findingProposed') tellings.push({ kind: 'complaintProposed', to: { role: 'approver' }, at });
  if (type === 'findingReturned' && complaint.handler) {
    tellings.push({ kind: 'complaintReturned', to: { person: complaint.handler.id }, at });
  }
  if (now > due.by) {
    return [...tellings, { kind: 'complaintOverdue' as const, to: { role: ABOVE[due.of] }, at: due.by }];
  }
  const reminder = reminders(due.by, settings).findLast((one) => one.at > at && one.at <= now);
  if (reminder) tellings.push({ kind: 'complaintDue', to: { role: due.of }, at: reminder.at });
  return tellings;
}
