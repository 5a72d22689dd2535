/** Reading and extending the three kinds of record: cycles, dossiers and the registry's agencies. */
import * as z from 'zod/mini';
import { ACTION_TITLES } from '../domain/action-titles.ts';
import { Agency } from '../domain/agency.ts';
import { captureKeyName } from '../domain/capture.ts';
import { type Cycle, CycleAction, cycleOf, preparers } from '../domain/cycle.ts';
import { DOSSIER_STATUSES, type Dossier, DossierAction, mayFollow, TRANSITIONS } from '../domain/dossier.ts';
import { dossierOf, partial } from '../domain/dossier-of.ts';
import { turnOf } from '../domain/exchange.ts';
import { flagId, untreatedFlags } from '../domain/flag.ts';
import { WHILE_FROZEN } from '../domain/freeze.ts';
import { type Actor, type Entry, entryOf, seal } from '../domain/history.ts';
import type { JointEntry } from '../domain/joint-entry.ts';
import { pendingRecusals } from '../domain/recusal.ts';
import { type Upload, UploadAction, uploadOf } from '../domain/upload.ts';
import { standingCodes, vetoHands, vetoTurns } from '../domain/veto.ts';
import { differingIn, standingEntry, unconfirmed, unrecorded, type Visit } from '../domain/visit.ts';
import { cycleDuties, dossierDuties, FROZEN, preparersOf } from './duties.ts';
import type { Attributes, Condition, Deps, Page, RecordKey, StoredRecord } from './ports.ts';
import { keepPromise, promiseToTell } from './promises.ts';
import { Refusal, refuse } from './refusal.ts';
import { isSaidAgain } from './said-again.ts';

export const keys = {
  cycle: (year: number): RecordKey => ({ pk: 'CYCLE', sk: String(year) }),
  dossiers: (year: number) => `CYCLE#${year}#DOSSIER`,
  dossier: (year: number, filingNumber: string): RecordKey => ({ pk: keys.dossiers(year), sk: filingNumber }),
  agencies: 'AGENCY',
  agency: (filingNumber: string): RecordKey => ({ pk: keys.agencies, sk: filingNumber }),
  draft: (year: number, filingNumber: string): RecordKey => ({ pk: `CYCLE#${year}#DRAFT`, sk: filingNumber }),
  platform: (year: number, filingNumber: string): RecordKey => ({
    pk: `CYCLE#${year}#PLATFORM`,
    sk: filingNumber,
  }),
  seed: (year: number): RecordKey => ({ pk: `CYCLE#${year}#SEED`, sk: 'SEED' }),
  tokens: (year: number) => `CYCLE#${year}#TOKEN`,
  token: (year: number, gate: string, attempt: number): RecordKey => ({
    pk: keys.tokens(year),
    sk: `${gate}#${attempt}`,
  }),
  rectificationRun: (year: number): RecordKey => ({ pk: 'RECTIFICATION', sk: String(year) }),
  rectifications: (year: number) => `RECTIFICATION#${year}#AGENCY`,
  rectification: (year: number, filingNumber: string): RecordKey => ({
    pk: keys.rectifications(year),
    sk: filingNumber,
  }),
  correctionRun: (year: number): RecordKey => ({ pk: 'CORRECTION', sk: String(year) }),
  version: (year: number, version: number): RecordKey => ({
    pk: `CYCLE#${year}#VERSION`,
    sk: String(version),
  }),
  waiting: (year: number, gate: string) => `CYCLE#${year}#WAIT#${gate}`,
  sharedFile: (year: number, sha256: string) => `CYCLE#${year}#FILE#${sha256}`,
  uploads: (year: number, filingNumber: string) => `CYCLE#${year}#UPLOAD#${filingNumber}`,
  upload: (year: number, filingNumber: string, id: string): RecordKey => ({
    pk: keys.uploads(year, filingNumber),
    sk: id,
  }),
};

/** A kind of record that is a chain of entries. */
export interface Kind<S, E extends Entry> {
  schema: z.ZodMiniType<E>;
  derive(key: RecordKey, entries: E[]): S;
  /** Attributes that conditions and summaries read. */
  attributes(state: S): Attributes;
  /** What the store must find true of whoever signs the entry. */
  duties(entry: E): Condition[];
}

/** What the first entry of a record's chain is sealed onto: the record's own key. */
export const genesisOf = (key: RecordKey) => `${key.pk}/${key.sk}`;

