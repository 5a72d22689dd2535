/** Who is told what of a year: whose turn it is, what was decided, what was handed back. */
import { describe, expect, it } from 'vitest';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { cityAt, inbox, latest, titles, told } from '../../support/inbox.ts';
import { dossierPath, file, inStatus } from '../../support/passage.ts';

const ANSWER = { items: ['A1'], reason: '计划已公布，附网址' };

it('tells whose turn it is: agencies what is asked and by when, staff what waits, inspectors their visits', async () => {
  const city = await cityAt('reviewAtDesk');
  expect((await titles(city, 'handler-1', 'workWaits')).sort()).toEqual([
    '待办：拟定评估通知',
    '待办：材料复核',
  ]);
  expect(await titles(city, 'approver-1', 'workWaits')).toEqual(['待办：审批评估通知']);
  const { records } = await inbox(city, STEEL);
  expect(records).toMatchObject([
    {
      kind: 'selfEvaluationAsked',
      to: { agency: STEEL },
      about: { year: YEAR, filingNumber: STEEL, gate: 'collectSelfEvaluations' },
      text: expect.stringContaining('请于 2022年3月14日 23:59 前'),
      read: false,
    },
  ]);
  await city.to('inspectOnSite');
  for (const filingNumber of await inStatus(city, 'visiting')) {
    const { visit, agency } = await city.dossier(filingNumber);
    expect(await told(city, filingNumber)).toContain('visitAnnounced');
    for (const inspector of visit?.inspectors ?? []) {
      expect(await titles(city, inspector, 'visitAsked')).toContain(`现场检查任务：${agency.name}`);
    }
  }
  await city.toEnd();
  // The first two gates opened at the same instant.
  expect((await told(city, POWER)).sort()).toEqual([
    'circularPublished',
    'draftResultSent',
    'selfEvaluationAsked',
    'starsAnnounced',
  ]);
  expect(await told(city, 'auditor-1')).toEqual(['circularPublished']);
});

describe('a draft result', () => {
  it('is put to every agency with the day by which to answer, and reminds those who have said nothing', async () => {
    const city = await cityAt('answerDraftResults');
    expect(await latest(city, POWER, 'draftResultSent')).toMatchObject({
      about: { gate: 'answerDraftResults', filingNumber: POWER },
      text: expect.stringContaining('请于 2022年3月3日 23:59 前'),
    });
    await (await city.as(STEEL)).post(`${dossierPath(STEEL)}/draft-result-acceptance`, {});
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/draft-result-answer`, ANSWER);
    await city.moveTo('2022-03-02T02:00:00Z');
    expect(await told(city, POWER)).toContain('draftResultDue');
    for (const heard of [STEEL, SCHOOL]) expect(await told(city, heard)).not.toContain('draftResultDue');
  });

  it('is answered with a day for the reply: the handler is reminded of it, then the approver told', async () => {
    const city = await cityAt('answerDraftResults');
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/draft-result-answer`, ANSWER);
    expect(await latest(city, 'handler-1', 'draftResultAnswered')).toMatchObject({
      text: expect.stringContaining('于 2022年3月10日 23:59 前书面答复'),
    });
    await city.moveTo('2022-03-08T02:00:00Z');
    await city.sweep();
    expect((await told(city, 'handler-1')).filter((kind) => kind === 'answerDue')).toHaveLength(1);
    expect(await told(city, 'approver-1')).not.toContain('answerOverdue');
    await city.moveTo('2022-03-11T02:00:00Z');
    await city.sweep();
    expect((await told(city, 'approver-1')).filter((kind) => kind === 'answerOverdue')).toHaveLength(1);
    const decision = { verdict: 'rejected', reason: '经核查不成立' };
    await (await city.as('handler-2')).post(`${dossierPath(SCHOOL)}/answer-decision`, decision);
    expect(await told(city, SCHOOL)).toContain('answerDecided');
  });

  it('puts new material to the agency with a day, reminds it of that day, and tells staff what it said', async () => {
    const city = await cityAt('answerDraftResults');
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/draft-result-answer`, ANSWER);
    const material = { reason: '平台显示另有一个批次', items: ['A3'] };
    await (await city.as('handler-2')).post(`${dossierPath(SCHOOL)}/materials`, material);
    const put = await latest(city, SCHOOL, 'materialPut');
    expect(put).toMatchObject({ text: expect.stringContaining('2022年3月3日 23:59') });
    expect(JSON.stringify(put)).not.toContain(material.reason);
    await city.moveTo('2022-03-03T02:00:00Z');
    expect(await told(city, SCHOOL)).toContain('materialDue');
    const said = { reason: '该批次属于上年度' };
    await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/material-answer`, said);
    for (const staff of ['handler-1', 'approver-1']) {
      expect(await told(city, staff)).toContain('materialAnswered');
    }
  });
});

it('hands back a self-evaluation with a message that leaves the reason in the record', async () => {
  const city = await cityAt('collectSelfEvaluations');
  await file(city, STEEL);
  await (await city.as('handler-1')).post(`${dossierPath(STEEL)}/return`, { reason: '考评员张三的证书缺页' });
  const { records } = await inbox(city, STEEL);
  const returned = records.find(({ kind }) => kind === 'selfEvaluationReturned');
  expect(returned).toMatchObject({ about: { filingNumber: STEEL } });
  expect(JSON.stringify(records)).not.toContain('张三');
});

it('tells everybody who took part that the year was cancelled', async () => {
  const city = await cityAt('approvePlan');
  await city.decide('approver-1', 'cancel');
  await city.sweep();
  for (const account of ['handler-1', 'auditor-1', TRAINING, SCHOOL]) {
    expect(await told(city, account)).toContain('cycleCancelled');
  }
});
