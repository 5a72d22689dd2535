/** The same rubric as rules of json-rules-engine: a rule for each band, line, grade and deduction; events carry the points. */
import { Engine, type RuleProperties } from 'json-rules-engine';
import type { Facts } from '../../../shared/domain/facts.ts';
import { measured } from '../../../shared/domain/item-score.ts';
import { itemsOf, type Rubric, type RubricItem } from '../../../shared/domain/rubric.ts';

type Answers = Record<string, Facts>;

/** Points of 100, as the engine's events add up; not applicable items and bonus are left out of this comparison. */
export function jsonRulesScorer(rubric: Rubric) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const item of itemsOf(rubric)) {
    for (const rule of rulesOf(item)) engine.addRule(rule);
  }
  return async (answers: Answers): Promise<number> => {
    const { events } = await engine.run(factsOf(rubric, answers));
    const best = new Map<string, number>();
    let points = 0;
    for (const { params } of events) {
      const { item, earned, perFault, adds } = params as {
        item: string;
        earned: number;
        perFault?: number;
        adds?: boolean;
      };
      const faults = answers[item]?.kind === 'deduction' ? answers[item].faults : 0;
      if (adds) points += earned;
      else best.set(item, Math.max(best.get(item) ?? 0, perFault ? earned - perFault * faults : earned));
    }
    return [...best.values()].reduce((sum, one) => sum + one, points);
  };
}

function rulesOf(item: RubricItem): RuleProperties[] {
  const when = (operator: string, value: unknown) => ({ fact: item.code, operator, value });
  const ruleOf = (all: ReturnType<typeof when>[], earned: number, more: object = {}): RuleProperties => ({
    conditions: { all },
    event: { type: 'points', params: { item: item.code, earned, ...more } },
  });
  const rule = (operator: string, value: unknown, earned: number, more: object = {}) =>
    ruleOf([when(operator, value)], earned, more);
  switch (item.kind) {
    case 'banded':
      return item.bands.map(({ above, from, points }, index) => {
        const higher = item.bands[index - 1];
        const reached = when(above ? 'greaterThan' : 'greaterThanInclusive', from);
        if (!higher) return ruleOf([reached], points);
        return ruleOf([reached, when(higher.above ? 'lessThanInclusive' : 'lessThan', higher.from)], points);
      });
    case 'checklist':
      return item.lines.map(({ key, points }) => rule('contains', key, points, { adds: true }));
    case 'graded':
      return item.grades.map(({ grade, points }) => rule('equal', grade, points));
    case 'deduction':
      return [rule('greaterThanInclusive', 0, item.points, { perFault: item.perFault })];
  }
}

function factsOf(rubric: Rubric, answers: Answers): Record<string, number | string | string[]> {
  return Object.fromEntries(
    itemsOf(rubric).map((item) => {
      const facts = answers[item.code];
      if (item.kind === 'banded' && facts?.kind === 'banded') {
        const { numerator, denominator } = measured(item, facts.values);
        return [item.code, item.measure.type === 'rate' ? (100 * numerator) / denominator : numerator];
      }
      if (facts?.kind === 'checklist') return [item.code, facts.ticked];
      if (facts?.kind === 'graded') return [item.code, facts.grade];
      return [item.code, facts?.kind === 'deduction' ? facts.faults : 0];
    }),
  );
}
