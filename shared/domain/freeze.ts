/**
 * Freezing 冻结 a year: at a waiting gate the director lets everything stand still, restores the records to an earlier moment of
 * that gate if need be, and lets the year go on. What is undone stays in the history; nothing is ever taken out of it.
 */
import * as z from 'zod/mini';
import { Instant } from './calendar.ts';
import { GATE_NAMES } from './gates.ts';
import { type Entry, entryOf, type Role } from './history.ts';
import { NOTHING } from './schemas.ts';

/** Who freezes, restores and lets go on. */
export const MAY_FREEZE: readonly Role[] = ['director'];

/** The record is again as it was after its entry `toSeq`, the last one of that moment. */
const Restored = { to: Instant, toSeq: z.int().check(z.gte(1)) };

/** What the year's own record says of a freeze. */
export const CYCLE_FREEZE_ENTRIES = [
  entryOf('frozen', z.strictObject({ gate: z.enum(GATE_NAMES), attempt: z.int().check(z.gte(1)) })),
  /** How many dossiers stand still, and the digest of {@link headsAt} of all of them. */
  entryOf('checkpointTaken', z.strictObject({ dossiers: z.int(), digest: z.string() })),
  entryOf('restored', z.strictObject(Restored)),
  /** The gate's deadline, with the working days that were left when the year was frozen. */
  entryOf('unfrozen', z.strictObject({ gate: z.enum(GATE_NAMES), deadline: z.optional(Instant) })),
] as const;

/** What a dossier says of it. */
export const DOSSIER_FREEZE_ENTRIES = [
  entryOf('frozen', NOTHING),
  /** `restoration` is the number of the entry in the year's record that ordered it. */
  entryOf('restored', z.strictObject({ ...Restored, restoration: z.int().check(z.gte(1)) })),
  entryOf('unfrozen', NOTHING),
] as const;

/** What alone is written while a record stands still. */
export const WHILE_FROZEN: readonly string[] = ['checkpointTaken', 'restored', 'unfrozen'];

/** How many entries a history had at a moment. */
export function lengthAt(history: readonly Entry[], moment: Instant): number {
  const later = history.findIndex(({ at }) => at > moment);
  return later === -1 ? history.length : later;
}

/** Whether going back to a moment would undo anything: freezes and their ends are no acts. */
export function changedSince(history: readonly Entry[], moment: Instant): boolean {
  return history
    .slice(lengthAt(history, moment))
    .some(({ type }) => type !== 'frozen' && type !== 'unfrozen');
}

/** The head of each dossier's chain when it was frozen: what a checkpoint's digest is over. */
export function headsAt(
  dossiers: readonly { filingNumber: string; history: readonly Entry[] }[],
  since: Instant,
) {
  return dossiers
    .flatMap(({ filingNumber, history }) => {
      const frozen = history.find(({ type, at }) => type === 'frozen' && at >= since);
      return frozen ? [{ filingNumber, seq: frozen.seq, hash: frozen.hash }] : [];
    })
    .sort((a, b) => (a.filingNumber < b.filingNumber ? -1 : 1));
}
