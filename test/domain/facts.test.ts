import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { Answers, type Facts, factsProblems, unanswered } from '../../shared/domain/facts.ts';
import { itemsOf } from '../../shared/domain/rubric.ts';
import {
  aCount,
  aGrade,
  anyAnswers,
  aRate,
  faultsFound,
  fullMarks,
  fullMarksBut,
  ticks,
} from './builders.ts';

const problemsOf = (code: string, facts: Facts) =>
  factsProblems(DEFAULT_RUBRIC, fullMarksBut(DEFAULT_RUBRIC, { [code]: facts }));

describe('facts of a form', () => {
  it('fit the rubric when the form is filled in as it asks', () => {
    fc.assert(
      fc.property(anyAnswers(DEFAULT_RUBRIC), (answers) => {
        expect(factsProblems(DEFAULT_RUBRIC, Answers.parse(answers))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  const misfits: [string, string, Facts, string | undefined, string][] = [
    ['lack a number', 'A2', aCountOf('numerator'), 'denominator', '缺少“计划批次数”'],
    ['have a line that is not there', 'A1', ticks('1', '4'), '4', '清单中没有第 4 行'],
    ['have a grade that is not there', 'C3', aGrade('E'), 'grade', '没有“E”这一等次'],
    ['are of another kind', 'D1', aGrade('A'), undefined, '填报内容与项目类型不符'],
    ['are a tick where a rate is asked', 'A2', ticks('1'), undefined, '填报内容与项目类型不符'],
    ['are faults where a grade is asked', 'C3', faultsFound(0), undefined, '填报内容与项目类型不符'],
  ];
  it.each(misfits)('are refused when they %s', (_title, item, facts, field, message) => {
    expect(problemsOf(item, facts)).toEqual([{ item, message, ...(field && { field }) }]);
  });

  it('are refused with every number that is missing or not asked for', () => {
    expect(problemsOf('A2', aCount(3)).map(({ field }) => field)).toEqual([
      'numerator',
      'denominator',
      'count',
    ]);
  });

  it('are refused for items and bonuses that the rubric does not have', () => {
    const answers = { items: { Z9: { facts: aRate(1, 1) } }, bonus: { P9: { count: 1 } } };
    expect(factsProblems(DEFAULT_RUBRIC, answers)).toEqual([
      { item: 'Z9', message: '评分标准中没有该项目' },
      { item: 'P9', message: '评分标准中没有该加分项' },
    ]);
  });

  it.each([-1, 0.5, 1_000_000_001])('do not count %d', (count) => {
    const form = (facts: Facts) => Answers.safeParse({ items: { D1: { facts } }, bonus: {} }).success;
    expect(form(faultsFound(count))).toBe(false);
    expect(form(aRate(count, 1))).toBe(false);
    expect(form(faultsFound(1))).toBe(true);
  });

  it('give a reason for every grade', () => {
    const { error } = Answers.safeParse({ items: { C3: { facts: aGrade('A', '') } }, bonus: {} });
    expect(error?.issues[0]?.message).toBe('评判项须说明理由');
  });
});

describe('unanswered items', () => {
  const codes = itemsOf(DEFAULT_RUBRIC).map(({ code }) => code);

  it('are all of an empty form and none of a full one, in the order of the rubric', () => {
    expect(unanswered(DEFAULT_RUBRIC, { items: {}, bonus: {} })).toEqual(codes);
    expect(unanswered(DEFAULT_RUBRIC, fullMarks(DEFAULT_RUBRIC))).toEqual([]);
  });

  it('do not include those declared not applicable, but those with a remark only', () => {
    const answers = fullMarks(DEFAULT_RUBRIC, {
      C4: { notApplicable: { reason: '督导未发现问题' } },
      D4: { remark: '稍后填写' },
    });
    expect(unanswered(DEFAULT_RUBRIC, answers)).toEqual(['D4']);
  });
});

/** One number only, under the given name. */
function aCountOf(field: string): Facts {
  return { kind: 'banded', values: { [field]: 3 } };
}
