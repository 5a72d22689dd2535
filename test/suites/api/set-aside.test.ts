/** An agency whose data break a step is set aside; the rest goes on, and nobody is forgotten. */
import { expect, it } from 'vitest';
import { markSetAside } from '../../../shared/app/gates.ts';
import { dossierKind, extendCycle, keys } from '../../../shared/app/records.ts';
import { expectDone } from '../../../shared/app/refusal.ts';
import { SYSTEM } from '../../../shared/domain/history.ts';
import { PlatformFigures } from '../../../shared/domain/platform.ts';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, importFigures, inStatus } from '../../support/passage.ts';

it('scores are not approved until it has been put right, cleared with a reason and scored', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approvePlan');
  // Broken behind everybody's back: figures that fit no schema.
  await city.deps.items.put(keys.platform(YEAR, POWER), { filingNumber: POWER, completedBatches: '十二' });
  await city.to('reviewScores');
  expect((await inStatus(city, 'scored')).sort()).toEqual([SCHOOL, TRAINING, STEEL].sort());
  expect((await city.dossier(POWER)).setAside).toMatchObject({ step: 'scoreAgencies' });
  expect(await city.view()).toMatchObject({ setAside: 1 });
  const refusal = await refusalOf(city.decide('approver-1', 'approve'));
  expect(refusal).toMatchObject({ status: 409, code: 'setAsideOpen' });
  expect(refusal.message).toContain(POWER);

  const figures = PlatformFigures.parse({ filingNumber: POWER, completedBatches: 20 });
  await importFigures(city, figures);
  const clear = (account: string, reason: string, filingNumber = POWER) =>
    city.as(account).then((client) => client.post(`${dossierPath(filingNumber)}/clearance`, { reason }));
  expect(await refusalOf(clear('handler-1', ''))).toMatchObject({ code: 'invalidRequest' });
  expect(await refusalOf(clear('approver-1', '已更正'))).toMatchObject({ status: 403 });
  expect(await refusalOf(clear('handler-1', '已更正', STEEL))).toMatchObject({ code: 'notFound' });
  await clear('handler-1', '平台数据已更正');
  expect((await city.dossier(POWER)).history.at(-1)).toMatchObject({
    type: 'setAsideCleared',
    reason: '平台数据已更正',
    by: { id: 'handler-1' },
  });

  // Put right, but without a score: approving now would leave the agency out without a word.
  const unscored = await refusalOf(city.decide('approver-1', 'approve'));
  expect(unscored).toMatchObject({ code: 'setAsideOpen' });
  expect(unscored.message).toContain(POWER);

  await city.decide('approver-1', 'return', { agencies: [POWER] });
  await city.to('reviewScores', 2);
  expect((await city.dossier(POWER)).sheet?.total).toBe('100.00');
  expect(await city.toEnd()).toMatchObject({ status: 'published' });
});

/** Makes one agency's record unreadable behind everybody's back, and puts it back as it was. */
async function breakRecord({ deps, dossier }: City, filingNumber: string) {
  const key = keys.dossier(YEAR, filingNumber);
  const state = await dossier(filingNumber);
  await deps.items.put(key, { torn: true });
  return async () => {
    await deps.items.remove(key);
    for (const entry of state.history) {
      await deps.histories.append(key, entry, dossierKind.attributes(state), []);
    }
  };
}

it('draft results, stars and publication wait for whoever is set aside on the way to them', async () => {
  const city = await aCity();
  await city.start();
  const handler = await city.as('handler-1');
  const clear = (reason: string) => handler.post(`${dossierPath(SCHOOL)}/clearance`, { reason });
  for (const [gate, account, comesBackTo] of [
    ['reviewScores', 'approver-1', 'reviewScores'],
    ['signCircular', 'director-1', 'prepareCircular'],
  ] as const) {
    await city.to(gate);
    // Decided, and before the workflow hears of it one record breaks.
    city.wire.cut = true;
    await city.decide(account, 'approve').catch(() => undefined);
    const mend = await breakRecord(city, SCHOOL);
    city.wire.cut = false;
    await city.sweep();
    expect(await city.view()).toMatchObject({ status: 'open', setAside: 1, gate: { gate: comesBackTo } });
    if (comesBackTo === 'prepareCircular') await city.decide('handler-1', 'approve');
    const refusal = await refusalOf(city.decide(account, 'approve'));
    expect(refusal).toMatchObject({ status: 409, code: 'setAsideOpen' });
    expect(refusal.message).toContain(SCHOOL);
    expect(await refusalOf(clear('尚未恢复'))).toMatchObject({ code: 'recordBroken' });
    await mend();
    await clear('记录已从备份恢复');
    await city.decide(account, 'approve');
  }
  expect(await city.view()).toMatchObject({ status: 'published' });
  const stars = await Promise.all([STEEL, POWER, SCHOOL, TRAINING].map(city.dossier));
  expect(stars.map(({ status }) => status)).toEqual(Array(4).fill('published'));
});

it('figures that changed after the circular was drafted are drafted anew before anybody signs', async () => {
  const city = await aCity();
  await city.start();
  await city.to('signCircular');
  const cycle = await city.cycle();
  const stale = {
    type: 'circularDrafted' as const,
    data: { digest: '0'.repeat(64), previousManifest: null },
  };
  expectDone(await extendCycle(city.deps, cycle, SYSTEM, stale));
  expect(await refusalOf(city.decide('director-1', 'approve'))).toMatchObject({ code: 'circularOutdated' });
  await city.decide('director-1', 'return');
  await city.to('signCircular', 2);
  await city.decide('director-1', 'approve');
  expect(await city.view()).toMatchObject({ status: 'published' });
});

it('the mark of a record that could not be read is taken away once it can be', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approveNotice');
  // What a batch leaves that met a broken record: it cannot write into it.
  await markSetAside(city.deps, YEAR, STEEL);
  expect(await city.view()).toMatchObject({ setAside: 1 });
  const handler = await city.as('handler-1');
  await handler.post(`${dossierPath(STEEL)}/clearance`, { reason: '记录已恢复' });
  expect(await city.view()).toMatchObject({ setAside: 0 });
});
