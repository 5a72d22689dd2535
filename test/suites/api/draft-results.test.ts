/** The draft result: every agency sees its own with all reasons, answers on facts, and is replied to before the announcement. */
import { expect, it } from 'vitest';
import { decideAnswer } from '../../../shared/app/draft-results.ts';
import { extendDossier } from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import type { Facts } from '../../../shared/domain/facts.ts';
import { everInspected } from '../../../shared/domain/visit.ts';
import { INSPECTORS, POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { acceptFlags, dossierPath, inStatus, pastDeadline, upload } from '../../support/passage.ts';

const NONE: Facts = { kind: 'checklist', ticked: [] };
const ALL: Facts = { kind: 'checklist', ticked: ['1', '2', '3'] };
const UPHELD = {
  verdict: 'upheld',
  reason: '经核实',
  corrections: [{ item: 'A1', facts: ALL, reason: '网址可查' }],
};
const REJECTED = { verdict: 'rejected', reason: '证据不足', corrections: [] };

const act = async (city: City, account: string, filingNumber: string, what: string, body: object = {}) =>
  (await city.as(account)).post<{ status: string; score?: { total: string } }>(
    `${dossierPath(filingNumber)}/${what}`,
    body,
  );
const accept = (city: City, filingNumber: string) =>
  act(city, filingNumber, filingNumber, 'draft-result-acceptance');
const answer = (city: City, filingNumber: string, changes: object = {}) =>
  act(city, filingNumber, filingNumber, 'draft-result-answer', {
    items: ['A1'],
    reason: '计划已公布，附网址',
    ...changes,
  });

/** Everybody was marked down at the desk for A1, and one agency filed nothing. */
async function draftedCity(): Promise<City> {
  const city = await aCity({ silent: [TRAINING], settings: { sampling: { percent: 0, atLeast: 1 } } });
  await city.start();
  await city.to('reviewAtDesk');
  const corrections = [{ item: 'A1', facts: NONE, reason: '未见计划' }];
  for (const filingNumber of [STEEL, POWER, SCHOOL]) {
    await acceptFlags(city, filingNumber);
    await act(city, 'handler-1', filingNumber, 'desk-review', { corrections, reason: '更正' });
  }
  await city.to('inspectOnSite');
  // Nobody comes: the visit lapses, the facts of the desk count.
  await pastDeadline(city);
  await city.to('answerDraftResults');
  return city;
}

it('is shown to every agency, also to those that failed, and to no other agency or inspector', async () => {
  const city = await draftedCity();
  expect((await inStatus(city, 'drafted')).sort()).toEqual([POWER, SCHOOL, STEEL, TRAINING].sort());
  const seen = async (account: string, filingNumber: string) =>
    (await city.as(account)).get<Record<string, unknown>>(dossierPath(filingNumber));
  const own = await seen(STEEL, STEEL);
  expect(own).toMatchObject({ score: { total: '97.00', items: expect.any(Array) } });
  expect(own.draftResult).toMatchObject({
    sentAt: expect.any(String),
    items: expect.arrayContaining([
      expect.objectContaining({
        code: 'A1',
        earned: '0',
        possible: '3',
        source: '材料复核',
        reasons: ['材料复核更正：未见计划'],
        evidence: [expect.objectContaining({ sha256: expect.any(String) })],
      }),
    ]),
  });
  expect(await seen(TRAINING, TRAINING)).toMatchObject({
    score: { total: '0.00', result: '不合格', vetoes: [{ code: 'V6' }] },
  });
  expect(await refusalOf(seen(POWER, STEEL))).toMatchObject({ status: 404, code: 'notYours' });
  const sent = everInspected(await city.dossier(STEEL));
  const stranger = INSPECTORS.find(({ id }) => !sent.includes(id))?.id ?? '';
  expect(await refusalOf(seen(stranger, STEEL))).toMatchObject({ status: 404 });
  for (const drawn of sent) {
    const view = await seen(drawn, STEEL);
    expect(view).not.toHaveProperty('score');
    expect(view).not.toHaveProperty('draftResult');
  }
  expect(await city.deps.objects.list('reports', `public/${YEAR}/announcement`)).toEqual([]);
});

it('opens the announcement at once when all have accepted, else with the deadline; silence is recorded', async () => {
  const city = await draftedCity();
  expect(await accept(city, STEEL)).toMatchObject({ status: 'heard' });
  // A double click is one acceptance; once accepted, there is nothing to answer any more.
  const { history } = await city.dossier(STEEL);
  expect(await accept(city, STEEL)).toMatchObject({ status: 'heard' });
  expect((await city.dossier(STEEL)).history).toEqual(history);
  expect(await refusalOf(answer(city, STEEL))).toMatchObject({ code: 'notAtThisStep' });
  await accept(city, POWER);
  await accept(city, SCHOOL);
  expect((await city.view()).gate).toMatchObject({ gate: 'answerDraftResults' });
  await pastDeadline(city);
  expect((await city.view()).gate).toMatchObject({ gate: 'receiveObjections' });
  expect((await city.dossier(TRAINING)).draftResult).toMatchObject({ outcome: 'unanswered' });
  expect((await city.dossier(STEEL)).draftResult).toMatchObject({ outcome: 'accepted' });
  expect(await refusalOf(accept(city, TRAINING))).toMatchObject({ code: 'gateNotOpen' });

  const other = await draftedCity();
  for (const filingNumber of [STEEL, POWER, SCHOOL, TRAINING]) await accept(other, filingNumber);
  await other.runtime.settled();
  expect((await other.view()).gate).toMatchObject({ gate: 'receiveObjections' });
});

it('an answer holds the announcement beyond the deadline, and rescores that agency alone when it is right', async () => {
  const city = await draftedCity();
  const before = await Promise.all([POWER, SCHOOL].map(city.dossier));
  const foreign = await upload(city, POWER);
  expect(await refusalOf(answer(city, STEEL, { evidence: [foreign] }))).toMatchObject({
    code: 'uploadMissing',
  });
  expect(await refusalOf(answer(city, STEEL, { items: ['Z9'] }))).toMatchObject({ code: 'factsInvalid' });
  expect(await refusalOf(answer(city, STEEL, { reason: '  ' }))).toMatchObject({ code: 'invalidRequest' });
  await answer(city, STEEL, { evidence: [await upload(city, STEEL)] });
  expect((await city.dossier(STEEL)).answers[0]).toMatchObject({ dueBy: expect.any(String), materials: [] });
  await pastDeadline(city);
  await city.sweep();
  expect((await city.view()).gate).toMatchObject({ gate: 'answerDraftResults' });
  expect(await refusalOf(answer(city, POWER))).toMatchObject({ code: 'deadlinePassed' });

  for (const account of ['approver-1', 'auditor-1', STEEL]) {
    const refused = await refusalOf(act(city, account, STEEL, 'answer-decision', UPHELD));
    expect(refused).toMatchObject({ status: 403 });
  }
  const none = { ...UPHELD, corrections: [] };
  expect(await refusalOf(act(city, 'handler-2', STEEL, 'answer-decision', none))).toMatchObject({
    code: 'invalidRequest',
  });
  const unargued = { ...UPHELD, corrections: [{ item: 'A2', facts: ALL, reason: '顺便' }] };
  expect(await refusalOf(act(city, 'handler-2', STEEL, 'answer-decision', unargued))).toMatchObject({
    code: 'notArgued',
  });
  await act(city, 'handler-2', STEEL, 'answer-decision', UPHELD);
  await city.runtime.settled();
  expect((await city.view()).gate).toMatchObject({ gate: 'receiveObjections' });

  const steel = await city.dossier(STEEL);
  expect(steel.sheet).toMatchObject({ total: '100.00' });
  expect(steel.sheet?.items[0]).toMatchObject({ code: 'A1', source: 'statement' });
  const replied = steel.history.find(({ type }) => type === 'answerDecided');
  expect(replied).toMatchObject({ by: { id: 'handler-2' }, reason: '经核实', data: { id: `${STEEL}-D1` } });
  const after = await Promise.all([POWER, SCHOOL].map(city.dossier));
  expect(after.map(({ sheet }) => sheet)).toEqual(before.map(({ sheet }) => sheet));
  expect(await city.toEnd()).toMatchObject({ status: 'published' });
});

it('nobody replies who was ever sent to inspect the agency, by handler or around it', async () => {
  const city = await aCity({ settings: { sampling: { percent: 100, atLeast: 4 } } });
  await city.start();
  await city.to('answerDraftResults');
  await answer(city, STEEL);
  const [inspector = ''] = everInspected(await city.dossier(STEEL));
  await city.reappoint(inspector, 'handler');
  expect(await refusalOf(act(city, inspector, STEEL, 'answer-decision', REJECTED))).toMatchObject({
    status: 403,
    code: 'recused',
  });
  const material = { reason: '另有一个批次' };
  expect(await refusalOf(act(city, inspector, STEEL, 'materials', material))).toMatchObject({
    code: 'recused',
  });
  const self = actor(inspector, 'handler');
  const ruling = { verdict: 'rejected' as const, reason: '维持', corrections: [] };
  expect(await decideAnswer(city.deps, YEAR, STEEL, self, ruling)).toMatchObject({ code: 'recused' });
  const dossier = await city.dossier(STEEL);
  const data = { id: `${STEEL}-D1`, verdict: 'rejected' as const, corrections: [] };
  const forged = { type: 'answerDecided' as const, data, reason: '维持' };
  expect(await extendDossier(city.deps, dossier, self, forged)).toBeInstanceOf(Refusal);
  expect(await city.dossier(STEEL)).toEqual(dossier);
});

it('new material gives the agency a fresh window; nothing is decided before, and the rounds end', async () => {
  const city = await draftedCity();
  await answer(city, STEEL);
  const material = { reason: '平台显示另有一个批次未报备', items: ['A3'], documents: ['平台导出数据'] };
  expect(await refusalOf(act(city, STEEL, STEEL, 'materials', material))).toMatchObject({ status: 403 });
  await act(city, 'handler-2', STEEL, 'materials', material);
  const [open] = (await city.dossier(STEEL)).answers;
  const { reason: content, ...named } = material;
  expect(open?.materials).toMatchObject([{ ...named, content }]);
  expect(await refusalOf(act(city, 'handler-2', STEEL, 'answer-decision', REJECTED))).toMatchObject({
    status: 409,
    code: 'materialOpen',
  });
  const reply = { reason: '该批次属于上年度' };
  expect(await refusalOf(act(city, POWER, STEEL, 'material-answer', reply))).toMatchObject({ status: 404 });
  await act(city, STEEL, STEEL, 'material-answer', reply);
  // Once more after a lost answer it is the same act; another answer is none.
  const answered = await city.dossier(STEEL);
  await act(city, STEEL, STEEL, 'material-answer', reply);
  expect(await city.dossier(STEEL)).toEqual(answered);
  const other = { reason: '另有说明' };
  expect(await refusalOf(act(city, STEEL, STEEL, 'material-answer', other))).toMatchObject({
    code: 'notFound',
  });

  // A second round, which the agency lets pass: its silence is recorded before the next step.
  await act(city, 'handler-1', STEEL, 'materials', { reason: '另见台账' });
  const second = (await city.dossier(STEEL)).answers[0]?.materials[1];
  await city.moveTo(new Date(Date.parse(second?.answerBy ?? '') + 1).toISOString());
  expect(await refusalOf(act(city, STEEL, STEEL, 'material-answer', reply))).toMatchObject({
    code: 'deadlinePassed',
  });
  // No window would end before the day of the reply any more: it is decided on what there is.
  await city.moveTo(new Date(Date.parse(open?.dueBy ?? '') - 1).toISOString());
  const third = await refusalOf(act(city, 'handler-1', STEEL, 'materials', { reason: '再补一份' }));
  expect(third).toMatchObject({ status: 409, code: 'materialTooLate' });
  await act(city, 'handler-2', STEEL, 'answer-decision', REJECTED);
  const { history, answers } = await city.dossier(STEEL);
  expect(answers[0]?.materials.map(({ outcome }) => outcome)).toEqual(['answered', 'unanswered']);
  expect(history.filter(({ type }) => type === 'materialUnanswered')).toMatchObject([
    { by: { role: 'system' } },
  ]);
  await city.runtime.settled();
  expect((await city.view()).gate).toMatchObject({ gate: 'receiveObjections' });
});
