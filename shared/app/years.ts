/** The years side by side: for the public from what is published, for staff from the archives, for an agency its own. */
import * as z from 'zod/mini';
import { FilingType } from '../domain/agency.ts';
import { DOSSIER_STATUSES, type Dossier } from '../domain/dossier.ts';
import { movesBetween, throughYears } from '../domain/years.ts';
import type { Deps } from './ports.ts';
import { listPublished } from './published.ts';
import { allOf, cycleKind, dossierKind, keys, readRecord } from './records.ts';
import { archivePrefix, publicPrefix } from './snapshots.ts';
import { folderOf, versionInForce } from './versions.ts';

const Rows = z.array(
  z.object({ filingNumber: z.string(), name: z.string(), filingType: FilingType, stars: z.int() }),
);
const Circular = z.object({ year: z.int(), annex: Rows });

const Share = z.object({ count: z.int(), percent: z.string() });
/** What is read of an archived `results.json`; archives of any year have it. */
const Results = z.object({
  year: z.int(),
  bands: z.array(z.extend(Share, { stars: z.int(), name: z.string() })),
  agencies: z.array(
    z.object({
      filingNumber: z.string(),
      name: z.string(),
      filingType: FilingType,
      score: z.object({ stars: z.int() }),
    }),
  ),
  statistics: z.object({
    population: z.int(),
    averageExecutionRate: z.nullable(z.string()),
    withoutActivity: z.int(),
    computerExam: Share,
    itemAverages: z.array(z.object({ code: z.string(), title: z.string(), average: z.string() })),
  }),
});

/**
 * Stars through the years as anybody may read them: of each year the version in force of its circular and nothing else. An
 * agency that a circular does not name has no entry for that year, whatever the reason.
 */
export async function publicStars(deps: Deps) {
  const published = await inForce(deps, publicPrefix, 'circular', Circular);
  const years = published.map(({ version, content: { year, annex } }) => ({
    year,
    version,
    agencies: annex,
  }));
  return {
    years: years.map(({ year, version }) => ({ year, version })),
    agencies: throughYears(years),
  };
}

/** The city's years for staff: figures, items from weak to strong, and who rose and fell, failures included. */
export async function cityYears(deps: Deps) {
  const archived = await inForce(deps, archivePrefix, 'results', Results);
  const years = archived.map(({ content: { year, agencies } }) => ({
    year,
    agencies: agencies.map(({ score, ...agency }) => ({ ...agency, stars: score.stars })),
  }));
  return {
    years: archived.map(({ version, content: { year, bands, statistics } }) => ({
      year,
      version,
      bands,
      ...statistics,
    })),
    moves: movesBetween(years),
    agencies: throughYears(years),
  };
}

/** A file of the version in force of every published year, oldest first. */
async function inForce<T>(
  deps: Deps,
  prefix: (year: number) => string,
  name: string,
  schema: z.ZodMiniType<T>,
): Promise<{ version: number; content: T }[]> {
  const { years } = await listPublished(deps);
  const found: { version: number; content: T }[] = [];
  for (const { year } of years.toReversed()) {
    const version = await versionInForce(deps, year);
    const bytes =
      version && (await deps.objects.get('reports', `${folderOf(prefix(year), version)}${name}.json`));
    if (version && bytes) {
      found.push({ version, content: schema.parse(JSON.parse(new TextDecoder().decode(bytes))) });
    }
  }
  return found;
}

/** An agency's published years, oldest first, item by item. Years that are under way tell nothing. */
export async function agencyYears(deps: Deps, filingNumber: string) {
  const years: ReturnType<typeof yearOf>[] = [];
  for await (const { year, status } of allOf(deps, cycleKind, keys.cycle(0).pk)) {
    if (status !== 'published') continue;
    const found = await readRecord(deps, dossierKind, keys.dossier(year, filingNumber));
    if (found) years.push(yearOf(found.state));
  }
  return { filingNumber, years };
}

function yearOf({ year, status, agency, sheet, revoked, leftOut }: Dossier) {
  return {
    year,
    name: agency.name,
    status,
    statusTitle: DOSSIER_STATUSES[status],
    leftOut: leftOut?.reason ?? null,
    stars: sheet?.stars ?? null,
    result: sheet?.result ?? null,
    total: sheet?.total ?? null,
    revoked: revoked ?? null,
    items: (sheet?.items ?? []).map(({ code, title, outcome, earned, possible }) => ({
      code,
      title,
      outcome,
      earned,
      possible,
    })),
  };
}
