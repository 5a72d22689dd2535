/** What has been published, as the public finds it: years and files, read from what lies there and nothing else. */
import * as z from 'zod';
import type { Deps } from './ports.ts';

export const Published = z.object({
  years: z.array(z.object({ year: z.int(), files: z.array(z.string()) })),
});
export type Published = z.infer<typeof Published>;

/** Newest year first, files ascending. */
export async function listPublished(deps: Deps): Promise<Published> {
  const years = new Map<number, string[]>();
  for (const key of await deps.objects.list('reports', 'public/')) {
    const [, year = '', ...path] = key.split('/');
    if (!/^\d{4}$/.test(year)) continue;
    years.set(Number(year), [...(years.get(Number(year)) ?? []), path.join('/')]);
  }
  const listed = [...years].map(([year, files]) => ({ year, files }));
  return { years: listed.sort((a, b) => b.year - a.year) };
}
