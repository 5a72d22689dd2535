/** Stored data that a test breaks: copies, and chains written anew in them. */
import { CHAINS } from '../../shared/app/invariants/families.ts';
import type { StoredData, StoredItem } from '../../shared/app/invariants/stored-data.ts';
import type { RecordKey } from '../../shared/app/ports.ts';
import { genesisOf } from '../../shared/app/records.ts';
import type { Actor, Entry } from '../../shared/domain/history.ts';
import { resealed } from './resealed.ts';

/** A copy that may be broken. */
export function copyOf(data: StoredData): StoredData {
  const { items, objects, executions, faults } = structuredClone({ ...data, reports: undefined });
  return { items, objects, executions, faults, reports: data.reports };
}

export function itemAt({ items }: StoredData, key: RecordKey): StoredItem {
  const found = items.find((item) => genesisOf(item) === genesisOf(key));
  if (!found) throw new Error(`no row ${genesisOf(key)}`);
  return found;
}

export function drop(data: StoredData, which: (item: StoredItem) => boolean): void {
  const at = data.items.findIndex(which);
  if (at < 0) throw new Error('no such row');
  data.items.splice(at, 1);
}

/** A chain written anew, with digests and attributes that fit. */
export function rewrite(data: StoredData, key: RecordKey, change: (entries: Entry[]) => Entry[]): void {
  const item = itemAt(data, key);
  const entries = resealed(change(structuredClone(item.entries as Entry[])), genesisOf(key));
  Object.assign(item, { entries, revision: entries.length, head: entries.at(-1)?.hash });
  const chain = Object.values(CHAINS).find(({ pk }) => pk.test(key.pk));
  if (!chain) throw new Error(`no chains lie under ${key.pk}`);
  const state: unknown = chain.kind.derive(key, entries as never);
  for (const [name, value] of Object.entries(chain.kind.attributes(state as never))) {
    item[name] = Array.isArray(value) && value.length === 0 ? undefined : value;
  }
}

export const signedBy = (type: string, by: Actor) => (entries: Entry[]) =>
  entries.map((entry) => (entry.type === type ? { ...entry, by } : entry));
