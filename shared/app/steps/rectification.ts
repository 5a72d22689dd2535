/** The rectification's steps: notices to those that failed, the lots of the re-checks, recommendations, the archive. */
import { chinaDate } from '../../domain/calendar.ts';
import type { Cycle } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { type Drawn, draw } from '../../domain/draw.ts';
import { type Actor, SYSTEM } from '../../domain/history.ts';
import { defectsOf, openItems, type Rectification } from '../../domain/rectification.ts';
import type { RectificationRun } from '../../domain/rectification-run.ts';
import { filesCorrectedWith } from '../evidence.ts';
import { deadlineOf, expectRecord } from '../gates.ts';
import { recusalsOn } from '../inspectors.ts';
import type { Deps } from '../ports.ts';
import { allOf, appendEntry, dossierKind, keys, pageOf, readCycle, readDossier } from '../records.ts';
import {
  allRectifications,
  beginRectification,
  extendRectification,
  extendRectificationRun,
  readRectification,
  readRectificationRun,
  rectificationExecution,
  rectificationRunKind,
} from '../rectification-records.ts';
import { expectDone, Refusal, refuse } from '../refusal.ts';
import { uploadChains } from '../uploads/archived-chains.ts';
import { publishVersion, reserveVersion } from '../versions.ts';
import { BATCH_SIZE, type BatchInput, type BatchResult } from './batch.ts';
import { attempt, overRectifications, soundRectifications } from './rectification-batch.ts';

/**
 * Starts the rectification of a published year's failures. Refused: nobody failed who has not had a notice, the year is not
 * published, it runs already. Asked again by the workflow, it starts the same run.
 */
export async function startRectification(
  deps: Deps,
  year: number,
  by: Actor,
): Promise<RectificationRun | Refusal> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return cycle;
  if (cycle.status !== 'published') return refuse('notPublished', { year });
  const before = await readRectificationRun(deps, year);
  const run = before instanceof Refusal ? undefined : before;
  if (run?.status === 'open') {
    // A record without a gate is what a crash between record and run leaves.
    if (!run.gate) await startRun(deps, run);
    return refuse('runUnderWay', { what: `${year} 年度整改` });
  }
  const leftOver = (run?.setAside.length ?? 0) > 0;
  const goesOn = run?.status === 'failed' || run?.status === 'cancelled' || leftOver;
  if (!goesOn && !(await hasNewFailures(deps, year))) return refuse('nobodyFailed', { year });
  const key = keys.rectificationRun(year);
  const next = { type: 'opened' as const, data: { year } };
  const opened = await appendEntry(deps, rectificationRunKind, key, run?.history ?? [], by, next);
  if (!(opened instanceof Refusal)) await startRun(deps, opened);
  return opened;
}

function startRun(deps: Deps, run: RectificationRun): Promise<void> {
  return deps.workflow.start('rectification', rectificationExecution(run), { year: run.year });
}

async function hasNewFailures(deps: Deps, year: number): Promise<boolean> {
  for await (const { filingNumber, status, sheet } of allOf(deps, dossierKind, keys.dossiers(year))) {
    const failed = status === 'published' && sheet?.stars === 0;
    if (failed && (await readRectification(deps, year, filingNumber)) instanceof Refusal) return true;
  }
  return false;
}

/** The notice 整改通知书 to the next batch of agencies that failed: what to correct, and by when. */
export async function issueNotices(deps: Deps, { year, cursor }: BatchInput): Promise<BatchResult> {
  const { rubric } = expectDone(await readCycle(deps, year));
  const page = await pageOf(deps, dossierKind, keys.dossiers(year), cursor, BATCH_SIZE);
  const issue = async ({ filingNumber, agency, status, sheet }: Dossier) => {
    if (status !== 'published' || !sheet || sheet.stars > 0) return;
    const known = await readRectification(deps, year, filingNumber);
    const isOpen = known instanceof Refusal || known.status === 'notified';
    const history = known instanceof Refusal ? [] : known.history;
    if (isOpen) await expectRecord(deps, 'correctDefects', { year, filingNumber, history });
    if (!(known instanceof Refusal)) return;
    const deadline = expectDone(await deadlineOf(deps, year, 'correctDefects')) ?? '';
    const data = { agency, items: defectsOf(rubric, sheet), deadline };
    expectDone(await beginRectification(deps, year, { type: 'noticeIssued', data }));
  };
  for (const dossier of page.records) {
    await attempt(deps, year, dossier.filingNumber, 'issueNotices', () => issue(dossier));
  }
  return { cursor: page.cursor };
}

