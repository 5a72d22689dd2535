/** What somebody is told of an action on a dossier is lost at no crash, and nobody is told of what did not happen. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readInbox } from '../../shared/app/inbox.ts';
import type { Deps } from '../../shared/app/ports.ts';
import { keepOldPromises } from '../../shared/app/promises.ts';
import { appendEntry, dossierKind, extendDossier, keys, readDossier } from '../../shared/app/records.ts';
import { expectDone, Refusal } from '../../shared/app/refusal.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { SYSTEM } from '../../shared/domain/history.ts';
import { anAgency } from '../domain/builders.ts';
import { COMMITMENT, STEEL } from '../support/agencies.ts';
import { actor } from '../support/city.ts';
import { dyingAfter, openStore, type Store } from '../support/store.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

let year = 2000;
/** A dossier that has been filed, in a year of its own. */
async function filed(): Promise<Dossier> {
  year++;
  const agency = anAgency({ filingNumber: STEEL });
  const key = keys.dossier(year, STEEL);
  const admitted = { type: 'admitted', data: { agency } } as const;
  const dossier = expectDone(await appendEntry(store.deps, dossierKind, key, [], SYSTEM, admitted));
  const data = { answers: { items: {}, bonus: {} }, commitment: COMMITMENT, claimed: '0', digest: 'x' };
  const by = { ...actor(STEEL), agency: STEEL };
  return expectDone(await extendDossier(store.deps, dossier, by, { type: 'submitted', data }));
}

const hand = (deps: Deps, dossier: Dossier) =>
  extendDossier(deps, dossier, actor('handler-1'), { type: 'returned', data: {}, reason: '缺页' });

const later = (): Deps => ({ ...store.deps, clock: { now: () => new Date('2022-03-20T04:00:00Z') } });

async function told(of: number): Promise<number> {
  const { records } = await readInbox(store.deps, { ...actor(STEEL), agency: STEEL }, null);
  return records.filter(({ about }) => about.year === of).length;
}

it.each([0, 1, 2, 3, 4])('after a stop at write %i it is told exactly if it happened', async (writes) => {
  const dossier = await filed();
  await hand(dyingAfter(store.deps, writes), dossier).catch(() => undefined);
  await keepOldPromises(later());
  await keepOldPromises(later());
  const now = expectDone(await readDossier(store.deps, dossier.year, STEEL));
  expect(await told(dossier.year)).toBe(now.status === 'collecting' ? 1 : 0);
  expect(await store.items.count('PROMISE')).toBe(0);
});

it('of two who do the same at once, one does it, and it is told once', async () => {
  const dossier = await filed();
  const outcomes = await Promise.all([hand(store.deps, dossier), hand(store.deps, dossier)]);
  expect(outcomes.filter((outcome) => outcome instanceof Refusal)).toHaveLength(1);
  await keepOldPromises(later());
  expect(await told(dossier.year)).toBe(1);
});

it('leaves an action that is under way to whoever is at it', async () => {
  const dossier = await filed();
  const deps = store.deps;
  const slow: Deps = {
    ...deps,
    histories: {
      ...deps.histories,
      async append(...args) {
        await keepOldPromises(deps);
        return deps.histories.append(...args);
      },
    },
  };
  await hand(slow, dossier);
  expect(await told(dossier.year)).toBe(1);
});
