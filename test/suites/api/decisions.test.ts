import { expect, it } from 'vitest';
import { keys } from '../../../shared/app/records.ts';
import { ASSESSMENT_GATES, type GateName } from '../../../shared/domain/gates.ts';
import { EXCLUDED, POWER, SMALL_CITY, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { aCity, refusalOf } from '../../support/city.ts';
import { inStatus } from '../../support/passage.ts';

it('two approvers race: one decides, the other is told who decided what', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approveNotice');
  await Promise.all(['approver-1', 'approver-2'].map((account) => city.as(account)));
  const outcomes = await Promise.allSettled([
    city.decide('approver-1', 'approve'),
    city.decide('approver-2', 'return'),
  ]);
  const lost = outcomes.find(({ status }) => status === 'rejected');
  const decided = (await city.cycle()).history.filter(
    (entry) => entry.type === 'gateDecided' && entry.data.gate === 'approveNotice',
  );
  expect(decided).toHaveLength(1);
  const winner = decided[0]?.by.name;
  const verdict = winner === 'approver-1' ? '同意' : '退回';
  expect(lost).toMatchObject({
    reason: {
      status: 409,
      code: 'alreadyDecided',
      message: `“审批评估通知”已由 ${winner} 办理，结果为“${verdict}”`,
    },
  });
});

it('refuses a decision on a gate or an attempt that does not wait, and a verdict nobody knows', async () => {
  const city = await aCity();
  await city.start();
  expect(await refusalOf(city.decide('handler-1', 'approve', { attempt: 2 }))).toMatchObject({
    status: 409,
    code: 'gateNotOpen',
  });
  expect(await refusalOf(city.decide('handler-1', 'complete'))).toMatchObject({ code: 'invalidRequest' });
  const sign = (await city.as('director-1')).post(`/cycles/${YEAR}/gates/signCircular/decision`, {
    attempt: 1,
    verdict: 'approve',
    reason: '签发',
  });
  expect(await refusalOf(sign)).toMatchObject({ code: 'gateNotOpen' });
  const unknown = (await city.as('director-1')).post(`/cycles/${YEAR}/gates/publish/decision`, {});
  expect(await refusalOf(unknown)).toMatchObject({ status: 404 });
  expect(await refusalOf(city.decide('handler-1', 'approve', { reason: undefined }))).toMatchObject({
    status: 400,
    code: 'reasonMissing',
  });
});

it('returns notice and circular, and passes them at the second attempt', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approveNotice');
  await city.decide('approver-1', 'return');
  expect((await city.view()).gate).toMatchObject({ gate: 'prepareNotice', attempt: 2 });
  await city.to('approveNotice', 2);
  await city.to('signCircular');
  await city.decide('director-1', 'return');
  expect((await city.view()).gate).toMatchObject({ gate: 'prepareCircular', attempt: 2 });
  expect(await city.toEnd()).toMatchObject({ status: 'published' });
});

it('refuses to send back an agency that is not in the year, and the year goes on', async () => {
  const city = await aCity();
  await city.start();
  await city.to('reviewScores');
  for (const agencies of [[UNKNOWN], [EXCLUDED], [POWER, UNKNOWN]]) {
    expect(await refusalOf(city.decide('approver-1', 'return', { agencies }))).toMatchObject({
      status: 400,
      code: 'invalidRequest',
    });
  }
  expect((await city.view()).gate).toMatchObject({ gate: 'reviewScores', attempt: 1 });
  await city.decide('approver-1', 'return', { agencies: [POWER] });
  expect(await inStatus(city, 'visiting')).toEqual([POWER]);
  await city.to('reviewScores', 2);
  expect((await city.dossier(POWER)).sheet?.total).toBe('100.00');
});

it('is cancelled at every gate, by approver and director only, and only with a reason', async () => {
  const city = await aCity({
    agencies: SMALL_CITY.slice(0, 1),
    settings: { sampling: { percent: 0, atLeast: 1 } },
  });
  // One year after the other in the same city: each is cancelled one gate later than the one before.
  for (const [index, gate] of (Object.keys(ASSESSMENT_GATES) as GateName[]).entries()) {
    await city.start(2001 + index);
    await city.to(gate);
    for (const account of ['handler-1', 'auditor-1']) {
      expect(await refusalOf(city.decide(account, 'cancel'))).toMatchObject({ code: 'notAllowed' });
    }
    expect(await refusalOf(city.decide('approver-1', 'cancel', { reason: '' }))).toMatchObject({
      code: 'reasonMissing',
    });
    await city.decide(index % 2 === 0 ? 'director-1' : 'approver-1', 'cancel', { reason: '省里另行部署' });
    const cycle = await city.cycle();
    expect([gate, cycle.status]).toEqual([gate, 'cancelled']);
    expect(cycle.history.at(-1)).toMatchObject({ type: 'cancelled', reason: '省里另行部署' });
    expect(await city.deps.items.count(keys.tokens(city.year))).toBe(0);
  }
});
