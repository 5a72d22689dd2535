import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { type DeskReviewInput, raiseFlags } from '../../shared/domain/desk-review.ts';
import type { Answers } from '../../shared/domain/facts.ts';
import { scoreAgency } from '../../shared/domain/score.ts';
import {
  aCount,
  anEvidence,
  aRate,
  bestFacts,
  faultsFound,
  filing,
  fullMarks,
  fullMarksBut,
  scoringOf,
  theItem,
} from './builders.ts';

function flagsOf(answers: Answers, changes: Partial<DeskReviewInput> = {}) {
  const selfScore = scoreAgency(scoringOf(answers, { source: 'selfEvaluation' }));
  const input = { rubric: DEFAULT_RUBRIC, answers, platform: undefined, tolerancePercent: 5, selfScore };
  const period = { from: '2021-01-01', to: '2021-12-31' };
  const others = { sharedEvidence: new Map(), upheldComplaints: 0 };
  return raiseFlags({ ...input, ...others, period, ...changes });
}
const platformOf = (figures: object) => ({ platform: { filingNumber: filing(1), ...figures } });

describe('a form that agrees with everything', () => {
  it('raises no flag', () => {
    const figures = { plannedBatches: 20, completedBatches: 20, announcedBatches: 20, candidates: 20 };
    const answers = fullMarks(DEFAULT_RUBRIC);
    expect(flagsOf(answers, platformOf({ ...figures, certificates: 20 }))).toEqual([]);
    expect(flagsOf(answers)).toEqual([]);
    expect(flagsOf({ items: {}, bonus: {} }, platformOf(figures))).toEqual([]);
  });
});

describe('complaintsUnderstated 申报的属实投诉少于登记数', () => {
  const declaring = (count: number) =>
    fullMarksBut(DEFAULT_RUBRIC, { G2: { kind: 'banded', values: { count } } });
  const raised = (answers: Answers, upheldComplaints: number, rubric = DEFAULT_RUBRIC) =>
    flagsOf(answers, { upheldComplaints, rubric }).filter(({ code }) => code === 'complaintsUnderstated');

  it.each([
    [0, 0, false],
    [1, 1, false],
    [2, 1, false],
    [0, 1, true],
    [1, 2, true],
  ])('declared %i, on record %i: %s', (declared, upheld, flagged) => {
    expect(raised(declaring(declared), upheld)).toHaveLength(flagged ? 1 : 0);
  });

  it('holds both figures with their sources', () => {
    expect(raised(declaring(1), 2)).toMatchObject([
      {
        item: 'G2',
        figures: [
          { source: 'selfEvaluation', value: 1 },
          { source: 'complaints', value: 2 },
        ],
      },
    ]);
  });

  it('is raised as well where the item was declared not to apply, and never where the rubric does not ask', () => {
    const silent = { items: { G2: { notApplicable: { reason: '无投诉' } } }, bonus: {} };
    expect(raised(silent, 1)).toMatchObject([{ figures: [{ value: '未填报' }, { value: 1 }] }]);
    const { upheldComplaints: _none, ...measures } = DEFAULT_RUBRIC.measures;
    expect(raised(silent, 1, { ...DEFAULT_RUBRIC, measures })).toEqual([]);
  });
});

