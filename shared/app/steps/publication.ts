/** Drafting the circular's figures, and publishing the year: archive and public snapshot first, the record of it last. */

import { resultsWorkbook } from '../../documents/tables/results-table.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { publicDraw } from '../../domain/draw-record.ts';
import { brokenAt, canonicalJson, digestOf, type Entry, SYSTEM } from '../../domain/history.ts';
import { draftText } from '../../domain/narrative/draft.ts';
import { circularFigures, YearFigures } from '../../domain/narrative/figures.ts';
import { resultsTable } from '../agency-papers.ts';
import { finalDraw, readDraw } from '../draw-records.ts';
import { filesNamedIn } from '../evidence.ts';
import type { Deps, RecordKey } from '../ports.ts';
import { extendCycle, extendDossier, genesisOf, keys, readCycle } from '../records.ts';
import { expectDone } from '../refusal.ts';
import { circularOf, figuresOf, readDossiers, resultsOf, tallyReasons } from '../results.ts';
import {
  ARCHIVE_MANIFEST,
  archivePrefix,
  jsonText,
  manifestsOf,
  publicPrefix,
  publishSnapshot,
  sha256Hex,
} from '../snapshots.ts';
import { tellNow, tellOfEnd } from '../telling.ts';
import { uploadChains } from '../uploads/archived-chains.ts';
import { filesOf, folderOf, versionInForce } from '../versions.ts';
import { writeDocument, writeTable } from '../write-documents.ts';
import { type BatchInput, type BatchResult, overEveryDossier } from './batch.ts';

/** Computes the circular's figures, with the year before's, and drafts its text from them. */
export async function draftCircular(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const { statistics, leftOut } = figuresOf(cycle, await readDossiers(deps, year));
  const previous = await publishedFigures(deps, year - 1);
  const figures = circularFigures(year, statistics, tallyReasons(leftOut), previous);
  const data = {
    digest: digestOf(figures),
    previousManifest: await previousManifestOf(deps, year),
    figures,
    text: draftText(figures, cycle.settings),
  };
  const last = cycle.history.findLast((action) => action.type === 'circularDrafted');
  if (last && canonicalJson(last.data) === canonicalJson(data)) return;
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'circularDrafted', data }));
}

/** What the circular of a year tells as it holds now, corrections included; null where none was published. */
async function publishedFigures(deps: Deps, year: number): Promise<YearFigures | null> {
  const version = await versionInForce(deps, year);
  if (version === undefined) return null;
  const content = await deps.objects.get('reports', `${folderOf(publicPrefix(year), version)}circular.json`);
  return content ? YearFigures.parse(JSON.parse(new TextDecoder().decode(content))) : null;
}

/** Marks the next batch as published, with its stars. */
export function publishStars(deps: Deps, input: BatchInput): Promise<BatchResult> {
  return overEveryDossier(deps, input, 'publishStars', async (dossier) => {
    if (dossier.status !== 'announced' || !dossier.sheet) return;
    const { stars, result } = dossier.sheet;
    return extendDossier(deps, dossier, SYSTEM, { type: 'published', data: { stars, result } });
  });
}

/**
 * Writes everything that is published or archived, each object once, then the manifest, then the cycle's own record: until
 * that last write nothing is published, and after a crash the next try writes the same bytes.
 */
export async function publishResults(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  if (cycle.status === 'published') return;
  const figures = figuresOf(cycle, await readDossiers(deps, year));
  for (const { year, filingNumber, history } of [...figures.scored, ...figures.leftOut]) {
    expectWhole(keys.dossier(year, filingNumber), history);
  }
  expectWhole(keys.cycle(year), cycle.history);
  const draw = finalDraw(cycle, await readDraw(deps, cycle));
  const results = jsonText(resultsOf(cycle, figures, draw));
  const history = jsonText({
    cycle: cycle.history,
    dossiers: Object.fromEntries(
      [...figures.scored, ...figures.leftOut]
        .map((dossier) => [dossier.filingNumber, dossier.history] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  });
  const json = { contentType: 'application/json', ifAbsent: true };
  await deps.objects.put('reports', `${archivePrefix(year)}results.json`, results, json);
  await deps.objects.put('reports', `${archivePrefix(year)}history.json`, history, json);
  const uploads = await uploadChains(deps, year, [...figures.scored, ...figures.leftOut].map(resting));
  await deps.objects.put('reports', `${archivePrefix(year)}uploads.json`, jsonText(uploads), json);
  await writeTable(deps, `${archivePrefix(year)}results`, resultsWorkbook(resultsTable(cycle, figures)));
  await deps.objects.put('reports', `${archivePrefix(year)}draw.json`, jsonText(draw), json);
  await publishSnapshot(deps, year, 'draw-final', publicDraw(draw));
  const circular = circularOf(cycle, figures);
  await publishSnapshot(deps, year, 'circular', circular);
  await writeDocument(deps, `${publicPrefix(year)}circular`, 'circular', circular);
  const { archive, manifest } = manifestsOf(year, cycle.previousManifest, await filesOf(deps, year, 1));
  await deps.objects.put('reports', `${archivePrefix(year)}${ARCHIVE_MANIFEST}`, archive, json);
  await deps.objects.put('reports', `${publicPrefix(year)}manifest.json`, manifest, json);
  const data = { manifest: sha256Hex(manifest) };
  const published = expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'published', data }));
  await tellNow(deps, published, tellOfEnd);
}

const resting = ({ filingNumber, history }: Dossier) => ({
  filingNumber,
  files: history.flatMap(filesNamedIn),
});

/** Nothing is published on a history that somebody has changed behind our back. */
function expectWhole(key: RecordKey, history: readonly Entry[]): void {
  const at = brokenAt(history, genesisOf(key));
  if (at !== undefined) throw new Error(`the history of ${key.pk}/${key.sk} does not hold at entry ${at}`);
}

/** The digest of the year before's manifest, which this year's is chained onto; null where there is none. */
async function previousManifestOf(deps: Deps, year: number): Promise<string | null> {
  const previous = await deps.objects.get('reports', `${publicPrefix(year - 1)}manifest.json`);
  return previous ? sha256Hex(previous) : null;
}
