/** Moderation figures over the API: what staff see of it, and that nobody else does. */
import { expect, it } from 'vitest';
import type { Moderation } from '../../../shared/domain/moderation.ts';
import { aRate } from '../../domain/builders.ts';
import { YEAR } from '../../support/agencies.ts';
import { aCity, refusalOf } from '../../support/city.ts';
import { inStatus, record } from '../../support/passage.ts';

const PATH = `/cycles/${YEAR}/moderation`;

it('come to staff and the auditor as the records come in, and to nobody else', async () => {
  const city = await aCity();
  await city.start();
  const read = async (account: string) => (await city.as(account)).get<Moderation>(PATH);
  expect(await read('handler-1')).toMatchObject({ visits: 0, pairs: [], agencies: [] });
  await city.to('inspectOnSite');
  const [filingNumber = ''] = await inStatus(city, 'visiting');
  const [first = '', second = ''] = (await city.dossier(filingNumber)).visit?.inspectors ?? [];
  await record(city, filingNumber, first, { A2: aRate(16, 20) });
  expect((await read('approver-1')).visits).toBe(0);
  await record(city, filingNumber, second, { A2: aRate(12, 20) });
  const figures = await read('auditor-1');
  expect(figures.pairs).toMatchObject([{ visits: 1, differing: 1, points: '0.15', totals: '4.00' }]);
  expect(figures.pairs[0]?.inspectors).toEqual([first, second].sort());
  expect(await read('director-1')).toEqual(figures);
  for (const account of [first, filingNumber]) {
    expect(await refusalOf(read(account))).toMatchObject({ status: 403, code: 'notAllowed' });
  }
  expect(await refusalOf((await city.as('handler-1')).get('/cycles/2050/moderation'))).toMatchObject({
    status: 404,
  });
  await city.to('reviewScores');
  expect((await read('handler-1')).agencies.length).toBeGreaterThan(0);
}, 60_000);
