/**
 * Messages about an action on a dossier. The promise to tell is written before the action and taken back once it is kept:
 * after a crash at any point the sweep finds it, looks whether the action is on record, and tells or drops it.
 */
import * as z from 'zod/mini';
import { Instant } from '../domain/calendar.ts';
import { type Dossier, DossierAction, type DossierActionType } from '../domain/dossier.ts';
import { printedDeadline, type Recipient } from '../domain/messages.ts';
import { ACTION_TOLD } from '../domain/told.ts';
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
  /** The agency's name. */
  agency: z.string(),
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
  { year, agency, history }: Dossier,
  type: DossierActionType,
): Promise<Promised | undefined> {
  if (!ACTION_TOLD[type]) return undefined;
  const at = deps.clock.now().toISOString();
  const promised = { dossier, seq: history.length + 1, year, agency: agency.name, at };
  await deps.items.put(keyOf(promised), promised);
  return promised;
}

/** Tells of the entry that is on record now and takes the promise back. What fails here is left to the sweep: the action stands. */
export async function keepPromise(deps: Deps, promised: Promised, entry: DossierAction | undefined) {
  try {
    await keep(deps, promised, entry);
  } catch (error) {
    deps.log.error('MESSAGE_NOT_QUEUED', { year: promised.year }, error);
  }
}

async function keep(deps: Deps, promised: Promised, entry: DossierAction | undefined): Promise<void> {
  const { year, agency, dossier } = promised;
  const tellings = entry ? tellingsOf(entry, { year, agency, filingNumber: dossier.sk }) : [];
  for (const { kind, to, occasion, fields } of tellings) await queueMessage(deps, kind, to, occasion, fields);
  await deps.items.remove(keyOf(promised));
}

/** Whom an entry of a dossier is told to, and in which words. */
export function tellingsOf(
  entry: DossierAction,
  { year, agency, filingNumber }: { year: number; agency: string; filingNumber: string },
) {
  const told = ACTION_TOLD[entry.type];
  if (!told || isFirstOfTwo(entry)) return [];
  const [audience, kind] = told;
  const to: Recipient[] =
    audience === 'agency' ? [{ agency: filingNumber }] : audience.map((role) => ({ role }));
  const deadline = deadlineSet(entry);
  const occasion = {
    at: entry.at,
    of: entry.hash,
    about: { year, filingNumber, ...(deadline && { deadline }) },
  };
  const fields = { year, agency, deadline: deadline ? printedDeadline(deadline) : '' };
  return to.map((one) => ({ kind, to: one, occasion, fields }));
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
      const found = await deps.histories.read(promised.dossier);
      const entry = DossierAction.safeParse(found?.entries[promised.seq - 1]).data;
      if (entry || promised.at < old) await keepPromise(deps, promised, entry);
    }
    cursor = page.cursor;
  } while (cursor !== null);
}
