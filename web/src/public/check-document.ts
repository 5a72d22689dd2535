/** Looks a file's digest up in the manifests of all published years. */
import { digestOfFile } from '../ui/digest.ts';
import { readPublished, readSnapshot, yearsWith } from './snapshots.ts';

export interface DocumentCheck {
  sha256: string;
  match?: { year: number; path: string };
}

export async function checkDocument(file: Blob): Promise<DocumentCheck> {
  const digest = await digestOfFile(file);
  for (const year of yearsWith(await readPublished(), 'manifest')) {
    const { files } = await readSnapshot(year, 'manifest');
    const match = files.find((one) => one.sha256 === digest);
    if (match) return { sha256: digest, match: { year, path: match.path } };
  }
  return { sha256: digest };
}
