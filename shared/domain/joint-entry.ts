/**
 * Where the records of a visit differ, and the joint entry 会商记录 that settles it: drafted by one inspector with a reason
 * for each item, confirmed by every other. The one who drafted it never confirms it.
 */
import * as z from 'zod/mini';
import { Answer, type Answers, BonusClaim, Facts } from './facts.ts';
import { canonicalJson, type Entry } from './history.ts';
import { Words } from './schemas.ts';

/** What the inspectors agree on for one item or bonus in which they differed, and why. */
export const Settled = z
  .strictObject({
    item: Words,
    facts: z.optional(Facts),
    notApplicable: Answer.shape.notApplicable,
    /** Of a bonus. */
    count: z.optional(BonusClaim.shape.count),
    reason: z
      .string()
      .check(z.trim(), z.minLength(1, '请写明认定理由'), z.maxLength(2000, '认定理由最多 2000 字')),
  })
  .check(
    z.refine(({ facts, notApplicable, count }) => givenIn([facts, notApplicable, count]) === 1, {
      message: '每一项须填写且只填写一种认定：事实、不适用或加分数量',
    }),
  );
export type Settled = z.infer<typeof Settled>;

const givenIn = (values: readonly unknown[]) => values.filter((value) => value !== undefined).length;

export interface JointEntry {
  /** The history entry in which it was drafted: confirming and sending back name it. */
  entry: number;
  by: { id: string; name: string };
  at: string;
  settled: Settled[];
  /** Inspectors besides the one who drafted it. */
  confirmedBy: string[];
  sentBack?: { by: { id: string; name: string }; at: string; reason: string };
}

export function draftedBy({ seq, by, at }: Entry, settled: Settled[]): JointEntry {
  return { entry: seq, by: { id: by.id, name: by.name }, at, settled, confirmedBy: [] };
}

/**
 * Codes of the items and bonuses in which the records of a visit differ, in the order of the first record. A figure differs
 * where the highest and the lowest recorded are further apart than the tolerance, in per cent of the highest (setting
 * `visitTolerancePercent`); 0 lets nothing pass. Ticks, grades, numbers of faults, bonus counts and whether an item applies
 * have no tolerance: each of them is worth points by itself. Remarks, grounds and photographs may differ.
 */
export function differences(records: readonly Answers[], tolerancePercent: number): string[] {
  const codes = (of: (answers: Answers) => object) => [
    ...new Set(records.flatMap((one) => Object.keys(of(one)))),
  ];
  const items = codes(({ items }) => items).filter((code) => itemDiffers(code, records, tolerancePercent));
  const counts = codes(({ bonus }) => bonus).filter(
    (code) => new Set(records.map(({ bonus }) => bonus[code]?.count ?? 0)).size > 1,
  );
  return [...items, ...counts];
}

function itemDiffers(code: string, records: readonly Answers[], tolerancePercent: number): boolean {
  const answers = records.map(({ items }) => items[code] ?? {});
  if (new Set(answers.map(({ notApplicable }) => notApplicable !== undefined)).size > 1) return true;
  const facts = answers.map((answer) => answer.facts);
  const figures = facts.flatMap((one) => (one?.kind === 'banded' ? [one.values] : []));
  if (figures.length < facts.length) return new Set(facts.map(alike)).size > 1;
  const fields = new Set(figures.flatMap((values) => Object.keys(values)));
  return [...fields].some((field) =>
    apart(
      figures.map((values) => values[field]),
      tolerancePercent,
    ),
  );
}

/** Whether figures are too far apart; one that nobody recorded is as far as can be. */
function apart(figures: readonly (number | undefined)[], tolerancePercent: number): boolean {
  const known = figures.filter((figure) => figure !== undefined);
  if (known.length < figures.length) return true;
  const highest = Math.max(...known);
  // Whole numbers on both sides: 5 % of 20 is 1, and a difference of 1 is within it.
  return (highest - Math.min(...known)) * 100 > tolerancePercent * highest;
}

/** The order in which somebody went through a list, and the words of a grade's grounds, make no difference. */
function alike(facts: Facts | undefined): string {
  if (facts?.kind === 'graded') return canonicalJson({ grade: facts.grade });
  if (facts?.kind === 'checklist') return canonicalJson({ ticked: [...new Set(facts.ticked)].sort() });
  return canonicalJson(facts ?? null);
}

/** Answers with what was settled put in; evidence and remarks stay. */
export function settle(answers: Answers, settled: readonly Settled[]): Answers {
  const items = { ...answers.items };
  const bonus = { ...answers.bonus };
  for (const { item, facts, notApplicable, count } of settled) {
    if (count !== undefined) {
      bonus[item] = { ...bonus[item], count };
      continue;
    }
    const { facts: _facts, notApplicable: _declared, ...kept } = items[item] ?? {};
    items[item] = { ...kept, ...(facts && { facts }), ...(notApplicable && { notApplicable }) };
  }
  return { items, bonus };
}

/** What keeps a joint entry from settling the differences: items left out, items in which nobody differed, items named twice. */
export function settlementProblems(
  differing: readonly string[],
  settled: readonly Settled[],
): { missing: string[]; surplus: string[] } {
  const named = settled.map(({ item }) => item);
  return {
    missing: differing.filter((code) => !named.includes(code)),
    surplus: named.filter((code, index) => !differing.includes(code) || named.indexOf(code) !== index),
  };
}
