/** Scoring with its full explanation against rule engines that give points alone, and against a bare loop. */
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answers, Facts } from '../../shared/domain/facts.ts';
import { itemsOf, type RubricItem } from '../../shared/domain/rubric.ts';
import { type ScoringInput, scoreAgency } from '../../shared/domain/score.ts';
import { bareLoopScorer } from './peers/bare-loop.ts';
import { hyperformulaScorer } from './peers/hyperformula.ts';
import { jsonRulesScorer } from './peers/json-rules.ts';
import { type Line, ratesOf } from './timing.ts';

const AGENCIES = 50;

export async function benchScoring(): Promise<Line[]> {
  const cities = Array.from({ length: AGENCIES }, (_none, index) => factsOf(index));
  const inputs = cities.map(inputOf);
  const rules = jsonRulesScorer(DEFAULT_RUBRIC);
  const sheet = hyperformulaScorer(DEFAULT_RUBRIC);
  const loop = bareLoopScorer(DEFAULT_RUBRIC);
  for (const [index, facts] of cities.entries()) {
    const { earned } = scoreAgency(inputs[index] as ScoringInput);
    const others = [await rules(facts), sheet(facts), loop(facts)];
    if (others.some((points) => Math.abs(points - Number(earned)) > 1e-9)) {
      throw new Error(`agency ${index}: ${earned} points, but the peers say ${others.join(', ')}`);
    }
  }
  let next = 0;
  const turn = () => next++ % AGENCIES;
  const [ours = 0, byRules = 0, bySheet = 0, byLoop = 0] = await ratesOf([
    { name: 'ours', run: () => void scoreAgency(inputs[turn()] as ScoringInput) },
    { name: 'json-rules-engine', run: async () => void (await rules(cities[turn()] ?? {})) },
    { name: 'HyperFormula', run: () => void sheet(cities[turn()] ?? {}) },
    { name: 'bare loop', run: () => void loop(cities[turn()] ?? {}) },
  ]);
  const line = (peer: string, rate: number, asked: number): Line => ({
    what: `agencies scored a second, against ${peer}`,
    ours: Math.round(ours).toLocaleString('en'),
    peer: Math.round(rate).toLocaleString('en'),
    ratio: (ours / rate).toFixed(ours > rate ? 1 : 3),
    asked: `at least ${asked}`,
    holds: ours / rate >= asked,
  });
  return [
    line('json-rules-engine', byRules, 100),
    line('HyperFormula', bySheet, 20),
    line('a bare loop', byLoop, 0.1),
  ];
}

function inputOf(facts: Record<string, Facts>): ScoringInput {
  const items = Object.entries(facts).map(([code, one]) => [
    code,
    { facts: one, evidence: [{ id: code, fileName: `${code}.pdf`, sha256: '0'.repeat(64) }] },
  ]);
  const answers: Answers = { items: Object.fromEntries(items), bonus: {} };
  return {
    rubric: DEFAULT_RUBRIC,
    answers,
    source: 'inspection',
    filed: true,
    notApplicable: [],
    vetoCases: [],
    noActivityFails: true,
  };
}

/** Facts that differ from agency to agency and meet every band, line, grade and deduction in turn. */
function factsOf(index: number): Record<string, Facts> {
  return Object.fromEntries(
    itemsOf(DEFAULT_RUBRIC).map((item, at) => [item.code, factsFor(item, index * 7 + at * 3)]),
  );
}

function factsFor(item: RubricItem, turn: number): Facts {
  switch (item.kind) {
    case 'banded': {
      const { measure } = item;
      return measure.type === 'rate'
        ? {
            kind: 'banded',
            values: { [measure.numerator.key]: 40 - (turn % 25), [measure.denominator.key]: 40 },
          }
        : { kind: 'banded', values: { [measure.count.key]: turn % 4 } };
    }
    case 'checklist':
      return {
        kind: 'checklist',
        ticked: item.lines.filter((_line, at) => (turn + at) % 3 > 0).map(({ key }) => key),
      };
    case 'graded':
      return {
        kind: 'graded',
        grade: item.grades[turn % item.grades.length]?.grade ?? '',
        reason: '查阅档案',
      };
    case 'deduction':
      return { kind: 'deduction', faults: turn % 4 };
  }
}
