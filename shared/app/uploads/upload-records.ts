/** Reading and extending the record of one upload. */
import { type Actor, SYSTEM } from '../../domain/history.ts';
import {
  UPLOAD_TRANSITIONS,
  type Upload,
  type UploadAction,
  type UploadStatus,
} from '../../domain/upload.ts';
import type { Deps, RecordKey } from '../ports.ts';
import { allOf, appendEntry, keys, type NewEntry, readRecord, uploadKind } from '../records.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Waiting } from '../waiting-marks.ts';

/** The agency that an upload belongs to is part of its key: nobody else's can be named. */
export interface Owner {
  year: number;
  filingNumber: string;
}

/** How long the URL lives. */
export const URL_SECONDS = 10 * 60;
/** A slow transfer may still be under way so long after its URL has expired. */
const TRANSFER_MS = 60 * 60 * 1000;

/** From here on nothing can arrive in quarantine any more. */
export function isOver(upload: Upload, now: Date): boolean {
  return now.getTime() > Date.parse(upload.urlExpiresAt) + TRANSFER_MS;
}

/** Ids are ours: what does not look like one names no upload, and is no key to look under. */
export const UPLOAD_ID = /^[0-9a-f]{32}$/;

export async function readUpload(deps: Deps, { year, filingNumber }: Owner, id: string) {
  if (!UPLOAD_ID.test(id)) return undefined;
  return (await readRecord(deps, uploadKind, keys.upload(year, filingNumber, id)))?.state;
}

export function uploadsOf(deps: Deps, { year, filingNumber }: Owner): AsyncIterable<Upload> {
  return allOf(deps, uploadKind, keys.uploads(year, filingNumber));
}

/** Appends what the table of transitions allows; the store checks the status again as it writes. */
export async function extendUpload(
  deps: Deps,
  { year, filingNumber }: Owner,
  upload: Pick<Upload, 'id' | 'status' | 'history'> | { id: string; status: 'none'; history: [] },
  next: NewEntry<UploadAction>,
  by: Actor = SYSTEM,
): Promise<Upload | Refusal> {
  const { from } = UPLOAD_TRANSITIONS[next.type];
  if (!from.includes(upload.status)) return refuse('changedMeanwhile');
  const allowed = from.filter((status): status is UploadStatus => status !== 'none');
  const key: RecordKey = keys.upload(year, filingNumber, upload.id);
  const conditions = upload.status === 'none' ? [] : [{ attribute: 'status', in: allowed }];
  return appendEntry(deps, uploadKind, key, upload.history, by, next, conditions);
}

type Marked = { id: string; history: readonly unknown[] };

const MARK = 'uploads';

/** Uploads that still have something to be seen to: a scan, an expiry, bytes to be thrown away. */
export const markedUploads = (year: number) => keys.waiting(year, MARK);

const markOf = ({ year, filingNumber }: Owner, id: string): RecordKey => ({
  pk: markedUploads(year),
  sk: `${filingNumber}#${id}`,
});

/** Written before the entry that there will be something to see to after. */
export async function mark(deps: Deps, owner: Owner, { id, history }: Marked): Promise<void> {
  const mark: Waiting = { version: history.length, at: deps.clock.now().toISOString() };
  await deps.items.put(markOf(owner, id), mark);
}

/** Takes the mark of an earlier state away. One that was set meanwhile, for what comes after, stays. */
export async function unmark(deps: Deps, owner: Owner, id: string, before: number): Promise<void> {
  await deps.items.remove(markOf(owner, id), { before });
}
