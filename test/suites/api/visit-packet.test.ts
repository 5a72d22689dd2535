/** A visit captured without a network: its file is taken in once, from the right inspector, whole, signed by a registered device. */
import { expect, it } from 'vitest';
import { checkJointEntries } from '../../../shared/app/archive/visits.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { handInPacket } from '../../../shared/app/visit-packets.ts';
import type { DossierAction } from '../../../shared/domain/dossier.ts';
import type { RecordedFinding } from '../../../shared/domain/visit.ts';
import { packetText } from '../../../shared/domain/visit-packet.ts';
import { aRate } from '../../domain/builders.ts';
import { YEAR } from '../../support/agencies.ts';
import { aDevice } from '../../support/capturing.ts';
import { aCity, actor, refusalOf } from '../../support/city.ts';
import { dossierPath, finding, inStatus, record } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';

async function visiting() {
  const city = await aCity();
  await city.start();
  await city.to('inspectOnSite');
  const [filingNumber = '', elsewhere = ''] = await inStatus(city, 'visiting');
  const [first = '', second = ''] = (await city.dossier(filingNumber)).visit?.inspectors ?? [];
  const post = async (account: string, act: string, body: object, to = filingNumber) =>
    (await city.as(account)).post<{ status: string; visit: { captureKeys: object[] } }>(
      `${dossierPath(to)}/${act}`,
      body,
    );
  const visitOf = (inspector: string) => ({ year: YEAR, filingNumber, inspector });
  const entries = async (type: string) =>
    (await city.dossier(filingNumber)).history.filter((action) => action.type === type);
  return { city, filingNumber, elsewhere, first, second, post, visitOf, entries };
}

it('is taken in once: the same again is the same act, another or a changed one is refused in words', async () => {
  const { city, filingNumber, elsewhere, first, second, post, visitOf, entries } = await visiting();
  const device = await aDevice();
  const content = await device.write(visitOf(first), finding());
  expect(await refusalOf(post(first, 'visit-packet', { content }))).toMatchObject({ code: 'packetUnsigned' });
  expect((await post(first, 'capture-keys', { key: device.key })).visit.captureKeys).toEqual([device.key]);
  await post(first, 'capture-keys', { key: device.key });
  expect(await entries('captureKeyRegistered')).toHaveLength(1);

  const changed = content.replace('"numerator":20', '"numerator":19');
  expect(changed).not.toBe(content);
  expect(await refusalOf(post(first, 'visit-packet', { content: changed }))).toMatchObject({
    status: 422,
    code: 'packetDamaged',
    message: expect.stringContaining('导出后被改动过'),
  });
  // The device of one inspector is not the other's, nor is the packet; and it is about this agency alone.
  const forged = await device.write(visitOf(second), finding());
  expect(await refusalOf(post(second, 'visit-packet', { content: forged }))).toMatchObject({
    code: 'packetUnsigned',
  });
  expect(await refusalOf(post(second, 'visit-packet', { content }))).toMatchObject({ code: 'packetForeign' });
  const there = (await city.dossier(elsewhere)).visit?.inspectors ?? [];
  for (const inspector of there) {
    expect(await refusalOf(post(inspector, 'visit-packet', { content }, elsewhere))).toMatchObject({
      code: 'packetForeign',
    });
  }
  expect(await entries('findingRecorded')).toEqual([]);

  expect(await post(first, 'visit-packet', { content })).toMatchObject({ status: 'visiting' });
  const [recorded] = await entries('findingRecorded');
  expect(recorded).toMatchObject({ by: { id: first }, data: { packet: { key: device.key } } });
  expect(await post(first, 'visit-packet', { content })).toMatchObject({ status: 'visiting' });
  const another = await device.write(visitOf(first), finding({ A2: aRate(1, 20) }));
  for (const again of [another, await device.write(visitOf(first), finding())]) {
    expect(await refusalOf(post(first, 'visit-packet', { content: again }))).toMatchObject({
      status: 409,
      code: 'alreadyRecorded',
    });
  }
  const late = (await aDevice()).key;
  expect(await refusalOf(post(first, 'capture-keys', { key: late }))).toMatchObject({
    code: 'alreadyRecorded',
  });
  expect(await entries('findingRecorded')).toHaveLength(1);

  // It is blind like any other record, and counts like one: a visit ends when both agree.
  const seen = await (await city.as(second)).get<{ visit: { findings: object } }>(dossierPath(filingNumber));
  expect(seen.visit.findings).toEqual({});
  await record(city, filingNumber, second);
  expect((await city.dossier(filingNumber)).status).toBe('visited');
  expect(await post(first, 'visit-packet', { content })).toMatchObject({ status: 'visited' });
  await city.to('reviewScores');
  expect(await post(first, 'visit-packet', { content })).toMatchObject({ status: 'scored' });
}, 60_000);