describe('figureDiffers 填报数与平台数不符', () => {
  const declaring = (planned: number) => fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(100, planned) });
  const differs = (declared: number, onPlatform: number, tolerancePercent = 5) =>
    flagsOf(declaring(declared), { ...platformOf({ plannedBatches: onPlatform }), tolerancePercent }).some(
      ({ code }) => code === 'figureDiffers',
    );

  it.each([
    [105, 100, false],
    [106, 100, true],
    [95, 100, false],
    [94, 100, true],
    [210, 200, false],
    [211, 200, true],
    [100, 0, true],
  ])('of %d declared and %d on the platform: %s', (declared, onPlatform, flagged) => {
    expect(differs(declared, onPlatform)).toBe(flagged);
  });

  it('is measured by the tolerance of the settings', () => {
    expect(differs(106, 100, 6)).toBe(false);
    expect(differs(101, 100, 0)).toBe(true);
    expect(differs(100, 100, 0)).toBe(false);
  });

  it('names the item, and both figures with their sources', () => {
    expect(flagsOf(declaring(110), platformOf({ plannedBatches: 100 }))).toEqual([
      {
        code: 'figureDiffers',
        item: 'A2',
        figures: [
          { source: 'selfEvaluation', label: '计划批次数', value: 110 },
          { source: 'platform', label: '计划批次', value: 100 },
        ],
        detail: 'A2 计划批次数：自评填报 110，平台导出 100',
      },
    ]);
  });

  it('is raised at every item that declares the figure', () => {
    const flags = flagsOf(fullMarks(DEFAULT_RUBRIC), platformOf({ completedBatches: 10 }));
    expect(flags.map(({ item }) => item)).toEqual(['A2', 'B1', 'B3']);
  });

  it('compares each platform figure with its own items', () => {
    const raised = (figures: object) =>
      flagsOf(fullMarks(DEFAULT_RUBRIC), platformOf(figures)).map(({ item }) => item);
    expect(raised({ announcedBatches: 1 })).toEqual(['B1']);
    expect(raised({ candidates: 1 })).toEqual(['D4']);
    expect(raised({ certificates: 1 })).toEqual(['F1']);
  });
});

describe('rates above the whole', () => {
  it('of the plan are executedExceedsPlanned 执行数超过计划数', () => {
    expect(flagsOf(fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(11, 10) }))).toEqual([
      {
        code: 'executedExceedsPlanned',
        item: 'A2',
        figures: [
          { source: 'selfEvaluation', label: '执行批次数', value: 11 },
          { source: 'selfEvaluation', label: '计划批次数', value: 10 },
        ],
        detail: 'A2 执行批次数 11，大于计划批次数 10',
      },
    ]);
  });

  it('elsewhere are rateOverHundred 比率超过100%', () => {
    const flags = flagsOf(fullMarksBut(DEFAULT_RUBRIC, { D3: aRate(11, 10), E1: aRate(1, 0) }));
    expect(flags.map(({ code, item }) => [code, item])).toEqual([
      ['rateOverHundred', 'D3'],
      ['rateOverHundred', 'E1'],
    ]);
  });

  it('do not include a whole of 100 % or a count', () => {
    expect(flagsOf(fullMarksBut(DEFAULT_RUBRIC, { D3: aRate(10, 10), G2: aCount(9) }))).toEqual([]);
  });
});

describe('evidence', () => {
  const facts = bestFacts(theItem(DEFAULT_RUBRIC, 'B3', 'banded'));

  it('missing is flagged where the item asks for it: evidenceMissing 缺少佐证材料', () => {
    const answers = fullMarks(DEFAULT_RUBRIC, { B3: { facts }, G2: { facts: aCount(0) } });
    expect(flagsOf(answers)).toEqual([
      {
        code: 'evidenceMissing',
        item: 'B3',
        figures: [
          { source: 'evidence', label: '评价结果公示率的佐证材料（份）', value: 0 },
          { source: 'rubric', label: '至少应有（份）', value: 1 },
        ],
        detail: 'B3 评价结果公示率未附佐证材料，补交前该项得 0 分',
      },
    ]);
  });

  it('is not asked for where nothing was answered', () => {
    expect(flagsOf(fullMarks(DEFAULT_RUBRIC, { B3: { notApplicable: { reason: '无' } } }))).toEqual([]);
  });

  it('that others filed too is evidenceDuplicated 佐证材料与其他机构相同', () => {
    const [own, copied] = [anEvidence('公示截图'), anEvidence('通用制度')];
    const answers = fullMarks(DEFAULT_RUBRIC, { B3: { facts, evidence: [own, copied] } });
    const sharedEvidence = new Map([
      [copied.sha256, [filing(2), filing(3)]],
      [own.sha256, []],
    ]);
    expect(flagsOf(answers, { sharedEvidence })).toEqual([
      {
        code: 'evidenceDuplicated',
        item: 'B3',
        figures: [
          { source: 'evidence', label: '用于 B3 的文件', value: '通用制度.pdf' },
          { source: 'otherAgencies', label: '提交了相同文件的机构', value: `${filing(2)}、${filing(3)}` },
        ],
        detail: `《通用制度.pdf》与 ${filing(2)}、${filing(3)} 提交的文件内容相同`,
      },
    ]);
  });
});

