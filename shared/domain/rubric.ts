/**
 * The rubric 评分标准 is data: which items there are, which facts each asks for, and how facts become points.
 * Numbers are decimals with at most three places.
 */
import * as z from 'zod/mini';
import { isExact, thousandths } from './exact.ts';

const Amount = z.number('请填写数字').check(z.gte(0, '不能小于 0')).check(z.refine(isExact, '最多三位小数'));
const Words = z.string().check(z.minLength(1, '请填写名称或说明'));
const Code = z.string().check(z.regex(/^[A-Z][A-Za-z0-9]{0,7}$/));

/** One number that an item asks for. `platform` names the column of the provincial platform's export it must agree with. */
export const FactField = z.strictObject({
  key: z.string().check(z.regex(/^[a-z][A-Za-z0-9]*$/)),
  label: Words,
  platform: z.optional(
    z.enum(['plannedBatches', 'completedBatches', 'announcedBatches', 'candidates', 'certificates']),
  ),
});
export type FactField = z.infer<typeof FactField>;

/** Half-open: the band holds from `from` (included, or excluded if `above`) up to the next higher band. */
const PointsBand = z.strictObject({ from: Amount, above: z.optional(z.boolean()), points: Amount });
export type PointsBand = z.infer<typeof PointsBand>;

const itemBase = {
  code: Code,
  title: Words,
  points: Amount.check(z.refine((points) => points > 0, '分值应大于 0')),
  /** Without a file attached the item scores 0 until one is supplied. */
  evidenceRequired: z._default(z.boolean(), true),
};

/** 分档: a rate in per cent, or a count, falls in a band. */
const BandedItem = z.strictObject({
  ...itemBase,
  kind: z.literal('banded'),
  measure: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('rate'), numerator: FactField, denominator: FactField }),
    z.strictObject({ type: z.literal('count'), count: FactField }),
  ]),
  bands: z.array(PointsBand).check(z.minLength(1)),
});
/** The lines that an item meets are kept as bits of one number. */
const MOST_LINES = 30;

/** 清单: so much per line ticked. */
const ChecklistItem = z.strictObject({
  ...itemBase,
  kind: z.literal('checklist'),
  lines: z
    .array(
      z.strictObject({
        key: z.string().check(z.minLength(1)),
        label: Words,
        points: Amount,
      }),
    )
    .check(z.minLength(1), z.maxLength(MOST_LINES)),
});
/** 评判: described grades, needs a reason. */
const GradedItem = z.strictObject({
  ...itemBase,
  kind: z.literal('graded'),
  grades: z
    .array(
      z.strictObject({ grade: z.string().check(z.minLength(1)), points: Amount, description: z.string() }),
    )
    .check(z.minLength(2)),
});
/** 扣分: so much off per fault found, down to zero. */
const DeductionItem = z.strictObject({
  ...itemBase,
  kind: z.literal('deduction'),
  perFault: Amount,
  fault: Words,
});

export const RubricItem = z.discriminatedUnion('kind', [
  BandedItem,
  ChecklistItem,
  GradedItem,
  DeductionItem,
]);
export type RubricItem = z.infer<typeof RubricItem>;
export type ItemOf<K extends RubricItem['kind']> = Extract<RubricItem, { kind: K }>;

const Part = z.strictObject({
  code: Code,
  title: Words,
  items: z.array(RubricItem).check(z.minLength(1)),
});

/** 加分: `each` points per unit claimed, at most `max`. */
const BonusItem = z.strictObject({
  code: Code,
  title: Words,
  each: Amount,
  max: Amount,
});
export type BonusItem = z.infer<typeof BonusItem>;

/** 一票否决. `automatic` vetoes follow from the record itself; the others need a case with evidence. */
const Veto = z.strictObject({
  code: Code,
  title: Words,
  automatic: z.optional(z.enum(['notFiled', 'noActivity'])),
});

/** 评估星级; `stars: 0` is 不合格. */
const StarBand = z.strictObject({
  stars: z.int('星数应为 0 至 5 的整数').check(z.gte(0), z.lte(5)),
  name: Words,
  from: Amount,
});
export type StarBand = z.infer<typeof StarBand>;

const RubricShape = z.strictObject({
  version: Words,
  parts: z.array(Part).check(z.minLength(1)),
  bonus: z.strictObject({ max: Amount, items: z.array(BonusItem) }),
  vetoes: z.array(Veto),
  stars: z.array(StarBand).check(z.minLength(2)),
  /** Which facts the statistics and the no-activity rule read. */
  measures: z.strictObject({
    executionRate: Code,
    computerExam: Code,
    activity: z.strictObject({ item: Code, field: z.string() }),
    /** Where agencies declare how many complaints were upheld: held against those on record. */
    upheldComplaints: z.optional(z.strictObject({ item: Code, field: z.string() })),
  }),
});
export type Rubric = z.infer<typeof RubricShape>;

