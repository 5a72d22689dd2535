/** Separation of duties and recusal hold in the store itself: these tests go around every handler. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { HistoryStore, ItemStore } from '../../shared/app/ports.ts';
import { type Entry, SYSTEM, seal } from '../../shared/domain/history.ts';
import { openStore } from '../support/store.ts';

let histories: HistoryStore;
let items: ItemStore;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ histories, items, close } = await openStore());
});
afterAll(() => close());

let sequence = 0;
const newKey = () => ({ pk: 'TEST', sk: String(sequence++).padStart(3, '0') });

function entries(count: number): Entry[] {
  const list: Entry[] = [];
  for (let n = 0; n < count; n++) {
    list.push(seal(list, 'TEST', { at: new Date(n), by: SYSTEM, type: 'opened', data: { n } }));
  }
  return list;
}
const [first, second, third] = entries(3) as [Entry, Entry, Entry];

it('appends once: of many writers with the same revision one wins', async () => {
  const key = newKey();
  await histories.append(key, first, {}, []);
  const tries = Array.from({ length: 30 }, () => histories.append(key, second, {}, []));
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  expect((await histories.read(key))?.entries.map(({ seq }) => seq)).toEqual([1, 2]);
});

it('refuses an entry that skips one, and a second beginning', async () => {
  const key = newKey();
  expect(await histories.append(key, second, {}, [])).toBe(false);
  expect(await histories.append(key, first, {}, [])).toBe(true);
  expect(await histories.append(key, third, {}, [])).toBe(false);
  expect(await histories.append(key, first, {}, [])).toBe(false);
});

it('refuses whoever prepared what the write approves', async () => {
  const key = newKey();
  await histories.append(key, first, {}, []);
  await histories.addToSet(key, 'preparers_approvePlan', ['handler-1', 'handler-2']);
  const by = (id: string) =>
    histories.append(key, second, {}, [{ attribute: 'preparers_approvePlan', lacks: id }]);
  expect(await by('handler-2')).toBe(false);
  expect(await by('approver-1')).toBe(true);
});

it('refuses an inspector who was not drawn or has recorded already', async () => {
  const key = newKey();
  await histories.append(key, first, { inspectors: ['i-1', 'i-2'], recorded: ['i-1'] }, []);
  const by = (id: string) =>
    histories.append(key, second, {}, [
      { attribute: 'inspectors', holds: id },
      { attribute: 'recorded', lacks: id },
    ]);
  expect(await by('i-3')).toBe(false);
  expect(await by('i-1')).toBe(false);
  expect(await by('i-2')).toBe(true);
});

it('refuses a write in a status that the table of transitions does not allow', async () => {
  const key = newKey();
  await histories.append(key, first, { status: 'submitted' }, []);
  const from = (...statuses: string[]) =>
    histories.append(key, second, {}, [{ attribute: 'status', in: statuses }]);
  expect(await from('collecting', 'notFiled')).toBe(false);
  expect(await from('collecting', 'submitted')).toBe(true);
});

it('refuses an entry that does not follow the one that stands last', async () => {
  const key = newKey();
  await histories.append(key, first, {}, []);
  const forged = seal([{ ...first, hash: 'f'.repeat(64) }], 'TEST', {
    at: new Date(1),
    by: SYSTEM,
    type: 'opened',
    data: { n: 1 },
  });
  expect(await histories.append(key, forged, {}, [])).toBe(false);
  expect(await histories.append(key, second, {}, [])).toBe(true);
});

it('refuses a joint entry while somebody has not recorded yet', async () => {
  const key = newKey();
  const joint = [{ attribute: 'inspectors', holds: 'i-1' }, { isAbsent: 'unrecorded' }];
  await histories.append(key, first, { inspectors: ['i-1', 'i-2'], unrecorded: ['i-2'] }, []);
  expect(await histories.append(key, second, {}, joint)).toBe(false);
  expect(await histories.append(key, second, { inspectors: ['i-1', 'i-2'], unrecorded: [] }, [])).toBe(true);
  expect(await histories.append(key, third, {}, joint)).toBe(true);
});

it('forgets a set that has become empty, so that a second visit starts anew', async () => {
  const key = newKey();
  await histories.append(key, first, { recorded: ['i-1'] }, []);
  await histories.append(key, second, { recorded: [] }, []);
  expect(await histories.append(key, third, {}, [{ attribute: 'recorded', lacks: 'i-1' }])).toBe(true);
});

it('gives a name away once', async () => {
  const key = newKey();
  const takers = Array.from({ length: 20 }, (_, n) => items.put(key, { n }, { ifAbsent: true }));
  expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
});

it('takes a mark away that is older than what it is held against, and no other', async () => {
  const key = newKey();
  const there = async () => (await items.get(key, z.unknown())) !== undefined;
  await items.put(key, { version: 3 });
  await items.remove(key, { before: 3 });
  expect(await there()).toBe(true);
  await items.remove(key, { before: 4 });
  expect(await there()).toBe(false);
  // One without a version, and none at all.
  await items.put(key, {});
  await items.remove(key, { before: 1 });
  expect(await there()).toBe(false);
  await items.remove(key, { before: 1 });
});
