/** Chains written anew: what somebody would leave who knows how they are sealed. */
import { type Entry, seal } from '../../shared/domain/history.ts';

/** The entries with digests that fit. */
export function resealed(entries: readonly Entry[], genesis: string): Entry[] {
  const sealed: Entry[] = [];
  for (const { at, by, type, data, reason } of entries) {
    const entry = { at: new Date(at), by, type, data, ...(reason !== undefined && { reason }) };
    sealed.push(seal(sealed, genesis, entry));
  }
  return sealed;
}

/** Copies of the entries in which those of a type are changed. */
export function withChanged(
  entries: readonly Entry[],
  type: string,
  change: (entry: Entry) => void,
): Entry[] {
  return entries.map((entry) => {
    const copy = structuredClone(entry);
    if (copy.type === type) change(copy);
    return copy;
  });
}
