/** The limit: the same points by a loop over plain numbers, without words, evidence, rules or exactness. */
import type { Facts } from '../../../shared/domain/facts.ts';
import { type ItemOf, itemsOf, type Rubric, type RubricItem } from '../../../shared/domain/rubric.ts';

export function bareLoopScorer(rubric: Rubric) {
  const items = itemsOf(rubric);
  return (answers: Record<string, Facts>): number => {
    let points = 0;
    for (const item of items) points += pointsOf(item, answers[item.code]);
    return points;
  };
}

function pointsOf(item: RubricItem, facts: Facts | undefined): number {
  if (item.kind === 'banded' && facts?.kind === 'banded') return banded(item, facts.values);
  if (item.kind === 'checklist' && facts?.kind === 'checklist') {
    let points = 0;
    for (const line of item.lines) if (facts.ticked.includes(line.key)) points += line.points;
    return points;
  }
  if (item.kind === 'graded' && facts?.kind === 'graded') {
    return item.grades.find(({ grade }) => grade === facts.grade)?.points ?? 0;
  }
  if (item.kind === 'deduction' && facts?.kind === 'deduction') {
    return Math.max(0, item.points - item.perFault * facts.faults);
  }
  return 0;
}

function banded({ measure, bands }: ItemOf<'banded'>, values: Record<string, number>): number {
  const value =
    measure.type === 'rate'
      ? (100 * (values[measure.numerator.key] ?? 0)) / (values[measure.denominator.key] ?? 0)
      : (values[measure.count.key] ?? 0);
  for (const { above, from, points } of bands) if (above ? value > from : value >= from) return points;
  return 0;
}
