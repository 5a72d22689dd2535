/** What an answer to one item says: given by an agency, corrected at the desk, or recorded anew on site. */
import * as z from 'zod/mini';
import { CivilDate } from './calendar.ts';
import { factFields, findItem, type Rubric, type RubricItem } from './rubric.ts';
import { Sha256, Words } from './schemas.ts';

const Count = z.int().check(z.gte(0), z.lte(1_000_000_000));

export const Facts = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('banded'), values: z.record(z.string(), Count) }),
  z.strictObject({ kind: z.literal('checklist'), ticked: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('graded'),
    grade: z.string(),
    reason: z.string().check(z.minLength(1, '评判项须说明理由')),
  }),
  z.strictObject({ kind: z.literal('deduction'), faults: Count }),
]);
export type Facts = z.infer<typeof Facts>;

/** A stored file that an answer points to. */
export const EvidenceRef = z.strictObject({
  id: z.string(),
  fileName: z.string(),
  sha256: Sha256,
  /** 有效日期/形成日期: the day that the file dates from, by the agency's own word. */
  effectiveOn: z.optional(CivilDate),
});
export type EvidenceRef = z.infer<typeof EvidenceRef>;

export const Answer = z.strictObject({
  /** Absent: not answered, which is not the same as a zero and not the same as not applicable. */
  facts: z.optional(Facts),
  notApplicable: z.optional(z.strictObject({ reason: Words })),
  remark: z.optional(z.string().check(z.maxLength(2000))),
  evidence: z.optional(z.array(EvidenceRef)),
});
export type Answer = z.infer<typeof Answer>;

export const BonusClaim = z.strictObject({
  count: Count,
  remark: z.optional(z.string().check(z.maxLength(2000))),
  evidence: z.optional(z.array(EvidenceRef)),
});
export type BonusClaim = z.infer<typeof BonusClaim>;

/** A whole form: answers by item code, bonus claims by bonus code. */
export const Answers = z.strictObject({
  items: z.record(z.string(), Answer),
  bonus: z.record(z.string(), BonusClaim),
});
export type Answers = z.infer<typeof Answers>;

/** Every file of a form with each item or bonus claim that it is filed for. */
export function filesByItem({ items, bonus }: Answers): { item: string; file: EvidenceRef }[] {
  return [...Object.entries(items), ...Object.entries(bonus)].flatMap(([item, { evidence = [] }]) =>
    evidence.map((file) => ({ item, file })),
  );
}

export interface FactsProblem {
  item: string;
  field?: string;
  message: string;
}

/** Everything in a form that does not fit the rubric. Missing answers are no problem here: see {@link unanswered}. */
export function factsProblems(rubric: Rubric, answers: Answers): FactsProblem[] {
  const problems: FactsProblem[] = [];
  for (const [code, answer] of Object.entries(answers.items)) {
    const item = findItem(rubric, code);
    if (!item) problems.push({ item: code, message: '评分标准中没有该项目' });
    else if (answer.facts) problems.push(...itemFactsProblems(item, answer.facts));
  }
  for (const code of Object.keys(answers.bonus)) {
    if (!rubric.bonus.items.some((bonus) => bonus.code === code)) {
      problems.push({ item: code, message: '评分标准中没有该加分项' });
    }
  }
  return problems;
}

function itemFactsProblems(item: RubricItem, facts: Facts): FactsProblem[] {
  const problem = (message: string, field?: string) => ({
    item: item.code,
    message,
    ...(field && { field }),
  });
  if (item.kind === 'banded' && facts.kind === 'banded') {
    const fields = factFields(item);
    const missing = fields.filter((field) => facts.values[field.key] === undefined);
    const unknown = Object.keys(facts.values).filter((key) => !fields.some((field) => field.key === key));
    return [
      ...missing.map((field) => problem(`缺少“${field.label}”`, field.key)),
      ...unknown.map((key) => problem(`没有填报项 ${key}`, key)),
    ];
  }
  if (item.kind === 'checklist' && facts.kind === 'checklist') {
    const unknown = facts.ticked.filter((key) => !item.lines.some((line) => line.key === key));
    return unknown.map((key) => problem(`清单中没有第 ${key} 行`, key));
  }
  if (item.kind === 'graded' && facts.kind === 'graded') {
    return item.grades.some(({ grade }) => grade === facts.grade)
      ? []
      : [problem(`没有“${facts.grade}”这一等次`, 'grade')];
  }
  return item.kind === facts.kind ? [] : [problem('填报内容与项目类型不符')];
}

/** Codes of the items that carry neither facts nor a declaration of not applicable, in rubric order. */
export function unanswered(rubric: Rubric, answers: Answers): string[] {
  return rubric.parts.flatMap((part) =>
    part.items
      .filter(({ code }) => !answers.items[code]?.facts && !answers.items[code]?.notApplicable)
      .map(({ code }) => code),
  );
}
