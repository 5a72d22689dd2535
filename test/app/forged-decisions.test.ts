/**
 * Goes around the handlers and the checks of the use cases: every write is tried with the right entry type, an allowed
 * status and no condition from the caller. What a record's own duties forbid stays unwritten. Here: what others decide.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../shared/app/ports.ts';
import {
  appendEntry,
  cycleKind,
  extendCycle,
  extendDossier,
  keys,
  type NewDossierAction,
  readCycle,
} from '../../shared/app/records.ts';
import { expectDone, Refusal } from '../../shared/app/refusal.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { type Flag, flagId } from '../../shared/domain/flag.ts';
import type { GateName } from '../../shared/domain/gates.ts';
import { type Role, SYSTEM } from '../../shared/domain/history.ts';
import { dossierAction, theSettings } from '../domain/builders.ts';
import { actions, anAssignment, WAY_TO } from '../domain/dossier-builders.ts';
import { actor } from '../support/city.ts';
import { openStore, type Store } from '../support/store.ts';
import { refused, written } from './forging.ts';

let store: Store;
let deps: Deps;
beforeAll(async () => {
  store = await openStore();
  deps = store.deps;
});
afterAll(() => store.close());

describe('a desk review', () => {
  const flag: Flag = { code: 'evidenceReused', detail: '《汇编.pdf》用于 A1、A2' };
  const review: NewDossierAction = { type: 'deskReviewed', data: { corrections: [] }, reason: '已核对' };

  it('is not closed while a flag has not been dealt with', async () => {
    const flagged = await written(deps, [...WAY_TO.submitted, dossierAction('flagged', { flags: [flag] })]);
    await refused(deps, flagged, 'handler-1', review);
    const treated = expectDone(
      await extendDossier(deps, flagged, actor('handler-1'), {
        type: 'flagsTreated',
        data: { flags: [flagId(flag)], treatment: 'accepted', corrections: [] },
        reason: '属实',
      }),
    );
    expect(await extendDossier(deps, treated, actor('handler-1'), review)).not.toBeInstanceOf(Refusal);
  });
});

describe('an objection', () => {
  const decision: NewDossierAction = {
    type: 'objectionDecided',
    data: { id: 'o1', verdict: 'rejected', corrections: [] },
    reason: '维持',
  };

  it('is not decided by anybody who inspected that agency, be it at an earlier visit', async () => {
    const objected = await written(deps, [
      ...WAY_TO.visited,
      anAssignment('inspector-3', 'inspector-4'),
      ...actions('visitClosed', 'scored', 'draftResultSent', 'draftResultAccepted', 'announced'),
      ...actions('objectionRaised'),
    ]);
    for (const id of ['inspector-1', 'inspector-3']) await refused(deps, objected, id, decision);
    expect(await extendDossier(deps, objected, actor('approver-1'), decision)).not.toBeInstanceOf(Refusal);
  });
});

describe('an answer to a draft result', () => {
  const reply: NewDossierAction = {
    type: 'answerDecided',
    data: { id: 'd1', verdict: 'rejected', corrections: [] },
    reason: '维持',
  };
  const data = { id: 'd1', items: [], documents: ['台账'], answerBy: '2022-04-10T15:59:59.999Z' };
  const material: NewDossierAction = { type: 'materialPut', data, reason: '另有台账' };
  const said: NewDossierAction = {
    type: 'materialAnswered',
    data: { id: 'd1', evidence: [] },
    reason: '属上年度',
  };

  it('is not replied to by an inspector of the agency, nor while the agency may still say something', async () => {
    const answered = await written(deps, [
      ...WAY_TO.visited,
      ...actions('scored', 'draftResultSent', 'draftResultAnswered'),
    ]);
    for (const next of [reply, material]) await refused(deps, answered, 'inspector-1', next);
    await refused(deps, answered, 'agency-1', said);
    const put = expectDone(await extendDossier(deps, answered, actor('handler-1'), material));
    for (const next of [reply, material]) await refused(deps, put, 'handler-2', next);
    const heard = expectDone(await extendDossier(deps, put, actor('agency-1'), said));
    expect(await extendDossier(deps, heard, actor('handler-2'), reply)).not.toBeInstanceOf(Refusal);
  });
});

describe('a case for a veto', () => {
  const data = { id: 'V3-1' };
  const proposal: NewDossierAction = {
    type: 'vetoProposed',
    data: { ...data, code: 'V3', evidence: [], sources: [], answerBy: '2022-04-10T15:59:59.999Z' },
    reason: '滥发证书',
  };
  const confirmation = (place: 1 | 2): NewDossierAction => ({
    type: 'vetoConfirmed',
    data: { ...data, confirmation: place },
    reason: '经核实',
  });
  const statement: NewDossierAction = {
    type: 'vetoStated',
    data: { ...data, evidence: [] },
    reason: '不属实',
  };
  const silence: NewDossierAction = { type: 'vetoUnanswered', data };
  const signature: NewDossierAction = { type: 'vetoSigned', data, reason: '事实清楚' };
  const rejection: NewDossierAction = { type: 'vetoRejected', data, reason: '证据不足' };
  const heard = [...WAY_TO.visited, ...actions('vetoProposed', 'vetoStated')];
  const done = async (dossier: Dossier, id: string, next: NewDossierAction, role?: Role) =>
    expectDone(await extendDossier(deps, dossier, actor(id, role), next));

  it('is decided by nobody before the agency was heard, and nobody speaks or is silent in its place', async () => {
    const open = await written(deps, [...WAY_TO.visited, ...actions('vetoProposed')]);
    for (const next of [confirmation(1), rejection]) await refused(deps, open, 'approver-1', next);
    await refused(deps, open, 'director-1', signature);
    for (const id of ['handler-2', 'approver-1', 'director-1']) await refused(deps, open, id, statement);
    for (const id of ['handler-2', 'approver-1', 'agency-1']) await refused(deps, open, id, silence);
    const spoken = await done(open, 'agency-1', statement);
    await refused(deps, spoken, 'agency-2', { ...statement, reason: '补充' });
  });

  it('is confirmed by two people, neither of them its proposer nor sent to that agency, one an approver', async () => {
    const dossier = await written(deps, heard);
    for (const next of [confirmation(1), rejection]) {
      // handler-1 proposed it, inspector-1 was there: in whatever role they come.
      await refused(deps, dossier, 'handler-1', next);
      await refused(deps, dossier, 'inspector-1', next);
      for (const [id, role] of [
        ['handler-1', 'approver'],
        ['inspector-1', 'approver'],
      ] as const) {
        expect(await extendDossier(deps, dossier, actor(id, role), next)).toBeInstanceOf(Refusal);
      }
      for (const id of ['director-1', 'auditor-1', 'agency-1']) await refused(deps, dossier, id, next);
    }
    const once = await done(dossier, 'handler-2', confirmation(1));
    await refused(deps, once, 'handler-2', confirmation(2));
    await refused(deps, once, 'handler-3', confirmation(2));
    await refused(deps, once, 'director-1', signature);
    expect(await extendDossier(deps, once, actor('handler-2', 'approver'), confirmation(2))).toBeInstanceOf(
      Refusal,
    );
    const twice = await done(once, 'approver-1', confirmation(2));
    await refused(deps, twice, 'approver-2', confirmation(2));
    await refused(deps, twice, 'approver-2', rejection);
    for (const id of ['approver-1', 'handler-1']) {
      expect(await extendDossier(deps, twice, actor(id, 'director'), signature)).toBeInstanceOf(Refusal);
    }
    const signed = await done(twice, 'director-1', signature);
    await refused(deps, signed, 'director-2', rejection);
    await refused(deps, signed, 'handler-2', {
      ...proposal,
      data: { ...proposal.data, id: 'V3-2' },
    } as never);
  });

  it('is not opened twice, nor by somebody who was sent to that agency; and nothing is published over it', async () => {
    const dossier = await written(deps, WAY_TO.visited);
    expect(await extendDossier(deps, dossier, actor('inspector-1', 'handler'), proposal)).toBeInstanceOf(
      Refusal,
    );
    const open = await done(dossier, 'handler-2', proposal);
    await refused(deps, open, 'handler-3', { ...proposal, data: { ...proposal.data, id: 'V3-2' } } as never);
    const announced = await written(deps, [...WAY_TO.announced, ...actions('vetoProposed')]);
    const published: NewDossierAction = { type: 'published', data: { stars: 5, result: '五星级' } };
    await refused(deps, announced, 'handler-1', published);
    const made = dossierOf(2021, [...WAY_TO.announced]);
    await refused(deps, { ...made, filingNumber: announced.filingNumber }, 'handler-1', published);
    const rejected = await done(await done(announced, 'agency-1', statement), 'approver-1', rejection);
    expect(await extendDossier(deps, rejected, SYSTEM, published)).not.toBeInstanceOf(Refusal);
  });
});

describe('a decision at a gate', () => {
  const opened = { year: 2021, settings: theSettings(), rubric: DEFAULT_RUBRIC };
  const waitingAt = async (gate: GateName, year: number) => {
    const key = keys.cycle(year);
    const cycle = expectDone(
      await appendEntry(deps, cycleKind, key, [], actor('handler-1'), {
        type: 'opened',
        data: { ...opened, year },
      }),
    );
    const data = { gate, attempt: 1, enteredAt: 'once' };
    return expectDone(await extendCycle(deps, cycle, SYSTEM, { type: 'gateOpened', data }));
  };
  let year = 2021;
  beforeEach(() => {
    year++;
  });

  it.each<GateName>(['approveNotice', 'approvePlan', 'reviewScores', 'signCircular'])(
    'of %s is not taken by those who prepared it; they may cancel',
    async (gate) => {
      const cycle = await waitingAt(gate, year);
      await deps.histories.addToSet(keys.cycle(year), `preparers_${gate}`, ['handler-1']);
      const next = (verdict: 'approve' | 'return' | 'cancel') => ({
        type: 'gateDecided' as const,
        data: { gate, attempt: 1, verdict, agencies: [] },
        reason: '同意',
      });
      for (const verdict of ['approve', 'return'] as const) {
        expect(await extendCycle(deps, cycle, actor('handler-1'), next(verdict))).toBeInstanceOf(Refusal);
      }
      expect(await readCycle(deps, year)).toEqual(cycle);
      expect(await extendCycle(deps, cycle, actor('handler-1'), next('cancel'))).not.toBeInstanceOf(Refusal);
    },
  );
});
