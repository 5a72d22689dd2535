/** Evidence 佐证材料: straight to object storage through a URL bound to one file, checked by content, then kept. */
import { bytesToHex } from '@noble/hashes/utils.js';
import * as z from 'zod';
import type { Answers, EvidenceRef } from '../domain/facts.ts';
import { contentMatches } from './content-type.ts';
import type { Deps, PresignedUpload } from './ports.ts';
import { keys, readDossier } from './records.ts';
import { Refusal, refuse } from './refusal.ts';
import { sha256Hex } from './snapshots.ts';

const MEGABYTE = 1024 * 1024;
const URL_SECONDS = 10 * 60;
const QUOTA_MB = 2048;

/** Accepted types, how their files are usually named, and their size limits. */
export const ACCEPTED_TYPES: Record<string, { extensions: readonly string[]; megabytes: number }> = {
  'application/pdf': { extensions: ['pdf'], megabytes: 50 },
  'image/jpeg': { extensions: ['jpg', 'jpeg'], megabytes: 20 },
  'image/png': { extensions: ['png'], megabytes: 20 },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    extensions: ['docx'],
    megabytes: 50,
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    extensions: ['xlsx'],
    megabytes: 50,
  },
  'video/mp4': { extensions: ['mp4'], megabytes: 500 },
};

export const UploadRequest = z.strictObject({
  fileName: z
    .string()
    .min(1)
    .max(200)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a file name must not hold
    .regex(/^[^/\\\u0000-\u001f]+$/, '文件名不能含路径或控制字符'),
  contentType: z.string().min(1),
  size: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UploadRequest = z.infer<typeof UploadRequest>;

const Upload = UploadRequest.extend({
  key: z.string(),
  status: z.enum(['requested', 'kept']),
  at: z.string(),
});

export type UploadGrant = PresignedUpload & { id: string };

/** Grants one upload. The object's key is random: it tells nothing and cannot be guessed or chosen. */
export async function requestUpload(
  deps: Deps,
  year: number,
  filingNumber: string,
  request: UploadRequest,
): Promise<UploadGrant | Refusal> {
  const { contentType, size, fileName, sha256 } = request;
  const dossier = await readDossier(deps, year, filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const limit = ACCEPTED_TYPES[contentType]?.megabytes;
  if (limit === undefined) return refuse('typeNotAccepted', { type: contentType });
  if (size > limit * MEGABYTE) return refuse('fileTooLarge', { fileName, limit });
  if ((await usedBytes(deps, year, filingNumber)) + size > QUOTA_MB * MEGABYTE) {
    return refuse('quotaExceeded', { limit: QUOTA_MB });
  }
  const id = bytesToHex(deps.randomBytes(16));
  const key = `${year}/${id}`;
  const grant = await deps.objects.presignUpload(key, { size, contentType, sha256 }, URL_SECONDS);
  const at = deps.clock.now().toISOString();
  await deps.items.put(keys.upload(year, filingNumber, id), { ...request, key, status: 'requested', at });
  return { id, ...grant };
}

async function usedBytes(deps: Deps, year: number, filingNumber: string): Promise<number> {
  let [used, cursor]: [number, string | null] = [0, null];
  do {
    const page: { records: { value: { size: number } }[]; cursor: string | null } = await deps.items.page(
      keys.upload(year, filingNumber, '').pk,
      Upload,
      cursor,
      200,
    );
    used += page.records.reduce((sum, { value }) => sum + value.size, 0);
    cursor = page.cursor;
  } while (cursor !== null);
  return used;
}

/** The client says that it has uploaded: the bytes are checked, and only then can the file be attached. */
export async function confirmUpload(
  deps: Deps,
  year: number,
  filingNumber: string,
  id: string,
): Promise<EvidenceRef | Refusal> {
  const itemKey = keys.upload(year, filingNumber, id);
  const upload = await deps.items.get(itemKey, Upload);
  if (!upload) return refuse('notFound', { what: '该上传' });
  const { key, fileName, sha256 } = upload;
  if (upload.status === 'kept') return { id, fileName, sha256 };
  const bytes = await deps.objects.get('quarantine', key);
  if (!bytes) return refuse('uploadMissing', { fileName });
  if (sha256Hex(bytes) !== sha256 || !contentMatches(upload.contentType, bytes)) {
    await deps.objects.remove('quarantine', key);
    return refuse('contentMismatch', { fileName });
  }
  await deps.objects.copy({ bucket: 'quarantine', key }, { bucket: 'evidence', key });
  await deps.items.put(itemKey, { ...upload, status: 'kept' });
  await deps.objects.remove('quarantine', key);
  return { id, fileName, sha256 };
}

/** Every file that the answers point to must be this agency's own, checked and kept. */
export async function checkedEvidence(
  deps: Deps,
  year: number,
  filingNumber: string,
  answers: Answers,
): Promise<Refusal | undefined> {
  const answered = [...Object.values(answers.items), ...Object.values(answers.bonus)];
  const files = new Map(answered.flatMap(({ evidence = [] }) => evidence.map((file) => [file.id, file])));
  for (const { id, fileName, sha256 } of files.values()) {
    const upload = await deps.items.get(keys.upload(year, filingNumber, id), Upload);
    const own = upload?.status === 'kept' && upload.sha256 === sha256 && upload.fileName === fileName;
    if (!own) return refuse('uploadMissing', { fileName });
  }
  return undefined;
}