describe('evidence that dates from another year: evidenceOutsidePeriod', () => {
  const facts = bestFacts(theItem(DEFAULT_RUBRIC, 'B3', 'banded'));
  const dated = (effectiveOn: string, changes: Partial<DeskReviewInput> = {}) =>
    flagsOf(
      fullMarks(DEFAULT_RUBRIC, { B3: { facts, evidence: [{ ...anEvidence('公示'), effectiveOn }] } }),
      changes,
    );

  it.each([
    ['2020-12-31', true],
    ['2021-01-01', false],
    ['2021-12-31', false],
    ['2022-01-01', true],
  ])('of %s: %s', (effectiveOn, flagged) => {
    expect(dated(effectiveOn).map(({ code }) => code)).toEqual(flagged ? ['evidenceOutsidePeriod'] : []);
  });

  it('is measured by the period of the settings, and states both', () => {
    const period = { from: '2021-07-01', to: '2022-06-30' };
    expect(dated('2022-01-01', { period })).toEqual([]);
    expect(dated('2021-06-30', { period })).toEqual([
      {
        code: 'evidenceOutsidePeriod',
        item: 'B3',
        figures: [
          { source: 'evidence', label: '《公示.pdf》的形成日期', value: '2021-06-30' },
          { source: 'settings', label: '评估期间', value: '2021-07-01 至 2022-06-30' },
        ],
        detail: '《公示.pdf》形成于 2021-06-30，不在评估期间 2021-07-01 至 2022-06-30 内',
      },
    ]);
  });

  it('is one flag for a file, be it filed for many items', () => {
    const evidence = [{ ...anEvidence('汇编'), effectiveOn: '2020-01-01' }];
    const answers = fullMarks(DEFAULT_RUBRIC, { B3: { facts, evidence }, C4: { evidence } });
    expect(flagsOf(answers).map(({ code, item }) => [code, item])).toEqual([
      ['evidenceOutsidePeriod', 'B3'],
      ['evidenceReused', undefined],
    ]);
  });
});

describe('the same bytes in two items: evidenceReused 同一佐证材料用于多个项目', () => {
  const facts = bestFacts(theItem(DEFAULT_RUBRIC, 'B3', 'banded'));

  it('is one flag for the form, under whatever names the file goes', () => {
    const file = anEvidence('汇编');
    const renamed = { ...file, id: 'another', fileName: '制度.pdf' };
    const answers = fullMarks(DEFAULT_RUBRIC, { B3: { facts, evidence: [file] } });
    answers.bonus.P1 = { count: 1, evidence: [renamed] };
    expect(flagsOf(answers)).toEqual([
      {
        code: 'evidenceReused',
        figures: [
          { source: 'evidence', label: '用于不止一个项目的文件（份）', value: 1 },
          { source: 'selfEvaluation', label: '以其为佐证的项目（个）', value: 2 },
        ],
        detail: '《汇编.pdf》用于 B3、P1',
      },
    ]);
  });

  it('is not raised for a file that is named twice in one item', () => {
    const file = anEvidence('汇编');
    expect(flagsOf(fullMarks(DEFAULT_RUBRIC, { B3: { facts, evidence: [file, file] } }))).toEqual([]);
  });
});

describe('highScoreLowExecution 自评90分以上而计划执行率低于60%', () => {
  const flagged = (numerator: number, denominator: number, faults = 0) => {
    const answers = fullMarksBut(DEFAULT_RUBRIC, {
      A2: aRate(numerator, denominator),
      D1: faultsFound(faults),
    });
    return flagsOf(answers).map(({ code }) => code);
  };

  it('is raised below 60 %, not at it', () => {
    expect(flagged(599, 1000)).toEqual(['highScoreLowExecution']);
    expect(flagged(600, 1000)).toEqual([]);
  });

  it('is raised from 90 points on, not below', () => {
    expect(flagged(59, 100, 3)).toEqual(['highScoreLowExecution']);
    expect(flagged(59, 100, 4)).toEqual([]);
  });

  it('states both figures', () => {
    const [flag] = flagsOf(fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(59, 100) }));
    expect(flag?.detail).toBe('自评 93.00 分，计划执行率 59.00%');
    expect(flag?.figures?.map(({ value }) => value)).toEqual(['93.00', '59.00%']);
  });

  it('is not raised where nothing was planned', () => {
    expect(flagged(0, 0)).toEqual([]);
  });
});
