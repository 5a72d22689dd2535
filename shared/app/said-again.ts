/** What is said once more, because the answer was lost: it is on record once, and answered alike. */
import { type Dossier, type DossierActionType, mayFollow } from '../domain/dossier.ts';
import { type Actor, canonicalJson, type Entry } from '../domain/history.ts';

/** What only follows from the last record of a visit or a re-check. */
const FOLLOWS: readonly string[] = ['visitClosed', 'recheckClosed'];

/** Whether this is what was said last: once more after a lost answer, or by a double click. */
export function isSaidAgain(
  history: readonly Entry[],
  by: Actor,
  { type, data, reason }: { type: string; data: unknown; reason?: string | undefined },
): boolean {
  const last = history.findLast((entry) => !FOLLOWS.includes(entry.type));
  if (last?.by.id !== by.id || last.type !== type || last.reason !== reason) return false;
  return canonicalJson(last.data) === canonicalJson(data);
}

/**
 * Whether somebody says once more what stands and cannot be said anew, however much has happened since: the answer was lost,
 * and the last record in has opened the gate meanwhile. `data` is what they said, without what was added to it.
 */
export function saidBefore(
  { history, status }: Dossier,
  by: Actor,
  { type, data, reason }: { type: DossierActionType; data: object; reason?: string | undefined },
): boolean {
  if (mayFollow(type, status)) return false;
  const last = history.findLast((action) => action.type === type && action.by.id === by.id);
  const stands: Record<string, unknown> = { ...last?.data };
  return (
    last !== undefined &&
    last.reason === reason &&
    Object.entries(data).every(
      ([name, said]) => canonicalJson({ said }) === canonicalJson({ said: stands[name] }),
    )
  );
}
