import { expect, it } from 'vitest';
import { extendDossier } from '../../../shared/app/records.ts';
import { sha256Hex } from '../../../shared/app/snapshots.ts';
import type { Facts } from '../../../shared/domain/facts.ts';
import { declared, POWER, pdf, SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { acceptFlags, dossierPath, grantFor, pastDeadline, upload } from '../../support/passage.ts';

const NONE: Facts = { kind: 'checklist', ticked: [] };
const rate = (numerator: number, denominator: number): Facts => ({
  kind: 'banded',
  values: { numerator, denominator },
});
const ALL: Facts = { kind: 'checklist', ticked: ['1', '2', '3'] };

const object = async (city: City, filingNumber: string, changes: object = {}) => {
  const body = { items: ['A1'], reason: '计划已公布，附网址', ...changes };
  return (await city.as(filingNumber)).post(`${dossierPath(filingNumber)}/objections`, body);
};
const decide = async (city: City, filingNumber: string, verdict: string, corrections: object[] = []) => {
  const body = { verdict, reason: '经核查', corrections };
  return (await city.as('approver-2')).post(`${dossierPath(filingNumber)}/objection-decision`, body);
};

it('an upheld objection keeps the gate closed until decided, then rescores that agency only', async () => {
  const city = await aCity();
  await city.start();
  await city.to('reviewAtDesk');
  const unplanned = { item: 'A1', facts: NONE, reason: '未见计划' };
  const idle = { item: 'A2', facts: rate(3, 10), reason: '平台只见 3 个批次' };
  for (const filingNumber of [STEEL, POWER, SCHOOL]) {
    await acceptFlags(city, filingNumber);
    const path = `${dossierPath(filingNumber)}/desk-review`;
    const corrections = filingNumber === STEEL ? [unplanned, idle] : [unplanned];
    await (await city.as('handler-1')).post(path, { corrections, reason: '更正' });
  }
  await city.to('inspectOnSite');
  await city.moveTo('2022-06-01T00:00:00Z');
  await city.to('receiveObjections');
  const before = await Promise.all([STEEL, POWER, SCHOOL].map(city.dossier));
  expect(before.map(({ sheet }) => sheet?.total)).toEqual(['89.00', '97.00', '97.00']);

  expect(await refusalOf(object(city, STEEL, { items: ['Z9'] }))).toMatchObject({ code: 'factsInvalid' });
  await object(city, STEEL, { items: ['A1', 'A2'] });
  expect(await refusalOf(object(city, STEEL))).toMatchObject({ status: 409, code: 'notAtThisStep' });
  // Fifteen days for the decision: the day is on record, and every member of staff sees it.
  const [objection] = (await city.dossier(STEEL)).objections;
  const raised = Date.parse(objection?.raisedAt ?? '');
  const days = (Date.parse(objection?.dueBy ?? '') - raised) / 86_400_000;
  expect(Math.floor(days)).toBe(15);
  const list = await (await city.as('auditor-1')).get<{ records: object[] }>(`/cycles/${YEAR}/dossiers`);
  expect(list.records).toContainEqual(
    expect.objectContaining({
      filingNumber: STEEL,
      reply: { id: `${STEEL}-1`, dueBy: objection?.dueBy, turn: 'centre' },
    }),
  );
  await pastDeadline(city);
  await city.sweep();
  expect((await city.view()).gate).toMatchObject({ gate: 'receiveObjections' });
  const late = await refusalOf(object(city, POWER));
  expect(late).toMatchObject({ code: 'deadlinePassed' });
  expect(late.message).toMatch(/（2022年6月\d+日）/);

  expect(await refusalOf(decide(city, STEEL, 'upheld'))).toMatchObject({ code: 'invalidRequest' });
  await decide(city, STEEL, 'upheld', [
    { item: 'A1', facts: ALL, reason: '网址可查' },
    { item: 'A2', facts: rate(10, 10), reason: '台账可查' },
  ]);
  expect(await refusalOf(decide(city, STEEL, 'rejected'))).toMatchObject({ status: 404, code: 'notFound' });
  await city.runtime.settled();
  expect((await city.view()).gate).toMatchObject({ gate: 'prepareCircular' });

  const [steel, power, school] = await Promise.all([STEEL, POWER, SCHOOL].map(city.dossier));
  expect(steel?.sheet?.total).toBe('100.00');
  expect(steel?.sheet?.items[0]).toMatchObject({ code: 'A1', source: 'objection' });
  expect([power, school]).toEqual(before.slice(1));
  const scores = steel?.history.flatMap(({ data }) => ('sheet' in data ? [data.sheet?.total] : []));
  expect(scores).toEqual(['89.00', '100.00']);
  expect(steel?.history.slice(0, before[0]?.history.length)).toEqual(before[0]?.history);

  // The list has changed: it is published anew, and the first one stays as it was.
  const published = async (file: string) =>
    (await fetch(`${city.runtime.origin}/api/public/${YEAR}/${file}`)).text();
  const [first, second] = await Promise.all(['announcement.json', 'announcement-2.json'].map(published));
  const starsOf = (text: string) =>
    (JSON.parse(text) as { stars: { filingNumber: string; stars: number }[] }).stars.find(
      ({ filingNumber }) => filingNumber === STEEL,
    )?.stars;
  expect([starsOf(first ?? ''), starsOf(second ?? '')]).toEqual([4, 5]);
  expect(JSON.parse(second ?? '')).toMatchObject({ revision: 2, supersedes: sha256Hex(first ?? '') });
});

it('new material during an objection reopens the agency’s answer; nothing is decided before', async () => {
  const city = await aCity();
  await city.start();
  await city.to('receiveObjections');
  await object(city, STEEL);
  const act = async (account: string, what: string, body: object) =>
    (await city.as(account)).post(`${dossierPath(STEEL)}/${what}`, body);
  await act('approver-2', 'materials', { reason: '平台另有记录', items: ['A3'], documents: ['平台导出'] });
  expect(await refusalOf(decide(city, STEEL, 'rejected'))).toMatchObject({ code: 'materialOpen' });
  await pastDeadline(city);
  expect((await city.view()).gate).toMatchObject({ gate: 'receiveObjections' });
  const forged = { id: `${STEEL}-1`, verdict: 'rejected' as const, corrections: [] };
  const entry = { type: 'objectionDecided' as const, data: forged, reason: '维持' };
  const dossier = await city.dossier(STEEL);
  const around = await extendDossier(city.deps, dossier, actor('approver-2'), entry);
  expect(around).toMatchObject({ code: 'changedMeanwhile' });
  const [open] = dossier.objections;
  await city.moveTo(new Date(Date.parse(open?.materials[0]?.answerBy ?? '') + 1).toISOString());
  await decide(city, STEEL, 'rejected');
  expect((await city.dossier(STEEL)).objections[0]).toMatchObject({
    verdict: 'rejected',
    materials: [{ outcome: 'unanswered' }],
  });
  await city.runtime.settled();
  expect((await city.view()).gate).toMatchObject({ gate: 'prepareCircular' });
});

it('evidence of an objection must be the agency’s own; one decided objection may be followed by another', async () => {
  const city = await aCity();
  await city.start();
  await city.to('receiveObjections');
  const foreign = await upload(city, POWER);
  expect(await refusalOf(object(city, STEEL, { evidence: [foreign] }))).toMatchObject({
    code: 'uploadMissing',
  });
  const bytes = pdf('未确认');
  const { id } = await grantFor(city, STEEL, bytes);
  const { fileName, sha256 } = declared(bytes);
  const unconfirmed = { evidence: [{ id, fileName, sha256 }] };
  expect(await refusalOf(object(city, STEEL, unconfirmed))).toMatchObject({ code: 'uploadMissing' });
  await object(city, STEEL, { evidence: [await upload(city, STEEL)] });
  await decide(city, STEEL, 'rejected');
  await object(city, STEEL);
  const { objections } = await city.dossier(STEEL);
  expect(objections.map(({ id: number, verdict }) => [number, verdict])).toEqual([
    [`${STEEL}-1`, 'rejected'],
    [`${STEEL}-2`, undefined],
  ]);
});
