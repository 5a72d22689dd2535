/** Two years of the same city: the second looks back at the first as it holds now, and everybody sees what is theirs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCorrectionRun } from '../../../shared/app/correction.ts';
import { expectDone } from '../../../shared/app/refusal.ts';
import type { agencyYears, cityYears, publicStars } from '../../../shared/app/years.ts';
import { EXCLUDED, POWER, SCHOOL, STEEL, TRAINING, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { type City, openCity, refusalOf } from '../../support/city.ts';

/** Fifteen points less: four stars instead of five. */
const WORSE = ['A1', 'B2', 'B4', 'C1', 'E2'].map((item) => ({
  item,
  facts: { kind: 'checklist' as const, ticked: [] },
  reason: '事后查实未落实',
}));

type Years = Awaited<ReturnType<typeof agencyYears>>;

let city: City;
beforeAll(async () => {
  city = await openCity({ silent: [TRAINING] });
  await city.start();
  await city.toEnd();
  await correct();
  await city.start(YEAR + 1);
  await city.to('signCircular');
}, 240_000);
afterAll(() => city.close());

/** A correction by which the steel company loses a star. */
async function correct(): Promise<void> {
  const changes = [{ kind: 'correct', filingNumber: STEEL, corrections: WORSE }];
  await (await city.as('handler-1')).post(`/cycles/${YEAR}/correction`, { changes, reason: '据投诉核查' });
  for (const [account, gate] of [
    ['handler-1', 'prepareCorrection'],
    ['approver-1', 'approveCorrection'],
    ['director-1', 'signCorrection'],
  ] as const) {
    await city.runtime.settled();
    const run = expectDone(await readCorrectionRun(city.deps, YEAR));
    const body = { attempt: run.gate?.attempt, verdict: 'approve', reason: '同意' };
    await (await city.as(account)).post(`/cycles/${YEAR}/gates/${gate}/decision`, body);
  }
  await city.runtime.settled();
}

const own = async (account: string, filingNumber = account): Promise<Years> =>
  (await city.as(account)).get(`/agencies/${filingNumber}/years`);
const publicYears = async () =>
  (await (await fetch(`${city.runtime.origin}/api/public/stars`)).json()) as Awaited<
    ReturnType<typeof publicStars>
  >;

it('the draft compares with the corrected version of the year before, not with its first', async () => {
  const { circular } = await city.cycle();
  const best = circular?.figures.previous?.bands.find(({ stars }) => stars === 5);
  // Three agencies had five stars when 2021 was published.
  expect(best?.count).toBe(2);
  expect(circular?.text.strengths.map(({ text }) => text).join()).toContain('五星级机构增加1家');
});

it('a year that is not published yet tells nobody anything', async () => {
  expect((await own(STEEL)).years.map(({ year }) => year)).toEqual([YEAR]);
  expect((await publicYears()).years).toEqual([{ year: YEAR, version: 2 }]);
});

it('shows an agency its own stars and items through the years, and no other’s', async () => {
  await city.toEnd();
  const { years } = await own(STEEL);
  expect(years.map(({ year, stars, total }) => [year, stars, total])).toEqual([
    [YEAR, 4, '85.00'],
    [YEAR + 1, 5, '100.00'],
  ]);
  const a1 = years.map(({ items }) => items.find(({ code }) => code === 'A1')?.earned);
  expect(a1).toEqual(['0', '3']);
  const foreign = await refusalOf(own(STEEL, POWER));
  expect(foreign).toMatchObject({ status: 404, code: 'notYours' });
  expect(await refusalOf(own(STEEL, UNKNOWN))).toEqual(foreign);
  expect((await own(EXCLUDED)).years).toMatchObject([{ leftOut: '省中心抽查评估' }, { stars: null }]);
});

it('shows the public the stars that were published, and nothing of those that failed', async () => {
  const { years, agencies } = await publicYears();
  expect(years).toEqual([
    { year: YEAR, version: 2 },
    { year: YEAR + 1, version: 1 },
  ]);
  const steel = agencies.find(({ filingNumber }) => filingNumber === STEEL);
  expect(steel?.years).toEqual([
    { year: YEAR, stars: 4 },
    { year: YEAR + 1, stars: 5 },
  ]);
  expect(agencies.map(({ filingNumber }) => filingNumber).sort()).toEqual([STEEL, POWER, SCHOOL].sort());
  expect(JSON.stringify(agencies)).not.toContain(TRAINING);
});

it('shows staff who rose and fell, failures included, and the items of each year', async () => {
  const compared = await (await city.as('auditor-1')).get<Awaited<ReturnType<typeof cityYears>>>('/years');
  expect(compared.moves).toEqual([
    {
      from: YEAR,
      to: YEAR + 1,
      risen: [{ filingNumber: STEEL, name: '淮河钢铁有限公司', from: 4, to: 5 }],
      fallen: [],
      unchanged: 3,
      entered: 0,
      gone: 0,
    },
  ]);
  const failed = compared.agencies.find(({ filingNumber }) => filingNumber === TRAINING);
  expect(failed?.years.map(({ stars }) => stars)).toEqual([0, 0]);
  const weak = compared.years.map(
    ({ itemAverages }) => itemAverages.find(({ code }) => code === 'A1')?.average,
  );
  expect(Number(weak[0])).toBeLessThan(Number(weak[1]));
});
