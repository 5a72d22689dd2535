/** How stars moved from year to year, from what circulars named. */
import * as z from 'zod/mini';

export const PublicStars = z.object({
  years: z.array(z.object({ year: z.int() })),
  agencies: z.array(
    z.object({
      filingNumber: z.string(),
      name: z.string(),
      filingType: z.string(),
      years: z.array(z.object({ year: z.int(), stars: z.int() })),
    }),
  ),
});
export type PublicStars = z.infer<typeof PublicStars>;
export type StarredAgency = PublicStars['agencies'][number];

/** Stars in a year; null where that year's circular does not name the agency. */
export const starsIn = ({ years }: StarredAgency, year: number): number | null =>
  years.find((one) => one.year === year)?.stars ?? null;

export interface Move {
  from: { year: number; stars: number | null };
  to: { year: number; stars: number | null };
  count: number;
}

/** Between each year and the next: how many agencies went from where to where. Who is named in neither is no move. */
export function movesOf(years: readonly number[], agencies: readonly StarredAgency[]): Move[] {
  const moves = new Map<string, Move>();
  for (const [index, year] of years.slice(0, -1).entries()) {
    const next = years[index + 1] ?? year;
    for (const agency of agencies) {
      const [from, to] = [starsIn(agency, year), starsIn(agency, next)];
      if (from === null && to === null) continue;
      const key = `${year} ${from} ${to}`;
      const move = moves.get(key) ?? { from: { year, stars: from }, to: { year: next, stars: to }, count: 0 };
      moves.set(key, { ...move, count: move.count + 1 });
    }
  }
  return [...moves.values()];
}

/** What became of an agency in the last of these years, beside the year before. */
export function changeOf(years: readonly number[], agency: StarredAgency): string {
  const [now, before] = [years.at(-1), years.at(-2)];
  if (now === undefined || before === undefined) return '';
  const [from, to] = [starsIn(agency, before), starsIn(agency, now)];
  if (from === null && to === null) return '';
  if (from === null) return '新列入';
  if (to === null) return '未列入';
  if (to > from) return `上升 ${to - from} 星`;
  return to < from ? `下降 ${from - to} 星` : '不变';
}
