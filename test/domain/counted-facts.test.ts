import { describe, expect, it } from 'vitest';
import { agreedFinding, scoringInput } from '../../shared/domain/counted-facts.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { DossierAction } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import type { Answer, Answers } from '../../shared/domain/facts.ts';
import {
  aGrade,
  anEvidence,
  aRate,
  dossierAction,
  faultsFound,
  filing,
  fullMarks,
  theSettings,
  ticks,
} from './builders.ts';
import {
  ACTIONS,
  aConfirmation,
  actions,
  aDecision,
  aFinding,
  aJointEntry,
  anAssignment,
  aRuling,
  aSendingBack,
  claimed,
  WAY_TO,
} from './dossier-builders.ts';

const inputOf = (history: DossierAction[], settings = theSettings()) =>
  scoringInput(dossierOf(2022, history), DEFAULT_RUBRIC, settings);

/** What two inspectors agree on, given what each of them recorded. */
const agreed = (...findings: Answers[]) => {
  const ids = ['inspector-1', 'inspector-2'];
  const recorded = findings.map((answers, index) => aFinding(answers, ids[index] ?? ''));
  return agreedFinding(dossierOf(2022, [...WAY_TO.reviewed, anAssignment(...ids), ...recorded]).visit);
};
const seen = (changes: Record<string, Answer> = {}) => fullMarks(DEFAULT_RUBRIC, changes);
const visited = (answers: Answers) => [
  ...WAY_TO.reviewed,
  anAssignment('inspector-1'),
  aFinding(answers, 'inspector-1'),
  ACTIONS.visitClosed,
];

describe('facts that count', () => {
  it('are those of the desk where the agency was not visited', () => {
    const input = inputOf(WAY_TO.reviewed);
    expect(input).toMatchObject({ source: 'deskReview', filed: true, corrected: {}, notApplicable: [] });
    expect(input.answers).toEqual(claimed);
  });

  it('are those found on site, with the agency’s evidence, where it was visited', () => {
    const photograph = anEvidence('现场照片');
    const input = inputOf(visited(seen({ A2: { facts: aRate(6, 10), evidence: [photograph] } })));
    expect(input.source).toBe('inspection');
    expect(input.answers?.items.A2).toEqual({
      facts: aRate(6, 10),
      evidence: [anEvidence('A2'), photograph],
    });
  });

  it('are those of the desk again while a visit is under way or after it lapsed', () => {
    const finding = aFinding(seen({ A2: { facts: aRate(6, 10) } }), 'inspector-1');
    const under = [...WAY_TO.reviewed, anAssignment('inspector-1'), finding];
    expect(inputOf(under)).toMatchObject({ source: 'deskReview', answers: claimed });
    const one = [...WAY_TO.visiting, finding, dossierAction('visitClosed', { lapsed: true })];
    expect(inputOf(one)).toMatchObject({ source: 'deskReview', answers: claimed });
  });

  it('are those of the first visit where a second one is under way or lapsed', () => {
    const first = seen({ A2: { facts: aRate(6, 10) } });
    const again = [...visited(first), anAssignment('inspector-3', 'inspector-4')];
    const half = [...again, aFinding(seen({ A2: { facts: aRate(9, 10) } }), 'inspector-3')];
    const lapsed = [...half, dossierAction('visitClosed', { lapsed: true, earlierStands: true })];
    for (const history of [again, half, lapsed]) {
      expect(inputOf(history)).toMatchObject({ source: 'inspection' });
      expect(inputOf(history).answers?.items.A2?.facts).toEqual(aRate(6, 10));
    }
    const second = [...half, aFinding(seen({ A2: { facts: aRate(9, 10) } }), 'inspector-4')];
    expect(inputOf([...second, ACTIONS.visitClosed]).answers?.items.A2?.facts).toEqual(aRate(9, 10));
  });

  it('are none where nothing was filed', () => {
    const input = inputOf(WAY_TO.notFiled);
    expect(input).toMatchObject({ filed: false, source: 'deskReview' });
    expect(input.answers).toBeUndefined();
  });

  it('are corrected by an upheld objection and not by a rejected one', () => {
    const announced = [...visited(seen({ A2: { facts: aRate(6, 10) } })), ...actions('scored', 'announced')];
    const objected = [...announced, ACTIONS.objectionRaised];
    const upheld = inputOf([...objected, aDecision('upheld')]);
    expect(upheld).toMatchObject({ source: 'inspection', corrected: { A2: 'objection' } });
    expect(upheld.answers?.items.A2?.facts).toEqual(aRate(7, 10));
    const rejected = inputOf([...objected, aDecision('rejected')]);
    expect(rejected.corrected).toEqual({});
    expect(rejected.answers?.items.A2?.facts).toEqual(aRate(6, 10));
  });

  it('come with approved declarations, the setting and the platform’s batches', () => {
    const dossier = dossierOf(2022, [...WAY_TO.reviewed, aRuling('C4', true)]);
    const settings = theSettings({ noActivityFails: false });
    const platform = { filingNumber: filing(1), completedBatches: 0 };
    expect(scoringInput({ ...dossier, platform }, DEFAULT_RUBRIC, settings)).toMatchObject({
      notApplicable: ['C4'],
      noActivityFails: false,
      platformCompleted: 0,
    });
    const withoutBatches = { ...dossier, platform: { filingNumber: filing(1) } };
    const silent = scoringInput(withoutBatches, DEFAULT_RUBRIC, settings);
    expect(silent).not.toHaveProperty('platformCompleted');
  });
});

