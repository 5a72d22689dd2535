/** Rectification: a run of its own after publication, from the notices to the recommendation. */
import { expect, it } from 'vitest';
import { giveVerdict } from '../../../shared/app/rectification.ts';
import { readRectification, readRectificationRun } from '../../../shared/app/rectification-records.ts';
import { expectDone } from '../../../shared/app/refusal.ts';
import type { VersionView } from '../../../shared/app/versions.ts';
import { brokenAt, type Entry } from '../../../shared/domain/history.ts';
import type { RectificationRun } from '../../../shared/domain/rectification-run.ts';
import { COMMITMENT, POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { upload } from '../../support/passage.ts';

const RUN = `/cycles/${YEAR}/rectification`;
const path = (filingNumber: string) => `/cycles/${YEAR}/rectifications/${filingNumber}`;
const runOf = async (city: City): Promise<RectificationRun> =>
  expectDone(await readRectificationRun(city.deps, YEAR));
const recordOf = async (city: City, filingNumber: string) =>
  expectDone(await readRectification(city.deps, YEAR, filingNumber));
const waits = async (city: City) => {
  await city.runtime.settled();
  const { gate } = await runOf(city);
  return gate?.decision ? undefined : gate?.gate;
};

/** A published year in which two agencies filed nothing, and so failed. */
async function published(): Promise<City> {
  const city = await aCity({ silent: [POWER, TRAINING] });
  await city.start();
  await city.toEnd();
  await city.runtime.settled();
  return city;
}

async function correct(city: City, filingNumber: string): Promise<void> {
  const client = await city.as(filingNumber);
  const file = await upload(city, filingNumber);
  for (const { code } of (await recordOf(city, filingNumber)).items) {
    const item = `${path(filingNumber)}/items/${code}`;
    await client.put(`${item}/plan`, { owner: '李某', due: '2022-06-30' });
    await client.put(`${item}/correction`, { statement: '已补交材料', evidence: [file] });
  }
  await client.post(`${path(filingNumber)}/submission`, { commitment: COMMITMENT });
  await city.runtime.settled();
}

async function recheck(city: City, filingNumber: string, closed: boolean): Promise<void> {
  const { recheck: assigned, items } = await recordOf(city, filingNumber);
  const checks = items.map(({ code }) => ({ item: code, closed, reason: '现场核查' }));
  const body = { checks, representative: { name: '李某', agrees: true }, visitedOn: '2022-08-01' };
  for (const inspector of assigned?.inspectors ?? []) {
    await (await city.as(inspector)).post(`${path(filingNumber)}/recheck`, body);
  }
  await city.runtime.settled();
}

const judge = async (city: City, filingNumber: string, verdict: string, account = 'approver-1') => {
  await (await city.as(account)).post(`${path(filingNumber)}/verdict`, { verdict, reason: '依据复查记录' });
  await city.runtime.settled();
};

const decide = async (city: City, verdict: string, agencies: string[] = []) => {
  const { gate } = await runOf(city);
  const body = { attempt: gate?.attempt, verdict, reason: '同意', agencies };
  const decision = `/cycles/${YEAR}/gates/signRecommendations/decision`;
  await (await city.as('director-1')).post(decision, body);
  await city.runtime.settled();
};

it('publication starts it where agencies failed: each gets a notice that says what and by when', async () => {
  const city = await published();
  expect(await waits(city)).toBe('correctDefects');
  const list = await (await city.as('auditor-1')).get<{ records: { filingNumber: string }[] }>(
    `/cycles/${YEAR}/rectifications`,
  );
  expect(list.records.map(({ filingNumber }) => filingNumber)).toEqual([TRAINING, POWER]);
  const notice = await recordOf(city, POWER);
  const { gate } = await runOf(city);
  expect(notice.deadline).toBe(gate?.deadline);
  expect(Date.parse(notice.deadline) - city.clock.now().getTime()).toBeGreaterThan(80 * 86_400_000);
  expect(notice.items[0]).toMatchObject({ code: 'V6', found: expect.any(String) });
  expect(notice.items.map(({ code }) => code)).toContain('A2');
  // An agency sees its own; one that passed has none; a second start finds the run under way.
  expect(await (await city.as(POWER)).get(path(POWER))).toMatchObject({ status: 'notified' });
  expect(await refusalOf((await city.as(POWER)).get(path(TRAINING)))).toMatchObject({ status: 404 });
  expect(await refusalOf((await city.as(STEEL)).get(path(STEEL)))).toMatchObject({ status: 404 });
  const startByHand = async () => (await city.as('handler-1')).post(RUN, undefined);
  expect(await refusalOf(startByHand())).toMatchObject({ code: 'runUnderWay' });
  // Broken off and started again, it goes on with the notices that are out.
  const cancel = { attempt: 1, verdict: 'cancel', reason: '材料有误' };
  await (await city.as('approver-1')).post(`/cycles/${YEAR}/gates/correctDefects/decision`, cancel);
  await city.runtime.settled();
  expect(await runOf(city)).toMatchObject({ status: 'cancelled' });
  expect(await startByHand()).toMatchObject({ status: 'open', round: 2 });
  expect(await waits(city)).toBe('correctDefects');
  expect(await recordOf(city, POWER)).toEqual(notice);
});

it('one passes the re-check, one submits nothing: its second failure becomes a recommendation, and all is archived', async () => {
  const city = await published();
  const submission = (await city.as(POWER)).post(`${path(POWER)}/submission`, { commitment: COMMITMENT });
  expect(await refusalOf(submission)).toMatchObject({ code: 'rectificationIncomplete' });
  await correct(city, POWER);
  expect(await refusalOf((await city.as(POWER)).put(`${path(POWER)}/items/A2/plan`, PLAN))).toMatchObject({
    code: 'notAtThisStep',
  });
  expect(await waits(city)).toBe('correctDefects');
  await city.moveTo(new Date(Date.parse((await runOf(city)).gate?.deadline ?? '') + 3_660_000).toISOString());
  expect(await waits(city)).toBe('recheckCorrections');
  expect((await recordOf(city, TRAINING)).status).toBe('overdue');
  await recheck(city, POWER, true);
  expect(await waits(city)).toBe('decideRectifications');
  expect(await refusalOf(judge(city, TRAINING, 'passed'))).toMatchObject({ code: 'rectificationOpen' });
  await judge(city, POWER, 'passed');
  await judge(city, TRAINING, 'failedAgain');
  expect(await waits(city)).toBe('signRecommendations');
  await decide(city, 'approve');
  expect(await runOf(city)).toMatchObject({ status: 'archived' });
  expect([(await recordOf(city, POWER)).status, (await recordOf(city, TRAINING)).status]).toEqual([
    'passed',
    'recommended',
  ]);
  expect((await recordOf(city, TRAINING)).history.at(-1)).toMatchObject({
    type: 'recommended',
    data: { signedBy: 'director-1' },
  });

  const answer = await fetch(`${city.runtime.origin}/api/public/${YEAR}/versions`);
  const versions = (await answer.json()) as VersionView[];
  expect(versions).toMatchObject([
    { version: 1, kind: 'results', supersededBy: null },
    { version: 2, kind: 'rectification', supersedes: null },
  ]);
  expect(versions[1]?.previousManifest).toBe(versions[0]?.manifest);
  const auditor = await city.as('auditor-1');
  const archived = await auditor.get<{ rectifications: Record<string, Entry[]> }>(
    `/cycles/${YEAR}/archive/v2/history.json`,
  );
  for (const [filingNumber, history] of Object.entries(archived.rectifications)) {
    expect(brokenAt(history, `RECTIFICATION#${YEAR}#AGENCY/${filingNumber}`)).toBeUndefined();
  }
  expect(Object.keys(archived.rectifications)).toEqual([TRAINING, POWER]);
  expect(await refusalOf((await city.as('handler-1')).post(RUN, undefined))).toMatchObject({
    code: 'nobodyFailed',
  });
});

const PLAN = { owner: '李某', due: '2022-06-30' };

it('an open item keeps an agency from passing; whoever re-checked gives no verdict; the director may send one back', async () => {
  const city = await published();
  await correct(city, POWER);
  await correct(city, TRAINING);
  expect(await waits(city)).toBe('recheckCorrections');
  const stranger = ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4'];
  const inspectors = (await recordOf(city, POWER)).recheck?.inspectors ?? [];
  const other = stranger.find((id) => !inspectors.includes(id)) ?? '';
  expect(await refusalOf((await city.as(other)).get(path(POWER)))).toMatchObject({ status: 404 });
  await recheck(city, POWER, true);
  await recheck(city, TRAINING, false);
  const [sent = ''] = inspectors;
  const own = await giveVerdict(city.deps, YEAR, POWER, actor(sent, 'approver'), {
    verdict: 'passed',
    reason: '同意',
  });
  expect(own).toMatchObject({ code: 'recused' });
  expect(await refusalOf(judge(city, TRAINING, 'passed'))).toMatchObject({
    code: 'rectificationOpen',
    message: expect.stringContaining('V6'),
  });
  await judge(city, POWER, 'passed');
  await judge(city, TRAINING, 'failedAgain');
  await decide(city, 'return', [TRAINING]);
  expect(await waits(city)).toBe('decideRectifications');
  expect((await recordOf(city, TRAINING)).status).toBe('rechecked');
  await judge(city, TRAINING, 'failedAgain', 'approver-2');
  await decide(city, 'approve');
  expect((await runOf(city)).status).toBe('archived');
});

it('where everybody passed the year there is nothing to rectify', async () => {
  const city = await aCity();
  await city.start();
  await city.toEnd();
  await city.runtime.settled();
  expect(await refusalOf((await city.as('auditor-1')).get(RUN))).toMatchObject({ status: 404 });
  expect(await refusalOf((await city.as('handler-1')).post(RUN, undefined))).toMatchObject({
    code: 'nobodyFailed',
  });
  expect((await city.dossier(SCHOOL)).status).toBe('published');
});