it('of an earlier visit does not count for the next one, whose devices are not registered yet', async () => {
  const { city, filingNumber, first, second, post, visitOf } = await visiting();
  const device = await aDevice();
  await post(first, 'capture-keys', { key: device.key });
  const content = await device.write(visitOf(first), finding());
  await record(city, filingNumber, first);
  await record(city, filingNumber, second);
  expect(await refusalOf(post(first, 'visit-packet', { content }))).toMatchObject({
    code: 'alreadyRecorded',
  });
  await city.to('reviewScores');
  await city.decide('approver-1', 'return', { agencies: [filingNumber] });
  expect((await city.dossier(filingNumber)).visit?.inspectors).toContain(first);
  expect(await refusalOf(post(first, 'visit-packet', { content }))).toMatchObject({ code: 'packetUnsigned' });
}, 60_000);

it('broken off after any of its writes, or sent from two windows at once, is on record once', async () => {
  const { city, filingNumber, first, second, post, visitOf, entries } = await visiting();
  const device = await aDevice();
  await post(second, 'capture-keys', { key: device.key });
  await record(city, filingNumber, first);
  const content = await device.write(visitOf(second), finding());
  const handIn = (deps = city.deps) => handInPacket(deps, YEAR, filingNumber, actor(second), { content });
  let broken = 0;
  for (let writes = 0; writes < 6; writes++) {
    const outcome = await handIn(dyingAfter(city.deps, writes)).catch(() => 'broken off');
    if (outcome === 'broken off') broken++;
  }
  expect(broken).toBeGreaterThan(0);
  for (const answer of await Promise.all([handIn(), handIn(), handIn()]))
    expect(answer).not.toBeInstanceOf(Refusal);
  expect((await entries('findingRecorded')).filter(({ by }) => by.id === second)).toHaveLength(1);
  expect((await city.dossier(filingNumber)).status).toBe('visited');
}, 60_000);

it('is proved by the archive: digest and signature follow from the entry that took it in', async () => {
  const { city, filingNumber, first, second, post, visitOf } = await visiting();
  const device = await aDevice();
  await post(first, 'capture-keys', { key: device.key });
  await post(first, 'visit-packet', { content: packetText(await device.pack(visitOf(first), finding())) });
  await record(city, filingNumber, second);
  const cycle = await city.cycle();
  const dossier = await city.dossier(filingNumber);
  expect(checkJointEntries({ cycle, dossiers: [dossier] }).findings).toEqual([]);
  const changed = (change: (action: DossierAction) => DossierAction) =>
    checkJointEntries({ cycle, dossiers: [{ ...dossier, history: dossier.history.map(change) }] }).findings;
  const packed = (change: (data: RecordedFinding) => RecordedFinding) =>
    changed((action) =>
      action.type === 'findingRecorded' && action.data.packet
        ? { ...action, data: change(action.data) }
        : action,
    ).map(({ problem }) => problem);
  expect(packed((data) => ({ ...data, visitedOn: '2022-03-21' }))).toEqual([
    '检查记录与其离线检查包的摘要不符',
  ]);
  const unregistered = changed((action) =>
    action.type === 'captureKeyRegistered' ? { ...action, by: { ...action.by, id: second } } : action,
  );
  expect(unregistered.map(({ problem }) => problem)).toEqual(['离线检查包的签名不成立']);
}, 60_000);
