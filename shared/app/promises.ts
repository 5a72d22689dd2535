/**
 * Messages about an action on a dossier. The promise to tell is written before the action and taken back once it is kept:
 * after a crash at any point the sweep finds it, looks whether the action is on record, and tells or drops it.
 */
import * as z from 'zod/mini';
import { Instant } from '../domain/calendar.ts';
import { type Dossier, DossierAction, type DossierActionType } from '../domain/dossier.ts';
import { dossierOf } from '../domain/dossier-of.ts';
import { printedDeadline, type Recipient } from '../domain/messages.ts';
import { ACTION_TOLD, type ActionTelling } from '../domain/told.ts';
import { queueMessage } from './messages.ts';
import type { Deps, Page, RecordKey } from './ports.ts';

const PROMISES = 'PROMISE';
/** Longer than any function runs: an action that is not on record by then never will be. */
const OLD_MS = 3_600_000;

/** To tell of the entry `seq` of a dossier. */
export const Promised = z.strictObject({
  dossier: z.strictObject({ pk: z.string(), sk: z.string() }),
  seq: z.int(),
  year: z.int(),
  at: Instant,
});
export type Promised = z.infer<typeof Promised>;

export const promiseKey = (dossier: RecordKey, seq: number): RecordKey => ({
  pk: PROMISES,
  sk: `${dossier.pk}/${dossier.sk}#${seq}`,
});

const keyOf = ({ dossier, seq }: Promised) => promiseKey(dossier, seq);

/** Promises to tell of the dossier's next entry, if its type is one that somebody is told of. */
export async function promiseToTell(
  deps: Deps,
  dossier: RecordKey,
  { year, history }: Dossier,
  type: DossierActionType,
): Promise<Promised | undefined> {
  if (!ACTION_TOLD[type]) return undefined;
  const at = deps.clock.now().toISOString();
  const promised = { dossier, seq: history.length + 1, year, at };
  await deps.items.put(keyOf(promised), promised);
  return promised;
}

/**
 * Tells of the entry that is on record now, the last of the dossier as it is given, and takes the promise back. What fails here
 * is left to the sweep: the action stands.
 */
export async function keepPromise(deps: Deps, promised: Promised, dossier: Dossier | undefined) {
  try {
    await keep(deps, promised, dossier);
  } catch (error) {
    deps.log.error('MESSAGE_NOT_QUEUED', { year: promised.year }, error);
  }
}

async function keep(deps: Deps, promised: Promised, dossier: Dossier | undefined): Promise<void> {
  const tellings = dossier ? tellingsOf(dossier) : [];
  for (const { kind, to, occasion, fields } of tellings) await queueMessage(deps, kind, to, occasion, fields);
  await deps.items.remove(keyOf(promised));
}

/** Whom the last entry of a dossier is told to, and in which words. */
export function tellingsOf(dossier: Dossier) {
  const entry = dossier.history.at(-1);
  const told = entry && ACTION_TOLD[entry.type];
  if (!told || isFirstOfTwo(entry)) return [];
  const { year, filingNumber, agency } = dossier;
  const [audience, kind] = told;
  const deadline = deadlineSet(entry);
  const occasion = {
    at: entry.at,
    of: entry.hash,
    about: { year, filingNumber, ...(deadline && { deadline }) },
  };
  const fields = { year, agency: agency.name, deadline: deadline ? printedDeadline(deadline) : '' };
  return recipientsIn(dossier, audience, entry.by.id).map((to) => ({ kind, to, occasion, fields }));
}

function recipientsIn(
  { filingNumber, visit }: Dossier,
  audience: ActionTelling[0],
  actor: string,
): Recipient[] {
  if (audience === 'agency') return [{ agency: filingNumber }];
  if (audience !== 'colleagues') return audience.map((role) => ({ role }));
  const others = visit?.inspectors.filter((inspector) => inspector !== actor) ?? [];
  return others.map((person) => ({ person }));
}

/** The director is called when both have confirmed. */
const isFirstOfTwo = (entry: DossierAction) =>
  entry.type === 'vetoConfirmed' && entry.data.confirmation === 1;

/** By when the other side is to act, where an action says so. */
function deadlineSet({ data }: DossierAction): string | undefined {
  if ('answerBy' in data) return data.answerBy;
  return 'dueBy' in data ? data.dueBy : undefined;
}

/** For the sweep: promises that a crash left. Those of an action that is still under way are left alone. */
export async function keepOldPromises(deps: Deps): Promise<void> {
  const old = new Date(deps.clock.now().getTime() - OLD_MS).toISOString();
  let cursor: string | null = null;
  do {
    const page: Page<{ value: Promised }> = await deps.items.page(PROMISES, Promised, cursor, 100);
    for (const { value: promised } of page.records) {
      const dossier = await promisedOf(deps, promised);
      if (dossier || promised.at < old) await keepPromise(deps, promised, dossier);
    }
    cursor = page.cursor;
  } while (cursor !== null);
}

/** The dossier as the promised entry left it; undefined while that is not on record. */
async function promisedOf(deps: Deps, { dossier, seq, year }: Promised): Promise<Dossier | undefined> {
  const found = await deps.histories.read(dossier);
  const history = z.array(DossierAction).safeParse(found?.entries.slice(0, seq)).data;
  return history?.length === seq ? dossierOf(year, history) : undefined;
}
