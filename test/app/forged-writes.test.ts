/**
 * Goes around the handlers and the checks of the use cases: every write is tried with the right entry type, an allowed
 * status and no condition from the caller. What a record's own duties forbid stays unwritten.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../shared/app/ports.ts';
import {
  appendEntry,
  cycleKind,
  dossierKind,
  extendCycle,
  extendDossier,
  keys,
  type NewDossierAction,
  readCycle,
  readDossier,
} from '../../shared/app/records.ts';
import { expectDone, Refusal } from '../../shared/app/refusal.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { type Flag, flagId } from '../../shared/domain/flag.ts';
import type { GateName } from '../../shared/domain/gates.ts';
import { type Role, SYSTEM } from '../../shared/domain/history.ts';
import { anAgency, aRate, dossierAction, filing, fullMarks, theSettings } from '../domain/builders.ts';
import {
  actions,
  aFinding,
  aJointEntry,
  anAssignment,
  aRecusalDecision,
  aRequest,
  claimed,
  WAY_TO,
} from '../domain/dossier-builders.ts';
import { actor } from '../support/city.ts';
import { openStore, type Store } from '../support/store.ts';

let store: Store;
let deps: Deps;
beforeAll(async () => {
  store = await openStore();
  deps = store.deps;
});
afterAll(() => store.close());

let serial = 0;
/** Writes a dossier's actions in order, as their authors would have. */
async function written(history: Dossier['history']): Promise<Dossier> {
  serial++;
  const filingNumber = filing(serial);
  const key = keys.dossier(2021, filingNumber);
  let state: Dossier | undefined;
  for (const { type, data, by, reason } of history) {
    const own = type === 'admitted' ? { agency: anAgency({ filingNumber }) } : data;
    const next = { type, data: own, ...(reason && { reason }) } as NewDossierAction;
    state = expectDone(await appendEntry(deps, dossierKind, key, state?.history ?? [], by, next));
  }
  if (!state) throw new Error('no history');
  return state;
}

const data = { answers: claimed, representative: { name: '李某', agrees: true }, visitedOn: '2022-03-20' };
const finding: NewDossierAction = { type: 'findingRecorded', data };
const settled = [{ item: 'A2', facts: aRate(6, 10), reason: '复看' }];
const joint: NewDossierAction = { type: 'jointEntryDrafted', data: { settled } };

async function refused(dossier: Dossier, id: string, next: NewDossierAction) {
  const before = expectDone(await readDossier(deps, 2021, dossier.filingNumber));
  expect(await extendDossier(deps, dossier, actor(id), next)).toBeInstanceOf(Refusal);
  const key = keys.dossier(2021, dossier.filingNumber);
  expect(await appendEntry(deps, dossierKind, key, before.history, actor(id), next)).toBeInstanceOf(Refusal);
  expect(await readDossier(deps, 2021, dossier.filingNumber)).toEqual(before);
}

describe('a finding', () => {
  it('is not recorded by somebody who was not drawn, nor twice by one who was', async () => {
    const visiting = await written(WAY_TO.visiting);
    await refused(visiting, 'inspector-3', finding);
    await refused(visiting, 'handler-1', finding);
    const once = expectDone(await extendDossier(deps, visiting, actor('inspector-1'), finding));
    const another: NewDossierAction = { type: 'findingRecorded', data: { ...data, visitedOn: '2022-03-21' } };
    await refused(once, 'inspector-1', another);
    // The same said again is not written again.
    expect(await extendDossier(deps, once, actor('inspector-1'), finding)).toEqual(once);
    expect(await extendDossier(deps, once, actor('inspector-2'), finding)).not.toBeInstanceOf(Refusal);
  });

  it('is not recorded by whoever was drawn in a dossier that somebody made up', async () => {
    const visiting = await written(WAY_TO.visiting);
    const made = dossierOf(2021, [...visiting.history.slice(0, -1), anAssignment('inspector-3')]);
    const forged = { ...made, filingNumber: visiting.filingNumber };
    await refused(forged, 'inspector-3', finding);
  });
});

describe('a packet', () => {
  it('is not taken in with a key that its inspector did not register for the visit', async () => {
    const key = { x: 'x'.repeat(43), y: 'y'.repeat(43) };
    const seal = { nonce: '0'.repeat(32), capturedAt: '2022-03-20T02:00:00.000Z', key };
    const packet = { ...seal, digest: '0'.repeat(64), signature: `${'s'.repeat(85)}A` };
    const packed: NewDossierAction = { type: 'findingRecorded', data: { ...data, packet } };
    const registered = await written([...WAY_TO.visiting, ...actions('captureKeyRegistered')]);
    await refused(registered, 'inspector-2', packed);
    await refused(await written(WAY_TO.visiting), 'inspector-1', packed);
    expect(await extendDossier(deps, registered, actor('inspector-1'), packed)).not.toBeInstanceOf(Refusal);
  });

  it('is captured on devices of those who were drawn and have not recorded', async () => {
    const once = await written([...WAY_TO.visiting, aFinding(claimed, 'inspector-1')]);
    const key = { x: 'z'.repeat(43), y: 'z'.repeat(43) };
    for (const id of ['inspector-1', 'inspector-3'])
      await refused(once, id, { type: 'captureKeyRegistered', data: { key } });
  });
});

