import { expect, it } from 'vitest';
import { YEAR } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';

const MARCH = '2022-03-01T01:00:00Z';
const startByHand = async (city: City) => (await city.as('handler-2')).post('/cycles', { year: YEAR });

it('starts by schedule: the year before, at nine in the morning of March 1', async () => {
  const city = await aCity();
  expect(city.runtime.nextStart()).toEqual(new Date(MARCH));
  await city.moveTo(MARCH);
  expect(await city.cycle()).toMatchObject({ year: YEAR, status: 'open', gate: { gate: 'prepareNotice' } });
  expect(city.runtime.nextStart()).toEqual(new Date('2023-03-01T01:00:00Z'));
});

it('refuses by hand what the schedule has started, and the year goes on alone', async () => {
  const city = await aCity();
  await city.moveTo(MARCH);
  const before = await city.cycle();
  expect(await refusalOf(startByHand(city))).toEqual({
    status: 409,
    code: 'cycleExists',
    message: '2021 年度评估已经启动，不能重复启动。请打开该年度继续办理',
  });
  await city.runtime.settled();
  expect(await city.cycle()).toEqual(before);
});

it('the schedule leaves alone what was started by hand', async () => {
  const city = await aCity();
  await city.start();
  const before = await city.cycle();
  await city.moveTo(MARCH);
  expect(await city.cycle()).toEqual(before);
  expect(before.history[0]?.by.id).toBe('handler-1');
});

it('of two people who start at once, one does', async () => {
  const city = await aCity();
  const first = await city.as('handler-1');
  const outcomes = await Promise.allSettled([first.post('/cycles', { year: YEAR }), startByHand(city)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await city.runtime.settled();
  expect((await city.cycle()).history.filter(({ type }) => type === 'opened')).toHaveLength(1);
});

it.each(['second start', 'sweep'] as const)('a record without a run is healed by the %s', async (cure) => {
  const city = await aCity();
  city.wire.cut = true;
  await expect(startByHand(city)).rejects.toMatchObject({ status: 500, code: 'internal' });
  city.wire.cut = false;
  await city.runtime.settled();
  expect((await city.cycle()).gate).toBeUndefined();
  if (cure === 'sweep') await city.sweep();
  else expect(await refusalOf(startByHand(city))).toMatchObject({ code: 'cycleExists' });
  await city.runtime.settled();
  expect((await city.cycle()).gate).toMatchObject({ gate: 'prepareNotice', attempt: 1 });
});
