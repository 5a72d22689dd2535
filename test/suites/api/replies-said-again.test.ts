/** Answers, objections, new material, their replies and corrections: once more after a lost answer, they are one act. */
import { expect, it } from 'vitest';
import { CORRECTION, proposeCorrection } from '../../support/afterwards.ts';
import { SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, pastDeadline } from '../../support/passage.ts';

const UPHELD = {
  verdict: 'upheld',
  reason: '经核实',
  corrections: [{ item: 'A1', facts: { kind: 'checklist', ticked: ['1'] }, reason: '网址可查' }],
};
const OBJECTION = { items: ['A1'], reason: '计划已公布，附网址' };
const MATERIAL = { items: ['A2'], reason: '抽查发现新的情况', documents: ['抽查记录'] };

/** Twice with a day between: one entry, the same answer, and something else is not taken for it. */
async function once(city: City, account: string, filingNumber: string, what: string, body: object) {
  const client = await city.as(account);
  const say = (said: object) => client.post(`${dossierPath(filingNumber)}/${what}`, said);
  const length = async () => (await city.dossier(filingNumber)).history.length;
  const before = await length();
  const first = await say(body);
  const added = await length();
  expect(added, what).toBeGreaterThan(before);
  await city.sweep();
  expect(await say(body), what).toEqual(first);
  expect(await length(), what).toBe(added);
  if (!('reason' in body)) return;
  const other = { ...body, reason: '另一理由' };
  expect((await refusalOf(say(other))).status, what).toBeGreaterThanOrEqual(400);
  expect(await length(), what).toBe(added);
}

it('of a draft result: answer, material, statement and reply', async () => {
  const city = await aCity();
  await city.start();
  await city.to('answerDraftResults');
  await once(city, SCHOOL, SCHOOL, 'draft-result-acceptance', {});
  await once(city, STEEL, STEEL, 'draft-result-answer', OBJECTION);
  await once(city, 'handler-2', STEEL, 'materials', MATERIAL);
  await once(city, STEEL, STEEL, 'material-answer', { reason: '情况属实' });
  await once(city, 'handler-2', STEEL, 'answer-decision', UPHELD);
}, 60_000);

it('of an announcement: objection and decision', async () => {
  const city = await aCity();
  await city.start();
  await city.to('receiveObjections');
  await once(city, STEEL, STEEL, 'objections', OBJECTION);
  await once(city, 'approver-2', STEEL, 'objection-decision', UPHELD);
}, 60_000);

it('of a correction: the proposal and the draft written anew', async () => {
  const city = await aCity();
  await city.start();
  await city.toEnd();
  await city.runtime.settled();
  const revoke = { kind: 'revoke', filingNumber: STEEL, grounds: '查实替考' };
  const lengthOf = (view: unknown) => (view as { history: unknown[] }).history.length;
  await proposeCorrection(city, revoke);
  await city.runtime.settled();
  const handler = await city.as('handler-1');
  const stood = lengthOf(await handler.get(CORRECTION));
  expect(lengthOf(await proposeCorrection(city, revoke))).toBe(stood);
  const other = proposeCorrection(city, { ...revoke, grounds: '另一事实' });
  expect(await refusalOf(other)).toMatchObject({ code: 'runUnderWay' });
  const draft = { changes: [revoke], reason: '补充依据' };
  expect(lengthOf(await handler.put(CORRECTION, draft))).toBe(stood + 1);
  expect(lengthOf(await handler.put(CORRECTION, draft))).toBe(stood + 1);
}, 60_000);

it('a deadline is not moved past the days that a gate can wait', async () => {
  const city = await aCity({ settings: { rectificationMonths: 9 } });
  await city.start();
  await city.to('collectSelfEvaluations');
  const path = `/cycles/${YEAR}/gates/collectSelfEvaluations/deadline`;
  const handler = await city.as('handler-1');
  const opened = Date.parse((await city.cycle()).gate?.openedAt ?? '');
  const move = (days: number) =>
    handler.put(path, { deadline: new Date(opened + days * 86_400_000).toISOString(), reason: '延期' });
  expect(await refusalOf(move(299))).toMatchObject({ code: 'deadlineTooLate', status: 422 });
  await move(297);
  const months = refusalOf(handler.put('/profile', { settings: { rectificationMonths: 10 } }));
  expect((await months).message).toContain('1 至 9 个月');
  await pastDeadline(city);
}, 60_000);
