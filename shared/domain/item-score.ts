/** Points of one item from its facts, with the rule that gave them in words: one function per kind of item. */
import { compareScaled, decimal, type Ratio, type Thousandths, thousandths, truncated } from './exact.ts';
import type { Facts } from './facts.ts';
import type { ItemOf, RubricItem } from './rubric.ts';

export interface Earned {
  earned: Thousandths;
  /** The rule applied, in Chinese, with the numbers it was applied to. */
  rule: string;
}

/** Throws a TypeError when the facts are of another kind than the item: {@link factsProblems} keeps such facts out. */
export type ItemScorer = (facts: Facts) => Earned;

export function scoreItem(item: RubricItem, facts: Facts): Earned {
  return itemScorer(item)(facts);
}

/** The rule of an item, made once with its words and amounts at hand: the same item scores thousands of agencies. */
export function itemScorer(item: RubricItem): ItemScorer {
  switch (item.kind) {
    case 'banded': {
      const score = bandedScorer(item);
      return (facts) => score(factsOf(item, 'banded', facts).values);
    }
    case 'checklist': {
      const score = checklistScorer(item);
      return (facts) => score(factsOf(item, 'checklist', facts).ticked);
    }
    case 'graded': {
      const score = gradedScorer(item);
      return (facts) => score(factsOf(item, 'graded', facts).grade);
    }
    case 'deduction': {
      const score = deductionScorer(item);
      return (facts) => score(factsOf(item, 'deduction', facts).faults);
    }
  }
}

function factsOf<K extends Facts['kind']>(
  item: RubricItem,
  kind: K,
  facts: Facts,
): Extract<Facts, { kind: K }> {
  if (isOf(kind, facts)) return facts;
  throw new TypeError(`item ${item.code} is ${item.kind}, its facts are ${facts.kind}`);
}

function isOf<K extends Facts['kind']>(kind: K, facts: Facts): facts is Extract<Facts, { kind: K }> {
  return facts.kind === kind;
}

/** The measured value: a rate as numerator over denominator, a count over 1. */
export function measured(item: ItemOf<'banded'>, values: Record<string, number>): Ratio {
  return item.measure.type === 'rate'
    ? {
        numerator: values[item.measure.numerator.key] ?? 0,
        denominator: values[item.measure.denominator.key] ?? 0,
      }
    : { numerator: values[item.measure.count.key] ?? 0, denominator: 1 };
}

function bandedScorer(item: ItemOf<'banded'>): (values: Record<string, number>) => Earned {
  const isRate = item.measure.type === 'rate';
  const [scale, unit] = isRate ? [100, '%'] : [1, ''];
  const bands = item.bands.map(({ from, above = false, points }) => ({
    from: thousandths(from),
    above,
    earned: thousandths(points),
    words: `${above ? '大于' : '不低于'} ${from}${unit}，得 ${points} 分`,
  }));
  return (values) => {
    const value = measured(item, values);
    if (value.denominator === 0) return { earned: 0, rule: `分母为 0，无法计算${item.title}，得 0 分` };
    const shown = isRate
      ? `${value.numerator}÷${value.denominator}=${truncated(value, 100, 2)}%`
      : String(value.numerator);
    for (const { from, above, earned, words } of bands) {
      const sign = compareScaled(value, scale, from);
      if (above ? sign > 0 : sign >= 0) return { earned, rule: `${shown}，${words}` };
    }
    return { earned: 0, rule: `${shown}，未达到最低档，得 0 分` };
  };
}

function checklistScorer({ lines }: ItemOf<'checklist'>): (ticked: readonly string[]) => Earned {
  const keys = lines.map(({ key }) => key);
  const each = lines.map(({ label, points }) => ({ label, points: thousandths(points) }));
  /** The lines that are met, a bit for each. */
  const earnedBy = remembered((bits) => {
    const met = each.filter((_line, at) => bits & (1 << at));
    const earned = met.reduce((sum, { points }) => sum + points, 0);
    const labels = met.map(({ label }) => label).join('、') || '无';
    return {
      earned,
      rule: `${lines.length} 项中符合 ${met.length} 项（${labels}），得 ${decimal(earned)} 分`,
    };
  });
  return (ticked) => {
    let [bits, bit] = [0, 1];
    for (const key of keys) {
      if (ticked.includes(key)) bits |= bit;
      bit <<= 1;
    }
    return earnedBy(bits);
  };
}

function gradedScorer(item: ItemOf<'graded'>): (grade: string) => Earned {
  const grades = new Map(
    item.grades.map(({ grade, points, description }) => [
      grade,
      { earned: thousandths(points), rule: `评为 ${grade} 等（${description}），得 ${points} 分` },
    ]),
  );
  return (grade) => {
    const found = grades.get(grade);
    if (!found) throw new TypeError(`item ${item.code} has no grade ${grade}`);
    return found;
  };
}

function deductionScorer({ points, perFault, fault }: ItemOf<'deduction'>): (faults: number) => Earned {
  const [most, off] = [thousandths(points), thousandths(perFault)];
  return remembered((faults) => {
    const earned = Math.max(0, most - off * faults);
    return { earned, rule: `${fault} ${faults}，每处扣 ${perFault} 分，扣完为止，得 ${decimal(earned)} 分` };
  });
}

/** Thousands of agencies give an item the same few answers: its words are made once for each. */
function remembered(earnedBy: (answer: number) => Earned): (answer: number) => Earned {
  const known = new Map<number, Earned>();
  return (answer) => {
    let earned = known.get(answer);
    if (!earned) {
      earned = earnedBy(answer);
      known.set(answer, earned);
    }
    return earned;
  };
}
