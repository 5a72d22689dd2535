/** The score of one agency: which facts count, points item by item, bonus, vetoes, stars, and the explanation of it all. */
import * as z from 'zod/mini';
import { compareScaled, decimal, type Ratio, type Thousandths, thousandths, truncated } from './exact.ts';
import type { Answer, Answers, EvidenceRef, Facts } from './facts.ts';
import { type ItemScorer, itemScorer } from './item-score.ts';
import { itemsOf, type Rubric, type RubricItem, type StarBand } from './rubric.ts';

export const FACT_SOURCES = {
  selfEvaluation: '机构自评',
  deskReview: '材料复核',
  inspection: '现场检查',
  statement: '陈述申辩核定',
  objection: '异议核定',
  correction: '公布后更正',
} as const;
export type FactSource = keyof typeof FACT_SOURCES;

export interface ScoringInput {
  rubric: Rubric;
  /** Whose facts count: the inspected ones where the agency was visited, else the desk-reviewed ones. */
  answers: Answers | undefined;
  source: FactSource;
  /** Items whose facts were corrected since, and on what: the last one counts. */
  corrected?: Readonly<Record<string, FactSource>>;
  filed: boolean;
  /** Items whose declaration of not applicable a second person approved. */
  notApplicable: string[];
  /** Codes of veto cases that took effect, with the finding. */
  vetoCases: { code: string; finding: string }[];
  /** Setting: no evaluation carried out in the year is a veto. */
  noActivityFails: boolean;
  /** Completed batches by the platform's export: says whether there was activity where the agency filed nothing. */
  platformCompleted?: number;
}

/** Zero, not scored and not applicable are three different things. */
export type ItemOutcome = 'scored' | 'notScored' | 'notApplicable';

export interface ItemScore {
  code: string;
  title: string;
  possible: string;
  outcome: ItemOutcome;
  earned: string;
  rule: string;
  facts?: Facts;
  source?: FactSource;
  remark?: string;
  evidence: EvidenceRef[];
}

export interface ScoreSheet {
  rubricVersion: string;
  items: ItemScore[];
  /** Points earned and applicable, and the exact score they make: 100 × earned ÷ applicable. */
  earned: string;
  applicable: string;
  base: string;
  bonus: { points: string; items: { code: string; title: string; points: string }[]; note?: string };
  /** Two places, cut off and never rounded up, so that the print never contradicts the band. */
  total: string;
  /** The exact total as a ratio, for anybody who wants to check the band. */
  exact: Ratio;
  vetoes: { code: string; title: string; finding: string }[];
  stars: number;
  result: string;
}

/** A sheet as an entry of a history carries it. */
export const StoredSheet = z.custom<ScoreSheet>((value) => typeof value === 'object' && value !== null);

/**
 * Scores one agency by the rubric. Pure: the same input gives the same sheet.
 * Rules: not applicable items leave numerator and denominator; a bonus is at most the rubric's maximum, lifts no total
 * above 100 and is not counted below the pass mark; any veto makes the result 不合格 whatever the total.
 */
export function scoreAgency(input: ScoringInput): ScoreSheet {
  const { rubric } = input;
  const items: ItemScore[] = [];
  let [earned, applicable] = [0, 0];
  for (const item of pricedItemsOf(rubric)) {
    const score = scoreOne(item, input);
    items.push(score.printed);
    earned += score.earned;
    applicable += score.possible;
  }
  const base: Ratio = { numerator: earned, denominator: applicable || 1 };
  const bonus = scoreBonus(input, base);
  const exact = addBonus(base, bonus.points);
  const vetoes = vetoesOf(input);
  const band = vetoes.length > 0 ? failing(rubric) : starBand(rubric, exact);
  return {
    rubricVersion: rubric.version,
    items,
    earned: decimal(earned),
    applicable: decimal(applicable),
    base: truncated(base, 100, 2),
    bonus: { ...bonus, points: decimal(bonus.points) },
    total: truncated(exact, 100, 2),
    exact,
    vetoes,
    stars: band.stars,
    result: band.name,
  };
}

/** The band of an exact total; half-open, the lower bound belongs to it. */
export function starBand(rubric: Rubric, total: Ratio): StarBand {
  return (
    rubric.stars.find((band) => compareScaled(total, 100, thousandths(band.from)) >= 0) ?? failing(rubric)
  );
}

function failing(rubric: Rubric): StarBand {
  return rubric.stars[rubric.stars.length - 1] ?? { stars: 0, name: '不合格', from: 0 };
}

/** The lowest score that is not 不合格, in thousandths of a point. */
function passMark(rubric: Rubric): Thousandths {
  return thousandths(rubric.stars[rubric.stars.length - 2]?.from ?? 0);
}

