/** Looks a file's digest up in the manifests of all published years. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { readPublished, readSnapshot, yearsWith } from './snapshots.ts';

export interface DocumentCheck {
  sha256: string;
  match?: { year: number; path: string };
}

/** Reads the file piece by piece, so that its size does not matter. */
export async function digestOfFile(file: Blob): Promise<string> {
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return bytesToHex(hash.digest());
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
