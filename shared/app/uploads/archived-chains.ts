/**
 * The signed histories of the files that records rest on, as they are archived: the bytes stay where they lie, and what an
 * agency withdrew before filing it is no part of the year.
 */
import type { EvidenceRef } from '../../domain/facts.ts';
import type { UploadAction } from '../../domain/upload.ts';
import type { Deps } from '../ports.ts';
import { readUpload } from './upload-records.ts';

/** By filing number, then by the upload's id. */
export type UploadChains = Record<string, Record<string, UploadAction[]>>;

export interface Resting {
  filingNumber: string;
  files: readonly EvidenceRef[];
}

/** In the order of filing numbers and ids, so that a step that is run again writes the same bytes. */
export async function uploadChains(
  deps: Deps,
  year: number,
  records: readonly Resting[],
): Promise<UploadChains> {
  const chains: UploadChains = {};
  for (const { filingNumber, files } of records.toSorted(byNumber)) {
    const ids = [...new Set(files.map(({ id }) => id))].sort();
    if (ids.length === 0) continue;
    const own: Record<string, UploadAction[]> = {};
    for (const id of ids) {
      const upload = await readUpload(deps, { year, filingNumber }, id);
      if (!upload) throw new Error(`${filingNumber} has no upload ${id}`);
      own[id] = upload.history;
    }
    chains[filingNumber] = own;
  }
  return chains;
}

const byNumber = (a: Resting, b: Resting) => (a.filingNumber < b.filingNumber ? -1 : 1);
