/**
 * From quarantine to the clean bucket: whole, of its declared type, harmless, scanned. Fails closed: whatever cannot be
 * told leaves the file where it is, and it cannot be attached.
 */
import type { EvidenceRef } from '../../domain/facts.ts';
import type { EvidenceSettings } from '../../domain/settings.ts';
import { evidenceRef, type Scan, type Upload } from '../../domain/upload.ts';
import type { ByteSource } from '../content/byte-source.ts';
import { CONTENT_PROBLEMS } from '../content/problem.ts';
import type { Deps, ObjectInfo } from '../ports.ts';
import { readCycle } from '../records.ts';
import { Refusal, refuse } from '../refusal.ts';
import { extendUpload, type Owner, readUpload } from './upload-records.ts';

const UPLOAD_PROBLEMS = {
  ...CONTENT_PROBLEMS,
  otherBytes: '与申报的大小或摘要不符',
  malware: '查出恶意程序',
  unscannable: '无法查毒，请换成普通的、未加密的文件',
} as const;
type UploadProblem = keyof typeof UPLOAD_PROBLEMS;

const isProblem = (code: string): code is UploadProblem => Object.hasOwn(UPLOAD_PROBLEMS, code);

/** Why a refused upload was refused, in Chinese. */
export const problemText = (code: string) => (isProblem(code) ? UPLOAD_PROBLEMS[code] : code);

/** The client says that it has uploaded: the file is checked, and only then can it be attached. Saying so again is harmless. */
export async function confirmUpload(
  deps: Deps,
  owner: Owner,
  id: string,
  scanSeconds: number,
): Promise<EvidenceRef | Refusal> {
  const cycle = await readCycle(deps, owner.year);
  if (cycle instanceof Refusal) return cycle;
  const upload = await readUpload(deps, owner, id);
  if (!upload) return refuse('notFound', { what: '该上传' });
  const settled = await settle(deps, owner, upload, cycle.settings.evidence, scanSeconds);
  if (settled instanceof Refusal && settled.code !== 'changedMeanwhile') return settled;
  // Somebody else may have settled it at the same time: what stands now is the answer.
  const now = settled instanceof Refusal ? await readUpload(deps, owner, id) : settled;
  return now ? standing(now) : refuse('notFound', { what: '该上传' });
}

function standing(upload: Upload): EvidenceRef | Refusal {
  const { status, file, problem = '' } = upload;
  const { fileName } = file;
  switch (status) {
    case 'kept':
    case 'attached':
      return evidenceRef(upload);
    case 'refused':
      return refuse('contentRefused', { fileName, problem, detail: problemText(problem) });
    case 'pending':
      return refuse('scanPostponed', { fileName });
    case 'requested':
      return refuse('uploadMissing', { fileName });
    default:
      return refuse('uploadExpired', { fileName });
  }
}

/** Takes an upload that waits as far as it goes now. */
async function settle(
  deps: Deps,
  owner: Owner,
  upload: Upload,
  settings: EvidenceSettings,
  scanSeconds: number,
): Promise<Upload | Refusal> {
  if (upload.status !== 'requested' && upload.status !== 'pending') return upload;
  const found = await deps.objects.head('quarantine', upload.key);
  if (!found) return refuse('uploadMissing', { fileName: upload.file.fileName });
  const problem = await problemOf(deps, upload, found, settings);
  if (problem) return extendUpload(deps, owner, upload, { type: 'refused', data: { problem } });
  const content = () => deps.objects.stream({ bucket: 'quarantine', key: upload.key }, found.etag);
  const scan = await deps.scanner.scan(upload.key, content, scanSeconds);
  switch (scan.result) {
    case 'unavailable':
      deps.log.info('SCAN_POSTPONED', { year: owner.year, upload: upload.id });
      if (upload.status === 'pending') return upload;
      return extendUpload(deps, owner, upload, { type: 'scanPostponed', data: {} });
    case 'infected':
    case 'unscannable': {
      const reason = scan.result === 'infected' ? `${scan.engine}：${scan.finding}` : scan.engine;
      const data = { problem: scan.result === 'infected' ? 'malware' : 'unscannable' };
      return extendUpload(deps, owner, upload, { type: 'refused', data, reason });
    }
    default:
      return keep(deps, owner, upload, found, scan);
  }
}

/** The store has compared the bytes with the URL's checksum already; what it kept must say the same. */
async function problemOf(
  deps: Deps,
  { key, file }: Upload,
  found: ObjectInfo,
  settings: EvidenceSettings,
): Promise<UploadProblem | undefined> {
  if (found.size !== file.size || found.sha256 !== file.sha256) return 'otherBytes';
  const source: ByteSource = {
    size: found.size,
    read: (start, length) => deps.objects.readPart({ bucket: 'quarantine', key }, found.etag, start, length),
  };
  // Read when it is needed: what unpacks files makes its tables as it loads.
  const { checkContent } = await import('../content/check-content.ts');
  return checkContent(file.contentType, source, settings);
}

/** Copies what was checked and nothing else; a copy that no record names is thrown away. */
async function keep(
  deps: Deps,
  owner: Owner,
  upload: Upload,
  { etag, version }: ObjectInfo,
  { result, engine }: Scan,
): Promise<Upload | Refusal> {
  const { key, file } = upload;
  const copied =
    (await earlierCopy(deps, upload)) ??
    (await deps.objects.copy({ bucket: 'quarantine', key, etag, version }, { bucket: 'evidence', key }));
  const place = { bucket: 'evidence' as const, key, version: copied.version };
  if (copied.sha256 !== file.sha256) {
    await deps.objects.remove(place);
    throw new Error(`the copy of upload ${upload.id} is not what was checked`);
  }
  const data = { version: copied.version, scan: { result, engine } };
  const kept = await extendUpload(deps, owner, upload, { type: 'kept', data });
  if (kept instanceof Refusal) {
    const now = await readUpload(deps, owner, upload.id);
    // Whoever was faster may have found this very copy.
    if (now?.version !== copied.version) await deps.objects.remove(place);
  }
  return kept;
}

/** The copy of a try that stopped before it was on record. */
async function earlierCopy(deps: Deps, { key, file }: Upload) {
  const found = await deps.objects.head('evidence', key);
  if (found?.sha256 !== file.sha256) return undefined;
  return { sha256: file.sha256, ...(found.version !== undefined && { version: found.version }) };
}