export const cycleKind: Kind<Cycle, CycleAction> = {
  schema: CycleAction,
  derive: (_key, entries) => cycleOf(entries),
  attributes: (cycle) => ({
    status: cycle.status,
    gate: cycle.gate && !cycle.gate.decision ? `${cycle.gate.gate}#${cycle.gate.attempt}` : 'none',
    [FROZEN]: cycle.status === 'frozen' ? 'yes' : undefined,
    [preparersOf('approveNotice')]: preparers(cycle, 'approveNotice'),
    [preparersOf('signCircular')]: preparers(cycle, 'signCircular'),
  }),
  duties: cycleDuties,
};

export const dossierKind: Kind<Dossier, DossierAction> = {
  schema: DossierAction,
  derive: (key, entries) => dossierOf(Number(key.pk.split('#')[1]), entries),
  attributes: (dossier) => ({
    status: dossier.status,
    untreated: untreatedFlags(dossier).map(flagId),
    inspectors: dossier.visit?.inspectors,
    recorded: dossier.visit && Object.keys(dossier.visit.findings),
    unrecorded: dossier.visit && unrecorded(dossier.visit),
    differing: dossier.visit && differingIn(dossier.visit),
    jointEntry: dossier.visit && entryName(standingEntry(dossier.visit)),
    captureKeys: dossier.visit && keyNames(dossier.visit),
    unconfirmed: dossier.visit && unconfirmed(dossier.visit),
    partial: partial(dossier),
    suspended: pendingRecusals(dossier).map(({ inspector }) => inspector),
    [FROZEN]: dossier.frozen ? 'yes' : undefined,
    askers: pendingRecusals(dossier).map(({ by }) => by.id),
    turn: turnOf(dossier),
    vetoes: standingCodes(dossier),
    vetoTurns: vetoTurns(dossier),
    vetoHands: vetoHands(dossier),
  }),
  duties: dossierDuties,
};

const keyNames = ({ captureKeys }: Visit) =>
  Object.entries(captureKeys).flatMap(([id, keys]) => keys.map((key) => captureKeyName(id, key)));

const entryName = (joint: JointEntry | undefined) => joint && String(joint.entry);

export const uploadKind: Kind<Upload, UploadAction> = {
  schema: UploadAction,
  derive: (key, entries) => uploadOf(key.sk, entries),
  attributes: ({ status }) => ({ status }),
  duties: () => [],
};

const RegistryEntry = z.discriminatedUnion('type', [
  entryOf('registered', z.strictObject({ agency: Agency })),
  entryOf('amended', z.strictObject({ agency: Agency })),
]);
type RegistryEntry = z.infer<typeof RegistryEntry>;

export const agencyKind: Kind<Agency, RegistryEntry> = {
  schema: RegistryEntry,
  derive: (_key, entries) => {
    const last = entries.at(-1);
    if (!last) throw new TypeError('an agency record is never empty');
    return last.data.agency;
  },
  attributes: () => ({}),
  duties: () => [],
};

/** A stored record that no longer fits its schema: our own data are broken, which is never the caller's fault. */
export class BrokenRecord extends Error {
  override readonly name = 'BrokenRecord';
  constructor(key: RecordKey, cause: unknown) {
    super(`${key.pk}/${key.sk} does not fit its schema`, { cause });
  }
}

function parse<S, E extends Entry>(kind: Kind<S, E>, { key, entries }: StoredRecord): S {
  const parsed = z.array(kind.schema).safeParse(entries);
  if (!parsed.success) throw new BrokenRecord(key, parsed.error);
  return kind.derive(key, parsed.data);
}

export async function readRecord<S, E extends Entry>(deps: Deps, kind: Kind<S, E>, key: RecordKey) {
  const stored = await deps.histories.read(key);
  return stored && { state: parse(kind, stored), entries: stored.entries as E[] };
}

/** One page of a partition. A broken record is reported by its key, so that it never hides the others. */
export async function pageOf<S, E extends Entry>(
  deps: Deps,
  kind: Kind<S, E>,
  pk: string,
  after: string | null,
  limit: number,
): Promise<Page<S> & { broken: string[] }> {
  const page = await deps.histories.page(pk, after, limit);
  const records: S[] = [];
  const broken: string[] = [];
  for (const stored of page.records) {
    try {
      records.push(parse(kind, stored));
    } catch (error) {
      if (!(error instanceof BrokenRecord)) throw error;
      deps.log.error('RECORD_BROKEN', { pk, sk: stored.key.sk }, error);
      broken.push(stored.key.sk);
    }
  }
  return { records, broken, cursor: page.cursor };
}

