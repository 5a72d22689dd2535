/** The spot check 市级评估抽查: the draw, the plan, the visits it sends inspectors on. */
import type { PlanSnapshot } from '../../documents/types/plan.ts';
import { chinaDate } from '../../domain/calendar.ts';
import { agreedFinding, countedVisit } from '../../domain/counted-facts.ts';
import { approvedOn, type Cycle } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { type DrawAgency, draw } from '../../domain/draw.ts';
import { addVisit, standingOf } from '../../domain/draw-changes.ts';
import { type DrawRecord, publicDraw, sealDraw } from '../../domain/draw-record.ts';
import { SYSTEM } from '../../domain/history.ts';
import { readDraw } from '../draw-records.ts';
import { preparersOf } from '../duties.ts';
import { expectRecord } from '../gates.ts';
import { recusalsOn } from '../inspectors.ts';
import type { Deps } from '../ports.ts';
import { allOf, dossierKind, extendCycle, extendDossier, keys, readCycle, readDossier } from '../records.ts';
import { expectDone, Refusal } from '../refusal.ts';
import { settleRecusals } from '../replacements.ts';
import { retried } from '../retried.ts';
import { archivePrefix, jsonText, publicPrefix, publishSnapshot, sha256Hex } from '../snapshots.ts';
import { writeDocument } from '../write-documents.ts';
import { BATCH_SIZE, type BatchInput, type BatchResult, overDossiers } from './batch.ts';
import { certainReasons } from './certain-visits.ts';
import { readSeed } from './notice.ts';

/** Draws visits and inspectors from all agencies that filed. Drawing again (after a return) uses the same seed. */
export async function drawSpotCheck(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const agencies: DrawAgency[] = [];
  const dossiers: Dossier[] = [];
  const preparers = new Set(
    cycle.history.filter(({ type }) => type === 'inspectorsChanged').map(({ by }) => by.id),
  );
  for await (const dossier of allOf(deps, dossierKind, keys.dossiers(year))) {
    dossiers.push(dossier);
    if (dossier.status !== 'reviewed') continue;
    const { filingNumber, agency } = dossier;
    const certain = await certainReasons(deps, cycle, dossier);
    agencies.push({ filingNumber, filingType: agency.filingType, certain });
    for (const { type, by } of dossier.history) {
      if (type === 'flagsTreated' || type === 'deskReviewed') preparers.add(by.id);
    }
  }
  const { sampling, inspectorsPerVisit } = cycle.settings;
  const inspectors = cycle.inspectors.map(({ id, name }) => ({ id, name }));
  const seed = await readSeed(deps, year);
  const recusals = recusalsOn(cycle, dossiers, chinaDate(deps.clock.now()));
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
  await deps.histories.addToSet(keys.cycle(year), preparersOf('approvePlan'), [...preparers]);
  if (cycle.draw?.digest === digest) return;
  const data = { record: key, digest, visits: record.visits.length };
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'drawn', data }));
}

/** Reveals the seed with the plan: from now on anyone can repeat the draw. */
export async function publishPlan(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  const record = await readDraw(deps, cycle);
  const draw = publicDraw(record);
  const digest = await publishSnapshot(deps, year, 'draw', draw);
  const dossiers: Dossier[] = [];
  for await (const one of allOf(deps, dossierKind, keys.dossiers(year))) dossiers.push(one);
  const names = visitedNames(record, dossiers);
  await writeDocument(deps, `${publicPrefix(year)}plan`, 'plan', planOf(cycle, draw, names));
  if (cycle.seed) return;
  const data = { seed: record.seed, digest };
  expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'planPublished', data }));
}

/** The plan as it is printed: the public draw, with the names of those who are visited. */
export function planOf(cycle: Cycle, draw: DrawRecord, names: Record<string, string>): PlanSnapshot {
  const { centre, city, recipients, contact, visitWorkingDays } = cycle.settings;
  const date = approvedOn(cycle, 'approvePlan');
  return { ...draw, centre, city, recipients, contact, visitWorkingDays, date, names };
}

export function visitedNames({ visits }: DrawRecord, dossiers: Iterable<Dossier>): Record<string, string> {
  const drawn = new Set(visits.map(({ filingNumber }) => filingNumber));
  const visited = [...dossiers].filter(({ filingNumber }) => drawn.has(filingNumber));
  return Object.fromEntries(visited.map(({ filingNumber, agency }) => [filingNumber, agency.name]));
}

/** Sends inspectors to the next batch of drawn agencies. The cursor counts visits of the draw record. */
export async function assignVisits(deps: Deps, { year, cursor }: BatchInput): Promise<BatchResult> {
  const cycle = expectDone(await readCycle(deps, year));
  const { visits } = await readDraw(deps, cycle);
  const from = Number(cursor ?? 0);
  for (const { filingNumber, inspectors, reasons } of visits.slice(from, from + BATCH_SIZE)) {
    await assign(deps, cycle, filingNumber, inspectors, reasons);
  }
  return { cursor: from + BATCH_SIZE < visits.length ? String(from + BATCH_SIZE) : null };
}

async function assign(
  deps: Deps,
  { year, settings }: Cycle,
  filingNumber: string,
  inspectors: string[],
  reasons: string[],
): Promise<void> {
  const dossier = expectDone(await readDossier(deps, year, filingNumber));
  await expectRecord(deps, 'inspectOnSite', dossier);
  if (dossier.status === 'visiting') return;
  const data = { inspectors, reasons, tolerancePercent: settings.visitTolerancePercent };
  expectDone(await extendDossier(deps, dossier, SYSTEM, { type: 'visitAssigned', data }));
  expectDone(await settleRecusals(deps, year, filingNumber));
}

/** Agencies that the reviewer of scores sent back: the same inspectors where there were any, else by lot. */
export async function sendBackVisits(deps: Deps, year: number): Promise<void> {
  const cycle = expectDone(await readCycle(deps, year));
  for (const filingNumber of cycle.gate?.decision?.agencies ?? []) {
    const { agency } = expectDone(await settleRecusals(deps, year, filingNumber));
    const visit = { filingNumber, filingType: agency.filingType, reasons: ['评分审核退回'] };
    const inspectors = expectDone(await retried(() => inspectorsFor(deps, year, visit)));
    await assign(deps, cycle, filingNumber, inspectors, visit.reasons);
  }
}

/** Whom the draw, as it stands, sends to an agency; a visit that it does not know of is added to it. */
async function inspectorsFor(
  deps: Deps,
  year: number,
  visit: Parameters<typeof addVisit>[2],
): Promise<string[] | Refusal> {
  const cycle = expectDone(await readCycle(deps, year));
  const record = await readDraw(deps, cycle);
  const known = standingOf(record, cycle.drawChanges).visits.get(visit.filingNumber);
  if (known) return known;
  const change = addVisit(record, cycle.drawChanges, visit);
  const added = await extendCycle(deps, cycle, SYSTEM, { type: 'drawChanged', data: { change } });
  return added instanceof Refusal ? added : change.inspectors;
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
