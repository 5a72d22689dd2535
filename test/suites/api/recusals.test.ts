/** Recusal after the draw: asked for, decided by somebody else, replaced by lot, and nothing of the agency is left to see. */
import { expect, it } from 'vitest';
import { readDraw } from '../../../shared/app/draw-records.ts';
import { extendDossier } from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import type { DrawRecord } from '../../../shared/domain/draw-record.ts';
import { verifyDraw } from '../../../shared/domain/verify-draw.ts';
import { INSPECTORS, POWER, SMALL_CITY, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, type CityOptions, refusalOf } from '../../support/city.ts';
import { dossierPath, finding, inStatus, record } from '../../support/passage.ts';

async function visiting(options?: CityOptions) {
  const city = await aCity(options);
  await city.start();
  await city.to('inspectOnSite');
  const [filingNumber = ''] = await inStatus(city, 'visiting');
  const { visit } = await city.dossier(filingNumber);
  const [first = '', second = ''] = visit?.inspectors ?? [];
  return { city, filingNumber, first, second };
}

const ask = async (city: City, account: string, filingNumber: string, body: object) =>
  (await city.as(account)).post(`${dossierPath(filingNumber)}/recusal-requests`, {
    reason: '曾为同事',
    ...body,
  });

const decide = async (
  city: City,
  account: string,
  filingNumber: string,
  inspector: string,
  granted: boolean,
) =>
  (await city.as(account)).post(`${dossierPath(filingNumber)}/recusal-decisions`, {
    inspector,
    granted,
    reason: '情况属实',
  });

async function published(city: City, name: string): Promise<DrawRecord> {
  const bytes = await (await city.as('auditor-1')).download(`/public/${YEAR}/${name}`);
  return JSON.parse(new TextDecoder().decode(bytes));
}

it('an agency asks, the inspector holds still, an approver grants it, and the next by lot takes over', async () => {
  const { city, filingNumber, first, second } = await visiting();
  await record(city, filingNumber, first);
  await ask(city, filingNumber, filingNumber, { inspector: first });
  expect(await refusalOf(ask(city, filingNumber, filingNumber, { inspector: first }))).toMatchObject({
    code: 'recusalKnown',
  });
  expect(await refusalOf(record(city, filingNumber, first))).toMatchObject({ code: 'recusalPending' });
  expect(await refusalOf(decide(city, 'handler-1', filingNumber, first, true))).toMatchObject({
    code: 'notAllowed',
  });
  const before = await readDraw(city.deps, await city.cycle());
  await decide(city, 'approver-1', filingNumber, first, true);
  expect(await refusalOf(decide(city, 'approver-2', filingNumber, first, false))).toMatchObject({
    code: 'recusalNotOpen',
  });

  const { visit } = await city.dossier(filingNumber);
  const [replacement = ''] = visit?.inspectors ?? [];
  expect([first, second]).not.toContain(replacement);
  expect(visit).toMatchObject({ inspectors: [replacement, second], vacant: [], findings: {} });
  const { drawChanges } = await city.cycle();
  expect(drawChanges).toMatchObject([
    { type: 'recused', inspector: first, filingNumber, reason: '曾为同事', replacedBy: replacement },
  ]);
  expect(before.changes).toEqual([]);
  // The sweep looks for places that a crash left empty, finds this one filled, and changes nothing.
  await city.sweep();
  expect((await city.cycle()).drawChanges).toEqual(drawChanges);

  // Nothing of that agency is left for whoever was recused: view, list, count, writing.
  const gone = await city.as(first);
  expect(await refusalOf(gone.get(dossierPath(filingNumber)))).toMatchObject({ status: 404 });
  const list = await gone.get<{ records: { filingNumber: string }[] }>(`/cycles/${YEAR}/dossiers`);
  expect(list.records.map((line) => line.filingNumber)).not.toContain(filingNumber);
  expect(await refusalOf(record(city, filingNumber, first))).toMatchObject({ status: 404 });
  const dossier = await city.dossier(filingNumber);
  const forged = { type: 'findingRecorded' as const, data: finding() };
  expect(await extendDossier(city.deps, dossier, actor(first), forged)).toBeInstanceOf(Refusal);

  await record(city, filingNumber, second);
  expect((await city.dossier(filingNumber)).status).toBe('visiting');
  await record(city, filingNumber, replacement);
  expect((await city.dossier(filingNumber)).status).toBe('visited');

  await city.toEnd();
  const final = await published(city, 'draw-final.json');
  expect(verifyDraw(final, before.commitment)).toMatchObject({ outcome: 'holds' });
  expect(JSON.stringify(final)).not.toContain('曾为同事');
  expect(final.changes).toMatchObject([{ inspector: first, replacedBy: replacement }]);
  const archived = await (await city.as('auditor-1')).download(`/cycles/${YEAR}/archive/draw.json`);
  expect(verifyDraw(JSON.parse(new TextDecoder().decode(archived)))).toMatchObject({ outcome: 'holds' });
});

