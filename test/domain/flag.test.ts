import { describe, expect, it } from 'vitest';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { type Flag, flagId, treatmentOf, untreatedFlags } from '../../shared/domain/flag.ts';
import { aRate, dossierAction } from './builders.ts';
import { ACTIONS, actions, claimed, WAY_TO } from './dossier-builders.ts';

const differs = (value: number): Flag => ({
  code: 'figureDiffers',
  item: 'A2',
  figures: [
    { source: 'selfEvaluation', label: '计划批次数', value: 20 },
    { source: 'platform', label: '计划批次', value },
  ],
  detail: `A2 计划批次数：自评填报 20，平台导出 ${value}`,
});
const reused: Flag = { code: 'evidenceReused', detail: '《汇编.pdf》用于 A1、A2' };

const flagged = (...flags: Flag[]) => dossierAction('flagged', { flags });
const accepted = (...flags: Flag[]) =>
  dossierAction(
    'flagsTreated',
    { flags: flags.map(flagId), treatment: 'accepted', corrections: [] },
    { reason: '属实' },
  );
const correctedTo = (flag: Flag, planned: number, item = 'A2') =>
  dossierAction(
    'flagsTreated',
    {
      flags: [flagId(flag)],
      treatment: 'corrected',
      corrections: [{ item, facts: aRate(10, planned), reason: '按平台数据' }],
    },
    { reason: '按平台数据更正' },
  );

const dossier = (...history: ReturnType<typeof flagged>[]) =>
  dossierOf(2021, [...WAY_TO.submitted, ...history]);
const atDesk = (...history: ReturnType<typeof flagged>[]) =>
  dossier(...history, ACTIONS.deskReviewed).desk?.answers.items;

describe('a flag', () => {
  it('waits for a handler until it has been dealt with', () => {
    expect(untreatedFlags(dossier(flagged(differs(10), reused)))).toEqual([differs(10), reused]);
    expect(untreatedFlags(dossier(flagged(differs(10), reused), accepted(reused)))).toEqual([differs(10)]);
    expect(untreatedFlags(dossier(flagged(differs(10)), correctedTo(differs(10), 10)))).toEqual([]);
  });

  it('is another one when its figures have changed', () => {
    const changed = dossier(flagged(differs(10)), accepted(differs(10)), flagged(differs(11)));
    expect(untreatedFlags(changed)).toEqual([differs(11)]);
    const back = dossier(
      flagged(differs(10)),
      accepted(differs(10)),
      flagged(differs(11)),
      flagged(differs(10)),
    );
    expect(untreatedFlags(back)).toEqual([]);
  });

  it('goes with the form that it was raised on', () => {
    const again = dossier(flagged(differs(10)), accepted(differs(10)), ...actions('returned', 'submitted'));
    expect([again.flags, again.treatments]).toEqual([[], []]);
  });
});

describe('what a handler decided', () => {
  it('stands with who, when and why; the last decision counts', () => {
    const twice = dossier(flagged(differs(10)), correctedTo(differs(10), 10), accepted(differs(10)));
    expect(treatmentOf(twice, differs(10))).toMatchObject({
      treatment: 'accepted',
      by: { id: 'handler-1' },
      reason: '属实',
    });
  });

  it('counts in the desk-reviewed facts where it is a correction, and nowhere else', () => {
    expect(atDesk(flagged(differs(10)), correctedTo(differs(10), 10))?.A2?.facts).toEqual(aRate(10, 10));
    expect(atDesk(flagged(differs(10)), accepted(differs(10)))).toEqual(claimed.items);
    expect(atDesk(flagged(differs(10)), correctedTo(differs(10), 10), accepted(differs(10)))).toEqual(
      claimed.items,
    );
  });

  it('no longer counts when the flag is gone', () => {
    expect(atDesk(flagged(differs(10)), correctedTo(differs(10), 10), flagged())).toEqual(claimed.items);
  });

  it('gives way to what the desk review itself corrects', () => {
    const reviewed = dossierAction('deskReviewed', {
      corrections: [{ item: 'A2', facts: aRate(9, 12), reason: '复看台账' }],
    });
    const { desk } = dossier(flagged(differs(10)), correctedTo(differs(10), 10), reviewed);
    expect(desk?.answers.items.A2?.facts).toEqual(aRate(9, 12));
  });

  it('may correct any item for a flag that is about none in particular', () => {
    expect(atDesk(flagged(reused), correctedTo(reused, 10))?.A2?.facts).toEqual(aRate(10, 10));
  });
});
