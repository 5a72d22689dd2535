/** A year that is frozen takes no write from anybody; it is restored by appending, and goes on with the time that was left. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { type Chains, readChains } from '../../../shared/app/archive/chains.ts';
import { checkFreezes } from '../../../shared/app/archive/freezes.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import type { InboxPage } from '../../../shared/app/inbox.ts';
import {
  appendEntry,
  cycleKind,
  dossierKind,
  extendCycle,
  extendDossier,
  keys,
} from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import type { Dossier } from '../../../shared/domain/dossier.ts';
import { SYSTEM } from '../../../shared/domain/history.ts';
import { answered, INSPECTORS, POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { actor, type City, openCity, refusalOf } from '../../support/city.ts';

const CYCLE = `/cycles/${YEAR}`;
const commitment = { name: '王某', position: '校长', date: '2022-03-02' };

let city: City;
let before: Dossier;
let moment: string;
let archived: unknown;
beforeAll(async () => {
  city = await openCity();
  await city.start();
  await city.to('collectSelfEvaluations');
}, 90_000);
afterAll(() => city.close());

const submit = async (filingNumber: string) =>
  (await city.as(filingNumber)).post(`${CYCLE}/dossiers/${filingNumber}/submission`, {
    answers: answered(),
    commitment,
  });
const order = async (what: string, body: object, account = 'director-1') => {
  const view = await (await city.as(account)).post(`${CYCLE}/${what}`, { reason: '发现泄密', ...body });
  await city.runtime.settled();
  return view;
};
const later = (hours: number) =>
  city.moveTo(new Date(city.clock.now().getTime() + hours * 3_600_000).toISOString());
const statuses = async () =>
  Promise.all([STEEL, POWER, SCHOOL].map(async (one) => (await city.dossier(one)).status));
const inbox = async (account: string) => {
  const { records } = await (await city.as(account)).get<InboxPage>('/inbox');
  return records.map(({ title }) => title);
};

it('is frozen by the director alone, with a reason, where it waits', async () => {
  await submit(STEEL);
  await later(1);
  moment = city.clock.now().toISOString();
  await later(1);
  await submit(POWER);
  before = await city.dossier(SCHOOL);
  expect(await refusalOf(order('freeze', {}, 'approver-1'))).toMatchObject({ code: 'notAllowed' });
  expect(await refusalOf(order('freeze', { reason: ' ' }))).toMatchObject({ code: 'invalidRequest' });
  expect(await refusalOf(order('unfreeze', {}))).toMatchObject({ code: 'notFrozen' });
  expect(await order('freeze', {})).toMatchObject({ status: 'frozen' });
  expect(await refusalOf(order('freeze', {}))).toMatchObject({ code: 'cycleFrozen' });
  const { history } = await city.cycle();
  expect(history.slice(-2)).toMatchObject([
    { type: 'frozen', by: { id: 'director-1' }, reason: '发现泄密' },
    { type: 'checkpointTaken', data: { dossiers: 5 } },
  ]);
  expect((await city.dossier(SCHOOL)).history.at(-1)).toMatchObject({ type: 'frozen', reason: '发现泄密' });
});

it('then takes no write through the API, whoever asks', async () => {
  const frozen = { status: 409, code: 'cycleFrozen' };
  expect(await refusalOf(submit(SCHOOL))).toMatchObject(frozen);
  const draft = (await city.as(SCHOOL)).put(`${CYCLE}/dossiers/${SCHOOL}/draft`, answered());
  expect(await refusalOf(draft)).toMatchObject(frozen);
  const handler = await city.as('handler-1');
  const back = handler.post(`${CYCLE}/dossiers/${STEEL}/return`, { reason: '补正' });
  expect(await refusalOf(back)).toMatchObject(frozen);
  const deadline = { deadline: '2022-04-30T15:59:59Z', reason: '延长' };
  const moved = handler.put(`${CYCLE}/gates/collectSelfEvaluations/deadline`, deadline);
  expect(await refusalOf(moved)).toMatchObject(frozen);
  expect(
    await refusalOf(
      handler.put(`${CYCLE}/inspectors`, [...INSPECTORS, { id: 'inspector-9', name: '新', recusals: [] }]),
    ),
  ).toMatchObject(frozen);
  const cancel = { attempt: 1, verdict: 'cancel', reason: '取消' };
  const cancelled = (await city.as('approver-1')).post(
    `${CYCLE}/gates/collectSelfEvaluations/decision`,
    cancel,
  );
  expect(await refusalOf(cancelled)).toMatchObject(frozen);
});

it('nor a forged one around the handlers, with a state from before or with none', async () => {
  const { deps } = city;
  const now = await city.dossier(SCHOOL);
  const cycle = await city.cycle();
  const unfiled = { type: 'closedUnfiled' as const, data: {} };
  expect(await extendDossier(deps, before, SYSTEM, unfiled)).toBeInstanceOf(Refusal);
  expect(await extendDossier(deps, { ...now, frozen: false }, SYSTEM, unfiled)).toBeInstanceOf(Refusal);
  const dossierKey = keys.dossier(YEAR, SCHOOL);
  expect(await appendEntry(deps, dossierKind, dossierKey, now.history, SYSTEM, unfiled)).toBeInstanceOf(
    Refusal,
  );
  const decided = {
    type: 'gateDecided' as const,
    data: { gate: 'collectSelfEvaluations' as const, attempt: 1, verdict: 'complete' as const, agencies: [] },
  };
  const forged = { ...cycle, status: 'open' as const };
  expect(await extendCycle(deps, forged, SYSTEM, decided)).toBeInstanceOf(Refusal);
  const cycleKey = keys.cycle(YEAR);
  const director = actor('director-1');
  expect(await appendEntry(deps, cycleKind, cycleKey, cycle.history, director, decided)).toBeInstanceOf(
    Refusal,
  );
  expect(await city.dossier(SCHOOL)).toEqual(now);
  expect(await city.cycle()).toEqual(cycle);
});

it('lets its deadline pass without closing: the clock stands still', async () => {
  const { gate } = await city.cycle();
  await city.moveTo(new Date(Date.parse(gate?.deadline ?? '') + 5 * 86_400_000).toISOString());
  await city.sweep();
  expect((await city.cycle()).status).toBe('frozen');
  expect(await statuses()).toEqual(['submitted', 'submitted', 'collecting']);
});

it('is restored to a moment of this gate, never to one before it or to come', async () => {
  const { gate } = await city.cycle();
  const opened = Date.parse(gate?.openedAt ?? '');
  const tooFar = { status: 422, code: 'restoreTooFar' };
  expect(await refusalOf(order('restoration', { to: new Date(opened - 1).toISOString() }))).toMatchObject(
    tooFar,
  );
  expect(await refusalOf(order('restoration', { to: '2030-01-01T00:00:00Z' }))).toMatchObject(tooFar);
  const undone = await city.dossier(POWER);
  await order('restoration', { to: moment });
  expect(await statuses()).toEqual(['submitted', 'collecting', 'collecting']);
  const power = await city.dossier(POWER);
  expect(power.submission).toBeUndefined();
  expect(power.history.slice(0, -1)).toEqual(undone.history);
  expect(power.history.at(-1)).toMatchObject({ type: 'restored', data: { to: moment } });
  expect((await city.dossier(STEEL)).history.at(-1)?.type).toBe('frozen');
  expect(await city.view()).toMatchObject({ status: 'frozen' });
});

it('goes on with the working days that were left, waits again for what was undone, and says so', async () => {
  const { gate: stopped } = await city.cycle();
  await order('unfreeze', { reason: '已查清' });
  const { gate, status } = await city.cycle();
  expect([status, gate?.gate, gate?.attempt]).toEqual(['open', 'collectSelfEvaluations', 1]);
  expect(Date.parse(gate?.deadline ?? '')).toBeGreaterThan(city.clock.now().getTime() + 9 * 86_400_000);
  expect(Date.parse(gate?.deadline ?? '')).toBeGreaterThan(Date.parse(stopped?.deadline ?? ''));
  expect(await city.view()).toMatchObject({ waiting: 3 });
  expect(await inbox(POWER)).toEqual(
    expect.arrayContaining([
      `${YEAR}年度评估已冻结`,
      `${YEAR}年度评估档案已恢复`,
      `${YEAR}年度评估已解除冻结`,
    ]),
  );
  expect(await inbox(STEEL)).not.toContain(`${YEAR}年度评估档案已恢复`);
  expect(await inbox('handler-2')).toEqual(expect.arrayContaining([`${YEAR}年度评估已冻结`]));
});

it('finishes a freeze that a crash cut short', async () => {
  const data = { gate: 'collectSelfEvaluations' as const, attempt: 1 };
  const cut = { type: 'frozen' as const, data, reason: '再次冻结' };
  await extendCycle(city.deps, await city.cycle(), actor('director-1'), cut);
  expect((await city.dossier(TRAINING)).frozen).toBe(false);
  await city.sweep();
  expect((await city.dossier(TRAINING)).frozen).toBe(true);
  expect((await city.cycle()).history.at(-1)?.type).toBe('checkpointTaken');
  await order('unfreeze', { reason: '解除' });
});

it('of several orders at once each is carried out once, and whoever came too late is told', async () => {
  const count = async (type: string) =>
    (await city.cycle()).history.filter((one) => one.type === type).length;
  for (const [what, type] of [
    ['freeze', 'frozen'],
    ['unfreeze', 'unfrozen'],
  ] as const) {
    const before = await count(type);
    const outcomes = await Promise.all(
      [1, 2, 3].map((number) =>
        order(what, { reason: `第${number}次` }).then(
          () => 'done',
          (error: { code?: string }) => error.code,
        ),
      ),
    );
    expect(await count(type)).toBe(before + 1);
    expect(outcomes).toContain('done');
    const refused = outcomes.filter((outcome) => outcome !== 'done');
    for (const code of refused) expect(['cycleFrozen', 'notFrozen', 'changedMeanwhile']).toContain(code);
    const dossiers = await Promise.all([STEEL, POWER, SCHOOL, TRAINING].map(city.dossier));
    expect(dossiers.map(({ frozen }) => frozen)).toEqual(Array(4).fill(type === 'frozen'));
  }
});

it('is not frozen while a step is at work or after publication; the archive tells of every freeze and verifies', async () => {
  for (const filingNumber of [POWER, SCHOOL, TRAINING]) await submit(filingNumber);
  await city.runtime.settled();
  const { gate } = await city.cycle();
  const forged = { type: 'frozen' as const, data: { gate: 'collectSelfEvaluations' as const, attempt: 1 } };
  expect(gate?.gate).toBe('reviewAtDesk');
  expect(await extendCycle(city.deps, await city.cycle(), actor('director-1'), forged)).toBeInstanceOf(
    Refusal,
  );
  await city.toEnd();
  expect(await refusalOf(order('freeze', {}))).toMatchObject({ code: 'nothingWaiting' });
  const { files } = await downloadYear(await city.as('auditor-1'), YEAR);
  const { checks } = verifyArchive(new Map(files.map(({ path, content }) => [path, content])));
  expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
  expect(checks.find(({ title }) => title === '冻结和恢复')?.scope).toBe('冻结 3 次，恢复 1 次');
  archived = JSON.parse(
    String(Buffer.from(files.find(({ path }) => path === 'history.json')?.content ?? [])),
  );
}, 60_000);

it('an archive in which a freeze was broken, an undoing dropped or a stranger gave the order does not verify', () => {
  const { chains } = readChains(YEAR, archived);
  if (!chains) throw new Error('the chains of the archive do not hold');
  const { cycle, dossiers } = chains;
  const problems = (changed: Partial<Chains>) =>
    checkFreezes({ ...chains, ...changed }).findings.map(({ problem }) => problem);
  const inPower = (change: (history: Dossier['history']) => Dossier['history']) =>
    problems({
      dossiers: dossiers.map((one) =>
        one.filingNumber === POWER ? { ...one, history: change(one.history) } : one,
      ),
    });
  const ordered = (type: string, change: object) =>
    problems({
      cycle: {
        ...cycle,
        history: cycle.history.map((one) =>
          one.type === type ? ({ ...one, ...change } as typeof one) : one,
        ),
      },
    });
  expect(problems({})).toEqual([]);
  expect(inPower((history) => history.filter(({ type }) => type !== 'restored'))).toContain(
    `没有按年度记录第 ${cycle.history.find(({ type }) => type === 'restored')?.seq} 条恢复`,
  );
  expect(inPower((history) => history.filter(({ type }) => type !== 'frozen'))).toContain(
    '没有冻结却作了恢复或解除',
  );
  expect(inPower((history) => history.filter(({ type }) => type !== 'unfrozen'))).toContain(
    '冻结期间仍有办理记录',
  );
  expect(ordered('frozen', { by: actor('approver-1') })).toContain('负责人不能冻结、恢复或解除冻结');
  expect(ordered('checkpointTaken', { data: { dossiers: 4, digest: '' } })).toContain(
    '冻结时的检查点与各档案不符',
  );
  expect(ordered('restored', { data: { to: '2022-01-01T00:00:00.000Z', toSeq: 1 } })).toEqual(
    expect.arrayContaining(['恢复到了本环节开始之前', '恢复到的位置与时点不符']),
  );
});
