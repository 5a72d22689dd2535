import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agency } from '../../shared/domain/agency.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answers, Facts } from '../../shared/domain/facts.ts';
import { type ScoringInput, scoreAgency } from '../../shared/domain/score.ts';
import { percent, type ScoredAgency, statisticsOf } from '../../shared/domain/statistics.ts';
import {
  anAgency,
  aRate,
  aRubric,
  faultsFound,
  filing,
  fullMarks,
  fullMarksBut,
  scoringOf,
} from './builders.ts';

function aScored(
  answers: Answers | undefined,
  agency: Partial<Agency> = {},
  changes: Partial<ScoringInput> = {},
): ScoredAgency {
  const { platformCompleted } = changes;
  return {
    agency: anAgency(agency),
    sheet: scoreAgency(scoringOf(answers, changes)),
    answers,
    ...(platformCompleted !== undefined && { platformCompleted }),
  };
}
const withFacts = (facts: Record<string, Facts>, agency: Partial<Agency> = {}) =>
  aScored(fullMarksBut(DEFAULT_RUBRIC, facts), agency);

const none = aRate(0, 10);
const LOSING = {
  5: {},
  4: { D3: none, D4: none, D1: faultsFound(2) },
  3: { D3: none, D4: none, E1: none, E3: none },
  0: { D3: none, D4: none, E1: none, E3: none, F1: none, D1: faultsFound(4), B1: none },
};
/** So many agencies at each band, highest first. */
const population = (...counts: number[]) =>
  counts.flatMap((count, index) =>
    Array.from({ length: count }, () => withFacts(LOSING[([5, 4, 3, 0] as const)[index] ?? 0])),
  );
const statistics = (scored: ScoredAgency[]) => statisticsOf(DEFAULT_RUBRIC, scored);

describe('bands of a year', () => {
  it('of 4, 2, 2 and 5 among 13 are 31, 15, 15 and 38 per cent, and the note says 99', () => {
    const { bands, percentNote } = statistics(population(4, 2, 2, 5));
    expect(bands.map(({ name, count, percent: share }) => [name, count, share])).toEqual([
      ['五星级', 4, '31'],
      ['四星级', 2, '15'],
      ['三星级', 2, '15'],
      ['不合格', 5, '38'],
    ]);
    expect(percentNote).toBe('各项比例分别四舍五入，合计为99%');
  });

  it('that add to 100 need no note, those that add to more do', () => {
    expect(statistics(population(1, 1, 1, 1)).percentNote).toBeNull();
    expect(statistics(population(3, 3, 1, 1)).percentNote).toBe('各项比例分别四舍五入，合计为102%');
  });

  it('of nobody are 0 per cent without a note', () => {
    const empty = statistics([]);
    expect(empty).toMatchObject({ population: 0, percentNote: null, averageExecutionRate: null });
    expect(empty.bands.map(({ percent: share }) => share)).toEqual(['0', '0', '0', '0']);
    expect(empty.itemAverages).toEqual([]);
  });

  it('hold every agency once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }), (counts) => {
        expect(statistics(population(...counts)).bands.map(({ count }) => count)).toEqual(counts);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a per cent', () => {
  it.each([
    [4, 13, '31'],
    [5, 13, '38'],
    [1, 8, '13'],
    [1, 200, '1'],
    [1, 201, '0'],
    [0, 0, '0'],
    [7, 7, '100'],
  ])('of %d among %d is %s', (part, whole, printed) => {
    expect(percent(part, whole)).toBe(printed);
  });

  it('is rounded half up by itself, however the others fall', () => {
    const aPart = fc
      .integer({ min: 1, max: 5000 })
      .chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole)));
    fc.assert(
      fc.property(aPart, ([part, whole]) => {
        const twice = 2 * Number(percent(part, whole)) * whole;
        expect(twice - whole).toBeLessThanOrEqual(200 * part);
        expect(twice + whole).toBeGreaterThan(200 * part);
      }),
    );
  });
});