it('an inspector declares an interest before the draw, and the draw heeds it; refused, nothing changes', async () => {
  const city = await aCity({
    agencies: SMALL_CITY.slice(0, 1),
    settings: { sampling: { percent: 0, atLeast: 1 } },
  });
  await city.start();
  await city.to('reviewAtDesk');
  const [{ filingNumber } = { filingNumber: '' }] = SMALL_CITY;
  for (const id of ['inspector-1', 'inspector-2']) await ask(city, id, filingNumber, {});
  expect(await refusalOf(ask(city, 'inspector-1', filingNumber, {}))).toMatchObject({ code: 'recusalKnown' });
  expect(await refusalOf((await city.as('inspector-1')).get(dossierPath(filingNumber)))).toMatchObject({
    status: 404,
  });
  expect(await refusalOf(ask(city, filingNumber, filingNumber, { inspector: 'nobody' }))).toMatchObject({
    code: 'notFound',
  });
  await decide(city, 'approver-1', filingNumber, 'inspector-1', true);
  await decide(city, 'approver-1', filingNumber, 'inspector-2', false);
  await city.to('inspectOnSite');
  const { visit } = await city.dossier(filingNumber);
  expect(visit?.inspectors).not.toContain('inspector-1');
  const { recusals } = await readDraw(city.deps, await city.cycle());
  expect(recusals).toEqual([{ inspector: 'inspector-1', filingNumber, reason: '曾为同事' }]);
});

it('granted between draw and visit, the place goes to the next by lot before anybody comes', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approvePlan');
  const { visits } = await readDraw(city.deps, await city.cycle());
  const [
    {
      filingNumber,
      inspectors: [first = ''],
    } = { filingNumber: '', inspectors: [] },
  ] = visits;
  await ask(city, first, filingNumber, {});
  await decide(city, 'approver-2', filingNumber, first, true);
  await city.decide('approver-1', 'approve');
  const { visit } = await city.dossier(filingNumber);
  expect(visit?.inspectors).toHaveLength(2);
  expect(visit?.inspectors).not.toContain(first);
  expect(await published(city, 'draw.json')).toMatchObject({ changes: [] });
});

it('nobody decides on a request of their own, in whatever role, and not on their own visit', async () => {
  const { city, filingNumber, first, second } = await visiting();
  await ask(city, first, filingNumber, {});
  for (const account of [first, second]) {
    await city.reappoint(account, 'approver');
    expect(await refusalOf(decide(city, account, filingNumber, first, false))).toMatchObject({
      code: 'recusalOwn',
    });
    const dossier = await city.dossier(filingNumber);
    const next = {
      type: 'recusalDecided' as const,
      data: { inspector: first, granted: false },
      reason: '不必',
    };
    expect(await extendDossier(city.deps, dossier, actor(account, 'approver'), next)).toBeInstanceOf(Refusal);
  }
});

it('where nobody is left to take over it is refused until somebody joins, who then comes by lot', async () => {
  const { city, filingNumber, first, second } = await visiting();
  const others = INSPECTORS.map(({ id }) => id).filter((id) => id !== first && id !== second);
  for (const id of others) {
    await ask(city, id, filingNumber, {});
    await decide(city, 'approver-1', filingNumber, id, true);
  }
  await ask(city, filingNumber, filingNumber, { inspector: first });
  expect(await refusalOf(decide(city, 'approver-1', filingNumber, first, true))).toMatchObject({
    code: 'noReplacement',
  });
  const handler = await city.as('handler-1');
  const { inspectors } = await city.cycle();
  const path = `/cycles/${YEAR}/inspectors`;
  expect(await refusalOf(handler.put(path, inspectors.slice(1)))).toMatchObject({ code: 'planPublished' });
  await handler.put(path, [...inspectors, { id: 'inspector-5', name: '新督导员' }]);
  await decide(city, 'approver-1', filingNumber, first, true);
  expect((await city.dossier(filingNumber)).visit?.inspectors).toEqual(['inspector-5', second]);
  const changes = (await city.cycle()).drawChanges.map(({ type }) => type);
  expect(changes).toEqual(['recused', 'recused', 'joined', 'recused']);
});

it('an agency sees who comes and its own request, not the inspector’s', async () => {
  const { city, filingNumber, first, second } = await visiting();
  await ask(city, first, filingNumber, {});
  await ask(city, filingNumber, filingNumber, { inspector: second, reason: '有利害关系' });
  const seen = await (await city.as(filingNumber)).get<object>(dossierPath(filingNumber));
  expect(seen).toMatchObject({ inspectors: [first, second], recusals: [{ inspector: second }] });
  expect(JSON.stringify(seen)).not.toContain('曾为同事');
  expect(seen).not.toHaveProperty('visit');
});

it('an inspector who was not sent there learns nothing of an agency by asking', async () => {
  const city = await aCity({ silent: [STEEL] });
  await city.start();
  await city.to('reviewAtDesk');
  // Whether anything was filed makes no difference.
  await ask(city, 'inspector-1', STEEL, {});
  await ask(city, 'inspector-1', POWER, {});
  await city.to('receiveObjections');
  const told = [];
  for (const filingNumber of [STEEL, POWER]) {
    told.push(await refusalOf(ask(city, 'inspector-2', filingNumber, {})));
  }
  expect(told[0]).toMatchObject({ code: 'recusalClosed', message: '现在不能申请回避该机构' });
  expect(told[1]).toEqual(told[0]);
});

it('a visit that was not drawn is added to the draw, by lot, and the record still holds', async () => {
  const city = await aCity();
  await city.start();
  await city.to('reviewScores');
  const lines = await inStatus(city, 'scored');
  const { visits } = await readDraw(city.deps, await city.cycle());
  const undrawn = lines.find((number) => !visits.some(({ filingNumber }) => filingNumber === number)) ?? '';
  await city.decide('approver-1', 'return', { agencies: [undrawn] });
  const { drawChanges } = await city.cycle();
  const { visit } = await city.dossier(undrawn);
  expect(drawChanges).toMatchObject([
    { type: 'added', filingNumber: undrawn, inspectors: visit?.inspectors },
  ]);
  await city.toEnd();
  expect(verifyDraw(await published(city, 'draw-final.json'))).toMatchObject({ outcome: 'holds' });
});
