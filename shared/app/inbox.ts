/** The inbox 消息: what somebody has been told, whoever else was told the same, and what of it they have read. */
import * as z from 'zod/mini';
import { type Actor, Role } from '../domain/history.ts';
import { Message } from '../domain/messages.ts';
import { NOTHING } from '../domain/schemas.ts';
import { inboxOf } from './messages.ts';
import type { Deps } from './ports.ts';
import { type Refusal, refuse } from './refusal.ts';

export interface Reader extends Actor {
  /** The filing number of an agency's account. */
  agency?: string;
}

const PAGE = 50;
const ReadMark = NOTHING;

export const InboxPage = z.strictObject({
  unread: z.int(),
  records: z.array(z.extend(z.omit(Message, { sentAt: true }), { read: z.boolean() })),
  cursor: z.nullable(z.string()),
});
export type InboxPage = z.infer<typeof InboxPage>;

/** The inboxes that somebody reads: an agency's account its agency's, an inspector their own, staff their role's as well. */
export function inboxesOf({ id, role, agency }: Reader): string[] {
  if (role === 'agency') return agency ? [inboxOf({ agency })] : [];
  const own = inboxOf({ person: id });
  return role === 'inspector' ? [own] : [inboxOf({ role: Role.parse(role) }), own];
}

const marksOf = (reader: Reader, inbox: string) => `READ#${reader.id}#${inbox}`;

/** The latest messages first, and how many are unread in all. */
export async function readInbox(deps: Deps, reader: Reader, cursor: string | null): Promise<InboxPage> {
  const records: InboxPage['records'] = [];
  let [unread, more] = [0, false];
  for (const inbox of inboxesOf(reader)) {
    const marks = marksOf(reader, inbox);
    const page = await deps.items.page(inbox, Message, cursor, PAGE, 'descending');
    // Marks stand only on messages, in the same order: as many marks reach at least as far.
    const read = await deps.items.page(marks, ReadMark, cursor, PAGE, 'descending');
    const ids = new Set(read.records.map(({ sk }) => sk));
    for (const { value } of page.records) {
      const { sentAt: _sent, ...message } = value;
      records.push({ ...message, read: ids.has(message.id) });
    }
    unread += (await deps.items.count(inbox)) - (await deps.items.count(marks));
    more ||= page.cursor !== null;
  }
  records.sort((a, b) => (a.id > b.id ? -1 : 1));
  const shown = records.slice(0, PAGE);
  const last = more || records.length > PAGE ? shown.at(-1) : undefined;
  return { unread, records: shown, cursor: last?.id ?? null };
}

/** Marks messages as read by this person; others who were told the same still have it as unread. */
export async function markRead(
  deps: Deps,
  reader: Reader,
  ids: readonly string[],
): Promise<{ read: number } | Refusal> {
  const marks: { pk: string; sk: string }[] = [];
  for (const sk of new Set(ids)) {
    const inbox = await inboxHolding(deps, reader, sk);
    if (inbox === undefined) return refuse('notFound', { what: '该消息' });
    marks.push({ pk: marksOf(reader, inbox), sk });
  }
  for (const mark of marks) await deps.items.put(mark, {});
  return { read: marks.length };
}

async function inboxHolding(deps: Deps, reader: Reader, sk: string): Promise<string | undefined> {
  for (const pk of inboxesOf(reader)) {
    if (await deps.items.get({ pk, sk }, Message)) return pk;
  }
  return undefined;
}
