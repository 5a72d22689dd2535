/** An agency whose data break a step is set aside; the rest goes on, and nobody is forgotten. */
import { expect, it } from 'vitest';
import { expectRecord } from '../../../shared/app/gates.ts';
import { keys } from '../../../shared/app/records.ts';
import { PlatformFigures } from '../../../shared/domain/platform.ts';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, refusalOf } from '../../support/city.ts';
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

it('the mark of a record that could not be read is taken away once it can be', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approveNotice');
  // What a batch leaves that met a broken record: it cannot write into it.
  await expectRecord(city.deps, YEAR, 'setAside', STEEL);
  expect(await city.view()).toMatchObject({ setAside: 1 });
  const handler = await city.as('handler-1');
  await handler.post(`${dossierPath(STEEL)}/clearance`, { reason: '记录已恢复' });
  expect(await city.view()).toMatchObject({ setAside: 0 });
});