describe('two inspectors', () => {
  it('agree where both recorded the same, and not before', () => {
    expect(agreed(seen(), seen())).toEqual(seen());
    expect(agreed(seen())).toBeUndefined();
    expect(agreed()).toBeUndefined();
    expect(agreedFinding(undefined)).toBeUndefined();
  });

  it('do not agree where any fact differs', () => {
    const facts: Record<string, Answer>[] = [
      { A2: { facts: aRate(6, 10) } },
      { A1: { facts: ticks('1') } },
      { C3: { facts: aGrade('B') } },
    ];
    for (const changes of facts) expect(agreed(seen(), seen(changes))).toBeUndefined();
    expect(agreed(seen(), seen({ A2: {} }))).toBeUndefined();
  });

  it('do not agree where they counted bonuses differently', () => {
    const withBonus = (count: number): Answers => ({ ...seen(), bonus: { P1: { count } } });
    expect(agreed(seen(), withBonus(1))).toBeUndefined();
    expect(agreed(withBonus(1), withBonus(1))).toEqual(withBonus(1));
    expect(agreed(seen(), withBonus(0))).toEqual(seen());
  });

  it('may differ in remarks, grounds and photographs', () => {
    const changes = {
      A2: { facts: aRate(20, 20), remark: '已核对', evidence: [anEvidence('照片')] },
      C3: { facts: aGrade('A', '记录齐全') },
    };
    expect(agreed(seen(), seen(changes))).toEqual(seen());
  });

  it('may differ in the order in which they went through the list', () => {
    const backwards = Object.fromEntries(Object.entries(seen().items).toReversed());
    const ticked = { ...backwards, A1: { facts: ticks('3', '1', '2') } };
    expect(agreed(seen(), { items: ticked, bonus: {} })).toEqual(seen());
  });

  describe('who differed', () => {
    const settled = { item: 'A2', facts: aRate(6, 10), reason: '一个批次跨年，计入本年' };
    const joint = aJointEntry('inspector-2', settled);
    const stood = (...more: DossierAction[]) => {
      const history = [
        ...WAY_TO.visiting,
        aFinding(seen({ D5: { facts: faultsFound(1), remark: '缺签字' } }), 'inspector-1'),
        aFinding(seen({ D5: { facts: faultsFound(1) }, A2: { facts: aRate(5, 10) } }), 'inspector-2'),
        ...more,
      ];
      return agreedFinding(dossierOf(2022, history).visit);
    };

    it('are bound by what one drafted and the other confirmed, and by nothing before', () => {
      expect(stood()).toBeUndefined();
      expect(stood(joint)).toBeUndefined();
      const agreed = stood(joint, aConfirmation('inspector-1', joint.seq));
      // Everything but what was settled is as whoever was drawn first recorded it.
      expect(agreed).toEqual(
        seen({
          A2: { ...seen().items.A2, facts: aRate(6, 10) },
          D5: { facts: faultsFound(1), remark: '缺签字' },
        }),
      );
    });

    it('are not bound by a joint entry that was sent back, but by the one after it', () => {
      const sentBack = [joint, aSendingBack('inspector-1', joint.seq)];
      expect(stood(...sentBack)).toBeUndefined();
      const again = aJointEntry('inspector-1', { ...settled, facts: aRate(7, 10) });
      expect(stood(...sentBack, again)).toBeUndefined();
      const confirmed = stood(...sentBack, again, aConfirmation('inspector-2', again.seq));
      expect(confirmed?.items.A2?.facts).toEqual(aRate(7, 10));
    });
  });

  it('of whom there are three need the confirmation of both who did not draft', () => {
    const ids = ['inspector-1', 'inspector-2', 'inspector-3'];
    const joint = aJointEntry('inspector-1', { item: 'A2', facts: aRate(6, 10), reason: '复核' });
    const history = [
      ...WAY_TO.reviewed,
      anAssignment(...ids),
      ...ids.map((id, n) => aFinding(seen({ A2: { facts: aRate(5 + n, 10) } }), id)),
      joint,
      aConfirmation('inspector-3', joint.seq),
    ];
    expect(agreedFinding(dossierOf(2022, history).visit)).toBeUndefined();
    const both = dossierOf(2022, [...history, aConfirmation('inspector-2', joint.seq)]);
    expect(agreedFinding(both.visit)?.items.A2?.facts).toEqual(aRate(6, 10));
  });

  it('within the tolerance agree on what was recorded by whoever was drawn first', () => {
    const tolerant = dossierAction('visitAssigned', {
      inspectors: ['inspector-2', 'inspector-1'],
      reasons: ['随机抽取'],
      tolerancePercent: 5,
    });
    const found = (numerator: number) => {
      const history = [
        ...WAY_TO.reviewed,
        tolerant,
        aFinding(seen({ A2: { facts: aRate(20, 20) } }), 'inspector-1'),
        aFinding(seen({ A2: { facts: aRate(numerator, 20) } }), 'inspector-2'),
      ];
      return agreedFinding(dossierOf(2022, history).visit)?.items.A2?.facts;
    };
    expect(found(19)).toEqual(aRate(19, 20));
    expect(found(18)).toBeUndefined();
  });
});
