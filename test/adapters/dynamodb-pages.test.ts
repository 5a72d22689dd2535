import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { openStore } from '../support/store.ts';

const Words = z.object({ words: z.string() });

it('fills a page from several queries where its items weigh more than one query answers with', async () => {
  const store = await openStore();
  onTestFinished(store.close);
  const keys = Array.from({ length: 60 }, (_none, index) => String(index).padStart(2, '0'));
  for (const sk of keys) await store.items.put({ pk: 'heavy', sk }, { words: 'x'.repeat(50_000) });
  const first = await store.items.page('heavy', Words, null, 40);
  expect(first.records.map(({ sk }) => sk)).toEqual(keys.slice(0, 40));
  const rest = await store.items.page('heavy', Words, first.cursor, 40);
  expect(rest.records.map(({ sk }) => sk)).toEqual(keys.slice(40));
  expect(rest.cursor).toBeNull();
  const backwards = await store.items.page('heavy', Words, null, 30, 'descending');
  expect(backwards.records.map(({ sk }) => sk)).toEqual(keys.toReversed().slice(0, 30));
});
