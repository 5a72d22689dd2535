/** Separation of duties: nobody decides on what they themselves prepared, in whatever role they come. */
import { expect, it } from 'vitest';
import { decideGate } from '../../../shared/app/decide-gate.ts';
import { decideObjection } from '../../../shared/app/objections.ts';
import { extendCycle, extendDossier, keys } from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { recordFinding } from '../../../shared/app/visits.ts';
import { EXCLUDED, POWER, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, finding, inStatus } from '../../support/passage.ts';

const visited = async (city: City) => {
  const [filingNumber = ''] = await inStatus(city, 'visiting');
  const { visit } = await city.dossier(filingNumber);
  const [first = '', second = ''] = visit?.inspectors ?? [];
  return { filingNumber, first, second };
};

it('a handler who prepared the notice does not approve it, by role or by person', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approveNotice');
  expect(await refusalOf(city.decide('handler-1', 'approve'))).toMatchObject({
    status: 403,
    code: 'notAllowed',
  });
  await city.reappoint('handler-1', 'approver');
  for (const verdict of ['approve', 'return']) {
    expect(await refusalOf(city.decide('handler-1', verdict))).toMatchObject({
      status: 403,
      code: 'ownWork',
    });
  }
  expect((await city.view()).gate).toMatchObject({ gate: 'approveNotice', attempt: 1 });
  await city.decide('approver-1', 'approve');
  expect((await city.view()).gate?.gate).toBe('collectSelfEvaluations');
});

it('whoever changed the settings has prepared the notice too', async () => {
  const city = await aCity();
  await city.start();
  const { settings } = await city.cycle();
  await (await city.as('handler-2')).put(`/cycles/${YEAR}/settings`, {
    ...settings,
    announcementWorkingDays: settings.announcementWorkingDays + 1,
  });
  await city.to('approveNotice');
  await city.reappoint('handler-2', 'approver');
  expect(await refusalOf(city.decide('handler-2', 'approve'))).toMatchObject({ code: 'ownWork' });
});

it('desk reviewer, inspector and approver of the scores stay out of the next decision', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approvePlan');
  await city.reappoint('handler-1', 'approver');
  expect(await refusalOf(city.decide('handler-1', 'approve'))).toMatchObject({ code: 'ownWork' });
  await city.reappoint('handler-1', 'handler');

  await city.to('inspectOnSite');
  const { filingNumber, first } = await visited(city);
  await city.to('reviewScores');
  await city.reappoint(first, 'approver');
  expect(await refusalOf(city.decide(first, 'approve'))).toMatchObject({ code: 'ownWork' });

  await city.to('receiveObjections');
  const agency = await city.as(filingNumber);
  await agency.post(`${dossierPath(filingNumber)}/objections`, { items: ['A1'], reason: '计划已公布' });
  const verdict = { verdict: 'rejected' as const, reason: '维持', corrections: [] };
  const decision = (await city.as(first)).post(`${dossierPath(filingNumber)}/objection-decision`, verdict);
  expect(await refusalOf(decision)).toMatchObject({ status: 403, code: 'recused' });
  await (await city.as('approver-2')).post(`${dossierPath(filingNumber)}/objection-decision`, verdict);

  await city.to('signCircular');
  await city.reappoint('approver-1', 'director');
  expect(await refusalOf(city.decide('approver-1', 'approve'))).toMatchObject({ code: 'ownWork' });
  expect(await city.toEnd()).toMatchObject({ status: 'published' });
});

it('the store refuses what a forged state would allow', async () => {
  const city = await aCity();
  await city.start();
  await city.to('approveNotice');
  const { deps } = city;
  const cycle = await city.cycle();
  // The use case with the person's other role, and the same decision written without it.
  const decision = {
    gate: 'approveNotice' as const,
    attempt: 1,
    verdict: 'approve' as const,
    reason: '同意',
  };
  const self = actor('handler-1', 'approver');
  expect(await decideGate(deps, YEAR, self, decision)).toMatchObject({ code: 'ownWork' });
  const { reason, ...data } = decision;
  const entry = { type: 'gateDecided' as const, data: { ...data, agencies: [] }, reason };
  const lacks = { attribute: 'preparers_approveNotice', lacks: self.id };
  expect(await extendCycle(deps, cycle, self, entry, [lacks])).toMatchObject({ code: 'changedMeanwhile' });
  const stale = { ...cycle, history: cycle.history.slice(0, -1) };
  expect(await extendCycle(deps, stale, actor('approver-1'), entry)).toBeInstanceOf(Refusal);
  expect(await city.cycle()).toEqual(cycle);

  await city.to('inspectOnSite');
  const { filingNumber, first, second } = await visited(city);
  const stranger = ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4'].find(
    (id) => id !== first && id !== second,
  );
  const outsider = actor(stranger ?? '', 'inspector');
  expect(await recordFinding(deps, YEAR, filingNumber, outsider, finding())).toMatchObject({
    code: 'notYours',
  });
  const dossier = await city.dossier(filingNumber);
  const record = { type: 'findingRecorded' as const, data: finding() };
  const drawn = { attribute: 'inspectors', holds: outsider.id };
  expect(await extendDossier(deps, dossier, outsider, record, [drawn])).toBeInstanceOf(Refusal);
  // A dossier that claims to be at another step than it is.
  const objected = { ...dossier, status: 'objected' as const };
  const upheld = {
    type: 'objectionDecided' as const,
    data: { id: 'x', verdict: 'upheld' as const, corrections: [] },
  };
  expect(await extendDossier(deps, objected, actor('approver-2'), upheld)).toMatchObject({
    code: 'changedMeanwhile',
  });
  const inspectorAsApprover = actor(first, 'approver');
  const verdict = { verdict: 'rejected' as const, reason: '维持', corrections: [] };
  expect(await decideObjection(deps, YEAR, filingNumber, inspectorAsApprover, verdict)).toMatchObject({
    code: 'recused',
  });
  expect(await city.dossier(filingNumber)).toEqual(dossier);
});

it('lists show an agency and an inspector what is theirs, and no cursor that tells of others', async () => {
  const city = await aCity();
  await city.start();
  await city.to('inspectOnSite');
  const seen = async (account: string) => {
    const client = await city.as(account);
    const path = `/cycles/${YEAR}/dossiers`;
    const list = await client.get<{ records: { filingNumber: string }[]; cursor: string | null }>(path);
    expect(list.cursor).toBeNull();
    return list.records.map(({ filingNumber }) => filingNumber);
  };
  expect(await seen(STEEL)).toEqual([STEEL]);
  expect(await seen('handler-1')).toHaveLength(5);
  const visits = await Promise.all((await inStatus(city, 'visiting')).map((number) => city.dossier(number)));
  for (const inspector of ['inspector-1', 'inspector-2', 'inspector-3', 'inspector-4']) {
    const own = visits.filter(({ visit }) => visit?.inspectors.includes(inspector));
    expect(await seen(inspector)).toEqual(own.map(({ filingNumber }) => filingNumber));
  }
  expect(await city.deps.items.count(keys.waiting(YEAR, 'inspectOnSite'))).toBe(visits.length);
  expect(await refusalOf((await city.as(POWER)).get(dossierPath(EXCLUDED)))).toMatchObject({ status: 404 });
  const view = await (await city.as(STEEL)).get<object>(`/cycles/${YEAR}`);
  for (const staffOnly of ['settings', 'inspectors', 'draw', 'history', 'waiting']) {
    expect(view).not.toHaveProperty(staffOnly);
  }
});