export const Rubric = RubricShape.check((context) => {
  // Numbers that are not exact have been refused already and cannot be added up.
  if (context.issues.length > 0) return;
  for (const problem of rubricProblems(context.value)) {
    context.issues.push({
      code: 'custom',
      message: problem.message,
      path: problem.path,
      input: context.value,
    });
  }
});

export function itemsOf(rubric: Rubric): RubricItem[] {
  return rubric.parts.flatMap((part) => part.items);
}

export function findItem(rubric: Rubric, code: string): RubricItem | undefined {
  return itemsOf(rubric).find((item) => item.code === code);
}

/** The fields of a measured item, numerator first. */
export function factFields(item: ItemOf<'banded'>): FactField[] {
  return item.measure.type === 'rate'
    ? [item.measure.numerator, item.measure.denominator]
    : [item.measure.count];
}

interface RubricProblem {
  path: (string | number)[];
  message: string;
}

function rubricProblems(rubric: Rubric): RubricProblem[] {
  const problems: RubricProblem[] = [];
  const items = itemsOf(rubric);
  const total = items.reduce((sum, item) => sum + thousandths(item.points), 0);
  if (total !== 100_000) {
    problems.push({ path: ['parts'], message: `各项分值合计应为 100 分，现为 ${total / 1000} 分` });
  }
  const codes = [...items, ...rubric.bonus.items, ...rubric.vetoes].map((entry) => entry.code);
  for (const code of codes.filter((code, index) => codes.indexOf(code) !== index)) {
    problems.push({ path: ['parts'], message: `编号 ${code} 重复` });
  }
  rubric.parts.forEach((part, p) => {
    part.items.forEach((item, i) => {
      const message = itemProblem(item);
      if (message) problems.push({ path: ['parts', p, 'items', i], message: `${item.code}：${message}` });
    });
  });
  return [...problems, ...starProblems(rubric.stars), ...measureProblems(rubric, items)];
}

/** The most that an answer can earn: full points must be reachable, and nothing may give more. */
function highestEarning(item: RubricItem): number {
  switch (item.kind) {
    case 'banded':
      return Math.max(...item.bands.map((band) => band.points));
    case 'checklist':
      return item.lines.reduce((sum, line) => sum + thousandths(line.points), 0) / 1000;
    case 'graded':
      return Math.max(...item.grades.map((grade) => grade.points));
    case 'deduction':
      return item.points;
  }
}

function itemProblem(item: RubricItem): string | undefined {
  const keys = keysOf(item);
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  if (repeated !== undefined) return `“${repeated}”重复`;
  const highest = highestEarning(item);
  if (highest !== item.points) return `最高可得 ${highest} 分，与分值 ${item.points} 分不一致`;
  if (item.kind === 'deduction') return item.perFault > 0 ? undefined : '每处扣分应大于 0';
  if (item.kind !== 'banded') return undefined;
  const bounds = item.bands.map((band) => thousandths(band.from) * 2 + (band.above ? 1 : 0));
  return bounds.every((bound, index) => index === 0 || bound < (bounds[index - 1] ?? 0))
    ? undefined
    : '分档下限应从高到低排列且不重复';
}

/** What an answer names inside an item: each must mean one thing. */
function keysOf(item: RubricItem): string[] {
  if (item.kind === 'banded') return factFields(item).map(({ key }) => key);
  if (item.kind === 'checklist') return item.lines.map(({ key }) => key);
  return item.kind === 'graded' ? item.grades.map(({ grade }) => grade) : [];
}

function starProblems(stars: StarBand[]): RubricProblem[] {
  const descending = stars.every((band, i) => i === 0 || band.from < (stars[i - 1]?.from ?? 0));
  const last = stars[stars.length - 1];
  const distinct = new Set(stars.map((band) => band.stars)).size === stars.length;
  return descending && distinct && last?.from === 0 && last.stars === 0
    ? []
    : [
        {
          path: ['stars'],
          message: '星级不能重复，分数线应从高到低排列，最后一档为 0 分起的不合格（stars: 0）',
        },
      ];
}

function measureProblems(rubric: Rubric, items: RubricItem[]): RubricProblem[] {
  const { executionRate, computerExam, ...fields } = rubric.measures;
  const problems: RubricProblem[] = [];
  for (const [key, code] of Object.entries({ executionRate, computerExam })) {
    const item = items.find((candidate) => candidate.code === code);
    if (item?.kind !== 'banded' || item.measure.type !== 'rate') {
      problems.push({ path: ['measures', key], message: `${code} 不是按比率分档的项目` });
    }
  }
  for (const [key, place] of Object.entries(fields)) {
    const item = place && items.find(({ code }) => code === place.item);
    if (!place || (item?.kind === 'banded' && factFields(item).some((one) => one.key === place.field)))
      continue;
    problems.push({ path: ['measures', key], message: `${place.item} 没有填报项 ${place.field}` });
  }
  return problems;
}
