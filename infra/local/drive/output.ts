/** The published year as files: downloaded, checked against the manifest, and put in place in one move. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ARCHIVE_MANIFEST } from '../../../shared/app/snapshots.ts';
import type { Client } from './client.ts';
import type { Year } from './year.ts';

export interface OutputFile {
  path: string;
  content: Uint8Array;
}

/** One file after the other: a year of thousands of agencies is larger than the memory. */
export interface Output {
  year: number;
  files: AsyncIterable<OutputFile>;
}

interface Manifest {
  files: { path: string; sha256: string }[];
}

export async function outputOf({ actors, folder }: Year): Promise<Output> {
  const client = await actors.as(folder.staff.handlers[0]?.id ?? '');
  return { year: folder.year, files: publishedFiles(client, folder.year) };
}

/** The same as a list, for years that are small. */
export async function downloadYear(
  client: Client,
  year: number,
): Promise<{ year: number; files: OutputFile[] }> {
  const files: OutputFile[] = [];
  for await (const file of publishedFiles(client, year)) files.push(file);
  return { year, files };
}

/** Everything that the manifests of a published year list, as a member of staff may download it; later versions in `v2/` and so on. */
async function* publishedFiles(client: Client, year: number): AsyncGenerator<OutputFile> {
  for (const { version } of await client.get<{ version: number }[]>(`/public/${year}/versions`)) {
    const folder = version === 1 ? '' : `v${version}/`;
    const manifest = await client.download(`/public/${year}/${folder}manifest.json`);
    yield { path: `${folder}manifest.json`, content: manifest };
    yield* listedFiles(client, year, folder, manifest);
  }
}

/** What a manifest lists, and what the archive's own manifest lists in its turn. */
async function* listedFiles(
  client: Client,
  year: number,
  folder: string,
  manifest: Uint8Array,
): AsyncGenerator<OutputFile> {
  for (const { path, sha256 } of (JSON.parse(new TextDecoder().decode(manifest)) as Manifest).files) {
    const address = path.startsWith('public/')
      ? `/public/${year}/${folder}${path.slice('public/'.length)}`
      : `/cycles/${year}/archive/${folder}${path}`;
    const content = await client.download(address);
    const digest = createHash('sha256').update(content).digest('hex');
    if (digest !== sha256) throw new Error(`${folder}${path} is not what the manifest says`);
    yield { path: folder + path, content };
    if (path === ARCHIVE_MANIFEST) yield* listedFiles(client, year, folder, content);
  }
}

/** Writes `out/<year>/` next to an older one and swaps the two, so that nobody ever sees half of it. Tells where, and what. */
export async function writeOutput(
  out: string,
  { year, files }: Output,
): Promise<{ target: string; written: { path: string; bytes: number }[] }> {
  await mkdir(out, { recursive: true });
  const fresh = await mkdtemp(join(out, `.${year}-`));
  const written: { path: string; bytes: number }[] = [];
  try {
    for await (const { path, content } of files) {
      await mkdir(dirname(join(fresh, path)), { recursive: true });
      await writeFile(join(fresh, path), content);
      written.push({ path, bytes: content.length });
    }
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  const target = join(out, String(year));
  const old = `${fresh}-old`;
  await rename(target, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
  return { target, written };
}
