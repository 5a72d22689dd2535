/** What an upheld complaint does: it is held against the agency's declaration, and makes the agency certain for a visit, once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { readDraw } from '../../../shared/app/draw-records.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import type { ComplaintView } from '../../../shared/domain/complaint-forms.ts';
import type { DrawRecord } from '../../../shared/domain/draw-record.ts';
import type { Facts } from '../../../shared/domain/facts.ts';
import { verifyDraw } from '../../../shared/domain/verify-draw.ts';
import { POWER, SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, type City, openCity, refusalOf } from '../../support/city.ts';
import { accept, CONTACT, complain, propose, review, settle } from '../../support/complaints.ts';
import { dossierPath, file, flagsOf } from '../../support/passage.ts';

const complaints = (count: number): Record<string, Facts> => ({
  G2: { kind: 'banded', values: { count } },
});

const drawOf = async (city: City): Promise<DrawRecord> => readDraw(city.deps, await city.cycle());
const certainIn = async (city: City) =>
  Object.fromEntries(
    (await drawOf(city)).agencies.map(({ filingNumber, certain }) => [filingNumber, certain]),
  );

it('is flagged where the agency declares fewer, with both figures, until the declaration says as many', async () => {
  const city = await aCity();
  await city.start();
  await city.to('collectSelfEvaluations');
  const one = await complain(city, 'one');
  await settle(city, one.number);
  const untrue = await complain(city, 'untrue');
  await settle(city, untrue.number, false);
  const earlier = await complain(city, 'earlier', { year: YEAR - 1 });
  await settle(city, earlier.number);
  const open = await complain(city, 'open');
  await accept(city, open.number);
  await propose(city, open.number, true);

  await file(city, STEEL);
  await file(city, POWER);
  const understated = async (filingNumber: string) =>
    (await flagsOf(city, filingNumber)).filter(({ code }) => code === 'complaintsUnderstated');
  expect(await understated(STEEL)).toMatchObject([
    {
      item: 'G2',
      figures: [
        { source: 'selfEvaluation', value: 0 },
        { source: 'complaints', label: '经查属实的投诉（件）', value: 1 },
      ],
      detail: 'G2 经查属实投诉件数：自评填报 0，投诉登记 1',
    },
  ]);
  expect(await understated(POWER)).toEqual([]);

  // One more is found true: the figures differ, so it is another flag, raised when a handler compares again.
  await review(city, open.number, 'approve');
  await file(city, SCHOOL);
  await city.to('reviewAtDesk');
  const handler = await city.as('handler-1');
  await handler.post(`${dossierPath(STEEL)}/comparison`, {});
  const [flag] = await understated(STEEL);
  expect(flag).toMatchObject({ figures: [{ value: 0 }, { value: 2 }] });
  await handler.post(`${dossierPath(STEEL)}/flag-treatments`, {
    flags: [flag?.id],
    treatment: 'corrected',
    corrections: [{ item: 'G2', facts: complaints(2).G2, reason: '按投诉登记' }],
    reason: '投诉登记为 2 件',
  });
  await city.to('approvePlan');
  const { desk } = await city.dossier(STEEL);
  expect(desk?.answers.items.G2?.facts).toEqual(complaints(2).G2);
});

it('makes the agency certain: this year while the draw is still to come, after it next year, and once only', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xingping-complaints-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const city = await openCity({ dir, settings: { sampling: { percent: 0, atLeast: 1 } } });
  const before = await complain(city, 'before the draw');
  await settle(city, before.number);
  await city.start();
  await city.to('approvePlan');
  const first = await certainIn(city);
  expect(first[STEEL]).toContain('经查属实投诉 1 件');
  expect(first[POWER]).toEqual([]);
  expect(verifyDraw(await drawOf(city))).toMatchObject({ outcome: 'holds' });

  await city.sweep();
  const after = await complain(city, 'after the draw', {
    agency: { name: '淮河电力有限公司', filingNumber: POWER },
  });
  await settle(city, after.number, true, POWER);
  expect(await city.toEnd()).toMatchObject({ status: 'published' });
  await city.runtime.settled();
  // The published draw says who is certain, and not why.
  const open = await fetch(`${city.runtime.origin}/api/public/${YEAR}/draw.json`);
  const told = (await open.json()) as DrawRecord;
  expect(verifyDraw(told)).toMatchObject({ outcome: 'holds' });
  expect(JSON.stringify(told)).not.toContain('投诉');

  await city.moveTo('2023-02-27T01:00:00Z');
  await city.start(YEAR + 1);
  await city.to('approvePlan');
  const next = await certainIn(city);
  expect(next[POWER]).toContain('经查属实投诉 1 件');
  expect(next[STEEL]?.join()).not.toContain('投诉');
  await city.close();
  const checks = await checkData(await readStoredData(dir));
  expect(checks.map(({ title }) => title)).toContain(`${YEAR} 年度 归档核验`);
  expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
});

it('may become a case for a veto against that agency in that year, followed from either side', async () => {
  const city = await aCity();
  await city.start();
  const settled = async (seed: string, upheld: boolean, filingNumber = STEEL, year = YEAR) => {
    const { number } = await complain(city, seed, { year });
    await settle(city, number, upheld, filingNumber);
    return number;
  };
  const upheld = await settled('upheld', true);
  const others = [
    await settled('untrue', false),
    await settled('of another agency', true, POWER),
    await settled('of the year before', true, STEEL, YEAR - 1),
    (await complain(city, 'open')).number,
    'TS-0000-0000-0000',
  ];
  await city.to('reviewAtDesk');
  const handler = await city.as('handler-2');
  const proposed = (complaint: string) =>
    handler.post(`${dossierPath(STEEL)}/veto-cases`, {
      code: 'V2',
      reason: '查实替考',
      sources: [{ title: '经查属实的投诉', on: '2022-01-10', complaint }],
    });
  for (const other of others) {
    expect(await refusalOf(proposed(other))).toMatchObject({
      code: 'vetoComplaint',
      message: `投诉 ${other} 不是该机构本年度经查属实的投诉，不能作为证据来源`,
    });
  }
  expect(await refusalOf(proposed('TS-1'))).toMatchObject({ code: 'invalidRequest' });
  const choice = await handler.get<{ number: string }[]>(`${dossierPath(STEEL)}/upheld-complaints`);
  expect(choice.map(({ number }) => number)).toEqual([upheld]);

  const casesOf = async (number: string) =>
    (await handler.get<ComplaintView>(`/complaints/${number}/record`)).vetoCases;
  expect(await casesOf(upheld)).toEqual([]);
  await proposed(upheld);
  expect((await city.dossier(STEEL)).vetoCases).toMatchObject([{ sources: [{ complaint: upheld }] }]);
  expect(await casesOf(upheld)).toEqual([{ id: 'V2-1', state: '待机构陈述' }]);
  const own = await city.as(STEEL);
  expect(JSON.stringify(await own.get(dossierPath(STEEL)))).not.toContain(upheld);
  await own.post(`${dossierPath(STEEL)}/veto-statement`, { case: 'V2-1', reason: '没有替考' });
  const decide = async (account: string, what: string, verdict: string) =>
    (await city.as(account)).post(`${dossierPath(STEEL)}/${what}`, { case: 'V2-1', verdict, reason: '属实' });
  await decide('approver-1', 'veto-confirmation', 'confirmed');
  await decide('handler-3', 'veto-confirmation', 'confirmed');
  await decide('director-1', 'veto-signature', 'signed');
  expect(await casesOf(upheld)).toEqual([{ id: 'V2-1', state: '已签发一票否决' }]);

  await city.toEnd();
  const { files } = await downloadYear(await city.as('auditor-1'), YEAR);
  const archive = new Map(files.map(({ path, content }) => [path, content]));
  expect(verifyArchive(archive).checks.flatMap(({ findings }) => findings)).toEqual([]);
  for (const [path, content] of archive) {
    const text = new TextDecoder().decode(content);
    for (const personal of Object.values(CONTACT)) expect(text).not.toContain(personal);
    if (path !== 'history.json') expect(text).not.toContain(upheld);
  }
}, 120_000);
