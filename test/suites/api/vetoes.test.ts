/** Cases for a veto: put to the agency, confirmed by two, signed by the director; while one is open nothing goes out. */
import { expect, it } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { keys } from '../../../shared/app/records.ts';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, refusalOf } from '../../support/city.ts';
import { inStatus, pass, pastDeadline } from '../../support/passage.ts';
import {
  act,
  closedAfterHearing,
  confirm,
  FACTS,
  gateOf,
  own,
  propose,
  sign,
  state,
  toSign,
} from '../../support/vetoes.ts';

it('of three cases: one before the score, one rejected, one during the announcement; the archive holds', async () => {
  const city = await aCity();
  await city.start();
  await city.to('collectSelfEvaluations');
  expect(await refusalOf(propose(city, STEEL))).toMatchObject({ code: 'vetoNotOpen' });

  // At the desk: signed before anything is scored, and scoring takes it in.
  await city.to('reviewAtDesk');
  await toSign(city, STEEL);
  await sign(city, STEEL);
  expect((await city.dossier(STEEL)).sheet).toBeUndefined();
  await city.to('reviewScores');
  expect((await city.dossier(STEEL)).sheet).toMatchObject({
    total: '100.00',
    stars: 0,
    result: '不合格',
    vetoes: [{ code: 'V3', finding: `${FACTS}（依据：证书查询记录（2022-02-20））` }],
  });

  // Open while the scores are to be approved: they wait.
  const [sheet, history] = [(await city.dossier(POWER)).sheet, (await city.dossier(POWER)).history];
  await toSign(city, POWER);
  const approve = () => city.decide('approver-1', 'approve');
  expect(await refusalOf(approve())).toMatchObject({ status: 409, code: 'vetoesOpen' });
  await sign(city, POWER, { verdict: 'rejected', reason: '证据不足以认定' });
  expect((await city.dossier(POWER)).sheet).toEqual(sheet);
  expect((await city.dossier(POWER)).history.slice(0, history.length)).toEqual(history);
  await city.to('receiveObjections');
  expect(await own(city, POWER)).toMatchObject({
    vetoes: [{ id: 'V3-1', outcome: 'rejected', decision: '证据不足以认定' }],
    score: { result: '五星级', vetoes: [] },
  });

  // During the announcement: it stays open for the case, that agency alone is scored anew, and the list is revised.
  const before = await Promise.all([POWER, TRAINING].map(city.dossier));
  await propose(city, SCHOOL);
  await pastDeadline(city);
  await city.sweep();
  expect(await gateOf(city)).toBe('receiveObjections');
  expect(await refusalOf(propose(city, TRAINING))).toMatchObject({ code: 'deadlinePassed' });
  expect((await city.dossier(SCHOOL)).vetoCases[0]).toMatchObject({ heardAt: expect.any(String) });
  await confirm(city, 'approver-1', SCHOOL);
  await confirm(city, 'approver-2', SCHOOL);
  expect(await gateOf(city)).toBe('receiveObjections');
  await sign(city, SCHOOL);
  await city.runtime.settled();
  expect(await gateOf(city)).toBe('prepareCircular');
  const scored = await city.dossier(SCHOOL);
  expect(scored.sheet?.result).toBe('不合格');
  expect(scored.history.flatMap(({ data }) => ('sheet' in data ? [data.sheet?.result] : []))).toEqual([
    '五星级',
    '不合格',
  ]);
  expect(await Promise.all([POWER, TRAINING].map(city.dossier))).toEqual(before);

  await city.toEnd();
  const published = async (file: string) =>
    (await fetch(`${city.runtime.origin}/api/public/${YEAR}/${file}`)).text();
  const [first, second, circular] = await Promise.all(
    ['announcement.json', 'announcement-2.json', 'circular.json'].map(published),
  );
  expect(first).toContain(SCHOOL);
  expect(second).not.toContain(SCHOOL);
  for (const open of [second, circular]) {
    for (const withheld of [STEEL, SCHOOL, FACTS, 'V3-1', '核实', '证书查询记录']) {
      expect(open).not.toContain(withheld);
    }
  }
  const output = await downloadYear(await city.as('auditor-1'), YEAR);
  const files = new Map(output.files.map(({ path, content }) => [path, content]));
  const checks = verifyArchive(files).checks;
  expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
  expect(checks).toContainEqual({ title: '一票否决案', scope: '15 次办理', findings: [] });
  for (const [path, content] of files) {
    if (path.startsWith('public/')) expect(new TextDecoder().decode(content)).not.toContain('V3-1');
  }
}, 240_000);

it('keeps the announcement from opening: silence is recorded by the sweep, and the case decided first', async () => {
  const city = await aCity();
  await city.start();
  await city.to('answerDraftResults');
  await propose(city, STEEL);
  for (const filingNumber of await inStatus(city, 'drafted')) {
    await act(city, filingNumber, filingNumber, 'draft-result-acceptance', {});
  }
  await city.runtime.settled();
  expect(await gateOf(city)).toBe('answerDraftResults');
  await closedAfterHearing(city, STEEL);
  expect((await city.dossier(STEEL)).history.at(-1)).toMatchObject({
    type: 'vetoUnanswered',
    by: { role: 'system' },
  });
  expect(await refusalOf(state(city, STEEL))).toMatchObject({ code: 'vetoNotTurn' });
  await city.sweep();
  expect(await gateOf(city)).toBe('answerDraftResults');
  // Rejected by the first who looks at it: closed, and the gate opens.
  await confirm(city, 'approver-1', STEEL, { verdict: 'rejected', reason: '来源不实' });
  await city.runtime.settled();
  expect(await gateOf(city)).toBe('receiveObjections');
  expect(await city.deps.items.count(keys.waiting(YEAR, 'vetoes'))).toBe(0);
}, 120_000);

it('a case goes on through a freeze with its days, and a restoration before it takes it back', async () => {
  const city = await aCity();
  await city.start();
  await city.to('answerDraftResults');
  const moment = city.clock.now().toISOString();
  await city.moveTo(new Date(city.clock.now().getTime() + 60_000).toISOString());
  await propose(city, STEEL);
  await city.moveTo(new Date(city.clock.now().getTime() + 60_000).toISOString());
  const director = await city.as('director-1');
  const path = `/cycles/${YEAR}`;
  await director.post(`${path}/freeze`, { reason: '核查来源' });
  expect(await refusalOf(state(city, STEEL))).toMatchObject({ code: 'cycleFrozen' });
  await director.post(`${path}/restoration`, { to: moment, reason: '来源不实' });
  await director.post(`${path}/unfreeze`, { reason: '查清' });
  expect((await city.dossier(STEEL)).vetoCases).toEqual([]);
  expect(await city.deps.items.count(keys.waiting(YEAR, 'vetoes'))).toBe(0);
  // The same number again is another case.
  await propose(city, STEEL);
  expect((await city.dossier(STEEL)).vetoCases).toMatchObject([{ id: 'V3-1' }]);
  await state(city, STEEL);
  await confirm(city, 'approver-1', STEEL, { verdict: 'rejected' });
  await pass(city);
  expect(await gateOf(city)).toBe('receiveObjections');
}, 120_000);
