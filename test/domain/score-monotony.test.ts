import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answers, Facts } from '../../shared/domain/facts.ts';
import { itemsOf, type RubricItem } from '../../shared/domain/rubric.ts';
import { type ScoreSheet, scoreAgency } from '../../shared/domain/score.ts';
import { anyAnswers, aRate, faultsFound, scoringOf } from './builders.ts';

type Improvement = (item: RubricItem, facts: Facts) => Facts | undefined;

const raiseNumerator: Improvement = (item, facts) => {
  if (item.kind !== 'banded' || item.measure.type !== 'rate' || facts.kind !== 'banded') return undefined;
  const { numerator = 0, denominator = 0 } = facts.values;
  return numerator < denominator ? aRate(numerator + 1, denominator) : undefined;
};

const tickOneMore: Improvement = (item, facts) => {
  if (item.kind !== 'checklist' || facts.kind !== 'checklist') return undefined;
  const line = item.lines.find(({ key }) => !facts.ticked.includes(key));
  return line && { ...facts, ticked: [...facts.ticked, line.key] };
};

const oneFaultFewer: Improvement = (_item, facts) =>
  facts.kind === 'deduction' && facts.faults > 0 ? faultsFound(facts.faults - 1) : undefined;

const betterGrade: Improvement = (item, facts) => {
  if (item.kind !== 'graded' || facts.kind !== 'graded') return undefined;
  const place = item.grades.findIndex(({ grade }) => grade === facts.grade);
  const better = item.grades[place - 1];
  return better && { ...facts, grade: better.grade };
};

const oneComplaintFewer: Improvement = (item, facts) => {
  if (item.kind !== 'banded' || item.measure.type !== 'count' || facts.kind !== 'banded') return undefined;
  const { count = 0 } = facts.values;
  return count > 0 ? { ...facts, values: { count: count - 1 } } : undefined;
};

function improved(answers: Answers, improve: Improvement): Answers[] {
  return itemsOf(DEFAULT_RUBRIC).flatMap((item) => {
    const answer = answers.items[item.code];
    const facts = answer?.facts && improve(item, answer.facts);
    return facts ? [{ ...answers, items: { ...answers.items, [item.code]: { ...answer, facts } } }] : [];
  });
}

/** Thousandths of a point, on a rubric of which everything applies. */
const exactly = ({ exact }: ScoreSheet) => (exact.numerator * 100_000) / exact.denominator;

describe('a better fact never lowers the total', () => {
  const improvements: [string, Improvement][] = [
    ['one more in the numerator, up to the denominator', raiseNumerator],
    ['one more line ticked', tickOneMore],
    ['one fault fewer', oneFaultFewer],
    ['a better grade', betterGrade],
    ['one complaint fewer', oneComplaintFewer],
  ];

  it.each(improvements)('%s', (_title, improve) => {
    let tried = 0;
    let rose = 0;
    fc.assert(
      fc.property(anyAnswers(DEFAULT_RUBRIC), (answers) => {
        const input = scoringOf(answers, { source: 'inspection', noActivityFails: false });
        const before = scoreAgency(input);
        for (const better of improved(answers, improve)) {
          const after = scoreAgency({ ...input, answers: better });
          expect(exactly(after)).toBeGreaterThanOrEqual(exactly(before));
          expect(after.stars).toBeGreaterThanOrEqual(before.stars);
          tried++;
          if (exactly(after) > exactly(before)) rose++;
        }
      }),
      { numRuns: 25, seed: 7 },
    );
    expect(tried).toBeGreaterThan(10);
    expect(rose).toBeGreaterThan(0);
  });
});