describe('a recusal', () => {
  const open = [...WAY_TO.visiting, aRequest('inspector-1')];
  const decision: NewDossierAction = {
    type: 'recusalDecided',
    data: { inspector: 'inspector-1', granted: false },
    reason: '不必回避',
  };

  it('holds the inspector still while it is open, and keeps them out once it is granted', async () => {
    await refused(await written(open), 'inspector-1', finding);
    const granted = await written([...open, aRecusalDecision('inspector-1', true)]);
    await refused(granted, 'inspector-1', finding);
    await refused(granted, 'inspector-1', joint);
  });

  it('is decided once, by nobody who asked for it or goes there', async () => {
    const dossier = await written(open);
    for (const id of ['agency-1', 'inspector-1', 'inspector-2']) await refused(dossier, id, decision);
    const decided = expectDone(await extendDossier(deps, dossier, actor('approver-1'), decision));
    await refused(decided, 'approver-2', decision);
  });

  it('keeps whoever was recused from deciding that agency’s objection', async () => {
    const objected = await written([
      ...open,
      aRecusalDecision('inspector-1', true),
      ...actions('visitClosed', 'scored', 'draftResultSent', 'draftResultAccepted'),
      ...actions('announced', 'objectionRaised'),
    ]);
    const data = { id: 'o1', verdict: 'rejected' as const, corrections: [] };
    await refused(objected, 'inspector-1', { type: 'objectionDecided', data, reason: '维持' });
  });
});

