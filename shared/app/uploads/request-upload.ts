/** Asking for an upload: the answer is a URL that is good for one file, a few minutes, once. */
import * as z from 'zod/mini';
import { chinaDate, printedDate } from '../../domain/calendar.ts';
import { EVIDENCE_TYPES, type EvidenceType, isEvidenceType } from '../../domain/evidence-types.ts';
import { type Actor, digestOf } from '../../domain/history.ts';
import type { EvidenceSettings } from '../../domain/settings.ts';
import { DeclaredFile, LIVE_UPLOADS, type Upload } from '../../domain/upload.ts';
import type { Deps, PresignedUpload, ScannerKind } from '../ports.ts';
import { readCycle, readDossier } from '../records.ts';
import { Refusal, refuse } from '../refusal.ts';
import { retried } from '../retried.ts';
import {
  extendUpload,
  mark,
  type Owner,
  readUpload,
  URL_SECONDS,
  unmark,
  uploadsOf,
} from './upload-records.ts';

export const MEGABYTE = 1024 * 1024;

/** The type is any text here, so that one that is not accepted gets an answer of its own. */
export const UploadRequest = z.extend(DeclaredFile, {
  contentType: z.string().check(z.minLength(1), z.maxLength(200)),
});
export type UploadRequest = z.infer<typeof UploadRequest>;

export type UploadGrant = PresignedUpload & { id: string; scanning: ScannerKind };

/** Grants one upload. The same asked again, before anything has become of it, is the same upload with a fresh URL. */
export async function requestUpload(
  deps: Deps,
  owner: Owner,
  by: Actor,
  request: UploadRequest,
): Promise<UploadGrant | Refusal> {
  const cycle = await readCycle(deps, owner.year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status === 'frozen') return refuse('cycleFrozen');
  const dossier = await readDossier(deps, owner.year, owner.filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const file = acceptable(request, cycle.settings.evidence, deps.clock.now());
  if (file instanceof Refusal) return file;
  const granted = await retried(() => grantOnce(deps, owner, by, file));
  if (granted instanceof Refusal) return granted;
  const { upload, isNew, url } = granted;
  // Counted with this one in it: of two that ask at once for the last room, none slips past the limit.
  const full = await overQuota(deps, owner, cycle.settings.evidence);
  if (!full) return { id: upload.id, scanning: deps.scanner.kind, ...url };
  if (isNew) {
    await extendUpload(deps, owner, upload, { type: 'deleted', data: {}, reason: '超过总量上限' });
    await unmark(deps, owner, upload.id, upload.history.length + 1);
  }
  return full;
}

/** The id follows from what is declared and how often that came to something before: said again, it comes out the same. */
const idOf = ({ year, filingNumber }: Owner, file: DeclaredFile, nth: number) =>
  digestOf({ year, filingNumber, file, nth }).slice(0, 32);

interface Granted {
  upload: Upload;
  isNew: boolean;
  url: PresignedUpload;
}

async function grantOnce(
  deps: Deps,
  owner: Owner,
  by: Actor,
  file: DeclaredFile,
): Promise<Granted | Refusal> {
  for (let nth = 1; ; nth++) {
    const id = idOf(owner, file, nth);
    const known = await readUpload(deps, owner, id);
    if (known && known.status !== 'requested') continue;
    const none = { id, status: 'none' as const, history: [] as [] };
    await mark(deps, owner, known ?? none);
    if (known) return grantAgain(deps, owner, by, known);
    const key = `${owner.year}/${id}`;
    const url = await deps.objects.presignUpload(key, file, URL_SECONDS);
    const data = { file, key, urlExpiresAt: url.expiresAt };
    const upload = await extendUpload(deps, owner, none, { type: 'requested', data }, by);
    return upload instanceof Refusal ? upload : { upload, isNew: true, url };
  }
}

/** No URL outlives what is on record of it: after that the sweep clears quarantine. */
async function grantAgain(deps: Deps, owner: Owner, by: Actor, known: Upload): Promise<Granted | Refusal> {
  const { key, file, urlExpiresAt } = known;
  const left = Math.floor((Date.parse(urlExpiresAt) - deps.clock.now().getTime()) / 1000);
  const isFresh = left >= URL_SECONDS / 2;
  const seconds = isFresh ? Math.min(left, URL_SECONDS) : URL_SECONDS;
  const url = await deps.objects.presignUpload(key, file, seconds);
  if (isFresh) return { upload: known, isNew: false, url };
  const data = { urlExpiresAt: url.expiresAt };
  const upload = await extendUpload(deps, owner, known, { type: 'renewed', data }, by);
  return upload instanceof Refusal ? upload : { upload, isNew: false, url };
}

function acceptable(request: UploadRequest, settings: EvidenceSettings, now: Date): DeclaredFile | Refusal {
  const { contentType, fileName, size, effectiveOn } = request;
  const limit = isEvidenceType(contentType) ? settings.types[contentType] : undefined;
  if (!isEvidenceType(contentType) || limit === undefined) {
    const accepted = (Object.keys(settings.types) as EvidenceType[]).map(
      (type) => EVIDENCE_TYPES[type].title,
    );
    return refuse('typeNotAccepted', { type: contentType, accepted: accepted.join('、') });
  }
  if (size > limit * MEGABYTE) return refuse('fileTooLarge', { fileName, limit });
  if (effectiveOn > chinaDate(now)) {
    return refuse('effectiveOnInFuture', { fileName, date: printedDate(effectiveOn) });
  }
  return { ...request, contentType };
}

export interface Usage {
  bytes: number;
  files: number;
}

/** What an agency's live uploads take up. */
export async function usageOf(deps: Deps, owner: Owner): Promise<Usage> {
  const usage = { bytes: 0, files: 0 };
  for await (const { status, file } of uploadsOf(deps, owner)) {
    if (!LIVE_UPLOADS.includes(status)) continue;
    usage.bytes += file.size;
    usage.files++;
  }
  return usage;
}

async function overQuota(deps: Deps, owner: Owner, settings: EvidenceSettings): Promise<Refusal | undefined> {
  const { bytes, files } = await usageOf(deps, owner);
  if (files > settings.agencyFiles)
    return refuse('quotaExceeded', { limit: `${settings.agencyFiles} 个文件` });
  if (bytes <= settings.agencyMegabytes * MEGABYTE) return undefined;
  return refuse('quotaExceeded', { limit: `${settings.agencyMegabytes} MB` });
}
