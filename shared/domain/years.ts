/** Years compared: what each agency was awarded through the years, and who rose or fell from one year to the next. */
import type { FilingType } from './filing-types.ts';

/** A year's agencies with their stars; 0 is a failure. */
export interface YearOfStars {
  year: number;
  agencies: readonly { filingNumber: string; name: string; filingType: FilingType; stars: number }[];
}

export interface AgencyThroughYears {
  filingNumber: string;
  /** As it was called last. */
  name: string;
  filingType: FilingType;
  /** In the years' order. */
  years: { year: number; stars: number }[];
}

/** Every agency of any of the years, by filing number; a year in which it does not stand is left out. */
export function throughYears(years: readonly YearOfStars[]): AgencyThroughYears[] {
  const found = new Map<string, AgencyThroughYears>();
  for (const { year, agencies } of years.toSorted((a, b) => a.year - b.year)) {
    for (const { filingNumber, name, filingType, stars } of agencies) {
      const earlier = found.get(filingNumber)?.years ?? [];
      found.set(filingNumber, { filingNumber, name, filingType, years: [...earlier, { year, stars }] });
    }
  }
  return [...found.values()].sort((a, b) => (a.filingNumber < b.filingNumber ? -1 : 1));
}

export interface Move {
  filingNumber: string;
  name: string;
  from: number;
  to: number;
}

export interface Moves {
  from: number;
  to: number;
  risen: Move[];
  fallen: Move[];
  /** How many kept their stars, and how many stand in one of the two years only. */
  unchanged: number;
  entered: number;
  gone: number;
}

/** What moved between each year and the next that is there: each agency that stands in both is in exactly one group. */
export function movesBetween(years: readonly YearOfStars[]): Moves[] {
  const ordered = years.toSorted((a, b) => a.year - b.year);
  return ordered.slice(1).flatMap((after, index) => {
    const before = ordered[index];
    return before ? [moves(before, after)] : [];
  });
}

function moves(before: YearOfStars, after: YearOfStars): Moves {
  const earlier = new Map(before.agencies.map(({ filingNumber, stars }) => [filingNumber, stars]));
  const both = after.agencies.flatMap(({ filingNumber, name, stars }) => {
    const from = earlier.get(filingNumber);
    return from === undefined ? [] : [{ filingNumber, name, from, to: stars }];
  });
  return {
    from: before.year,
    to: after.year,
    risen: both.filter(({ from, to }) => to > from),
    fallen: both.filter(({ from, to }) => to < from),
    unchanged: both.filter(({ from, to }) => to === from).length,
    entered: after.agencies.length - both.length,
    gone: before.agencies.length - both.length,
  };
}