/** Every record of a partition. A broken one is skipped (it has been set aside), or ends it all where none may be missing. */
export async function* allOf<S, E extends Entry>(
  deps: Deps,
  kind: Kind<S, E>,
  pk: string,
  whenBroken: 'skip' | 'throw' = 'skip',
) {
  let cursor: string | null = null;
  do {
    const page: Page<S> & { broken: string[] } = await pageOf(deps, kind, pk, cursor, 100);
    const [broken] = page.broken;
    if (broken !== undefined && whenBroken === 'throw') throw new BrokenRecord({ pk, sk: broken }, undefined);
    yield* page.records;
    cursor = page.cursor;
  } while (cursor !== null);
}

export type NewEntry<E extends Entry> =
  E extends Entry<infer T, infer D> ? { type: T; data: D; reason?: string | undefined } : never;

/** The next entry as it would be written, and the state that it would make. */
export function nextEntry<S, E extends Entry>(
  deps: Deps,
  kind: Kind<S, E>,
  key: RecordKey,
  entries: readonly E[],
  by: Actor,
  next: NewEntry<E>,
): { entry: E; state: S } {
  const { type, data, reason } = next;
  const { id, name, role } = by;
  const body = {
    at: deps.clock.now(),
    by: { id, name, role },
    type,
    ...(reason !== undefined && { reason }),
  };
  // What could not be read again is never written, and the seal is on what will be read.
  const { data: readable } = kind.schema.parse(seal(entries, genesisOf(key), { ...body, data }));
  const entry = seal(entries, genesisOf(key), { ...body, data: readable }) as Entry as E;
  return { entry, state: kind.derive(key, [...entries, entry]) };
}

/** Appends one signed entry; the new state, or a refusal when somebody else was faster. */
export async function appendEntry<S, E extends Entry>(
  deps: Deps,
  kind: Kind<S, E>,
  key: RecordKey,
  entries: readonly E[],
  by: Actor,
  next: NewEntry<E>,
  conditions: Condition[] = [],
): Promise<S | Refusal> {
  const { entry, state } = nextEntry(deps, kind, key, entries, by, next);
  const written = await deps.histories.append(key, entry, kind.attributes(state), [
    ...kind.duties(entry),
    ...conditions,
  ]);
  return written ? state : refuse('changedMeanwhile');
}

export async function readCycle(deps: Deps, year: number): Promise<Cycle | Refusal> {
  const found = await readRecord(deps, cycleKind, keys.cycle(year));
  return found?.state ?? refuse('notFound', { what: ` ${year} 年度评估` });
}

export async function readDossier(
  deps: Deps,
  year: number,
  filingNumber: string,
): Promise<Dossier | Refusal> {
  const found = await readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
  return found?.state ?? refuse('notYours');
}

export type NewCycleAction = NewEntry<CycleAction>;
export type NewDossierAction = NewEntry<DossierAction>;

export async function extendCycle(
  deps: Deps,
  cycle: Cycle,
  by: Actor,
  next: NewCycleAction,
  conditions: Condition[] = [],
): Promise<Cycle | Refusal> {
  const isFrozen = cycle.status === 'frozen';
  if (isFrozen !== WHILE_FROZEN.includes(next.type)) return refuse(isFrozen ? 'cycleFrozen' : 'notFrozen');
  return appendEntry(deps, cycleKind, keys.cycle(cycle.year), cycle.history, by, next, conditions);
}

/**
 * Appends to a dossier what its table of transitions allows; the store checks the status again as it writes. Tells whom it
 * concerns. What is said again is not written again, so that whatever came after it can be finished.
 */
export async function extendDossier(
  deps: Deps,
  dossier: Dossier,
  by: Actor,
  next: NewDossierAction,
  conditions: Condition[] = [],
): Promise<Dossier | Refusal> {
  if (dossier.frozen !== WHILE_FROZEN.includes(next.type))
    return refuse(dossier.frozen ? 'cycleFrozen' : 'notFrozen');
  if (isSaidAgain(dossier.history, by, next)) return dossier;
  if (!mayFollow(next.type, dossier.status)) {
    return refuse('notAtThisStep', {
      status: DOSSIER_STATUSES[dossier.status],
      action: ACTION_TITLES[next.type],
    });
  }
  const allowed = TRANSITIONS[next.type].from.filter((status) => status !== 'none');
  const key = keys.dossier(dossier.year, dossier.filingNumber);
  const promised = await promiseToTell(deps, key, dossier, next.type);
  const extended = await appendEntry(deps, dossierKind, key, dossier.history, by, next, [
    { attribute: 'status', in: allowed },
    ...conditions,
  ]);
  // Refused: whoever was faster may have promised the same, so the sweep takes the promise back.
  if (promised && !(extended instanceof Refusal)) {
    await keepPromise(deps, promised, extended);
  }
  return extended;
}
