/** The published year as files: downloaded, checked against the manifest, and put in place in one move. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ARCHIVE_MANIFEST } from '../../../shared/app/snapshots.ts';
import type { Client } from './client.ts';
import type { Year } from './year.ts';

export interface Output {
  year: number;
  files: { path: string; content: Uint8Array }[];
}

interface Manifest {
  files: { path: string; sha256: string }[];
}

export async function collectOutput({ actors, folder }: Year): Promise<Output> {
  return downloadYear(await actors.as(folder.staff.handlers[0]?.id ?? ''), folder.year);
}

/** Everything that the manifests of a published year list, as a member of staff may download it; later versions in `v2/` and so on. */
export async function downloadYear(client: Client, year: number): Promise<Output> {
  const files: Output['files'] = [];
  const download = async (folder: string, list: Uint8Array): Promise<void> => {
    for (const { path, sha256 } of (JSON.parse(new TextDecoder().decode(list)) as Manifest).files) {
      const address = path.startsWith('public/')
        ? `/public/${year}/${folder}${path.slice('public/'.length)}`
        : `/cycles/${year}/archive/${folder}${path}`;
      const content = await client.download(address);
      const digest = createHash('sha256').update(content).digest('hex');
      if (digest !== sha256) throw new Error(`${folder}${path} is not what the manifest says`);
      files.push({ path: folder + path, content });
      if (path === ARCHIVE_MANIFEST) await download(folder, content);
    }
  };
  for (const { version } of await client.get<{ version: number }[]>(`/public/${year}/versions`)) {
    const folder = version === 1 ? '' : `v${version}/`;
    const manifest = await client.download(`/public/${year}/${folder}manifest.json`);
    files.push({ path: `${folder}manifest.json`, content: manifest });
    await download(folder, manifest);
  }
  return { year, files };
}

/** Writes `out/<year>/` next to an older one and swaps the two, so that nobody ever sees half of it. */
export async function writeOutput(out: string, { year, files }: Output): Promise<string> {
  await mkdir(out, { recursive: true });
  const fresh = await mkdtemp(join(out, `.${year}-`));
  for (const { path, content } of files) {
    await mkdir(dirname(join(fresh, path)), { recursive: true });
    await writeFile(join(fresh, path), content);
  }
  const target = join(out, String(year));
  const old = `${fresh}-old`;
  await rename(target, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
  return target;
}
