import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answer, Answers } from '../../shared/domain/facts.ts';
import { differences, Settled, settle, settlementProblems } from '../../shared/domain/joint-entry.ts';
import { aGrade, anEvidence, anyAnswers, aRate, faultsFound, fullMarks, ticks } from './builders.ts';

const seen = (changes: Record<string, Answer> = {}, bonus: Answers['bonus'] = {}): Answers => ({
  ...fullMarks(DEFAULT_RUBRIC, changes),
  bonus,
});
const rates = (...numerators: number[]) => numerators.map((n) => seen({ A2: { facts: aRate(n, 1000) } }));

describe('differences between the records of a visit', () => {
  it('are none in the same records, whatever the tolerance', () => {
    const tolerance = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(anyAnswers(DEFAULT_RUBRIC), tolerance, (answers, percent) => {
        expect(differences([answers, structuredClone(answers)], percent)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('do not depend on who comes first', () => {
    const pair = fc.tuple(anyAnswers(DEFAULT_RUBRIC), anyAnswers(DEFAULT_RUBRIC));
    fc.assert(
      fc.property(pair, fc.integer({ min: 0, max: 100 }), ([one, other], percent) => {
        const there = differences([one, other], percent);
        expect(differences([other, one], percent).toSorted()).toEqual(there.toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [0, 1000, 1000, false],
    [0, 1000, 999, true],
    [5, 1000, 950, false],
    [5, 1000, 949, true],
    [5, 949, 1000, true],
    [100, 1000, 0, false],
    [99, 1, 0, true],
    [5, 0, 0, false],
  ])('of figures, with a tolerance of %i %%: %i against %i', (percent, one, other, differs) => {
    expect(differences(rates(one, other), percent)).toEqual(differs ? ['A2'] : []);
  });

  it('of three records are those of the two that are furthest apart', () => {
    expect(differences(rates(1000, 960, 1040), 5)).toEqual(['A2']);
    expect(differences(rates(1000, 990, 1040), 5)).toEqual([]);
  });

  it.each<[string, Answer, Answer]>([
    ['a tick', { facts: ticks('1', '2') }, { facts: ticks('1') }],
    ['a grade', { facts: aGrade('A') }, { facts: aGrade('B') }],
    ['a number of faults', { facts: faultsFound(100) }, { facts: faultsFound(99) }],
    ['facts and none', { facts: faultsFound(0) }, {}],
    [
      'a figure that one did not record',
      { facts: aRate(1, 2) },
      { facts: { kind: 'banded', values: { numerator: 1 } } },
    ],
    ['facts and not applicable', { facts: aRate(1, 2) }, { notApplicable: { reason: '没有发现问题' } }],
    [
      'not applicable beside the same facts',
      { facts: aRate(1, 2), notApplicable: { reason: '没有发现问题' } },
      { facts: aRate(1, 2) },
    ],
  ])('know no tolerance for %s', (_what, one, other) => {
    expect(differences([seen({ A2: one }), seen({ A2: other })], 100)).toEqual(['A2']);
  });

  it('are counted in bonuses, where nothing is as good as zero', () => {
    expect(differences([seen(), seen({}, { P1: { count: 1 } })], 100)).toEqual(['P1']);
    expect(differences([seen(), seen({}, { P1: { count: 0 } })], 0)).toEqual([]);
  });

  it('are not those of order, grounds, remarks and photographs', () => {
    const one = seen({ A1: { facts: ticks('1', '3') }, C3: { facts: aGrade('B', '甲') } });
    const other = seen({
      A1: { facts: ticks('3', '1'), remark: '见照片', evidence: [anEvidence('照片')] },
      C3: { facts: aGrade('B', '乙') },
    });
    expect(differences([one, other], 0)).toEqual([]);
  });
});

describe('a joint entry', () => {
  it('says one thing of each item, and why', () => {
    const reason = '复核台账';
    expect(Settled.safeParse({ item: 'A2', facts: aRate(1, 2), reason }).success).toBe(true);
    expect(Settled.safeParse({ item: 'P1', count: 0, reason }).success).toBe(true);
    expect(Settled.safeParse({ item: 'A2', reason }).success).toBe(false);
    expect(Settled.safeParse({ item: 'A2', facts: aRate(1, 2), count: 1, reason }).success).toBe(false);
    expect(Settled.safeParse({ item: 'A2', facts: aRate(1, 2), reason: ' ' }).success).toBe(false);
  });

  it('puts what was settled in the place of what was recorded, and leaves evidence and remarks', () => {
    const photograph = anEvidence('照片');
    const record = seen({ A2: { facts: aRate(5, 10), remark: '见照片', evidence: [photograph] } });
    const settled = settle(record, [
      { item: 'A2', facts: aRate(6, 10), reason: '跨年批次' },
      { item: 'C4', notApplicable: { reason: '没有发现问题' }, reason: '全年督导无问题' },
      { item: 'P1', count: 1, reason: '现场核实' },
    ]);
    expect(settled.items.A2).toEqual({ facts: aRate(6, 10), remark: '见照片', evidence: [photograph] });
    expect(settled.items.C4?.facts).toBeUndefined();
    expect(settled.items.C4?.notApplicable).toEqual({ reason: '没有发现问题' });
    expect(settled.bonus).toEqual({ P1: { count: 1 } });
    expect(settled.items.A1).toEqual(record.items.A1);
  });

  it('names each difference once, and nothing else', () => {
    const of = (...items: string[]) => items.map((item) => ({ item, facts: aRate(1, 2), reason: '复核' }));
    expect(settlementProblems(['A2', 'B1'], of('B1', 'A2'))).toEqual({ missing: [], surplus: [] });
    expect(settlementProblems(['A2', 'B1'], of('A2'))).toEqual({ missing: ['B1'], surplus: [] });
    expect(settlementProblems(['A2'], of('A2', 'A2', 'C1'))).toEqual({ missing: [], surplus: ['A2', 'C1'] });
  });
});