interface PricedItem {
  item: RubricItem;
  scorer: ItemScorer;
  possible: Thousandths;
  /** The same as text. */
  points: string;
}

/** A rubric's amounts are worked out once: the same rubric scores thousands of agencies. */
const PRICED = new WeakMap<Rubric, PricedItem[]>();

function pricedItemsOf(rubric: Rubric): PricedItem[] {
  const known = PRICED.get(rubric);
  if (known) return known;
  const priced = itemsOf(rubric).map((item) => {
    const possible = thousandths(item.points);
    return { item, scorer: itemScorer(item), possible, points: decimal(possible) };
  });
  PRICED.set(rubric, priced);
  return priced;
}

/** One item as it is printed, and what it adds to the sums: nothing where it does not apply. */
function scoreOne({ item, scorer, possible, points }: PricedItem, input: ScoringInput) {
  const { code, title } = item;
  const answer: Answer = input.answers?.items[code] ?? {};
  const { facts, remark, evidence = [] } = answer;
  const print = (outcome: ItemOutcome, earned: Thousandths, rule: string, source?: FactSource) => {
    const printed: ItemScore = {
      code,
      title,
      possible: points,
      outcome,
      earned: decimal(earned),
      rule,
      evidence,
    };
    if (remark !== undefined) printed.remark = remark;
    if (source !== undefined && facts !== undefined) {
      printed.facts = facts;
      printed.source = source;
    }
    return { printed, earned, possible: outcome === 'notApplicable' ? 0 : possible };
  };
  if (input.notApplicable.includes(code)) {
    return print('notApplicable', 0, `不适用：${answer.notApplicable?.reason ?? ''}，不计入总分`);
  }
  if (!facts) return print('notScored', 0, '无填报内容，未计分');
  const source = input.corrected?.[code] ?? input.source;
  const onPaper = source === 'selfEvaluation' || source === 'deskReview';
  if (item.evidenceRequired && evidence.length === 0 && onPaper) {
    return print('scored', 0, '未提供佐证材料，补交前得 0 分', source);
  }
  const { earned, rule } = scorer(facts);
  return print('scored', earned, rule, source);
}

function scoreBonus(input: ScoringInput, base: Ratio) {
  const { rubric, answers } = input;
  const items = rubric.bonus.items.flatMap(({ code, title, each, max }) => {
    const count = answers?.bonus[code]?.count ?? 0;
    const points = Math.min(thousandths(each) * count, thousandths(max));
    return points > 0 ? [{ code, title, points }] : [];
  });
  const shown = items.map((item) => ({ ...item, points: decimal(item.points) }));
  if (compareScaled(base, 100, passMark(rubric)) < 0) {
    return items.length > 0
      ? { points: 0, items: shown, note: '基础分未达到合格线，加分不计入' }
      : { points: 0, items: shown };
  }
  const claimed = items.reduce((sum, item) => sum + item.points, 0);
  const points = Math.min(claimed, thousandths(rubric.bonus.max));
  return points < claimed
    ? { points, items: shown, note: `加分合计超过上限，按 ${rubric.bonus.max} 分计` }
    : { points, items: shown };
}

/** base + bonus ÷ 100, never above 1. `bonus` in thousandths of a point on the scale of 100. */
function addBonus(base: Ratio, bonus: Thousandths): Ratio {
  const scaled = { numerator: base.numerator * 100_000, denominator: base.denominator * 100_000 };
  const numerator = scaled.numerator + bonus * base.denominator;
  return { numerator: Math.min(numerator, scaled.denominator), denominator: scaled.denominator };
}

function vetoesOf(input: ScoringInput): ScoreSheet['vetoes'] {
  const { rubric, filed, vetoCases } = input;
  const findings = new Map(vetoCases.map(({ code, finding }) => [code, finding]));
  for (const veto of rubric.vetoes) {
    if (veto.automatic === 'notFiled' && !filed) findings.set(veto.code, '截止时未提交自评材料');
    if (veto.automatic === 'noActivity' && input.noActivityFails && executed(input) === 0) {
      findings.set(veto.code, '评估年度内执行批次数为 0');
    }
  }
  if (findings.size === 0) return [];
  return rubric.vetoes.flatMap(({ code, title }) => {
    const finding = findings.get(code);
    return finding === undefined ? [] : [{ code, title, finding }];
  });
}

/** Batches carried out in the year by the facts that count, else by the platform; undefined when neither says. */
export function executed(
  input: Pick<ScoringInput, 'rubric' | 'answers' | 'platformCompleted'>,
): number | undefined {
  const { rubric, answers, platformCompleted } = input;
  const { item, field } = rubric.measures.activity;
  const facts = answers?.items[item]?.facts;
  return facts?.kind === 'banded' ? facts.values[field] : platformCompleted;
}
