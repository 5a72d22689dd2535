/** What has been published, as the public finds it: years and files, read from what lies there and nothing else. */
import * as z from 'zod/mini';
import type { Deps } from './ports.ts';
import { publicPrefix } from './snapshots.ts';

export const Published = z.object({
  years: z.array(z.object({ year: z.int(), files: z.array(z.string()) })),
});
export type Published = z.infer<typeof Published>;

/** What comes out on its own day, before the year's results: the rest is seen with the manifest that lists it, or not at all. */
const BEFORE_THE_RESULTS = /^(notice|plan|announcement|announcement-\d+|draw|draw-[0-9a-f]+)\.[a-z]+$/;

/** The manifest that must be there before a file of a year is seen; undefined where none is needed. */
function manifestOf(path: string): string | undefined {
  const version = /^v\d+\//.exec(path)?.[0] ?? '';
  return version === '' && BEFORE_THE_RESULTS.test(path) ? undefined : `${version}manifest.json`;
}

/** Whether a file of a year, public or archived, belongs to what is whole: its folder's manifest is written last. */
export async function isOut(deps: Deps, year: number, path: string): Promise<boolean> {
  const manifest = manifestOf(path);
  return manifest === undefined || !!(await deps.objects.head('reports', publicPrefix(year) + manifest));
}

/** Newest year first, files ascending. */
export async function listPublished(deps: Deps): Promise<Published> {
  const years = new Map<number, string[]>();
  const keys = await deps.objects.list('reports', 'public/');
  const there = new Set(keys);
  for (const key of keys) {
    const [, year = '', ...rest] = key.split('/');
    if (!/^\d{4}$/.test(year)) continue;
    const path = rest.join('/');
    const manifest = manifestOf(path);
    if (manifest !== undefined && !there.has(publicPrefix(Number(year)) + manifest)) continue;
    years.set(Number(year), [...(years.get(Number(year)) ?? []), path]);
  }
  const listed = [...years].map(([year, files]) => ({ year, files }));
  return { years: listed.sort((a, b) => b.year - a.year) };
}
