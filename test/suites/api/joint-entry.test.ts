/** Two records of a visit that differ: blind until both are in, settled by one inspector, confirmed by the other. */
import { expect, it } from 'vitest';
import { confirmJointEntry, draftJointEntry, sendBackJointEntry } from '../../../shared/app/joint-entries.ts';
import type { Deps } from '../../../shared/app/ports.ts';
import { keepOldPromises } from '../../../shared/app/promises.ts';
import { aRate } from '../../domain/builders.ts';
import { YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, finding, inStatus, record } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';

interface Seen {
  status: string;
  visit: {
    findings: object;
    differing: string[];
    joint?: { entry: number; sentBack?: { reason: string } };
  };
}

async function visiting(settings: object = {}) {
  const city = await aCity({ settings });
  await city.start();
  await city.to('inspectOnSite');
  const [filingNumber = ''] = await inStatus(city, 'visiting');
  const [first = '', second = ''] = (await city.dossier(filingNumber)).visit?.inspectors ?? [];
  const post = async (account: string, act: string, body: object) =>
    (await city.as(account)).post<Seen>(`${dossierPath(filingNumber)}/${act}`, body);
  const see = async (account: string) => (await city.as(account)).get<Seen>(dossierPath(filingNumber));
  return { city, filingNumber, first, second, post, see };
}

const settled = [{ item: 'A2', facts: aRate(15, 20), reason: '有一个批次跨年' }];
const findingOf = (numerator: number) => finding({ A2: aRate(numerator, 20) });
const asks = async (city: City, account: string, filingNumber: string) => {
  const list = await (await city.as(account)).get<{
    records: { filingNumber: string; asks: string | null }[];
  }>(`/cycles/${YEAR}/dossiers`);
  return list.records.find((line) => line.filingNumber === filingNumber)?.asks;
};

it('drafted by one, sent back and then confirmed by the other, counts as the visit’s finding', async () => {
  const { city, filingNumber, first, second, post, see } = await visiting();
  await post(first, 'findings', findingOf(14));
  expect((await see(second)).visit).toMatchObject({ findings: {}, differing: [] });
  expect(await refusalOf(post(first, 'joint-entry', { settled }))).toMatchObject({ code: 'notAtThisStep' });
  await post(second, 'findings', findingOf(16));
  expect(await see(first)).toMatchObject({ status: 'visiting', visit: { differing: ['A2'] } });
  expect(await asks(city, first, filingNumber)).toBe('draft');

  const missing = [{ item: 'B1', facts: aRate(1, 2), reason: '复看' }];
  expect(await refusalOf(post(first, 'joint-entry', { settled: missing }))).toMatchObject({
    code: 'jointEntryIncomplete',
    message: '会商记录应逐项写明认定结果和理由，还缺：A2',
  });
  expect(await refusalOf(post(first, 'joint-entry', { settled: [...settled, ...missing] }))).toMatchObject({
    code: 'jointEntrySurplus',
  });
  const wrong = [{ item: 'A2', facts: { kind: 'deduction', faults: 1 }, reason: '复看' }];
  expect(await refusalOf(post(first, 'joint-entry', { settled: wrong }))).toMatchObject({
    code: 'factsInvalid',
  });

  const drafted = await post(first, 'joint-entry', { settled });
  // Said again, it is the same draft.
  expect(await post(first, 'joint-entry', { settled })).toEqual(drafted);
  const entry = drafted.visit.joint?.entry ?? 0;
  expect([await asks(city, first, filingNumber), await asks(city, second, filingNumber)]).toEqual([
    null,
    'confirm',
  ]);
  expect(await refusalOf(post(second, 'joint-entry', { settled }))).toMatchObject({ code: 'jointEntryOpen' });
  expect(await refusalOf(post(first, 'joint-entry-confirmation', { entry }))).toMatchObject({
    status: 403,
    code: 'jointEntryOwn',
  });
  expect(await refusalOf(post(first, 'joint-entry-return', { entry, reason: '漏看' }))).toMatchObject({
    code: 'jointEntryOwn',
  });
  expect(await refusalOf(post(second, 'joint-entry-confirmation', { entry: entry - 1 }))).toMatchObject({
    code: 'jointEntryGone',
  });

  const back = await post(second, 'joint-entry-return', { entry, reason: '另有一份台账' });
  expect(back.visit.joint?.sentBack).toMatchObject({ reason: '另有一份台账' });
  expect(await refusalOf(post(second, 'joint-entry-confirmation', { entry }))).toMatchObject({
    code: 'jointEntryGone',
  });
  const again = await post(second, 'joint-entry', { settled });
  const anew = { entry: again.visit.joint?.entry ?? 0 };
  expect(await post(first, 'joint-entry-confirmation', anew)).toMatchObject({ status: 'visited' });
  const dossier = await city.dossier(filingNumber);
  expect(dossier.history.slice(-5).map(({ type }) => type)).toEqual([
    'jointEntryDrafted',
    'jointEntrySentBack',
    'jointEntryDrafted',
    'jointEntryConfirmed',
    'visitClosed',
  ]);

  await city.to('answerDraftResults');
  const { sheet } = await city.dossier(filingNumber);
  expect(sheet?.items.find(({ code }) => code === 'A2')).toMatchObject({
    source: 'inspection',
    facts: aRate(15, 20),
  });
  const shown = await (await city.as(filingNumber)).get<{
    draftResult: { items: { code: string; reasons: string[] }[] };
  }>(dossierPath(filingNumber));
  const reasons = (code: string) => shown.draftResult.items.find((item) => item.code === code)?.reasons;
  expect(reasons('A2')).toContain('会商认定：有一个批次跨年');
  expect(reasons('A1')).toEqual([]);
}, 60_000);

