import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answers } from '../../shared/domain/facts.ts';
import { executed, type ScoringInput, scoreAgency } from '../../shared/domain/score.ts';
import { aRate, aRubric, fullMarks, fullMarksBut, scoringOf } from './builders.ts';

const idle = fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(0, 10) });
const sheetOf = (answers: Answers | undefined, changes: Partial<ScoringInput> = {}) =>
  scoreAgency(scoringOf(answers, changes));
const codesOf = (answers: Answers | undefined, changes: Partial<ScoringInput> = {}) =>
  sheetOf(answers, changes).vetoes.map(({ code }) => code);

describe('veto 一票否决', () => {
  it('beats full marks and leaves the points as they are', () => {
    const vetoCases = [{ code: 'V3', finding: '滥发证书 12 本' }];
    expect(sheetOf(fullMarks(DEFAULT_RUBRIC), { vetoCases })).toMatchObject({
      total: '100.00',
      stars: 0,
      result: '不合格',
      vetoes: [{ code: 'V3', title: '伪造、倒卖、滥发证书，参与“山寨证书”', finding: '滥发证书 12 本' }],
    });
  });

  it('cases stand in the order of the rubric, unknown ones not at all', () => {
    const vetoCases = ['V9', 'V1', 'V6', 'V99'].map((code) => ({ code, finding: code }));
    expect(codesOf(fullMarks(DEFAULT_RUBRIC), { vetoCases })).toEqual(['V1', 'V6', 'V9']);
  });

  it('V6 follows from not filing', () => {
    expect(sheetOf(undefined, { filed: false }).vetoes).toEqual([
      { code: 'V6', title: '拒不参评、不交材料、阻挠检查', finding: '截止时未提交自评材料' },
    ]);
    expect(sheetOf(undefined, { filed: false })).toMatchObject({ total: '0.00', result: '不合格' });
    expect(codesOf(fullMarks(DEFAULT_RUBRIC), { filed: false })).toEqual(['V6']);
    expect(codesOf(fullMarks(DEFAULT_RUBRIC))).toEqual([]);
  });

  it('V7 follows from a year without evaluation', () => {
    const sheet = sheetOf(idle);
    expect(sheet).toMatchObject({ total: '92.00', result: '不合格' });
    expect(sheet.vetoes).toMatchObject([{ code: 'V7', finding: '评估年度内执行批次数为 0' }]);
    expect(codesOf(fullMarksBut(DEFAULT_RUBRIC, { A2: aRate(1, 10) }))).toEqual([]);
  });

  it('V7 is a setting of the cycle', () => {
    expect(sheetOf(idle, { noActivityFails: false })).toMatchObject({ vetoes: [], result: '五星级' });
  });

  it('V7 and V6 stand together where the platform knows of no batch', () => {
    expect(codesOf(undefined, { filed: false, platformCompleted: 0 })).toEqual(['V6', 'V7']);
    expect(codesOf(undefined, { filed: false, platformCompleted: 3 })).toEqual(['V6']);
  });

  it('V6 and V7 follow the rubric’s own marks, not their codes', () => {
    const rubric = aRubric((draft) => {
      for (const veto of draft.vetoes) delete veto.automatic;
    });
    expect(codesOf(idle, { rubric, filed: false })).toEqual([]);
  });
});

describe('batches carried out in the year', () => {
  const rubric = DEFAULT_RUBRIC;

  it('are those of the facts that count, before the platform’s', () => {
    expect(executed({ rubric, answers: idle, platformCompleted: 7 })).toBe(0);
    expect(executed({ rubric, answers: fullMarks(rubric), platformCompleted: 0 })).toBe(20);
  });

  it('are the platform’s where the agency gave none, and unknown where neither says', () => {
    expect(executed({ rubric, answers: undefined, platformCompleted: 7 })).toBe(7);
    expect(executed({ rubric, answers: { items: {}, bonus: {} } })).toBeUndefined();
    expect(codesOf({ items: {}, bonus: {} })).toEqual([]);
  });
});
