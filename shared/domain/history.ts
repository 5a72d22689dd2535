/** Signed, hash-chained history 签字负责制: who, in which role, when, what and why, each entry sealing the one before. */
import * as z from 'zod/mini';
import { Instant } from './calendar.ts';
import { digestOf } from './digest.ts';
import { Words } from './schemas.ts';

export { canonicalJson, digestOf } from './digest.ts';

export const ROLES = {
  agency: '评价机构',
  handler: '经办人',
  inspector: '督导员',
  approver: '负责人',
  director: '主任',
  auditor: '监督',
  system: '系统',
} as const;
export const Role = z.enum(['agency', 'handler', 'inspector', 'approver', 'director', 'auditor', 'system']);
export type Role = z.infer<typeof Role>;

export const Actor = z.strictObject({
  id: Words,
  name: Words,
  role: Role,
});
export type Actor = z.infer<typeof Actor>;

export const SYSTEM: Actor = { id: 'system', name: '系统', role: 'system' };
/** Somebody who has no account. */
export const PUBLIC: Actor = { id: 'public', name: '公众', role: 'system' };

/** What stands in every entry; `data` is the action's own. */
export interface Entry<T extends string = string, D = unknown> {
  seq: number;
  at: string;
  by: Actor;
  type: T;
  data: D;
  reason?: string;
  previous: string;
  hash: string;
}

/** What entries of all types share, made once: a function is not ready before its schemas are made. */
const SIGNED = {
  seq: z.int().check(z.gte(1)),
  at: Instant,
  by: Actor,
  reason: z.optional(z.string()),
  previous: z.string(),
  hash: z.string(),
};

/** The schema of an entry of one type of action. */
export function entryOf<T extends string, D extends z.ZodMiniType>(type: T, data: D) {
  return z.strictObject({ ...SIGNED, type: z.literal(type), data });
}

/** Seals the next entry onto a history. `genesis` names the record, so that chains cannot be swapped. */
export function seal<T extends string, D>(
  history: readonly Entry[],
  genesis: string,
  entry: { at: Date; by: Actor; type: T; data: D; reason?: string },
): Entry<T, D> {
  const previous = history.at(-1)?.hash ?? digestOf(genesis);
  const body = {
    seq: history.length + 1,
    ...entry,
    at: entry.at.toISOString(),
    previous,
  };
  return { ...body, hash: digestOf(body) };
}

/** The sequence number of the first entry that does not hold, or undefined when the chain is whole. */
export function brokenAt(history: readonly Entry[], genesis: string): number | undefined {
  let previous = digestOf(genesis);
  for (const [index, { hash, ...body }] of history.entries()) {
    if (body.seq !== index + 1 || body.previous !== previous || digestOf(body) !== hash) return index + 1;
    previous = hash;
  }
  return undefined;
}
