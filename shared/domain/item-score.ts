/** Points of one item from its facts, with the rule that gave them in words: one function per kind of item. */
import { compareScaled, decimal, type Ratio, type Thousandths, thousandths, truncated } from './exact.ts';
import type { Facts } from './facts.ts';
import type { ItemOf, PointsBand, RubricItem } from './rubric.ts';

export interface Earned {
  earned: Thousandths;
  /** The rule applied, in Chinese, with the numbers it was applied to. */
  rule: string;
}

/** Throws a TypeError when the facts are of another kind than the item: {@link factsProblems} keeps such facts out. */
export function scoreItem(item: RubricItem, facts: Facts): Earned {
  if (item.kind === 'banded' && facts.kind === 'banded') return scoreBanded(item, facts.values);
  if (item.kind === 'checklist' && facts.kind === 'checklist') return scoreChecklist(item, facts.ticked);
  if (item.kind === 'graded' && facts.kind === 'graded') return scoreGraded(item, facts.grade);
  if (item.kind === 'deduction' && facts.kind === 'deduction') return scoreDeduction(item, facts.faults);
  throw new TypeError(`item ${item.code} is ${item.kind}, its facts are ${facts.kind}`);
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

function scoreBanded(item: ItemOf<'banded'>, values: Record<string, number>): Earned {
  const value = measured(item, values);
  if (value.denominator === 0) return { earned: 0, rule: `分母为 0，无法计算${item.title}，得 0 分` };
  const isRate = item.measure.type === 'rate';
  const scale = isRate ? 100 : 1;
  const band = item.bands.find((candidate) => reaches(candidate, value, scale));
  const shown = isRate
    ? `${value.numerator}÷${value.denominator}=${truncated(value, 100, 2)}%`
    : String(value.numerator);
  return band
    ? {
        earned: thousandths(band.points),
        rule: `${shown}，${band.above ? '大于' : '不低于'} ${band.from}${isRate ? '%' : ''}，得 ${band.points} 分`,
      }
    : { earned: 0, rule: `${shown}，未达到最低档，得 0 分` };
}

function reaches(band: PointsBand, value: Ratio, scale: number): boolean {
  const sign = compareScaled(value, scale, thousandths(band.from));
  return band.above ? sign > 0 : sign >= 0;
}

function scoreChecklist(item: ItemOf<'checklist'>, ticked: string[]): Earned {
  const lines = item.lines.filter((line) => ticked.includes(line.key));
  const earned = lines.reduce((sum, line) => sum + thousandths(line.points), 0);
  const labels = lines.map((line) => line.label).join('、') || '无';
  return {
    earned,
    rule: `${item.lines.length} 项中符合 ${lines.length} 项（${labels}），得 ${decimal(earned)} 分`,
  };
}

function scoreGraded(item: ItemOf<'graded'>, grade: string): Earned {
  const found = item.grades.find((candidate) => candidate.grade === grade);
  if (!found) throw new TypeError(`item ${item.code} has no grade ${grade}`);
  return {
    earned: thousandths(found.points),
    rule: `评为 ${grade} 等（${found.description}），得 ${found.points} 分`,
  };
}

function scoreDeduction(item: ItemOf<'deduction'>, faults: number): Earned {
  const earned = Math.max(0, thousandths(item.points) - thousandths(item.perFault) * faults);
  return {
    earned,
    rule: `${item.fault} ${faults}，每处扣 ${item.perFault} 分，扣完为止，得 ${decimal(earned)} 分`,
  };
}
