/**
 * Versions of a year's archive. The first is its publication; whatever comes later (a rectification, a correction) is a
 * version of its own beside the earlier ones, which stay as they are. Each manifest holds the SHA-256 of the one before.
 */
import * as z from 'zod/mini';
import { inChunks } from './in-chunks.ts';
import type { Deps } from './ports.ts';
import { keys } from './records.ts';
import {
  archivePrefix,
  jsonText,
  type ManifestFile,
  manifestText,
  publicPrefix,
  sha256Hex,
} from './snapshots.ts';

export const VERSION_KINDS = { results: '年度评估结果', rectification: '整改', correction: '更正' } as const;
export type VersionKind = keyof typeof VERSION_KINDS;

export const Manifest = z.object({
  schema: z.literal('xingping-manifest/1'),
  year: z.int(),
  /** Absent in the first. */
  version: z.optional(z.int()),
  kind: z.optional(z.enum(Object.keys(VERSION_KINDS) as [VersionKind, ...VersionKind[]])),
  /** The version of the results that this one takes the place of. */
  supersedes: z.optional(z.int()),
  publishedOn: z.optional(z.iso.date()),
  previousManifest: z.nullable(z.string()),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), size: z.int() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** Where a version's files lie: the first ones directly, later ones in a folder of their own. */
export const folderOf = (prefix: string, version: number) =>
  version === 1 ? prefix : `${prefix}v${version}/`;
const manifestKey = (year: number, version: number) =>
  `${folderOf(publicPrefix(year), version)}manifest.json`;

/** A number that a run took; `abandoned` once that run has ended without publishing under it. */
export const Reserved = z.strictObject({ owner: z.string(), abandoned: z.optional(z.literal(true)) });

/** The number of the version that `owner` publishes: the next free one, and the same again when it is asked again. */
export async function reserveVersion(deps: Deps, year: number, owner: string): Promise<number> {
  for (let version = 2; ; version++) {
    const key = keys.version(year, version);
    if (await deps.items.put(key, { owner }, { ifAbsent: true })) return version;
    if ((await deps.items.get(key, Reserved))?.owner === owner) return version;
  }
}

/** Of a run that ends otherwise: its number stays unused, and later versions no longer wait for it. */
export async function abandonVersion(deps: Deps, year: number, owner: string): Promise<void> {
  for (let version = 2; ; version++) {
    const key = keys.version(year, version);
    const reserved = await deps.items.get(key, Reserved);
    if (!reserved) return;
    if (reserved.owner === owner) await deps.items.put(key, { owner, abandoned: true });
  }
}

/** An earlier version is reserved and not published yet: whoever publishes it comes first. */
class EarlierVersionOpen extends Error {
  override readonly name = 'RetryableError';
}

/** The manifest of the last version published before this one: a number that was abandoned is passed over. */
async function manifestBefore(deps: Deps, year: number, version: number): Promise<Uint8Array> {
  for (let earlier = version - 1; ; earlier--) {
    const key = manifestKey(year, earlier);
    const manifest = await deps.objects.get('reports', key);
    if (manifest) return manifest;
    const reserved = await deps.items.get(keys.version(year, earlier), Reserved);
    if (!reserved?.abandoned) throw new EarlierVersionOpen(`${key} is not there yet`);
  }
}

/**
 * Every file of a version with its SHA-256, by path; the manifest itself is none of them. The digest is the one that the
 * storage has held each file's bytes against when it took them: thousands of files are not read again.
 */
export async function filesOf(deps: Deps, year: number, version: number): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const [prefix, folder] of [
    [folderOf(archivePrefix(year), version), ''],
    [folderOf(publicPrefix(year), version), 'public/'],
  ] as const) {
    const found: ManifestFile[] = [];
    await inChunks(await deps.objects.list('reports', prefix), async (key) => {
      const path = folder + key.slice(prefix.length);
      if (path === 'public/manifest.json' || /^(public\/)?v\d+\//.test(path)) return;
      const { sha256, size } = (await deps.objects.head('reports', key)) ?? {};
      if (sha256 === undefined || size === undefined) throw new Error(`${key} is kept without its digest`);
      found.push({ path, sha256, size });
    });
    files.push(...found.sort((a, b) => (a.path < b.path ? -1 : 1)));
  }
  return files;
}

/** Writes a later version, each object once and the manifest last. Returns the manifest's SHA-256. */
export async function publishVersion(
  deps: Deps,
  year: number,
  version: number,
  facts: { kind: VersionKind; publishedOn: string; supersedes?: number },
  files: { archive: Record<string, unknown>; public: Record<string, unknown> },
): Promise<string> {
  const json = { contentType: 'application/json', ifAbsent: true };
  for (const [prefix, contents] of [
    [archivePrefix(year), files.archive],
    [publicPrefix(year), files.public],
  ] as const) {
    for (const [name, content] of Object.entries(contents)) {
      const key = `${folderOf(prefix, version)}${name}.json`;
      await deps.objects.put('reports', key, jsonText(content), json);
    }
  }
  const previous = await manifestBefore(deps, year, version);
  const listed = await filesOf(deps, year, version);
  const text = manifestText(year, sha256Hex(previous), listed, { version, ...facts });
  await deps.objects.put('reports', manifestKey(year, version), text, json);
  return sha256Hex(text);
}

const Listed = z.strictObject({
  version: z.int(),
  kind: z.string(),
  title: z.string(),
  publishedOn: z.nullable(z.string()),
  manifest: z.string(),
  previousManifest: z.nullable(z.string()),
  supersedes: z.nullable(z.int()),
});
export const VersionView = z.extend(Listed, { supersededBy: z.nullable(z.int()) });
export type VersionView = z.infer<typeof VersionView>;

/** The published versions of a year, oldest first: superseded ones say so, and by which. */
export async function listVersions(deps: Deps, year: number): Promise<VersionView[]> {
  const prefix = publicPrefix(year);
  const published = (await deps.objects.list('reports', prefix)).flatMap((key) => {
    const found = /^(?:v(\d+)\/)?manifest\.json$/.exec(key.slice(prefix.length));
    return found ? [Number(found[1] ?? 1)] : [];
  });
  const versions: z.infer<typeof Listed>[] = [];
  for (const version of published.sort((a, b) => a - b)) {
    const bytes = await deps.objects.get('reports', manifestKey(year, version));
    if (!bytes) continue;
    const { kind = 'results', supersedes, publishedOn, previousManifest } = readManifest(bytes);
    versions.push({
      version,
      kind,
      title: VERSION_KINDS[kind],
      publishedOn: publishedOn ?? null,
      manifest: sha256Hex(bytes),
      previousManifest,
      supersedes: supersedes ?? null,
    });
  }
  return versions.map((one) => ({
    ...one,
    supersededBy: versions.find(({ supersedes }) => supersedes === one.version)?.version ?? null,
  }));
}

/** The version of the results that holds now: the last one that is no rectification. Undefined before publication. */
export async function versionInForce(deps: Deps, year: number): Promise<number | undefined> {
  return inForceOf(await listVersions(deps, year));
}

export const inForceOf = (versions: readonly Pick<VersionView, 'version' | 'kind'>[]): number | undefined =>
  versions.findLast(({ kind }) => kind !== 'rectification')?.version;

export function readManifest(bytes: Uint8Array): Manifest {
  return Manifest.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
