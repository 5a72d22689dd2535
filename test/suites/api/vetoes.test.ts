/** Cases for a veto: put to the agency, confirmed by two, signed by the director; while one is open nothing goes out. */
import { describe, expect, it } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import type { Deps } from '../../../shared/app/ports.ts';
import { keys } from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { decideVeto, proposeVeto, stateOnVeto } from '../../../shared/app/vetoes.ts';
import { Waiting } from '../../../shared/app/waiting-marks.ts';
import { POWER, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, inStatus, pass, pastDeadline, review, upload } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';

const FACTS = '查实滥发证书 12 本';
const SOURCES = [{ title: '证书查询记录', on: '2022-02-20' }];

interface OwnCase {
  id: string;
  statement: { content: string } | null;
  outcome: string | null;
  decision: string | null;
}
interface Seen {
  vetoes: OwnCase[];
  score?: { result: string; vetoes: { code: string; finding: string }[] };
}

const act = async (city: City, account: string, filingNumber: string, what: string, body: object) =>
  (await city.as(account)).post<Seen>(`${dossierPath(filingNumber)}/${what}`, body);

const propose = (city: City, filingNumber: string, changes: object = {}, account = 'handler-2') =>
  act(city, account, filingNumber, 'veto-cases', {
    code: 'V3',
    reason: FACTS,
    sources: SOURCES,
    ...changes,
  });
const state = (city: City, filingNumber: string, changes: object = {}) =>
  act(city, filingNumber, filingNumber, 'veto-statement', {
    case: 'V3-1',
    reason: '证书均按规定核发',
    ...changes,
  });
const confirm = (city: City, account: string, filingNumber: string, changes: object = {}) =>
  act(city, account, filingNumber, 'veto-confirmation', {
    case: 'V3-1',
    verdict: 'confirmed',
    reason: `${account} 已核实`,
    ...changes,
  });
const sign = (city: City, filingNumber: string, changes: object = {}, account = 'director-1') =>
  act(city, account, filingNumber, 'veto-signature', {
    case: 'V3-1',
    verdict: 'signed',
    reason: '事实清楚、证据确凿',
    ...changes,
  });

const own = async (city: City, filingNumber: string) =>
  (await city.as(filingNumber)).get<Seen>(dossierPath(filingNumber));
const gateOf = async (city: City) => (await city.cycle()).gate?.gate;

/** Heard and confirmed: the director's turn. */
async function toSign(city: City, filingNumber: string): Promise<void> {
  await propose(city, filingNumber);
  await state(city, filingNumber);
  await confirm(city, 'approver-2', filingNumber);
  await confirm(city, 'handler-3', filingNumber);
}

async function closedAfterHearing(city: City, filingNumber: string): Promise<void> {
  const [one] = (await city.dossier(filingNumber)).vetoCases;
  await city.moveTo(new Date(Date.parse(one?.answerBy ?? '') + 61 * 60_000).toISOString());
}

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

