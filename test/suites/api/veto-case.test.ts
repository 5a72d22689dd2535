/** One case for a veto, opened at the desk: who may do what in it and when, who sees it, who is told, and what breaks off. */
import { describe, expect, it } from 'vitest';
import type { Deps } from '../../../shared/app/ports.ts';
import { keys } from '../../../shared/app/records.ts';
import { Refusal } from '../../../shared/app/refusal.ts';
import { decideVeto, proposeVeto, stateOnVeto } from '../../../shared/app/vetoes.ts';
import { Waiting } from '../../../shared/app/waiting-marks.ts';
import { POWER, STEEL, YEAR } from '../../support/agencies.ts';
import { aCity, actor, type City, refusalOf } from '../../support/city.ts';
import { dossierPath, inStatus, review, upload } from '../../support/passage.ts';
import { dyingAfter } from '../../support/store.ts';
import { confirm, FACTS, own, propose, SOURCES, sign, state } from '../../support/vetoes.ts';

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
