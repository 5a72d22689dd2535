/** Drafts of a self-evaluation: saved over the version that they are based on, and never over another unseen. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../infra/local/drive/client.ts';
import type { Answers } from '../../../shared/domain/facts.ts';
import { answered, POWER, SCHOOL, STEEL } from '../../support/agencies.ts';
import { aCity, type City, openCity, refusalOf } from '../../support/city.ts';
import { dossierPath, file } from '../../support/passage.ts';

interface Saved {
  version: number;
  answers: Answers;
}
const remarked = (remark: string): Answers => ({ items: { A1: { remark } }, bonus: {} });

describe('a draft', () => {
  let city: City;
  let client: Client;
  beforeAll(async () => {
    city = await openCity();
    await city.start();
    await city.to('collectSelfEvaluations');
    return city.close;
  }, 60_000);

  const save = async (agency: string, remark: string, version?: number) => {
    client = await city.as(agency);
    const query = version === undefined ? '' : `?version=${version}`;
    return client.put<Saved>(`${dossierPath(agency)}/draft${query}`, remarked(remark));
  };

  it('counts its savings', async () => {
    expect((await save(STEEL, '一', 0)).version).toBe(1);
    expect((await save(STEEL, '二', 1)).version).toBe(2);
    expect(await client.get(`${dossierPath(STEEL)}/draft`)).toMatchObject({
      version: 2,
      answers: remarked('二'),
    });
  });

  it('is not saved over one that was saved elsewhere meanwhile', async () => {
    await save(POWER, '一', 0);
    for (const stale of [0, 2]) {
      expect(await refusalOf(save(POWER, '别处', stale))).toMatchObject({
        status: 409,
        code: 'draftChanged',
      });
    }
    expect(await client.get(`${dossierPath(POWER)}/draft`)).toMatchObject({ answers: remarked('一') });
  });

  it('has one winner among many that are based on the same', async () => {
    await save(SCHOOL, '起点', 0);
    const outcomes = await Promise.allSettled(['甲', '乙', '丙', '丁'].map((who) => save(SCHOOL, who, 1)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await client.get(`${dossierPath(SCHOOL)}/draft`)).toMatchObject({ version: 2 });
  });

  it('replaces whatever stands there when it names no version', async () => {
    const { version } = await save(STEEL, '不问');
    expect((await save(STEEL, '再来')).version).toBe(version + 1);
  });
});

it('an agency sees its rounds, and why each was handed back', async () => {
  const city = await aCity({ silent: [STEEL, POWER] });
  await city.start();
  await city.to('collectSelfEvaluations');
  await file(city, SCHOOL);
  const handler = await city.as('handler-1');
  await handler.post(`${dossierPath(SCHOOL)}/return`, { reason: 'A2 批次数与平台不符' });
  const answers = answered(undefined, { A2: { kind: 'banded', values: { numerator: 1, denominator: 9 } } });
  const school = await city.as(SCHOOL);
  const commitment = { name: '张某', position: '校长', date: '2022-03-05' };
  await school.post(`${dossierPath(SCHOOL)}/submission`, { answers, commitment });
  const { rounds } = await school.get<{ rounds: { returnedFor: string | null; answers: Answers }[] }>(
    dossierPath(SCHOOL),
  );
  expect(rounds.map(({ returnedFor }) => returnedFor)).toEqual(['A2 批次数与平台不符', null]);
  expect(rounds[1]?.answers).toEqual(answers);
});