describe('average plan execution rate', () => {
  const executing = (numerator: number, denominator: number) =>
    withFacts({ A2: aRate(numerator, denominator) });

  it('is the mean of the rates, each agency counting once', () => {
    expect(statistics([executing(100, 100), executing(1, 2)]).averageExecutionRate).toBe('75.0');
    expect(statistics([executing(1, 3)]).averageExecutionRate).toBe('33.3');
    expect(statistics([executing(2, 3)]).averageExecutionRate).toBe('66.7');
    expect(statistics([executing(9, 10), executing(901, 1000)]).averageExecutionRate).toBe('90.1');
  });

  it('leaves out agencies without stars and those without a plan', () => {
    const scored = [
      executing(9, 10),
      executing(0, 10),
      executing(1, 0),
      aScored(undefined, {}, { filed: false }),
    ];
    expect(statistics(scored).averageExecutionRate).toBe('90.0');
  });

  it('does not exist where nobody has stars or the rubric measures no rate', () => {
    expect(statistics([executing(0, 10)]).averageExecutionRate).toBeNull();
    const rubric = aRubric((draft) => {
      draft.measures.executionRate = 'A1';
    });
    expect(statisticsOf(rubric, [executing(9, 10)]).averageExecutionRate).toBeNull();
  });
});

describe('agencies', () => {
  it('without activity are counted by their facts, else by the platform', () => {
    const unfiled = (platformCompleted?: number) =>
      aScored(undefined, {}, { filed: false, ...(platformCompleted !== undefined && { platformCompleted }) });
    const scored = [withFacts({ A2: aRate(0, 10) }), withFacts({}), unfiled(0), unfiled(3), unfiled()];
    expect(statistics(scored).withoutActivity).toBe(2);
  });

  it('with computer examination are those with at least one candidate at a computer', () => {
    const scored = [withFacts({ D4: aRate(1, 1000) }), withFacts({ D4: aRate(0, 10) }), aScored(undefined)];
    expect(statistics(scored).computerExam).toEqual({ count: 1, percent: '33' });
  });

  it('are counted by filing type and by nature, independently', () => {
    const scored = [
      withFacts({}, { filingType: 'socialOrganisation', nature: 'schoolOrCollege' }),
      withFacts({}, { filingType: 'technicalSchool', nature: 'schoolOrCollege' }),
      withFacts({}, { filingType: 'enterprise', nature: 'private' }),
    ];
    const { byFilingType, byNature } = statistics(scored);
    expect(byFilingType).toEqual({ enterprise: 1, technicalSchool: 1, socialOrganisation: 1 });
    expect(byNature).toEqual({ schoolOrCollege: 2, trainingSchool: 0, stateOwned: 0, private: 1 });
  });

  it('are counted once for each major class and industry that they examine', () => {
    const examining = (...codes: string[]) =>
      withFacts(
        {},
        {
          filingNumber: filing(1),
          occupations: codes.map((code) => ({ code, name: '职业', levels: ['五级'] })),
        },
      );
    const scored = [
      examining('6-18-01-01', '6-18-01-02', '4-02-01-01'),
      examining('3-01-01-01', '4-02-01-01'),
      examining('5-01-01-01'),
      examining('2-01-01-01'),
      examining(),
    ];
    const { majorClasses, industries } = statistics(scored);
    expect(majorClasses.map(({ majorClass, agencies }) => [majorClass, agencies])).toEqual([
      ['2', 1],
      ['3', 1],
      ['4', 2],
      ['5', 1],
      ['6', 1],
    ]);
    expect(industries).toEqual([
      { industry: '第一产业', agencies: 1 },
      { industry: '第二产业', agencies: 1 },
      { industry: '第三产业', agencies: 2 },
    ]);
  });
});

describe('item averages', () => {
  it('stand weakest first, equals by code', () => {
    const { itemAverages } = statistics([
      withFacts({ F2: faultsFound(3), D1: faultsFound(1) }),
      withFacts({}),
    ]);
    expect(itemAverages.slice(0, 4)).toEqual([
      { code: 'F2', title: '证书数据准确', average: '50.0' },
      { code: 'D1', title: '报名资格审核', average: '87.5' },
      { code: 'A1', title: '年度评价计划编制、公布、变更报备', average: '100.0' },
      { code: 'A2', title: '年度计划执行率', average: '100.0' },
    ]);
    expect(itemAverages).toHaveLength(26);
  });

  it('leave out where the item does not apply, but not where it was left unanswered', () => {
    const averageOf = (scored: ScoredAgency[], code: string) =>
      statistics(scored).itemAverages.find((item) => item.code === code)?.average;
    const spared = aScored(fullMarks(DEFAULT_RUBRIC), {}, { notApplicable: ['C4'] });
    const silent = aScored(fullMarks(DEFAULT_RUBRIC, { C4: {} }));
    expect(averageOf([spared, withFacts({})], 'C4')).toBe('100.0');
    expect(averageOf([silent, withFacts({})], 'C4')).toBe('50.0');
    expect(averageOf([spared], 'C4')).toBeUndefined();
  });
});
