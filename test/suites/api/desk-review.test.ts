/** Desk review over the API: flags with both figures, what a handler makes of them, and what waits for it. */
import { beforeEach, expect, it } from 'vitest';
import { aRate } from '../../domain/builders.ts';
import { answered, POWER, pdf, SCHOOL, STEEL, TRAINING, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';
import {
  acceptFlags,
  confirm,
  dossierPath,
  file,
  flagsOf,
  grantFor,
  importFigures,
  put,
  review,
  submit,
  upload,
} from '../../support/passage.ts';

interface PlatformPreview {
  figures: object[];
  problems: { message: string }[];
  errors: number;
  digest: string;
}

let city: City;
beforeEach(async () => {
  city = await aCity();
  await city.start();
  await city.to('collectSelfEvaluations');
}, 60_000);

const treat = async (filingNumber: string, body: object, account = 'handler-1') =>
  (await city.as(account)).post(`${dossierPath(filingNumber)}/flag-treatments`, body);
const codesOf = async (filingNumber: string) => (await flagsOf(city, filingNumber)).map(({ code }) => code);

it('the review is not closed before every flag has been accepted or corrected', async () => {
  await importFigures(city, { filingNumber: STEEL, plannedBatches: 40 });
  await city.to('reviewAtDesk');
  expect(await codesOf(STEEL)).toEqual(['figureDiffers', 'evidenceReused']);
  const [differs, reused] = await flagsOf(city, STEEL);
  expect(differs?.figures?.map(({ source, value }) => [source, value])).toEqual([
    ['selfEvaluation', 20],
    ['platform', 40],
  ]);
  const close = async () =>
    (await city.as('handler-1')).post(`${dossierPath(STEEL)}/desk-review`, {
      corrections: [],
      reason: '已核对',
    });
  expect(await refusalOf(close())).toMatchObject({
    status: 409,
    code: 'flagsUntreated',
    message: expect.stringContaining('A2填报数与平台数不符'),
  });
  const ids = [differs?.id ?? '', reused?.id ?? ''];
  const correction = { item: 'A2', facts: aRate(20, 40), reason: '按平台数据' };
  const corrected = { flags: [ids[0]], treatment: 'corrected', reason: '计划数少报' };
  for (const wrong of [
    { ...corrected, corrections: [] },
    { ...corrected, corrections: [{ ...correction, item: 'A3', facts: aRate(1, 1) }] },
    { ...corrected, corrections: [correction, { ...correction, item: 'A3', facts: aRate(1, 1) }] },
    { ...corrected, corrections: [{ ...correction, facts: { kind: 'deduction', faults: 1 } }] },
    { flags: ids, treatment: 'accepted', corrections: [correction], reason: '属实' },
  ]) {
    expect(await refusalOf(treat(STEEL, wrong))).toMatchObject({ status: 422, code: 'factsInvalid' });
  }
  expect(
    await refusalOf(treat(STEEL, { flags: ['0'], treatment: 'accepted', reason: '属实' })),
  ).toMatchObject({
    code: 'flagGone',
  });
  expect(
    await refusalOf(treat(STEEL, { flags: ids, treatment: 'accepted', reason: '属实' }, 'approver-1')),
  ).toMatchObject({ code: 'notAllowed' });
  await treat(STEEL, { ...corrected, corrections: [correction] });
  await treat(STEEL, { flags: [ids[1]], treatment: 'accepted', reason: '汇编材料' });
  await close();
  const { desk, status } = await city.dossier(STEEL);
  expect([status, desk?.answers.items.A2?.facts]).toEqual(['reviewed', aRate(20, 40)]);
  const [seen] = await flagsOf(city, STEEL);
  expect(seen?.treatment).toMatchObject({ treatment: 'corrected', by: 'handler-1', reason: '计划数少报' });
});

it('the same file at two agencies, and one from another year, are flags', async () => {
  const bytes = pdf('通用制度');
  const ref = async (agency: string) => {
    const grant = await grantFor(city, agency, bytes, { effectiveOn: '2022-01-10' });
    await put(grant, bytes);
    return confirm(city, agency, grant.id);
  };
  for (const agency of [STEEL, POWER]) {
    const answers = answered(await upload(city, agency));
    const shared = await ref(agency);
    answers.items.A1 = { ...answers.items.A1, evidence: [shared] };
    await submit(city, agency, answers);
  }
  // Whoever came first is compared again when all are in.
  expect(await codesOf(STEEL)).toEqual(['evidenceOutsidePeriod', 'evidenceReused']);
  expect(await codesOf(POWER)).toEqual(['evidenceDuplicated', 'evidenceOutsidePeriod', 'evidenceReused']);
  await city.to('reviewAtDesk');
  expect(await codesOf(STEEL)).toEqual(['evidenceDuplicated', 'evidenceOutsidePeriod', 'evidenceReused']);
  const [duplicated] = await flagsOf(city, STEEL);
  expect(duplicated?.figures?.[1]).toEqual({
    source: 'otherAgencies',
    label: '提交了相同文件的机构',
    value: POWER,
  });
  // Three flags make the visit certain, whatever the handler made of them.
  await city.to('approvePlan');
  const visited = (await city.cycle()).draw?.visits;
  expect(visited).toBeGreaterThanOrEqual(2);
  await city.to('inspectOnSite');
  for (const agency of [STEEL, POWER]) {
    expect((await city.dossier(agency)).visit?.reasons).toEqual(['异常预警 3 条']);
  }
});

it('the agency is shown no flag', async () => {
  await file(city, STEEL);
  expect(await (await city.as(STEEL)).get<object>(dossierPath(STEEL))).not.toHaveProperty('flags');
});

it('a form is handed back at the desk while the window is open, and filed again until it closes', async () => {
  for (const agency of [STEEL, POWER, SCHOOL, TRAINING]) await file(city, agency);
  await city.runtime.settled();
  expect((await city.view()).gate?.gate).toBe('reviewAtDesk');
  const handler = await city.as('handler-1');
  for (const agency of [STEEL, POWER]) {
    await acceptFlags(city, agency);
    await handler.post(`${dossierPath(agency)}/return`, { reason: '材料请分项提交' });
  }
  for (const agency of [SCHOOL, TRAINING]) await review(city, agency);
  expect(await refusalOf(review(city, STEEL))).toMatchObject({ code: 'notAtThisStep' });
  await file(city, STEEL, { A2: aRate(19, 20) });
  // What was decided about the form that was handed back does not hold for this one.
  expect((await flagsOf(city, STEEL)).map(({ treatment }) => treatment)).toEqual([undefined]);
  await review(city, STEEL);
  expect((await city.view()).gate?.gate).toBe('reviewAtDesk');

  const opening = (await city.cycle()).history.find(
    (action) => action.type === 'gateOpened' && action.data.gate === 'collectSelfEvaluations',
  );
  const deadline = opening?.type === 'gateOpened' ? (opening.data.deadline ?? '') : '';
  await city.moveTo(new Date(Date.parse(deadline) + 1000).toISOString());
  expect(await refusalOf(submit(city, POWER, answered(await upload(city, POWER))))).toMatchObject({
    code: 'deadlinePassed',
  });
  expect(await refusalOf(handler.post(`${dossierPath(POWER)}/return`, { reason: '再次退回' }))).toMatchObject(
    {
      code: 'deadlinePassed',
    },
  );
  // What was filed first counts, with what was decided about it.
  await handler.post(`${dossierPath(POWER)}/desk-review`, { corrections: [], reason: '已核对' });
  const { history } = await city.dossier(POWER);
  expect(history.slice(-2).map(({ type }) => type)).toEqual(['submissionStands', 'deskReviewed']);
  await city.runtime.settled();
  expect((await city.view()).gate?.gate).toBe('approvePlan');
});

it('new figures of the platform are compared on demand, and before the review is closed', async () => {
  await city.to('reviewAtDesk');
  await acceptFlags(city, STEEL);
  await importFigures(city, { filingNumber: STEEL, certificates: 5 });
  const close = async () =>
    (await city.as('handler-1')).post(`${dossierPath(STEEL)}/desk-review`, { corrections: [], reason: '好' });
  expect(await refusalOf(close())).toMatchObject({ code: 'flagsUntreated' });
  await importFigures(city, { filingNumber: STEEL, certificates: 20 });
  await (await city.as('handler-1')).post(`${dossierPath(STEEL)}/comparison`, {});
  expect(await codesOf(STEEL)).toEqual(['evidenceReused']);
  await close();
});

it('nothing is compared or decided once the review is closed', async () => {
  await city.to('approvePlan');
  const [flag] = await flagsOf(city, STEEL);
  const body = { flags: [flag?.id ?? ''], treatment: 'accepted', reason: '属实' };
  expect(await refusalOf(treat(STEEL, body))).toMatchObject({ code: 'notAtThisStep' });
});

it('the platform’s export is previewed by row and column, and taken whole or not at all', async () => {
  const handler = await city.as('handler-1');
  const path = `/cycles/${YEAR}/platform-figures`;
  const file = (...lines: string[]) => ({
    fileName: '平台导出.csv',
    content: Buffer.from(['省平台导出', '备案号,计划批次,完成批次', ...lines].join('\n')).toString('base64'),
  });
  const wrong = file(`${STEEL},十,20`, `${POWER},20,20`, `${POWER},21,20`);
  const preview = await handler.post<PlatformPreview>(`${path}/import-preview`, wrong);
  expect(preview.errors).toBe(2);
  expect(preview.problems).toEqual([
    { severity: 'warning', row: 2, message: '没有公告批次、考试人次、发证数列，这些数不作比对' },
    { severity: 'error', row: 3, cell: 'B3', column: '计划批次', message: '“十”应为不小于 0 的整数' },
    { severity: 'error', row: 5, column: '机构备案号', message: `${POWER} 与第 4 行重复，请只保留一行` },
  ]);
  const refused = handler.post(`${path}/import`, { ...wrong, digest: preview.digest });
  expect(await refusalOf(refused)).toMatchObject({ status: 422, code: 'platformProblems' });

  const right = file(`${STEEL},30,20`, `${UNKNOWN},1,1`);
  const { problems, figures, digest } = await handler.post<PlatformPreview>(`${path}/import-preview`, right);
  expect(figures).toEqual([{ filingNumber: STEEL, plannedBatches: 30, completedBatches: 20 }]);
  expect(problems.at(-1)?.message).toContain(UNKNOWN);
  const other = handler.post(`${path}/import`, { ...file(`${STEEL},31,20`), digest });
  expect(await refusalOf(other)).toMatchObject({ code: 'importChanged' });
  await handler.post(`${path}/import`, { ...right, digest });
  const imported = (await city.cycle()).history.filter(({ type }) => type === 'platformFiguresImported');
  expect(imported).toMatchObject([
    { by: { id: 'handler-1' }, data: { fileName: '平台导出.csv', digest, agencies: 1 } },
  ]);
});
