/**
 * Goes around the handlers and the checks of the use cases: every write is tried with the right entry type, an allowed
 * status and no condition from the caller. What a record's own duties forbid stays unwritten. Here: what inspectors write.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deps } from '../../shared/app/ports.ts';
import { extendDossier, type NewDossierAction } from '../../shared/app/records.ts';
import { expectDone, Refusal } from '../../shared/app/refusal.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { aRate, fullMarks } from '../domain/builders.ts';
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
import { refused, written } from './forging.ts';

let store: Store;
let deps: Deps;
beforeAll(async () => {
  store = await openStore();
  deps = store.deps;
});
afterAll(() => store.close());

const data = { answers: claimed, representative: { name: '李某', agrees: true }, visitedOn: '2022-03-20' };
const finding: NewDossierAction = { type: 'findingRecorded', data };
const settled = [{ item: 'A2', facts: aRate(6, 10), reason: '复看' }];
const joint: NewDossierAction = { type: 'jointEntryDrafted', data: { settled } };

describe('a finding', () => {
  it('is not recorded by somebody who was not drawn, nor twice by one who was', async () => {
    const visiting = await written(deps, WAY_TO.visiting);
    await refused(deps, visiting, 'inspector-3', finding);
    await refused(deps, visiting, 'handler-1', finding);
    const once = expectDone(await extendDossier(deps, visiting, actor('inspector-1'), finding));
    const another: NewDossierAction = { type: 'findingRecorded', data: { ...data, visitedOn: '2022-03-21' } };
    await refused(deps, once, 'inspector-1', another);
    // The same said again is not written again.
    expect(await extendDossier(deps, once, actor('inspector-1'), finding)).toEqual(once);
    expect(await extendDossier(deps, once, actor('inspector-2'), finding)).not.toBeInstanceOf(Refusal);
  });

  it('is not recorded by whoever was drawn in a dossier that somebody made up', async () => {
    const visiting = await written(deps, WAY_TO.visiting);
    const made = dossierOf(2021, [...visiting.history.slice(0, -1), anAssignment('inspector-3')]);
    const forged = { ...made, filingNumber: visiting.filingNumber };
    await refused(deps, forged, 'inspector-3', finding);
  });
});

describe('a packet', () => {
  it('is not taken in with a key that its inspector did not register for the visit', async () => {
    const key = { x: 'x'.repeat(43), y: 'y'.repeat(43) };
    const seal = { nonce: '0'.repeat(32), capturedAt: '2022-03-20T02:00:00.000Z', key };
    const packet = { ...seal, digest: '0'.repeat(64), signature: `${'s'.repeat(85)}A` };
    const packed: NewDossierAction = { type: 'findingRecorded', data: { ...data, packet } };
    const registered = await written(deps, [...WAY_TO.visiting, ...actions('captureKeyRegistered')]);
    await refused(deps, registered, 'inspector-2', packed);
    await refused(deps, await written(deps, WAY_TO.visiting), 'inspector-1', packed);
    expect(await extendDossier(deps, registered, actor('inspector-1'), packed)).not.toBeInstanceOf(Refusal);
  });

  it('is captured on devices of those who were drawn and have not recorded', async () => {
    const once = await written(deps, [...WAY_TO.visiting, aFinding(claimed, 'inspector-1')]);
    const key = { x: 'z'.repeat(43), y: 'z'.repeat(43) };
    for (const id of ['inspector-1', 'inspector-3'])
      await refused(deps, once, id, { type: 'captureKeyRegistered', data: { key } });
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
    await refused(deps, await written(deps, open), 'inspector-1', finding);
    const granted = await written(deps, [...open, aRecusalDecision('inspector-1', true)]);
    await refused(deps, granted, 'inspector-1', finding);
    await refused(deps, granted, 'inspector-1', joint);
  });

  it('is decided once, by nobody who asked for it or goes there', async () => {
    const dossier = await written(deps, open);
    for (const id of ['agency-1', 'inspector-1', 'inspector-2']) await refused(deps, dossier, id, decision);
    const decided = expectDone(await extendDossier(deps, dossier, actor('approver-1'), decision));
    await refused(deps, decided, 'approver-2', decision);
  });

  it('keeps whoever was recused from deciding that agency’s objection', async () => {
    const objected = await written(deps, [
      ...open,
      aRecusalDecision('inspector-1', true),
      ...actions('visitClosed', 'scored', 'draftResultSent', 'draftResultAccepted'),
      ...actions('announced', 'objectionRaised'),
    ]);
    const data = { id: 'o1', verdict: 'rejected' as const, corrections: [] };
    await refused(deps, objected, 'inspector-1', { type: 'objectionDecided', data, reason: '维持' });
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
    const half = await written(deps, bothIn.slice(0, -1));
    await refused(deps, half, 'inspector-1', joint);
    const both = await written(deps, bothIn);
    for (const id of ['inspector-3', 'approver-1']) await refused(deps, both, id, joint);
  });

  it('is not about what nobody differed in, nor drafted while another one waits', async () => {
    const both = await written(deps, bothIn);
    const other = [{ item: 'B1', facts: aRate(1, 2), reason: '复看' }];
    await refused(deps, both, 'inspector-1', { type: 'jointEntryDrafted', data: { settled: other } });
    const drafted = expectDone(await extendDossier(deps, both, actor('inspector-1'), joint));
    const another = [{ item: 'A2', facts: aRate(7, 10), reason: '复看' }];
    for (const id of ['inspector-1', 'inspector-2'])
      await refused(deps, drafted, id, { type: 'jointEntryDrafted', data: { settled: another } });
  });

  it('is never confirmed or sent back by whoever drafted it, nor by anybody who was not there', async () => {
    const drafted = expectDone(
      await extendDossier(deps, await written(deps, bothIn), actor('inspector-1'), joint),
    );
    const { seq } = drafted.history.at(-1) ?? { seq: 0 };
    for (const id of ['inspector-1', 'inspector-3', 'approver-1']) {
      await refused(deps, drafted, id, confirmed(seq));
      await refused(deps, drafted, id, sentBack(seq));
    }
    // What was read is what is confirmed.
    await refused(deps, drafted, 'inspector-2', confirmed(seq - 1));
    const agreed = expectDone(await extendDossier(deps, drafted, actor('inspector-2'), confirmed(seq)));
    await refused(deps, agreed, 'inspector-2', sentBack(seq));
    await refused(deps, agreed, 'inspector-1', confirmed(seq));
  });

  it('is not confirmed after it was sent back, nor in a dossier that somebody made up', async () => {
    const drafted = expectDone(
      await extendDossier(deps, await written(deps, bothIn), actor('inspector-1'), joint),
    );
    const { seq } = drafted.history.at(-1) ?? { seq: 0 };
    const made = dossierOf(2021, [...drafted.history.slice(0, -1), aJointEntry('inspector-2', ...settled)]);
    await refused(deps, { ...made, filingNumber: drafted.filingNumber }, 'inspector-1', confirmed(seq));
    const back = expectDone(await extendDossier(deps, drafted, actor('inspector-2'), sentBack(seq)));
    await refused(deps, back, 'inspector-2', confirmed(seq));
    expect(await extendDossier(deps, back, actor('inspector-2'), joint)).not.toBeInstanceOf(Refusal);
  });
});