/** Whoever submitted nothing by the deadline: no re-check, the verdict is next. */
export function closeCorrections(deps: Deps, input: BatchInput): Promise<BatchResult> {
  return overRectifications(deps, input, 'closeCorrections', async (rectification) => {
    if (rectification.status !== 'notified') return;
    const next = { type: 'closedUncorrected' as const, data: {} };
    const closed = await extendRectification(deps, rectification, SYSTEM, next);
    if (closed instanceof Refusal && closed.code !== 'changedMeanwhile') expectDone(closed);
  });
}

/** Who re-checks whom: by lot from the year's seed, recused inspectors left out; then each is sent. */
export async function drawRechecks(deps: Deps, year: number): Promise<void> {
  const sound = await soundRectifications(deps, year, 'drawRechecks');
  const submitted = sound.filter(({ status }) => status === 'submitted');
  // Sent in a round that broke off: they are still awaited.
  for (const one of sound.filter(({ status }) => status === 'rechecking')) {
    await expectRecord(deps, 'recheckCorrections', one);
  }
  const drawn = await drawOf(deps, expectDone(await readRectificationRun(deps, year)), submitted);
  for (const { filingNumber, inspectors } of drawn.visits) {
    const rectification = expectDone(await readRectification(deps, year, filingNumber));
    await expectRecord(deps, 'recheckCorrections', rectification);
    if (rectification.status !== 'submitted') continue;
    const next = { type: 'recheckAssigned' as const, data: { inspectors } };
    expectDone(await extendRectification(deps, rectification, SYSTEM, next));
  }
}

/** Draws once a round: a step that is run again finds the lots on record. */
async function drawOf(deps: Deps, run: RectificationRun, submitted: Rectification[]): Promise<Drawn> {
  const { year } = run;
  const last = run.history.findLast(({ type }) => type === 'opened' || type === 'rechecksDrawn');
  if (last?.type === 'rechecksDrawn' && run.draw) return run.draw;
  const cycle = expectDone(await readCycle(deps, year));
  if (!cycle.seed) throw new Error(`the seed of ${year} was never revealed`);
  const dossiers: Dossier[] = [];
  for (const { filingNumber } of submitted) {
    dossiers.push(expectDone(await readDossier(deps, year, filingNumber)));
  }
  const record = recheckDraw(cycle, cycle.seed, submitted, dossiers, deps.clock.now());
  expectDone(
    await extendRectificationRun(deps, run, SYSTEM, { type: 'rechecksDrawn', data: { draw: record } }),
  );
  return record;
}

/** The lots of the re-checks of a day, from the year's seed. Pure: the archive gives the same lots again. */
export function recheckDraw(
  { inspectors, settings }: Pick<Cycle, 'inspectors' | 'settings'>,
  seed: string,
  submitted: readonly Rectification[],
  dossiers: readonly Dossier[],
  at: Date,
): Drawn {
  return draw({
    seed,
    agencies: submitted.map(({ agency: { filingNumber, filingType } }) => ({
      filingNumber,
      filingType,
      certain: ['整改复查'],
    })),
    sampling: { percent: 0, atLeast: 0 },
    inspectors: inspectors.map(({ id, name }) => ({ id, name })),
    inspectorsPerVisit: settings.inspectorsPerVisit,
    recusals: recusalsOn({ inspectors, settings }, dossiers, chinaDate(at)),
  });
}

