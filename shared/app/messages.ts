/**
 * Queueing messages. Each is in its recipient's inbox at once; where messages also go out, a mark in the outbox waits until
 * it has been sent. The same occasion queued again is the same message.
 */
import * as z from 'zod/mini';
import { Instant } from '../domain/calendar.ts';
import {
  compose,
  type FieldsOf,
  Message,
  type MessageKind,
  type Occasion,
  type Recipient,
} from '../domain/messages.ts';
import type { Deps, RecordKey } from './ports.ts';

/** The partition that holds a recipient's messages. */
export function inboxOf(to: Recipient): string {
  if ('role' in to) return `INBOX#role#${to.role}`;
  return 'agency' in to ? `INBOX#agency#${to.agency}` : `INBOX#person#${to.person}`;
}

export const messageKey = ({ to, id }: Message): RecordKey => ({ pk: inboxOf(to), sk: id });

/** A message that has to go out. It holds all of it: a crash before it is in the inbox loses nothing. */
export const Outgoing = z.strictObject({
  message: Message,
  attempts: z.int(),
  /** Not tried again before. */
  dueAt: Instant,
  /** The name of the last error. */
  error: z.optional(z.string()),
});
export type Outgoing = z.infer<typeof Outgoing>;

export const OUTBOX = 'OUTBOX';

/** Puts a message into the inbox and, where messages go out, into the outbox. Once for each kind, recipient and occasion. */
export async function queueMessage<K extends MessageKind>(
  deps: Deps,
  kind: K,
  to: Recipient,
  occasion: Occasion,
  fields: FieldsOf<K>,
): Promise<void> {
  const message = compose(kind, to, occasion, fields);
  const key = messageKey(message);
  if (deps.messages === 'outbox') {
    if (await deps.items.get(key, Message)) return;
    const outgoing: Outgoing = { message, attempts: 0, dueAt: deps.clock.now().toISOString() };
    await deps.items.put({ pk: OUTBOX, sk: message.id }, outgoing);
  }
  await deps.items.put(key, message, { ifAbsent: true });
}
