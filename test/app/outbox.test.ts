/** Out of the outbox: at least once, with the same id, retried, given up in the end, and lost at no crash. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { keepAddress } from '../../shared/app/addresses.ts';
import { readInbox } from '../../shared/app/inbox.ts';
import { inboxOf, OUTBOX, queueMessage } from '../../shared/app/messages.ts';
import { resendUnsent, sendOutbox, viewOutbox } from '../../shared/app/outbox.ts';
import type { Deps } from '../../shared/app/ports.ts';
import type { Role } from '../../shared/domain/history.ts';
import type { Message } from '../../shared/domain/messages.ts';
import { actor } from '../support/city.ts';
import { dyingAfter, openStore, type Store } from '../support/store.ts';

const stores: Store[] = [];
afterAll(() => Promise.all(stores.map((store) => store.close())));

let now = Date.parse('2022-03-01T01:00:00Z');
let down = false;
let sent: { message: Message; addresses: readonly string[] }[] = [];
let deps: Deps;

beforeEach(async () => {
  const store = await openStore();
  stores.push(store);
  [now, down, sent] = [Date.parse('2022-03-01T01:00:00Z'), false, []];
  deps = {
    ...store.deps,
    clock: { now: () => new Date(now) },
    messages: 'outbox',
    notifier: {
      async send(message, addresses) {
        if (down) throw new TypeError('no answer');
        sent.push({ message, addresses });
      },
    },
  };
});

const queue = (of: string, role: Role = 'handler', using = deps) =>
  queueMessage(
    using,
    'cycleCancelled',
    { role },
    { at: '2022-03-01T01:00:00.000Z', of, about: { year: 2021 } },
    { year: 2021 },
  );
const hoursPass = (hours: number) => {
  now += hours * 3_600_000;
};
const waiting = () => deps.items.count(OUTBOX);
const shown = async () => (await readInbox(deps, actor('handler-1'), null)).records.length;

describe('a message that is queued', () => {
  it('is shown at once and sent once, however often it is queued and the outbox emptied', async () => {
    await queue('x');
    await queue('x');
    expect(await shown()).toBe(1);
    expect(await sendOutbox(deps)).toEqual({ sent: 1, unsent: 0 });
    await queue('x');
    expect(await sendOutbox(deps)).toEqual({ sent: 0, unsent: 0 });
    expect(sent).toHaveLength(1);
    expect(await waiting()).toBe(0);
  });

  it('goes to the addresses that its recipients gave, and to none of those who left the role', async () => {
    await keepAddress(deps, actor('handler-1'), { email: 'one@example.org' });
    await keepAddress(deps, actor('handler-2'), { email: 'two@example.org' });
    await keepAddress(deps, actor('handler-3'), { email: null });
    await keepAddress(deps, { ...actor('handler-2'), role: 'approver' }, { email: 'two@example.org' });
    await queue('x');
    await queue('y', 'approver');
    await queue('z', 'auditor');
    await sendOutbox(deps);
    const addressed = sent.map(({ message, addresses }) => [message.to, addresses]);
    expect(addressed).toContainEqual([{ role: 'handler' }, ['one@example.org']]);
    expect(addressed).toContainEqual([{ role: 'approver' }, ['two@example.org']]);
    expect(addressed).toContainEqual([{ role: 'auditor' }, []]);
  });

  it('waits for nobody where messages are only shown', async () => {
    await queue('x', 'handler', { ...deps, messages: 'inbox' });
    expect(await shown()).toBe(1);
    expect(await waiting()).toBe(0);
  });
});

describe('a service that does not answer', () => {
  it('is tried again later and later, and in the end the message is given up for staff to see', async () => {
    await queue('x');
    down = true;
    const tries: number[] = [];
    for (let hour = 0; hour < 24 * 10; hour++) {
      if ((await sendOutbox(deps)).unsent > 0) tries.push(hour);
      hoursPass(1);
    }
    expect(tries).toEqual([0, 1, 3, 7, 15, 39, 87, 159]);
    expect(await shown()).toBe(1);
    expect(await viewOutbox(deps, null)).toMatchObject({
      waiting: 0,
      unsent: [{ message: { kind: 'cycleCancelled' }, attempts: 8, error: 'TypeError' }],
    });
    down = false;
    expect(await resendUnsent(deps)).toEqual({ queued: 1 });
    expect(await sendOutbox(deps)).toEqual({ sent: 1, unsent: 0 });
    expect(await viewOutbox(deps, null)).toEqual({ waiting: 0, unsent: [], cursor: null });
  });

  it('is not asked for every message: after five failures in a row the rest waits', async () => {
    for (let index = 0; index < 12; index++) await queue(String(index));
    down = true;
    expect(await sendOutbox(deps)).toEqual({ sent: 0, unsent: 5 });
    down = false;
    expect(await sendOutbox(deps)).toEqual({ sent: 7, unsent: 0 });
    hoursPass(1);
    expect(await sendOutbox(deps)).toEqual({ sent: 5, unsent: 0 });
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(12);
  });
});

describe('a crash', () => {
  it.each([0, 1])(
    'while queueing, after %i writes, loses nothing once the occasion is told again or the sweep comes',
    async (writes) => {
      await expect(queue('x', 'handler', dyingAfter(deps, writes))).rejects.toThrow('stopped');
      if (writes === 0) await queue('x');
      await sendOutbox(deps);
      expect(sent).toHaveLength(1);
      expect(await shown()).toBe(1);
      expect(await waiting()).toBe(0);
    },
  );

  it.each([0, 1])(
    'while sending, after %i writes, sends again with the same id and then no more',
    async (writes) => {
      await queue('x');
      await sendOutbox(dyingAfter(deps, writes)).catch(() => undefined);
      hoursPass(2);
      await sendOutbox(deps);
      await sendOutbox(deps);
      expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1);
      expect(sent.length).toBeLessThanOrEqual(2);
      expect(await deps.items.count(inboxOf({ role: 'handler' }))).toBe(1);
      expect(await waiting()).toBe(0);
    },
  );
});