describe('a desk review', () => {
  const flag: Flag = { code: 'evidenceReused', detail: '《汇编.pdf》用于 A1、A2' };
  const review: NewDossierAction = { type: 'deskReviewed', data: { corrections: [] }, reason: '已核对' };

  it('is not closed while a flag has not been dealt with', async () => {
    const flagged = await written([...WAY_TO.submitted, dossierAction('flagged', { flags: [flag] })]);
    await refused(flagged, 'handler-1', review);
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

describe('a joint entry', () => {
  const bothIn = [
    ...WAY_TO.visiting,
    aFinding(fullMarks(DEFAULT_RUBRIC, { A2: { facts: aRate(5, 10) } }), 'inspector-1'),
    aFinding(fullMarks(DEFAULT_RUBRIC, { A2: { facts: aRate(7, 10) } }), 'inspector-2'),
  ];
  const confirmed = (entry: number): NewDossierAction => ({ type: 'jointEntryConfirmed', data: { entry } });
  const sentBack = (entry: number): NewDossierAction => ({
    type: 'jointEntrySentBack',
    data: { entry },
    reason: '漏看',
  });

  it('is not made on behalf of somebody who has not recorded, nor by a stranger', async () => {
    const half = await written(bothIn.slice(0, -1));
    await refused(half, 'inspector-1', joint);
    const both = await written(bothIn);
    for (const id of ['inspector-3', 'approver-1']) await refused(both, id, joint);
  });

  it('is not about what nobody differed in, nor drafted while another one waits', async () => {
    const both = await written(bothIn);
    const other = [{ item: 'B1', facts: aRate(1, 2), reason: '复看' }];
    await refused(both, 'inspector-1', { type: 'jointEntryDrafted', data: { settled: other } });
    const drafted = expectDone(await extendDossier(deps, both, actor('inspector-1'), joint));
    const another = [{ item: 'A2', facts: aRate(7, 10), reason: '复看' }];
    for (const id of ['inspector-1', 'inspector-2'])
      await refused(drafted, id, { type: 'jointEntryDrafted', data: { settled: another } });
  });

  it('is never confirmed or sent back by whoever drafted it, nor by anybody who was not there', async () => {
    const drafted = expectDone(await extendDossier(deps, await written(bothIn), actor('inspector-1'), joint));
    const { seq } = drafted.history.at(-1) ?? { seq: 0 };
    for (const id of ['inspector-1', 'inspector-3', 'approver-1']) {
      await refused(drafted, id, confirmed(seq));
      await refused(drafted, id, sentBack(seq));
    }
    // What was read is what is confirmed.
    await refused(drafted, 'inspector-2', confirmed(seq - 1));
    const agreed = expectDone(await extendDossier(deps, drafted, actor('inspector-2'), confirmed(seq)));
    await refused(agreed, 'inspector-2', sentBack(seq));
    await refused(agreed, 'inspector-1', confirmed(seq));
  });

  it('is not confirmed after it was sent back, nor in a dossier that somebody made up', async () => {
    const drafted = expectDone(await extendDossier(deps, await written(bothIn), actor('inspector-1'), joint));
    const { seq } = drafted.history.at(-1) ?? { seq: 0 };
    const made = dossierOf(2021, [...drafted.history.slice(0, -1), aJointEntry('inspector-2', ...settled)]);
    await refused({ ...made, filingNumber: drafted.filingNumber }, 'inspector-1', confirmed(seq));
    const back = expectDone(await extendDossier(deps, drafted, actor('inspector-2'), sentBack(seq)));
    await refused(back, 'inspector-2', confirmed(seq));
    expect(await extendDossier(deps, back, actor('inspector-2'), joint)).not.toBeInstanceOf(Refusal);
  });
});

describe('an objection', () => {
  const decision: NewDossierAction = {
    type: 'objectionDecided',
    data: { id: 'o1', verdict: 'rejected', corrections: [] },
    reason: '维持',
  };

  it('is not decided by anybody who inspected that agency, be it at an earlier visit', async () => {
    const objected = await written([
      ...WAY_TO.visited,
      anAssignment('inspector-3', 'inspector-4'),
      ...actions('visitClosed', 'scored', 'draftResultSent', 'draftResultAccepted', 'announced'),
      ...actions('objectionRaised'),
    ]);
    for (const id of ['inspector-1', 'inspector-3']) await refused(objected, id, decision);
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
    const answered = await written([
      ...WAY_TO.visited,
      ...actions('scored', 'draftResultSent', 'draftResultAnswered'),
    ]);
    for (const next of [reply, material]) await refused(answered, 'inspector-1', next);
    await refused(answered, 'agency-1', said);
    const put = expectDone(await extendDossier(deps, answered, actor('handler-1'), material));
    for (const next of [reply, material]) await refused(put, 'handler-2', next);
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
    const open = await written([...WAY_TO.visited, ...actions('vetoProposed')]);
    for (const next of [confirmation(1), rejection]) await refused(open, 'approver-1', next);
    await refused(open, 'director-1', signature);
    for (const id of ['handler-2', 'approver-1', 'director-1']) await refused(open, id, statement);
    for (const id of ['handler-2', 'approver-1', 'agency-1']) await refused(open, id, silence);
    const spoken = await done(open, 'agency-1', statement);
    await refused(spoken, 'agency-2', { ...statement, reason: '补充' });
  });

  it('is confirmed by two people, neither of them its proposer nor sent to that agency, one an approver', async () => {
    const dossier = await written(heard);
    for (const next of [confirmation(1), rejection]) {
      // handler-1 proposed it, inspector-1 was there: in whatever role they come.
      await refused(dossier, 'handler-1', next);
      await refused(dossier, 'inspector-1', next);
      for (const [id, role] of [
        ['handler-1', 'approver'],
        ['inspector-1', 'approver'],
      ] as const) {
        expect(await extendDossier(deps, dossier, actor(id, role), next)).toBeInstanceOf(Refusal);
      }
      for (const id of ['director-1', 'auditor-1', 'agency-1']) await refused(dossier, id, next);
    }
    const once = await done(dossier, 'handler-2', confirmation(1));
    await refused(once, 'handler-2', confirmation(2));
    await refused(once, 'handler-3', confirmation(2));
    await refused(once, 'director-1', signature);
    expect(await extendDossier(deps, once, actor('handler-2', 'approver'), confirmation(2))).toBeInstanceOf(
      Refusal,
    );
    const twice = await done(once, 'approver-1', confirmation(2));
    await refused(twice, 'approver-2', confirmation(2));
    await refused(twice, 'approver-2', rejection);
    for (const id of ['approver-1', 'handler-1']) {
      expect(await extendDossier(deps, twice, actor(id, 'director'), signature)).toBeInstanceOf(Refusal);
    }
    const signed = await done(twice, 'director-1', signature);
    await refused(signed, 'director-2', rejection);
    await refused(signed, 'handler-2', { ...proposal, data: { ...proposal.data, id: 'V3-2' } } as never);
  });

  it('is not opened twice, nor by somebody who was sent to that agency; and nothing is published over it', async () => {
    const dossier = await written(WAY_TO.visited);
    expect(await extendDossier(deps, dossier, actor('inspector-1', 'handler'), proposal)).toBeInstanceOf(
      Refusal,
    );
    const open = await done(dossier, 'handler-2', proposal);
    await refused(open, 'handler-3', { ...proposal, data: { ...proposal.data, id: 'V3-2' } } as never);
    const announced = await written([...WAY_TO.announced, ...actions('vetoProposed')]);
    const published: NewDossierAction = { type: 'published', data: { stars: 5, result: '五星级' } };
    await refused(announced, 'handler-1', published);
    const made = dossierOf(2021, [...WAY_TO.announced]);
    await refused({ ...made, filingNumber: announced.filingNumber }, 'handler-1', published);
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
