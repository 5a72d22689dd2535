/** An answer that was lost: whoever says the same once more is answered alike, and whatever had not been done yet is done. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { reviewAtDesk } from '../../../shared/app/desk-review.ts';
import type { Deps } from '../../../shared/app/ports.ts';
import { keys } from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { submitSelfEvaluation } from '../../../shared/app/self-evaluation.ts';
import { recordFinding } from '../../../shared/app/visits.ts';
import type { GateName } from '../../../shared/domain/gates.ts';
import { PlatformFigures } from '../../../shared/domain/platform.ts';
import { answered, COMMITMENT, INSPECTORS, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, openCity } from '../../support/city.ts';
import { acceptFlags, finding, importFigures, inStatus, upload } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';

/** More than any of these writes. */
const MOST_WRITES = 12;

interface Saying {
  what: string;
  gate: GateName;
  /** Readies what is needed; returns what is said. */
  ready: (city: City) => Promise<(deps: Deps) => Promise<unknown>>;
  entry: string;
  /** The status that it leaves. */
  status: string;
}

const SAYINGS: Saying[] = [
  {
    what: 'a submission',
    gate: 'collectSelfEvaluations',
    entry: 'submitted',
    status: 'submitted',
    ready: async (city) => {
      const answers = answered(await upload(city, STEEL));
      const body = { answers, commitment: COMMITMENT };
      return (deps) => submitSelfEvaluation(deps, YEAR, STEEL, actor(STEEL), body);
    },
  },
  {
    what: 'a desk review',
    gate: 'reviewAtDesk',
    entry: 'deskReviewed',
    status: 'reviewed',
    ready: async (city) => {
      await acceptFlags(city, STEEL);
      return (deps) =>
        reviewAtDesk(deps, YEAR, STEEL, actor('handler-1'), { corrections: [], reason: '与台账一致' });
    },
  },
  {
    what: 'the last finding of a visit',
    gate: 'inspectOnSite',
    entry: 'findingRecorded',
    status: 'visited',
    ready: async (city) => {
      const [first = '', second = ''] = (await city.dossier(STEEL)).visit?.inspectors ?? [];
      await recordFinding(city.deps, YEAR, STEEL, actor(first), finding());
      return (deps) => recordFinding(deps, YEAR, STEEL, actor(second), finding());
    },
  },
];

let city: City;
beforeAll(async () => {
  city = await openCity({ settings: { sampling: { percent: 100, atLeast: 2 } } });
  await city.start();
}, 60_000);
afterAll(() => city.close());

describe.each(SAYINGS)('$what, broken off after any of its writes', ({ gate, entry, status, ready }) => {
  it('is on record once when it is said again, and keeps no gate closed', async () => {
    await city.to(gate);
    const say = await ready(city);
    const before = await signed(entry);
    let broken = 0;
    for (let writes = 0; writes < MOST_WRITES; writes++) {
      const outcome = await say(dyingAfter(city.deps, writes)).catch(() => 'broken off');
      if (outcome === 'broken off') broken++;
    }
    expect(broken).toBeGreaterThan(0);
    expect(await say(city.deps)).not.toBeInstanceOf(Refusal);
    expect(await signed(entry)).toBe(before + 1);
    expect((await city.dossier(STEEL)).status).toBe(status);
    const mark = { pk: keys.waiting(YEAR, gate), sk: STEEL };
    const waits = await city.deps.items.get(mark, z.unknown());
    expect(waits).toBeUndefined();
  }, 120_000);
});

const signed = async (entry: string) =>
  (await city.dossier(STEEL)).history.filter(({ type }) => type === entry).length;

it('a decision that the workflow was not told of: told when the last record is sent again', async () => {
  const other = await aCity();
  await other.start();
  await other.to('reviewAtDesk');
  const { workflow } = other.deps;
  const deaf: Deps = {
    ...other.deps,
    workflow: { ...workflow, succeed: () => Promise.reject(new Error('stopped')) },
  };
  const review = (deps: Deps, filingNumber: string) =>
    reviewAtDesk(deps, YEAR, filingNumber, actor('handler-1'), { corrections: [], reason: '与台账一致' });
  const waiting = await inStatus(other, 'submitted');
  for (const filingNumber of waiting) await acceptFlags(other, filingNumber);
  const last = waiting.pop() ?? '';
  for (const filingNumber of waiting) await review(other.deps, filingNumber);
  await expect(review(deaf, last)).rejects.toThrow('stopped');
  expect((await other.cycle()).gate).toMatchObject({
    gate: 'reviewAtDesk',
    decision: { verdict: 'complete' },
  });
  await review(other.deps, last);
  await other.runtime.settled();
  expect((await other.cycle()).gate?.gate).toBe('approvePlan');
}, 60_000);

it('settings, rubric, inspectors, deadlines and figures that stand already make no second entry', async () => {
  const other = await aCity();
  await other.start();
  await other.to('prepareNotice');
  const handler = await other.as('handler-1');
  const cycle = `/cycles/${YEAR}`;
  const { settings, rubric } = await other.cycle();
  const entries = async () => (await other.cycle()).history.length;
  const twice = async (say: () => Promise<unknown>) => {
    const before = await entries();
    await say();
    const once = await entries();
    await say();
    expect(await entries()).toBe(once);
    return once - before;
  };
  expect(await twice(() => handler.put(`${cycle}/settings`, settings))).toBe(0);
  const changed = { ...settings, visitWorkingDays: settings.visitWorkingDays + 1 };
  expect(await twice(() => handler.put(`${cycle}/settings`, changed))).toBe(1);
  expect(await twice(() => handler.put(`${cycle}/rubric`, rubric))).toBe(0);
  expect(await twice(() => handler.put(`${cycle}/inspectors`, INSPECTORS))).toBe(1);
  await other.to('collectSelfEvaluations');
  const deadline = new Date(Date.parse((await other.cycle()).gate?.deadline ?? '') + 86_400_000);
  const body = { deadline: deadline.toISOString(), reason: '机构请求延期' };
  const moving = () => handler.put(`${cycle}/gates/collectSelfEvaluations/deadline`, body);
  expect(await twice(moving)).toBe(1);
  const figures = { filingNumber: STEEL, candidates: 300 };
  expect(await twice(() => importFigures(other, PlatformFigures.parse(figures)))).toBe(1);
  expect((await handler.get<{ status: string }>(cycle)).status).toBe('open');
}, 60_000);
