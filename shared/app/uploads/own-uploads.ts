/** An agency's files 佐证材料 as a list, deleting one that is not attached, and reading one. */
import type { Dossier } from '../../domain/dossier.ts';
import type { Actor, Role } from '../../domain/history.ts';
import { UPLOAD_STATUSES, type Upload } from '../../domain/upload.ts';
import type { Deps } from '../ports.ts';
import { readCycle, readDossier } from '../records.ts';
import { readRectification } from '../rectification-records.ts';
import { Refusal, refuse } from '../refusal.ts';
import { problemText } from './confirm-upload.ts';
import { usageOf } from './request-upload.ts';
import { removeDeletedCopy } from './sweep-uploads.ts';
import { extendUpload, mark, type Owner, readUpload, uploadsOf } from './upload-records.ts';

/** All of them, refused and deleted ones too, with what the agency has room for. */
export async function listUploads(deps: Deps, owner: Owner) {
  const cycle = await readCycle(deps, owner.year);
  if (cycle instanceof Refusal) return cycle;
  const { agencyMegabytes, agencyFiles, types } = cycle.settings.evidence;
  const uploads: Upload[] = [];
  for await (const upload of uploadsOf(deps, owner)) uploads.push(upload);
  uploads.sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1));
  return {
    scanning: deps.scanner.kind,
    types,
    quota: { megabytes: agencyMegabytes, files: agencyFiles, used: await usageOf(deps, owner) },
    uploads: uploads.map(viewUpload),
  };
}

function viewUpload({ id, file, status, requestedAt, scan, problem }: Upload) {
  return {
    id,
    ...file,
    status,
    statusTitle: UPLOAD_STATUSES[status],
    requestedAt,
    scan: scan?.result ?? null,
    problem: problem === undefined ? null : problemText(problem),
  };
}

/** What has been attached stays: an earlier round of a self-evaluation keeps its files. */
export async function deleteUpload(deps: Deps, owner: Owner, id: string, by: Actor) {
  const upload = await readUpload(deps, owner, id);
  if (!upload) return refuse('notFound', { what: '该上传' });
  if (upload.status === 'attached') return refuse('uploadAttached', { fileName: upload.file.fileName });
  if (upload.status === 'deleted') return viewUpload(upload);
  // Marked first: the sweep throws the bytes away even if we do not get that far.
  await mark(deps, owner, upload);
  const deleted = await extendUpload(deps, owner, upload, { type: 'deleted', data: {} }, by);
  if (deleted instanceof Refusal) return deleted;
  await removeDeletedCopy(deps, deleted);
  return viewUpload(deleted);
}

const DOWNLOAD_SECONDS = 120;
const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];

/** A short-lived URL to one file: for its agency, staff, and the inspectors of that agency. To others it is not there. */
export async function readUploadedFile(
  deps: Deps,
  owner: Owner,
  id: string,
  viewer: Actor & { agency?: string },
) {
  const dossier = await readDossier(deps, owner.year, owner.filingNumber);
  if (dossier instanceof Refusal) return dossier;
  const own = viewer.role === 'agency' && viewer.agency === owner.filingNumber;
  const may = own || mayReadEvidence(dossier, viewer) || (await rechecksWith(deps, owner, id, viewer));
  if (!may) return refuse('notYours');
  const upload = await readUpload(deps, owner, id);
  const there = upload?.status === 'attached' || (own && upload?.status === 'kept');
  if (!upload || !there) return refuse('notFound', { what: '该文件' });
  const { file, key, version, scan } = upload;
  const place = { bucket: 'evidence' as const, key, version };
  const { fileName, contentType, size, sha256, effectiveOn } = file;
  const link = await deps.objects.presignDownload(place, { fileName, contentType }, DOWNLOAD_SECONDS);
  return { ...link, fileName, contentType, size, sha256, effectiveOn, scan: scan?.result ?? null };
}

/** Whoever re-checks an agency sees what it corrected with, and nothing else of it. */
async function rechecksWith(deps: Deps, { year, filingNumber }: Owner, file: string, { id, role }: Actor) {
  if (role !== 'inspector') return false;
  const found = await readRectification(deps, year, filingNumber);
  if (found instanceof Refusal || !found.recheck?.inspectors.includes(id)) return false;
  return found.items.some(({ correction }) => correction?.evidence.some((one) => one.id === file) ?? false);
}

function mayReadEvidence({ visit }: Dossier, { id, role }: Actor): boolean {
  if (STAFF.includes(role)) return true;
  return role === 'inspector' && (visit?.inspectors.includes(id) ?? false);
}
