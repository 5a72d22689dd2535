/** Rectification: a run of its own after publication, from the notices to the recommendation. */
import { expect, it } from 'vitest';
import { giveVerdict as decideRectification } from '../../../shared/app/rectification.ts';
import type { VersionView } from '../../../shared/app/versions.ts';
import { brokenAt, type Entry } from '../../../shared/domain/history.ts';
import {
  giveVerdict,
  publishedWithFailures,
  RECTIFICATION_RUN,
  recheck,
  rectificationOf,
  rectificationPath,
  rectificationRunOf,
  rectificationWaits,
  rectify,
  signRecommendations,
} from '../../support/afterwards.ts';
import { COMMITMENT, POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, actor, refusalOf } from '../../support/city.ts';

const RUN = RECTIFICATION_RUN;
const path = rectificationPath;
const published = () => publishedWithFailures(POWER, TRAINING);

it('publication starts it where agencies failed: each gets a notice that says what and by when', async () => {
  const city = await published();
  expect(await rectificationWaits(city)).toBe('correctDefects');
  const list = await (await city.as('auditor-1')).get<{ records: { filingNumber: string }[] }>(
    `/cycles/${YEAR}/rectifications`,
  );
  expect(list.records.map(({ filingNumber }) => filingNumber)).toEqual([TRAINING, POWER]);
  const notice = await rectificationOf(city, POWER);
  const { gate } = await rectificationRunOf(city);
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
  expect(await rectificationRunOf(city)).toMatchObject({ status: 'cancelled' });
  expect(await startByHand()).toMatchObject({ status: 'open', round: 2 });
  expect(await rectificationWaits(city)).toBe('correctDefects');
  expect(await rectificationOf(city, POWER)).toEqual(notice);
});

it('one passes the re-check, one submits nothing: its second failure becomes a recommendation, and all is archived', async () => {
  const city = await published();
  const submission = (await city.as(POWER)).post(`${path(POWER)}/submission`, { commitment: COMMITMENT });
  expect(await refusalOf(submission)).toMatchObject({ code: 'rectificationIncomplete' });
  await rectify(city, POWER);
  expect(await refusalOf((await city.as(POWER)).put(`${path(POWER)}/items/A2/plan`, PLAN))).toMatchObject({
    code: 'notAtThisStep',
  });
  expect(await rectificationWaits(city)).toBe('correctDefects');
  await city.moveTo(
    new Date(Date.parse((await rectificationRunOf(city)).gate?.deadline ?? '') + 3_660_000).toISOString(),
  );
  expect(await rectificationWaits(city)).toBe('recheckCorrections');
  expect((await rectificationOf(city, TRAINING)).status).toBe('overdue');
  await recheck(city, POWER, true);
  expect(await rectificationWaits(city)).toBe('decideRectifications');
  expect(await refusalOf(giveVerdict(city, TRAINING, 'passed'))).toMatchObject({ code: 'rectificationOpen' });
  await giveVerdict(city, POWER, 'passed');
  await giveVerdict(city, TRAINING, 'failedAgain');
  expect(await rectificationWaits(city)).toBe('signRecommendations');
  await signRecommendations(city, 'approve');
  expect(await rectificationRunOf(city)).toMatchObject({ status: 'archived' });
  expect([
    (await rectificationOf(city, POWER)).status,
    (await rectificationOf(city, TRAINING)).status,
  ]).toEqual(['passed', 'recommended']);
  expect((await rectificationOf(city, TRAINING)).history.at(-1)).toMatchObject({
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
  await rectify(city, POWER);
  await rectify(city, TRAINING);
  expect(await rectificationWaits(city)).toBe('recheckCorrections');
  const stranger = ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4'];
  const inspectors = (await rectificationOf(city, POWER)).recheck?.inspectors ?? [];
  const other = stranger.find((id) => !inspectors.includes(id)) ?? '';
  expect(await refusalOf((await city.as(other)).get(path(POWER)))).toMatchObject({ status: 404 });
  await recheck(city, POWER, true);
  await recheck(city, TRAINING, false);
  const [sent = ''] = inspectors;
  const own = await decideRectification(city.deps, YEAR, POWER, actor(sent, 'approver'), {
    verdict: 'passed',
    reason: '同意',
  });
  expect(own).toMatchObject({ code: 'recused' });
  expect(await refusalOf(giveVerdict(city, TRAINING, 'passed'))).toMatchObject({
    code: 'rectificationOpen',
    message: expect.stringContaining('V6'),
  });
  await giveVerdict(city, POWER, 'passed');
  await giveVerdict(city, TRAINING, 'failedAgain');
  await signRecommendations(city, 'return', [TRAINING]);
  expect(await rectificationWaits(city)).toBe('decideRectifications');
  expect((await rectificationOf(city, TRAINING)).status).toBe('rechecked');
  await giveVerdict(city, TRAINING, 'failedAgain', 'approver-2');
  await signRecommendations(city, 'approve');
  expect((await rectificationRunOf(city)).status).toBe('archived');
});

it('where everybody passed the year there is nothing to rectify', async () => {
  const city = await aCity();
  await city.start();
  await city.toEnd();
  await city.runtime.settled();
  expect(await (await city.as('auditor-1')).get(RUN)).toBeNull();
  expect(await refusalOf((await city.as('handler-1')).post(RUN, undefined))).toMatchObject({
    code: 'nobodyFailed',
  });
  expect((await city.dossier(SCHOOL)).status).toBe('published');
});