it('begins with two records, also where both inspectors hand theirs in at the same moment', async () => {
  const { city, filingNumber, first, second, post } = await visiting();
  await Promise.all([first, second].map((inspector) => post(inspector, 'findings', findingOf(18))));
  const { status, visit } = await city.dossier(filingNumber);
  expect(status).toBe('visited');
  expect(Object.keys(visit?.findings ?? {}).sort()).toEqual([first, second].sort());
}, 60_000);

it('is not needed within the tolerance: what counts was recorded by whoever was drawn first', async () => {
  const { city, filingNumber, first, second, post } = await visiting({ visitTolerancePercent: 10 });
  await post(second, 'findings', findingOf(20));
  expect(await post(first, 'findings', findingOf(18))).toMatchObject({ status: 'visited' });
  expect(await refusalOf(post(first, 'joint-entry', { settled }))).toMatchObject({ code: 'findingsAgree' });
  await city.to('reviewScores');
  const { sheet } = await city.dossier(filingNumber);
  expect(sheet?.items.find(({ code }) => code === 'A2')).toMatchObject({ facts: aRate(18, 20) });
}, 60_000);

it('keeps whoever drafted or confirmed it from approving the scores', async () => {
  const { city, filingNumber, first, second, post } = await visiting();
  await post(first, 'findings', findingOf(14));
  await post(second, 'findings', findingOf(16));
  const drafted = await post(first, 'joint-entry', { settled });
  const entry = drafted.visit.joint?.entry ?? 0;
  await post(second, 'joint-entry-confirmation', { entry });
  // An answer that was lost: once more is the same act.
  const again = await confirmJointEntry(city.deps, YEAR, filingNumber, actor(second), { entry });
  expect(again).toMatchObject({ status: 'visited' });
  await city.to('reviewScores');
  for (const account of [first, second]) {
    await city.reappoint(account, 'approver');
    expect(await refusalOf(city.decide(account, 'approve'))).toMatchObject({ code: 'ownWork' });
  }
}, 60_000);

it('falls with the recusal of an inspector: the next one records blind, and they settle anew', async () => {
  const { city, filingNumber, first, second, post, see } = await visiting();
  await post(first, 'findings', findingOf(14));
  await post(second, 'findings', findingOf(16));
  await post(first, 'joint-entry', { settled });
  await post(first, 'recusal-requests', { inspector: first, reason: '曾为同事' });
  const decision = { inspector: first, granted: true, reason: '情况属实' };
  await (await city.as('approver-1')).post(`${dossierPath(filingNumber)}/recusal-decisions`, decision);
  const [replacement = ''] = (await city.dossier(filingNumber)).visit?.inspectors ?? [];
  expect(await see(replacement)).toMatchObject({ visit: { findings: {}, differing: [] } });
  expect((await see(replacement)).visit.joint).toBeUndefined();
  await record(city, filingNumber, replacement, { A2: aRate(16, 20) });
  expect((await city.dossier(filingNumber)).status).toBe('visited');
}, 60_000);

it('is told to the other inspector when drafted and to the first when decided: once, whatever breaks off or is said again', async () => {
  const { city, filingNumber, first, second, post } = await visiting();
  await post(first, 'findings', findingOf(14));
  await post(second, 'findings', findingOf(16));
  const told = async (account: string) =>
    (await (await city.as(account)).get<{ records: { kind: string }[] }>('/inbox')).records
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('jointEntry'))
      .toReversed();
  const toConfirm = 'jointEntryToConfirm';
  /** Broken off after each of its writes, then said twice. */
  const brokenOff = async (say: (deps: Deps) => Promise<unknown>) => {
    for (let writes = 0; writes < 6; writes++) {
      await say(dyingAfter(city.deps, writes)).catch(() => undefined);
    }
    await say(city.deps);
    expect(await say(city.deps)).toMatchObject({ filingNumber });
    await keepOldPromises(city.deps);
  };
  const draft = (by: string) =>
    brokenOff((deps) => draftJointEntry(deps, YEAR, filingNumber, actor(by), { settled }));
  const entry = async () => (await city.dossier(filingNumber)).visit?.joint?.entry ?? 0;

  await draft(first);
  expect([await told(first), await told(second)]).toEqual([[], [toConfirm]]);
  const back = { entry: await entry(), reason: '另有一份台账' };
  await brokenOff((deps) => sendBackJointEntry(deps, YEAR, filingNumber, actor(second), back));
  expect([await told(first), await told(second)]).toEqual([['jointEntrySentBack'], [toConfirm]]);
  await draft(first);
  const confirmation = { entry: await entry() };
  await brokenOff((deps) => confirmJointEntry(deps, YEAR, filingNumber, actor(second), confirmation));
  expect([await told(first), await told(second)]).toEqual([
    ['jointEntrySentBack', 'jointEntryConfirmed'],
    [toConfirm, toConfirm],
  ]);
  expect((await city.dossier(filingNumber)).status).toBe('visited');
}, 60_000);
