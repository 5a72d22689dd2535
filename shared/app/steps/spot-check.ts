/** The spot check 市级评估抽查: the draw, the plan, the visits it sends inspectors on. */
import * as z from 'zod';
import { agreedFinding, countedVisit } from '../../domain/counted-facts.ts';
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { type DrawAgency, draw } from '../../domain/draw.ts';
import { type DrawRecord, publicDraw, sealDraw } from '../../domain/draw-record.ts';
import { SYSTEM } from '../../domain/history.ts';
import { preparersOf } from '../duties.ts';
import { expectRecord } from '../gates.ts';
import { recusalsOf } from '../inspectors.ts';
import type { Deps } from '../ports.ts';
import {
  allOf,
  dossierKind,
  extendCycle,
  extendDossier,
  keys,
  readCycle,
  readDossier,
  readRecord,
} from '../records.ts';
import { expectDone, Refusal } from '../refusal.ts';
import { archivePrefix, jsonText, publishSnapshot, sha256Hex } from '../snapshots.ts';
import { BATCH_SIZE, type BatchInput, type BatchResult, overDossiers } from './batch.ts';
import { readSeed } from './notice.ts';

/** Draws visits and inspectors from all agencies that filed. Drawing again (after a return) uses the same seed. */
export async function drawSpotCheck(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const agencies: DrawAgency[] = [];
  const reviewers = new Set<string>();
  for await (const dossier of allOf(deps, dossierKind, keys.dossiers(year))) {
    if (dossier.status !== 'reviewed') continue;
    const { filingNumber, agency } = dossier;
    const certain = await certainReasons(deps, cycle, dossier);
    agencies.push({ filingNumber, filingType: agency.filingType, certain });
    const reviewed = dossier.history.findLast(({ type }) => type === 'deskReviewed');
    if (reviewed) reviewers.add(reviewed.by.id);
  }
  const { sampling, inspectorsPerVisit } = cycle.settings;
  const inspectors = cycle.inspectors.map(({ id, name }) => ({ id, name }));
  const seed = await readSeed(deps, year);
  const recusals = recusalsOf(cycle);
  const drawn = draw({ seed, agencies, sampling, inspectors, inspectorsPerVisit, recusals });
  const record = sealDraw({
    schema: 'xingping-draw/1',
    year,
    number: cycle.settings.documents.plan ?? null,
    sampleData: cycle.settings.sampleData,
    ...drawn,
    changes: [],
  });
  const text = jsonText(record);
  const digest = sha256Hex(text);
  const key = `${archivePrefix(year)}draw-${digest.slice(0, 16)}.json`;
  await deps.objects.put('reports', key, text, { contentType: 'application/json', ifAbsent: true });
  await deps.histories.addToSet(keys.cycle(year), preparersOf('approvePlan'), [...reviewers]);
  if (cycle.draw?.digest === digest) return;
  const data = { record: key, digest, visits: record.visits.length };
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'drawn', data }));
}

/** Certain for a visit: enough flags this year, a failure or a score far above the inspected one last year. */
async function certainReasons(deps: Deps, cycle: Cycle, dossier: Dossier): Promise<string[]> {
  const reasons: string[] = [];
  if (dossier.flags.length >= cycle.settings.flagsForCertainVisit) {
    reasons.push(`异常预警 ${dossier.flags.length} 条`);
  }
  const last = await readRecord(deps, dossierKind, keys.dossier(cycle.year - 1, dossier.filingNumber));
  if (last?.state.sheet?.stars === 0) reasons.push('上年度评估不合格');
  const gap = last && scoreGap(last.state);
  if (gap !== undefined && gap > cycle.settings.scoreGapPoints) {
    reasons.push(`上年度自评高出检查 ${gap.toFixed(2)} 分`);
  }
  return reasons;
}