describe('a case at the desk', () => {
  const atDesk = async (): Promise<City> => {
    const city = await aCity({ settings: { sampling: { percent: 100, atLeast: 2 } } });
    await city.start();
    await city.to('reviewAtDesk');
    return city;
  };

  it('needs a veto of the rubric, evidence of its day, and is opened once', async () => {
    const city = await atDesk();
    for (const code of ['V6', 'V7', 'V99', 'A1']) {
      expect(await refusalOf(propose(city, STEEL, { code }))).toMatchObject({ code: 'invalidRequest' });
    }
    expect(await refusalOf(propose(city, STEEL, { sources: [] }))).toMatchObject({ code: 'invalidRequest' });
    const tomorrow = [{ title: '举报信', on: '2023-01-01' }];
    expect(await refusalOf(propose(city, STEEL, { sources: tomorrow }))).toMatchObject({
      code: 'effectiveOnInFuture',
    });
    const foreign = await upload(city, POWER);
    expect(await refusalOf(propose(city, STEEL, { evidence: [foreign] }))).toMatchObject({
      code: 'uploadMissing',
    });
    await propose(city, STEEL, { evidence: [await upload(city, STEEL)], sources: [] });
    expect(await refusalOf(propose(city, STEEL, {}, 'approver-1'))).toMatchObject({ code: 'vetoKnown' });
    expect(await refusalOf(propose(city, STEEL, { reason: '另一事实' }))).toMatchObject({
      code: 'vetoKnown',
    });
    await propose(city, STEEL, { code: 'V9', reason: '违规收费' });
    expect((await city.dossier(STEEL)).vetoCases.map(({ id }) => id)).toEqual(['V3-1', 'V9-1']);
  }, 60_000);

  it('is heard before it is confirmed, by two others of whom one is an approver, and then by the director', async () => {
    const city = await atDesk();
    await propose(city, STEEL);
    expect(await refusalOf(confirm(city, 'approver-1', STEEL))).toMatchObject({ code: 'vetoUnheard' });
    expect(await refusalOf(state(city, STEEL, { case: 'V1-1' }))).toMatchObject({ code: 'notFound' });
    await state(city, STEEL, { evidence: [await upload(city, STEEL)] });
    expect(await refusalOf(confirm(city, 'handler-2', STEEL))).toMatchObject({ code: 'vetoOwn' });
    expect(await refusalOf(sign(city, STEEL))).toMatchObject({ code: 'vetoNotTurn' });
    await confirm(city, 'handler-1', STEEL);
    expect(await refusalOf(confirm(city, 'handler-1', STEEL, { reason: '再次核实' }))).toMatchObject({
      code: 'vetoOwn',
    });
    expect(await refusalOf(confirm(city, 'handler-3', STEEL))).toMatchObject({ code: 'vetoNotTurn' });
    await confirm(city, 'approver-1', STEEL);
    expect(await refusalOf(confirm(city, 'approver-2', STEEL))).toMatchObject({ code: 'vetoNotTurn' });
    // Whoever has become director since decides nothing that they confirmed.
    await city.reappoint('approver-1', 'director');
    expect(await refusalOf(sign(city, STEEL, {}, 'approver-1'))).toMatchObject({ code: 'vetoOwn' });
    await sign(city, STEEL);
    expect(await refusalOf(sign(city, STEEL, { reason: '另一理由' }))).toMatchObject({ code: 'notFound' });
  }, 60_000);

  it('is not for those who were sent to the agency', async () => {
    const city = await atDesk();
    await propose(city, STEEL);
    await state(city, STEEL);
    await city.to('inspectOnSite');
    const [inspector = ''] = (await city.dossier(STEEL)).visit?.inspectors ?? [];
    const promoted = await city.reappoint(inspector, 'approver');
    const body = { case: 'V3-1', verdict: 'confirmed', reason: '现场所见' };
    expect(await refusalOf(promoted.post(`${dossierPath(STEEL)}/veto-confirmation`, body))).toMatchObject({
      code: 'recused',
    });
    const proposal = { code: 'V9', reason: '违规收费', sources: SOURCES };
    expect(await refusalOf(promoted.post(`${dossierPath(STEEL)}/veto-cases`, proposal))).toMatchObject({
      code: 'recused',
    });
  }, 60_000);

  it('is the agency’s to see, without anybody’s name or opinion; no other agency and no inspector sees it', async () => {
    const city = await atDesk();
    await propose(city, STEEL);
    await state(city, STEEL);
    await confirm(city, 'approver-1', STEEL, { reason: '内部意见甲' });
    const seen = await own(city, STEEL);
    expect(seen.vetoes).toMatchObject([{ id: 'V3-1', facts: FACTS, sources: SOURCES, outcome: null }]);
    for (const withheld of ['内部意见甲', 'approver-1', 'handler-2']) {
      expect(JSON.stringify(seen)).not.toContain(withheld);
    }
    const foreign = (await city.as(POWER)).get(dossierPath(STEEL));
    expect(await refusalOf(foreign)).toMatchObject({ status: 404, code: 'notYours' });
    expect(JSON.stringify(await own(city, POWER))).not.toContain(FACTS);
    for (const filingNumber of await inStatus(city, 'submitted')) await review(city, filingNumber);
    await city.to('inspectOnSite');
    const [inspector = ''] = (await city.dossier(STEEL)).visit?.inspectors ?? [];
    const visited = await (await city.as(inspector)).get(dossierPath(STEEL));
    for (const withheld of [FACTS, 'V3-1', '证书均按规定核发']) {
      expect(JSON.stringify(visited)).not.toContain(withheld);
    }
    const list = await (await city.as('auditor-1')).get<{ records: { filingNumber: string }[] }>(
      `/cycles/${YEAR}/dossiers`,
    );
    expect(list.records.find(({ filingNumber }) => filingNumber === STEEL)).toMatchObject({
      vetoes: [{ id: 'V3-1', stage: 'confirming', roles: ['handler', 'approver'] }],
    });
  }, 60_000);

  it('said again after a lost answer is the same act, at every step', async () => {
    const city = await atDesk();
    const twice = async (say: () => Promise<unknown>) => {
      await say();
      const { history } = await city.dossier(STEEL);
      await say();
      expect((await city.dossier(STEEL)).history).toEqual(history);
    };
    await twice(() => propose(city, STEEL));
    await twice(() => state(city, STEEL));
    await twice(() => confirm(city, 'approver-1', STEEL));
    await confirm(city, 'handler-1', STEEL);
    await confirm(city, 'approver-1', STEEL);
    await twice(() => sign(city, STEEL));
    expect((await city.dossier(STEEL)).vetoCases).toHaveLength(1);
    expect(await city.deps.items.count(keys.waiting(YEAR, 'vetoes'))).toBe(0);
  }, 60_000);

  it('broken off after any of its writes, each act is on record once and keeps no gate waiting', async () => {
    const city = await atDesk();
    const mark = { pk: keys.waiting(YEAR, 'vetoes'), sk: STEEL };
    const isMarked = async () => (await city.deps.items.get(mark, Waiting)) !== undefined;
    const brokenOff = async (say: (deps: Deps) => Promise<unknown>) => {
      let broken = 0;
      for (let writes = 0; writes < 8; writes++) {
        const outcome = await say(dyingAfter(city.deps, writes)).catch(() => 'broken off');
        if (outcome === 'broken off') broken++;
      }
      expect(broken).toBeGreaterThan(0);
      expect(await say(city.deps)).not.toBeInstanceOf(Refusal);
    };
    const proposal = { code: 'V3', reason: FACTS, evidence: [], sources: SOURCES };
    await brokenOff((deps) => proposeVeto(deps, YEAR, STEEL, actor('handler-2'), proposal));
    expect(await isMarked()).toBe(true);
    const statement = { case: 'V3-1', reason: '不属实', evidence: [] };
    await brokenOff((deps) => stateOnVeto(deps, YEAR, STEEL, actor(STEEL), statement));
    for (const account of ['approver-1', 'handler-1']) {
      const confirmation = { case: 'V3-1', verdict: 'confirmed', reason: `${account} 已核实` } as const;
      await brokenOff((deps) => decideVeto(deps, YEAR, STEEL, actor(account), confirmation));
    }
    const signature = { case: 'V3-1', verdict: 'signed', reason: '事实清楚' } as const;
    await brokenOff((deps) => decideVeto(deps, YEAR, STEEL, actor('director-1'), signature));
    expect(await isMarked()).toBe(false);
    const acts = (await city.dossier(STEEL)).history.filter(({ type }) => type.startsWith('veto'));
    expect(acts.map(({ type }) => type)).toEqual([
      'vetoProposed',
      'vetoStated',
      'vetoConfirmed',
      'vetoConfirmed',
      'vetoSigned',
    ]);
  }, 60_000);

  it('tells the agency, then those who confirm, then the director, then the agency', async () => {
    const city = await atDesk();
    const inbox = async (account: string) =>
      (await (await city.as(account)).get<{ records: { kind: string }[] }>('/inbox')).records
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith('veto'));
    await propose(city, STEEL);
    expect(await inbox(STEEL)).toEqual(['vetoPut']);
    const [one] = (await city.dossier(STEEL)).vetoCases;
    await city.moveTo(new Date(Date.parse(one?.answerBy ?? '') - 10 * 3_600_000).toISOString());
    expect(await inbox(STEEL)).toContain('vetoStatementDue');
    expect(await inbox('approver-1')).toEqual([]);
    await state(city, STEEL);
    expect(await inbox('approver-1')).toEqual(['vetoToConfirm']);
    expect(await inbox('handler-1')).toEqual(['vetoToConfirm']);
    await confirm(city, 'approver-1', STEEL);
    expect(await inbox('director-1')).toEqual([]);
    await confirm(city, 'approver-2', STEEL);
    expect(await inbox('director-1')).toEqual(['vetoToSign']);
    await city.moveTo(new Date(city.clock.now().getTime() + 6 * 86_400_000).toISOString());
    expect(await inbox('director-1')).toContain('vetoWaits');
    await sign(city, STEEL);
    expect((await inbox(STEEL)).sort()).toEqual(['vetoDecided', 'vetoPut', 'vetoStatementDue']);
  }, 60_000);
});

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