/** Before verdicts are given: whoever waits for one is marked, and what the director sent back is open again. */
export async function callForVerdicts(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const { year } = input;
  const { gate } = expectDone(await readRectificationRun(deps, year));
  const isReturn = gate?.gate === 'signRecommendations' && gate.decision?.verdict === 'return';
  const returned = isReturn ? (gate.decision?.agencies ?? []) : [];
  return overRectifications(deps, input, 'callForVerdicts', async (rectification) => {
    const { filingNumber, status } = rectification;
    const again = status === 'failedAgain' && returned.includes(filingNumber);
    if (again || status === 'rechecked' || status === 'overdue') {
      await expectRecord(deps, 'decideRectifications', rectification);
    }
    if (!again) return;
    const reason = gate?.decision?.reason;
    const next = { type: 'verdictReturned' as const, data: {}, reason };
    expectDone(await extendRectification(deps, rectification, SYSTEM, next));
  });
}

/** How many agencies failed again: without one there is nothing for the director to sign. */
export async function countSecondFailures(deps: Deps, year: number): Promise<{ verdict: 'sign' | 'none' }> {
  for await (const { status } of allRectifications(deps, year)) {
    if (status === 'failedAgain') return { verdict: 'sign' };
  }
  return { verdict: 'none' };
}

/** Once signed: the recommendation 建议 to the filing authority stands in each record, with who signed it and why. */
export async function recommend(deps: Deps, input: BatchInput): Promise<BatchResult> {
  const { gate } = expectDone(await readRectificationRun(deps, input.year));
  const signed = gate?.gate === 'signRecommendations' ? gate.decision : undefined;
  return overRectifications(deps, input, 'recommend', async (rectification) => {
    if (rectification.status !== 'failedAgain' || !signed) return;
    const { by, reason } = signed;
    const next = { type: 'recommended' as const, data: { signedBy: by }, reason };
    expectDone(await extendRectification(deps, rectification, SYSTEM, next));
  });
}

/** A version of the year's archive: what became of each agency that failed, and every signed entry. Nothing of it is public. */
export async function archiveRectification(deps: Deps, year: number): Promise<void> {
  const before = expectDone(await readRectificationRun(deps, year));
  if (before.status !== 'open') return;
  // Whoever's record cannot be read is on record as set aside; every other is archived, set aside or not.
  await soundRectifications(deps, year, 'archive');
  const records: Rectification[] = [];
  for await (const one of allRectifications(deps, year)) records.push(one);
  const run = expectDone(await readRectificationRun(deps, year));
  const version = await reserveVersion(deps, year, rectificationExecution(run));
  const publishedOn = rectifiedOn(run, records);
  const facts = { kind: 'rectification' as const, publishedOn };
  const uploads = await uploadChains(
    deps,
    year,
    records.map(({ filingNumber, history }) => ({
      filingNumber,
      files: history.flatMap(filesCorrectedWith),
    })),
  );
  const manifest = await publishVersion(deps, year, version, facts, {
    archive: {
      uploads,
      rectification: rectificationReport(run, records),
      history: {
        rectificationRun: run.history,
        rectifications: Object.fromEntries(
          records.map(({ filingNumber, history }) => [filingNumber, history]),
        ),
      },
    },
    public: {},
  });
  const next = { type: 'archived' as const, data: { version, manifest } };
  expectDone(await extendRectificationRun(deps, run, SYSTEM, next));
}

/** The day is that of the last entry, so that a step that is run again writes the same bytes. */
export function rectifiedOn(run: RectificationRun, records: readonly Rectification[]): string {
  const at = [run, ...records].map(({ history }) => history.at(-1)?.at ?? '').sort();
  return chinaDate(new Date(at.at(-1) ?? ''));
}

export function rectificationReport(
  { year, draw: lots, setAside: broken }: RectificationRun,
  records: readonly Rectification[],
) {
  return {
    schema: 'xingping-rectification/1',
    year,
    draw: lots ?? null,
    setAside: broken,
    agencies: records.map((record) => {
      const { history: _history, year: _year, agency, ...rest } = record;
      return { ...rest, name: agency.name, openItems: record.recheck ? openItems(record) : null };
    }),
  };
}
