/** Deadlines are data: the write checks its own, and the sweep opens what is past it. */
import { expect, it } from 'vitest';
import type { GateName } from '../../../shared/domain/gates.ts';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, file, inStatus, record, submit } from '../../support/passage.ts';

const GATE = 'collectSelfEvaluations';
const move = async (city: City, deadline: string, account = 'handler-1', gate: GateName = GATE) =>
  (await city.as(account)).put(`/cycles/${YEAR}/gates/${gate}/deadline`, { deadline, reason: '系统维护' });
const gateOf = async (city: City) => (await city.view()).gate;

it('an earlier deadline counts to the second, for the agency and for the sweep', async () => {
  const city = await aCity();
  await city.start();
  await city.to(GATE);
  const { answers } = await filed(city, STEEL);
  await file(city, POWER);
  expect(await refusalOf(move(city, '2022-02-27T01:00:00Z'))).toMatchObject({ code: 'deadlineInvalid' });
  expect(await refusalOf(move(city, '2022-03-02T02:30:00Z', 'approver-1'))).toMatchObject({ status: 403 });
  // Without milliseconds, as a person would write it: a millisecond later is late all the same.
  await move(city, '2022-03-02T02:30:00Z');
  expect(await gateOf(city)).toMatchObject({ gate: GATE, deadline: '2022-03-02T02:30:00.000Z' });
  await city.moveTo('2022-03-02T02:30:00.000Z');
  await (await city.as(SCHOOL)).put(`${dossierPath(SCHOOL)}/draft`, { items: {}, bonus: {} });
  await city.moveTo('2022-03-02T02:30:00.001Z');
  expect(await gateOf(city)).toMatchObject({ gate: GATE });
  const [school, handler] = [await city.as(SCHOOL), await city.as('handler-1')];
  for (const late of [
    () => submit(city, SCHOOL, { ...answers, items: {} }),
    () => school.put(`${dossierPath(SCHOOL)}/draft`, answers),
    () => handler.post(`${dossierPath(POWER)}/return`, { reason: '请补充' }),
  ]) {
    const refusal = await refusalOf(late());
    expect(refusal).toMatchObject({ status: 409, code: 'deadlinePassed' });
    expect(refusal.message).toContain('2022年3月2日');
  }
  await city.sweep();
  expect(await gateOf(city)).toMatchObject({ gate: 'reviewAtDesk' });
  expect(await inStatus(city, 'notFiled')).toEqual([SCHOOL, TRAINING]);
});

/** Files for the agency; what it filed. */
async function filed(city: City, filingNumber: string) {
  await file(city, filingNumber);
  const { submission } = await city.dossier(filingNumber);
  if (!submission) throw new Error('nothing was filed');
  return submission;
}

it('a later deadline keeps the gate closed at the old one', async () => {
  const city = await aCity();
  await city.start();
  await city.to(GATE);
  const before = (await gateOf(city))?.deadline ?? '';
  const later = new Date(Date.parse(before) + 86_400_000).toISOString();
  await move(city, later);
  await city.moveTo(new Date(Date.parse(before) + 3_700_000).toISOString());
  expect(await gateOf(city)).toMatchObject({ gate: GATE, deadline: later });
  expect(await filed(city, TRAINING)).toMatchObject({ claimed: '100.00' });
  await city.moveTo(new Date(Date.parse(later) + 3_700_000).toISOString());
  expect(await gateOf(city)).toMatchObject({ gate: 'reviewAtDesk' });
  expect(await refusalOf(move(city, '2022-05-01T00:00:00Z'))).toMatchObject({ code: 'gateNotOpen' });
});

it('the last submission opens the gate at once; filing again is the same receipt', async () => {
  const city = await aCity();
  await city.start();
  await city.to(GATE);
  for (const filingNumber of [STEEL, POWER]) await file(city, filingNumber);
  const { answers, digest } = await filed(city, SCHOOL);
  expect(await submit(city, SCHOOL, answers)).toMatchObject({ digest });
  expect(await gateOf(city)).toMatchObject({ gate: GATE });
  await file(city, TRAINING);
  expect(await gateOf(city)).toMatchObject({ gate: 'reviewAtDesk' });
});

it('visits that are late lapse: what was reviewed at the desk counts', async () => {
  const city = await aCity();
  await city.start();
  await city.to('inspectOnSite');
  const [first = '', second = ''] = await inStatus(city, 'visiting');
  const { visit } = await city.dossier(first);
  const [inspector = '', other = ''] = visit?.inspectors ?? [];
  await record(city, first, inspector);
  await move(city, '2022-03-03T02:30:00Z', 'handler-1', 'inspectOnSite');
  await city.moveTo('2022-03-03T02:30:00.000Z');
  await city.moveTo('2022-03-03T02:30:00.001Z');
  const late = await refusalOf(record(city, first, other));
  expect(late).toMatchObject({ code: 'deadlinePassed' });
  expect(late.message).toMatch(/（2022年3月3日）/);
  await city.sweep();
  expect(await gateOf(city)).toMatchObject({ gate: 'reviewScores' });
  for (const filingNumber of [first, second]) {
    const { sheet, history } = await city.dossier(filingNumber);
    expect(sheet?.items.every(({ source }) => source === 'deskReview')).toBe(true);
    expect(history.find(({ type }) => type === 'visitClosed')?.reason).toBeTruthy();
  }
});
