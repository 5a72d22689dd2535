/** Published snapshots: the only thing that the public site reads. Written once; what is withheld is not in them. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Deps } from './ports.ts';

export type SnapshotName =
  | 'notice'
  | 'draw'
  | 'draw-final'
  | 'announcement'
  | `announcement-${number}`
  | 'circular';

export const publicPrefix = (year: number) => `public/${year}/`;
export const archivePrefix = (year: number) => `archive/${year}/`;

/** `announcement`, and `announcement-2` for the first revision. */
export const announcementName = (revision: number | undefined): SnapshotName =>
  revision === undefined ? 'announcement' : `announcement-${revision}`;

/** Stable, readable JSON: the same value gives the same bytes. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function sha256Hex(content: string | Uint8Array): string {
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content));
}

/** Publishes a snapshot and returns its SHA-256. An object that is already there stays: published means unchanged. */
export async function publishSnapshot(
  deps: Deps,
  year: number,
  name: SnapshotName,
  value: unknown,
): Promise<string> {
  const text = jsonText(value);
  const key = `${publicPrefix(year)}${name}.json`;
  await deps.objects.put('reports', key, text, { contentType: 'application/json', ifAbsent: true });
  return sha256Hex(text);
}

export interface ManifestFile {
  path: string;
  sha256: string;
  /** Bytes. */
  size: number;
}

/** The manifest of a year, or of a later version of it: every file by its path, and the digest of the manifest before it. */
export function manifestText(
  year: number,
  previousManifest: string | null,
  files: readonly ManifestFile[],
  version: Record<string, string | number> = {},
): string {
  return jsonText({
    schema: 'xingping-manifest/1',
    year,
    ...version,
    previousManifest,
    files: byPath(files),
  });
}

/** Lists the files that are not public. The public manifest holds its digest and nothing else of them: names would tell. */
export const ARCHIVE_MANIFEST = 'archive-manifest.json';

/** The two manifests of a year from all its files: that of the archive, and the public one that seals it. */
export function manifestsOf(year: number, previousManifest: string | null, files: readonly ManifestFile[]) {
  const isPublic = ({ path }: ManifestFile) => path.startsWith('public/');
  const archive = jsonText({
    schema: 'xingping-archive/1',
    year,
    files: byPath(files.filter((file) => !isPublic(file) && file.path !== ARCHIVE_MANIFEST)),
  });
  const size = new TextEncoder().encode(archive).length;
  const sealed = { path: ARCHIVE_MANIFEST, sha256: sha256Hex(archive), size };
  return { archive, manifest: manifestText(year, previousManifest, [...files.filter(isPublic), sealed]) };
}

function byPath(files: readonly ManifestFile[]): ManifestFile[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
