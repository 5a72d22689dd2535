/** An answer that was lost: whoever says the same once more is answered alike, and whatever had not been done yet is done. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Client } from '../../../infra/local/drive/client.ts';
import { reviewAtDesk } from '../../../shared/app/desk-review.ts';
import type { Deps } from '../../../shared/app/ports.ts';
import { keys } from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { submitSelfEvaluation } from '../../../shared/app/self-evaluation.ts';
import { recordFinding } from '../../../shared/app/visits.ts';
import type { GateName } from '../../../shared/domain/gates.ts';
import { PlatformFigures } from '../../../shared/domain/platform.ts';
import { answered, COMMITMENT, INSPECTORS, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, openCity } from '../../support/city.ts';
import { acceptFlags, dossierPath, finding, importFigures, inStatus, upload } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';

/** More than any of these writes. */
const MOST_WRITES = 12;
const STEEL_PATH = dossierPath(STEEL);

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

it('a visit that a death left open after its last finding: ended by the sweep', async () => {
  const other = await aCity({ settings: { sampling: { percent: 100, atLeast: 2 } } });
  await other.start();
  await other.to('inspectOnSite');
  const [first = '', second = ''] = (await other.dossier(STEEL)).visit?.inspectors ?? [];
  await recordFinding(other.deps, YEAR, STEEL, actor(first), finding());
  await expect(
    recordFinding(dyingAfter(other.deps, 1), YEAR, STEEL, actor(second), finding()),
  ).rejects.toThrow();
  expect((await other.dossier(STEEL)).status).toBe('visiting');
  await other.sweep();
  expect((await other.dossier(STEEL)).status).toBe('visited');
}, 60_000);

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

/** Somebody whose every answer is lost: all is said twice, and the second time when the workflow has gone on. */
function twice(client: Client, city: City): Client {
  const again = async <T>(path: string, say: () => Promise<T>): Promise<T> => {
    const first = await say();
    await city.runtime.settled();
    // An upload that is asked for again is another one.
    return path.endsWith('/uploads') ? first : say();
  };
  return {
    ...client,
    put: (path, body) => again(path, () => client.put(path, body)),
    post: (path, body) => again(path, () => client.post(path, body)),
  };
}

it('a year in which everything is said twice is answered alike, and on record once', async () => {
  const other = await aCity({ settings: { sampling: { percent: 100, atLeast: 2 } } });
  await other.start();
  const { as } = other;
  other.as = async (account) => twice(await as(account), other);
  await other.to('collectSelfEvaluations');
  const agency = await other.as(STEEL);
  for (const word of ['初稿', '改稿']) {
    const { version } = (await agency.get<{ version: number } | null>(`${STEEL_PATH}/draft`)) ?? {
      version: 0,
    };
    const draft = { items: { A1: { remark: word } }, bonus: {} };
    const saved = await agency.put<{ version: number }>(`${STEEL_PATH}/draft?version=${version}`, draft);
    expect(saved.version).toBe(version + 1);
  }
  await other.to('answerDraftResults');
  const grounds = { items: ['A1'], reason: '我单位有不同意见', evidence: [] };
  const ruling = { verdict: 'rejected', reason: '经核对，原记录无误', corrections: [] };
  const handler = await other.as('handler-1');
  const approver = await other.as('approver-1');
  await agency.post(`${STEEL_PATH}/draft-result-answer`, grounds);
  for (const filingNumber of await inStatus(other, 'drafted')) {
    await (await other.as(filingNumber)).post(`${dossierPath(filingNumber)}/draft-result-acceptance`, {});
  }
  await handler.post(`${STEEL_PATH}/answer-decision`, ruling);
  await other.runtime.settled();
  await other.to('receiveObjections');
  await agency.post(`${STEEL_PATH}/objections`, grounds);
  await approver.post(`${STEEL_PATH}/objection-decision`, ruling);
  expect((await other.toEnd()).status).toBe('published');

  const once = (entries: readonly { type: string; by: { id: string } }[]) => {
    const said = entries.map(({ type, by }) => `${type} ${by.id}`);
    expect(said).toEqual([...new Set(said)]);
  };
  for (const { filingNumber } of SMALL_CITY) once((await other.dossier(filingNumber)).history);
  const { history } = await other.cycle();
  const decisions = history.flatMap((one) => (one.type === 'gateDecided' ? [one.data] : []));
  const decided = decisions.map(({ gate, attempt }) => `${gate} ${attempt}`);
  expect(decided).toEqual([...new Set(decided)]);
}, 120_000);
