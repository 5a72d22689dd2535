/** The outbox: sends what waits, tries again what failed, and keeps for staff what could not be sent in the end. */
import * as z from 'zod/mini';
import { Instant } from '../domain/calendar.ts';
import type { Message } from '../domain/messages.ts';
import { addressesOf } from './addresses.ts';
import { messageKey, OUTBOX, Outgoing } from './messages.ts';
import type { Deps } from './ports.ts';

const UNSENT = 'OUTBOX#UNSENT';
const HOUR_MS = 3_600_000;
/** After these waits in hours, one more try; then it is given up. */
const WAITS = [1, 2, 4, 8, 24, 48, 72];
/** So many failures in a row mean that the service is down: the rest waits for the next sweep. */
const IN_A_ROW = 5;

/** A message that was given up: it stands in the inbox, and staff see why it went no further. */
export const Unsent = z.extend(Outgoing, { givenUpAt: Instant });

/** Sends every message that is due. A message is marked as sent before it leaves the outbox: never lost, at worst sent twice. */
export async function sendOutbox(deps: Deps): Promise<{ sent: number; unsent: number }> {
  const { notifier } = deps;
  const report = { sent: 0, unsent: 0 };
  if (!notifier) return report;
  const now = deps.clock.now().toISOString();
  let [cursor, failures]: [string | null, number] = [null, 0];
  do {
    const page: { records: { value: Outgoing }[]; cursor: string | null } = await deps.items.page(
      OUTBOX,
      Outgoing,
      cursor,
      100,
    );
    for (const { value: outgoing } of page.records) {
      if (outgoing.dueAt > now) continue;
      try {
        await notifier.send(outgoing.message, await addressesOf(deps, outgoing.message.to));
        await settle(deps, outgoing.message);
        [failures, report.sent] = [0, report.sent + 1];
      } catch (error) {
        await postpone(deps, outgoing, error);
        report.unsent++;
        if (++failures === IN_A_ROW) return report;
      }
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return report;
}

async function settle(deps: Deps, message: Message): Promise<void> {
  const sentAt = deps.clock.now().toISOString();
  await deps.items.put(messageKey(message), { ...message, sentAt });
  await deps.items.remove({ pk: OUTBOX, sk: message.id });
}

async function postpone(deps: Deps, outgoing: Outgoing, cause: unknown): Promise<void> {
  const { message, attempts } = outgoing;
  const now = deps.clock.now();
  const error = cause instanceof Error ? cause.name : 'Error';
  deps.log.error('MESSAGE_NOT_SENT', { kind: message.kind, year: message.about.year }, cause);
  // It may never have reached the inbox: whoever queued it may have stopped between the two.
  await deps.items.put(messageKey(message), message, { ifAbsent: true });
  const wait = WAITS[attempts];
  if (wait !== undefined) {
    const dueAt = new Date(now.getTime() + wait * HOUR_MS).toISOString();
    await deps.items.put({ pk: OUTBOX, sk: message.id }, { message, attempts: attempts + 1, dueAt, error });
    return;
  }
  const givenUpAt = now.toISOString();
  const unsent = { message, attempts: attempts + 1, dueAt: outgoing.dueAt, error, givenUpAt };
  await deps.items.put({ pk: UNSENT, sk: message.id }, unsent);
  await deps.items.remove({ pk: OUTBOX, sk: message.id });
}

/** For staff: how many messages wait to be sent, and those that were given up, the latest first. */
export async function viewOutbox(deps: Deps, cursor: string | null) {
  const page = await deps.items.page(UNSENT, Unsent, cursor, 50, 'descending');
  const unsent = page.records.map(({ value }) => value);
  return { waiting: await deps.items.count(OUTBOX), unsent, cursor: page.cursor };
}

/** What was given up is tried again from the beginning: the service has been put right. */
export async function resendUnsent(deps: Deps): Promise<{ queued: number }> {
  const dueAt = deps.clock.now().toISOString();
  let queued = 0;
  for (;;) {
    const { records } = await deps.items.page(UNSENT, Unsent, null, 100);
    for (const { sk, value } of records) {
      await deps.items.put({ pk: OUTBOX, sk }, { message: value.message, attempts: 0, dueAt });
      await deps.items.remove({ pk: UNSENT, sk });
    }
    queued += records.length;
    if (records.length === 0) return { queued };
  }
}
