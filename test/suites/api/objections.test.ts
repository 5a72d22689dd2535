import { expect, it } from 'vitest';
import type { Facts } from '../../../shared/domain/facts.ts';
import { declared, POWER, pdf, SCHOOL, STEEL } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';
import { acceptFlags, dossierPath, grantFor, pastDeadline, upload } from '../../support/passage.ts';

const NONE: Facts = { kind: 'checklist', ticked: [] };
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
  const corrections = [{ item: 'A1', facts: NONE, reason: '未见计划' }];
  for (const filingNumber of [STEEL, POWER, SCHOOL]) {
    await acceptFlags(city, filingNumber);
    const path = `${dossierPath(filingNumber)}/desk-review`;
    await (await city.as('handler-1')).post(path, { corrections, reason: '更正' });
  }
  await city.to('inspectOnSite');
  await city.moveTo('2022-06-01T00:00:00Z');
  await city.to('receiveObjections');
  const before = await Promise.all([STEEL, POWER, SCHOOL].map(city.dossier));
  expect(before.map(({ sheet }) => sheet?.total)).toEqual(['97.00', '97.00', '97.00']);

  expect(await refusalOf(object(city, STEEL, { items: ['Z9'] }))).toMatchObject({ code: 'factsInvalid' });
  await object(city, STEEL);
  expect(await refusalOf(object(city, STEEL))).toMatchObject({ status: 409, code: 'notAtThisStep' });
  await pastDeadline(city);
  await city.sweep();
  expect((await city.view()).gate).toMatchObject({ gate: 'receiveObjections' });
  const late = await refusalOf(object(city, POWER));
  expect(late).toMatchObject({ code: 'deadlinePassed' });
  expect(late.message).toMatch(/（2022年6月\d+日）/);

  expect(await refusalOf(decide(city, STEEL, 'upheld'))).toMatchObject({ code: 'invalidRequest' });
  await decide(city, STEEL, 'upheld', [{ item: 'A1', facts: ALL, reason: '网址可查' }]);
  expect(await refusalOf(decide(city, STEEL, 'rejected'))).toMatchObject({ status: 404, code: 'notFound' });
  await city.runtime.settled();
  expect((await city.view()).gate).toMatchObject({ gate: 'prepareCircular' });

  const [steel, power, school] = await Promise.all([STEEL, POWER, SCHOOL].map(city.dossier));
  expect(steel?.sheet?.total).toBe('100.00');
  expect(steel?.sheet?.items[0]).toMatchObject({ code: 'A1', source: 'objection' });
  expect([power, school]).toEqual(before.slice(1));
  const scores = steel?.history.flatMap((entry) => (entry.type === 'scored' ? [entry.data.sheet.total] : []));
  expect(scores).toEqual(['97.00', '100.00']);
  expect(steel?.history.slice(0, before[0]?.history.length)).toEqual(before[0]?.history);
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