/** How much an agency's own score exceeded the inspected one, in points; undefined where it was not visited. */
export function scoreGap(dossier: Dossier): number | undefined {
  const { submission, sheet } = dossier;
  if (!submission || !sheet || !countedVisit(dossier)) return undefined;
  return (Math.round(Number(submission.claimed) * 100) - Math.round(Number(sheet.total) * 100)) / 100;
}

const StoredDraw = z.custom<DrawRecord>((value) => typeof value === 'object' && value !== null);

export async function readDraw(deps: Deps, cycle: Cycle): Promise<DrawRecord> {
  const bytes = cycle.draw && (await deps.objects.get('reports', cycle.draw.record));
  if (!bytes) throw new Error(`cycle ${cycle.year} has no draw record`);
  return StoredDraw.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** Reveals the seed with the plan: from now on anyone can repeat the draw. */
export async function publishPlan(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const record = await readDraw(deps, cycle);
  const digest = await publishSnapshot(deps, year, 'draw', publicDraw(record));
  if (cycle.seed) return;
  const data = { seed: record.seed, digest };
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'planPublished', data }));
}

/** Sends inspectors to the next batch of drawn agencies. The cursor counts visits of the draw record. */
export async function assignVisits(deps: Deps, { year, cursor }: BatchInput): Promise<BatchResult> {
  const cycle = expectDone(await readCycle(deps, year));
  const { visits } = await readDraw(deps, cycle);
  const from = Number(cursor ?? 0);
  for (const { filingNumber, inspectors, reasons } of visits.slice(from, from + BATCH_SIZE)) {
    await assign(deps, year, filingNumber, inspectors, reasons);
  }
  return { cursor: from + BATCH_SIZE < visits.length ? String(from + BATCH_SIZE) : null };
}

async function assign(
  deps: Deps,
  year: number,
  filingNumber: string,
  inspectors: string[],
  reasons: string[],
): Promise<void> {
  const dossier = expectDone(await readDossier(deps, year, filingNumber));
  await expectRecord(deps, year, 'inspectOnSite', filingNumber);
  if (dossier.status === 'visiting') return;
  const data = { inspectors, reasons };
  expectDone(await extendDossier(deps, dossier, SYSTEM, { type: 'visitAssigned', data }));
}

/** Agencies that the reviewer of scores sent back: the same inspectors where there were any, else by lot. */
export async function sendBackVisits(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const seed = await readSeed(deps, year);
  for (const filingNumber of cycle.gate?.decision?.agencies ?? []) {
    const dossier = expectDone(await readDossier(deps, year, filingNumber));
    const reasons = ['评分审核退回'];
    const again = dossier.visit?.inspectors ?? [];
    const agency = { filingNumber, filingType: dossier.agency.filingType, certain: reasons };
    const inspectors =
      again.length > 0
        ? again
        : draw({
            seed,
            agencies: [agency],
            sampling: { percent: 0, atLeast: 0 },
            inspectors: cycle.inspectors.map(({ id, name }) => ({ id, name })),
            inspectorsPerVisit: cycle.settings.inspectorsPerVisit,
            recusals: recusalsOf(cycle),
          }).visits.flatMap((visit) => visit.inspectors);
    await assign(deps, year, filingNumber, inspectors, reasons);
  }
}

/**
 * Visits that did not come in by the deadline lapse, and the reviewer sees it: the facts of an earlier visit of the year
 * count, or else the desk-reviewed ones.
 */
export function closeVisits(deps: Deps, input: BatchInput): Promise<BatchResult> {
  return overDossiers(deps, input, 'closeVisits', async (dossier) => {
    if (dossier.status !== 'visiting') return;
    const lapsed = agreedFinding(dossier.visit) === undefined;
    const data = { lapsed, ...(lapsed && { earlierStands: countedVisit(dossier) !== undefined }) };
    const reason = lapsed ? '截止时未收到一致的检查记录' : undefined;
    const closed = await extendDossier(deps, dossier, SYSTEM, { type: 'visitClosed', data, reason });
    if (closed instanceof Refusal && closed.code !== 'changedMeanwhile') return closed;
  });
}
