import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answer } from '../../shared/domain/facts.ts';
import { canonicalJson } from '../../shared/domain/history.ts';
import { type FactSource, type ScoreSheet, scoreAgency } from '../../shared/domain/score.ts';
import {
  anEvidence,
  anyAnswers,
  aRate,
  bestFacts,
  faultsFound,
  fullMarks,
  fullMarksBut,
  scoringOf,
  sheetEarning,
  theItem,
} from './builders.ts';

const itemOf = (sheet: ScoreSheet, code: string) => sheet.items.find((item) => item.code === code);

describe('the total 总分', () => {
  it('of full marks is 100 and five stars', () => {
    const sheet = scoreAgency(scoringOf(fullMarks(DEFAULT_RUBRIC)));
    expect(sheet).toMatchObject({ earned: '100', applicable: '100', base: '100.00', total: '100.00' });
    expect(sheet).toMatchObject({ stars: 5, result: '五星级', vetoes: [], rubricVersion: '2021.1' });
    expect(sheet.items.every(({ outcome }) => outcome === 'scored')).toBe(true);
  });

  it.each([
    [100, '100.00', '五星级'],
    [90, '90.00', '五星级'],
    [89.999, '89.99', '四星级'],
    [89.99, '89.99', '四星级'],
    [80, '80.00', '四星级'],
    [79.999, '79.99', '三星级'],
    [70, '70.00', '三星级'],
    [69.999, '69.99', '不合格'],
    [0, '0.00', '不合格'],
  ])('of %d points is printed %s and makes %s', (points, total, result) => {
    expect(sheetEarning(points, 100)).toMatchObject({ total, result });
  });

  it('is earned points over applicable points, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(), (applicable, seed) => {
        const earned = seed % (applicable + 1);
        const { exact, total, stars } = sheetEarning(earned / 1000, applicable / 1000);
        const [left, right] = [BigInt(earned) * BigInt(exact.denominator), BigInt(applicable)];
        expect(left).toBe(right * BigInt(exact.numerator));
        const hundredths = (BigInt(earned) * 10_000n) / BigInt(applicable);
        expect(BigInt(total.replace('.', ''))).toBe(hundredths);
        const printed = Number(total);
        expect(stars).toBe(printed >= 90 ? 5 : printed >= 80 ? 4 : printed >= 70 ? 3 : 0);
      }),
    );
  });

  it('is 0 and 不合格 where every item is not applicable', () => {
    const notApplicable = DEFAULT_RUBRIC.parts.flatMap(({ items }) => items.map(({ code }) => code));
    const sheet = scoreAgency(scoringOf(fullMarks(DEFAULT_RUBRIC), { notApplicable }));
    expect(sheet).toMatchObject({ applicable: '0', total: '0.00', result: '不合格' });
  });

  it('is never above 100 nor below 0, and printed as the band that it falls in', () => {
    fc.assert(
      fc.property(anyAnswers(DEFAULT_RUBRIC), (answers) => {
        const { total, stars, vetoes } = scoreAgency(scoringOf(answers, { source: 'inspection' }));
        const printed = Number(total);
        expect(printed).toBeGreaterThanOrEqual(0);
        expect(printed).toBeLessThanOrEqual(100);
        const earned = printed >= 90 ? 5 : printed >= 80 ? 4 : printed >= 70 ? 3 : 0;
        expect(stars).toBe(vetoes.length > 0 ? 0 : earned);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same to the byte when the same form is scored again', () => {
    fc.assert(
      fc.property(anyAnswers(DEFAULT_RUBRIC), (answers) => {
        const input = scoringOf(answers);
        const before = canonicalJson(input);
        const first = JSON.stringify(scoreAgency(input));
        expect(JSON.stringify(scoreAgency(structuredClone(input)))).toBe(first);
        expect(canonicalJson(input)).toBe(before);
      }),
      { numRuns: 30 },
    );
  });
});

describe('an item', () => {
  const answered = (code: string, answer: Answer, source: FactSource = 'deskReview') =>
    itemOf(scoreAgency(scoringOf(fullMarks(DEFAULT_RUBRIC, { [code]: answer }), { source })), code);

  it('earning nothing, left out, or not applicable is told apart', () => {
    const answers = fullMarks(DEFAULT_RUBRIC, {
      A4: { facts: aRate(0, 10), evidence: [anEvidence('A4')] },
      C4: { notApplicable: { reason: '督导未发现问题' } },
      D4: {},
    });
    const sheet = scoreAgency(scoringOf(answers, { notApplicable: ['C4'] }));
    expect(itemOf(sheet, 'A4')).toMatchObject({ outcome: 'scored', earned: '0', facts: aRate(0, 10) });
    expect(itemOf(sheet, 'D4')).toMatchObject({ outcome: 'notScored', earned: '0', possible: '5' });
    expect(itemOf(sheet, 'C4')).toMatchObject({
      outcome: 'notApplicable',
      rule: '不适用：督导未发现问题，不计入总分',
    });
    expect(itemOf(sheet, 'D4')?.facts).toBeUndefined();
  });

  it('not applicable leaves numerator and denominator', () => {
    const answers = fullMarksBut(DEFAULT_RUBRIC, { D1: faultsFound(4) });
    expect(scoreAgency(scoringOf(answers))).toMatchObject({ earned: '96', applicable: '100' });
    const without = scoreAgency(scoringOf(answers, { notApplicable: ['D1', 'D4'] }));
    expect(without).toMatchObject({ earned: '91', applicable: '91', total: '100.00' });
  });

  it('declared not applicable without a second person’s approval stays in the denominator', () => {
    const answers = fullMarks(DEFAULT_RUBRIC, { C4: { notApplicable: { reason: '无' } } });
    expect(scoreAgency(scoringOf(answers))).toMatchObject({ earned: '97', applicable: '100' });
  });

  it('without its evidence earns nothing on paper', () => {
    const facts = bestFacts(theItem(DEFAULT_RUBRIC, 'A2', 'banded'));
    for (const source of ['selfEvaluation', 'deskReview'] as const) {
      expect(answered('A2', { facts }, source)).toMatchObject({
        outcome: 'scored',
        earned: '0',
        rule: '未提供佐证材料，补交前得 0 分',
      });
    }
    expect(answered('A2', { facts, evidence: [] })).toMatchObject({ earned: '0' });
    expect(answered('A2', { facts, evidence: [anEvidence('a')] })).toMatchObject({ earned: '8' });
  });

  it('needs no evidence once it was seen on site', () => {
    const facts = bestFacts(theItem(DEFAULT_RUBRIC, 'A2', 'banded'));
    expect(answered('A2', { facts }, 'inspection')).toMatchObject({ earned: '8', source: 'inspection' });
  });

  it('that asks for no evidence earns without', () => {
    const facts = bestFacts(theItem(DEFAULT_RUBRIC, 'G2', 'banded'));
    expect(answered('G2', { facts })).toMatchObject({ earned: '3' });
  });

  it('stands with its facts, their source, the remark and the files', () => {
    const answer = { facts: aRate(9, 10), remark: '见台账', evidence: [anEvidence('计划')] };
    expect(answered('A2', answer)).toEqual({
      code: 'A2',
      title: '年度计划执行率',
      possible: '8',
      earned: '8',
      outcome: 'scored',
      rule: '9÷10=90.00%，不低于 90%，得 8 分',
      source: 'deskReview',
      ...answer,
    });
  });

  it('corrected by an upheld objection is attributed to it and needs no file', () => {
    const answers = fullMarks(DEFAULT_RUBRIC, { A2: { facts: aRate(9, 10) } });
    const sheet = scoreAgency(scoringOf(answers, { corrected: { A2: 'objection' } }));
    expect(itemOf(sheet, 'A2')).toMatchObject({ source: 'objection', earned: '8' });
    expect(itemOf(sheet, 'A1')).toMatchObject({ source: 'deskReview' });
  });
});
