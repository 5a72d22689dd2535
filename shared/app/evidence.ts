/** Attaching evidence 佐证材料 to what an agency files. */
import type { DossierAction } from '../domain/dossier.ts';
import { type Answers, type EvidenceRef, filesByItem } from '../domain/facts.ts';
import { canonicalJson } from '../domain/history.ts';
import type { RectificationAction } from '../domain/rectification.ts';
import { evidenceRef, type Upload } from '../domain/upload.ts';
import type { Deps } from './ports.ts';
import { Refusal, refuse } from './refusal.ts';
import { extendUpload, readUpload } from './uploads/upload-records.ts';

/** The files that a form points to, each once. */
export function filesOf(answers: Answers): EvidenceRef[] {
  return [...new Map(filesByItem(answers).map(({ file }) => [file.id, file])).values()];
}

/** The files that an action of a dossier rests on. */
export function filesNamedIn(action: DossierAction): EvidenceRef[] {
  if (action.type === 'submitted') return filesOf(action.data.answers);
  return 'evidence' in action.data ? action.data.evidence : [];
}

/** The files that an action of a rectification rests on. */
export function filesCorrectedWith(action: RectificationAction): EvidenceRef[] {
  return action.type === 'itemCorrected' ? action.data.evidence : [];
}

/**
 * Every file that the answers point to must be this agency's own, checked and kept. Each is recorded as attached before
 * the answers are filed, so that it cannot be deleted from under them.
 */
export async function checkedEvidence(
  deps: Deps,
  year: number,
  filingNumber: string,
  answers: Answers,
): Promise<Refusal | undefined> {
  const owner = { year, filingNumber };
  const uploads: Upload[] = [];
  for (const file of filesOf(answers)) {
    const upload = await readUpload(deps, owner, file.id);
    const usable = upload?.status === 'kept' || upload?.status === 'attached';
    if (!upload || !usable || canonicalJson(evidenceRef(upload)) !== canonicalJson(file)) {
      return refuse('uploadMissing', { fileName: file.fileName });
    }
    uploads.push(upload);
  }
  for (const upload of uploads) {
    if (upload.status === 'attached') continue;
    const attached = await extendUpload(deps, owner, upload, { type: 'attached', data: {} });
    const again = attached instanceof Refusal ? await readUpload(deps, owner, upload.id) : attached;
    if (again?.status !== 'attached') return refuse('uploadMissing', { fileName: upload.file.fileName });
  }
  return undefined;
}
