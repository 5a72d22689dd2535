/**
 * The form as it is being typed: text in fields, ticks, half an answer. What is whole becomes an answer for the server; what is
 * not stays on this machine until it is.
 */
import type { Answer, Answers, BonusClaim, EvidenceRef, Facts } from '../../../shared/domain/facts.ts';
import { factFields, itemsOf, type Rubric, type RubricItem } from '../../../shared/domain/rubric.ts';

export interface Entry {
  /** Numbers by field, as typed. */
  numbers: Record<string, string>;
  ticked: string[];
  /** Said of a checklist: none of its lines. */
  noneTicked: boolean;
  grade: string;
  reason: string;
  notApplicable: boolean;
  whyNotApplicable: string;
  remark: string;
  evidence: EvidenceRef[];
}

export interface Form {
  items: Record<string, Entry>;
  /** Claims of a bonus: `numbers.count`, remark and evidence. */
  bonus: Record<string, Entry>;
}

export const EMPTY: Entry = {
  numbers: {},
  ticked: [],
  noneTicked: false,
  grade: '',
  reason: '',
  notApplicable: false,
  whyNotApplicable: '',
  remark: '',
  evidence: [],
};

/** The one number of a deduction: faults found. */
export const FAULTS = 'faults';
export const COUNT = 'count';

/** A whole number as people type it: full-width digits, spaces and separators are understood. */
export function numberOf(text: string | undefined): number | undefined {
  const digits = (text ?? '').normalize('NFKC').replace(/[\s,]/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/** The fields of an item that take a number, in order. */
export function numberFields(item: RubricItem): { key: string; label: string }[] {
  if (item.kind === 'banded') return factFields(item).map(({ key, label }) => ({ key, label }));
  return item.kind === 'deduction' ? [{ key: FAULTS, label: item.fault }] : [];
}

/** The facts that an entry gives, once they are whole. */
export function factsOf(item: RubricItem, entry: Entry): Facts | undefined {
  if (entry.notApplicable) return undefined;
  switch (item.kind) {
    case 'banded': {
      const values = numberFields(item).map(({ key }) => [key, numberOf(entry.numbers[key])] as const);
      const whole = values.filter((pair): pair is readonly [string, number] => pair[1] !== undefined);
      return whole.length === values.length
        ? { kind: 'banded', values: Object.fromEntries(whole) }
        : undefined;
    }
    case 'checklist': {
      const ticked = item.lines.map(({ key }) => key).filter((key) => entry.ticked.includes(key));
      return ticked.length > 0 || entry.noneTicked ? { kind: 'checklist', ticked } : undefined;
    }
    case 'graded': {
      const reason = entry.reason.trim();
      return entry.grade && reason ? { kind: 'graded', grade: entry.grade, reason } : undefined;
    }
    case 'deduction': {
      const faults = numberOf(entry.numbers[FAULTS]);
      return faults === undefined ? undefined : { kind: 'deduction', faults };
    }
  }
}

export type Completeness = 'untouched' | 'begun' | 'complete';

export function completenessOf(item: RubricItem, entry: Entry): Completeness {
  if (entry.notApplicable) return entry.whyNotApplicable.trim() ? 'complete' : 'begun';
  if (factsOf(item, entry)) return 'complete';
  const typed = [...Object.values(entry.numbers), entry.grade, entry.reason, entry.remark];
  return typed.some((text) => text.trim()) || entry.evidence.length > 0 ? 'begun' : 'untouched';
}

/** What is wrong with what was typed, for the person typing; no problem is undefined. */
export function numberProblem(text: string | undefined): string | undefined {
  if (!text?.trim() || numberOf(text) !== undefined) return undefined;
  return '请填写 0 或正整数，不带小数和单位';
}

function answerOf(item: RubricItem, entry: Entry): Answer {
  const facts = factsOf(item, entry);
  const reason = entry.whyNotApplicable.trim();
  return {
    ...(facts && { facts }),
    ...(entry.notApplicable && reason && { notApplicable: { reason } }),
    ...supportOf(entry),
  };
}

function supportOf({ remark, evidence }: Entry): Pick<Answer, 'remark' | 'evidence'> {
  return { ...(remark.trim() && { remark: remark.trim() }), ...(evidence.length > 0 && { evidence }) };
}

/** All that is whole, as the server takes it. */
export function answersOf(rubric: Rubric, form: Form): Answers {
  const items: Record<string, Answer> = {};
  for (const item of itemsOf(rubric)) {
    const answer = answerOf(item, form.items[item.code] ?? EMPTY);
    if (Object.keys(answer).length > 0) items[item.code] = answer;
  }
  const bonus: Record<string, BonusClaim> = {};
  for (const { code } of rubric.bonus.items) {
    const entry = form.bonus[code] ?? EMPTY;
    const count = numberOf(entry.numbers[COUNT]);
    if (count !== undefined || entry.evidence.length > 0)
      bonus[code] = { count: count ?? 0, ...supportOf(entry) };
  }
  return { items, bonus };
}

/** Whether something was typed that {@link answersOf} leaves out, because it is not whole yet. */
export function hasMore(rubric: Rubric, form: Form): boolean {
  const unfinished = itemsOf(rubric).some((item) => {
    const entry = form.items[item.code] ?? EMPTY;
    return completenessOf(item, entry) === 'begun' && typedBeside(item, entry);
  });
  return unfinished || Object.values(form.bonus).some(({ numbers }) => numberProblem(numbers[COUNT]));
}

/** Remark and files are kept by the server even of an item without facts; the rest of a half answer is not. */
function typedBeside(item: RubricItem, entry: Entry): boolean {
  const numbers = numberFields(item).map(({ key }) => entry.numbers[key] ?? '');
  return [...numbers, entry.grade, entry.reason].some((text) => text.trim()) || entry.notApplicable;
}

/** The form that gave these answers. */
export function formOf(answers: Answers): Form {
  const items = Object.entries(answers.items).map(([code, { facts, notApplicable, ...support }]) => [
    code,
    {
      ...EMPTY,
      ...(facts && entryOf(facts)),
      ...(notApplicable && { notApplicable: true, whyNotApplicable: notApplicable.reason }),
      ...support,
    },
  ]);
  const bonus = Object.entries(answers.bonus).map(([code, { count, ...support }]) => [
    code,
    { ...EMPTY, numbers: { [COUNT]: String(count) }, ...support },
  ]);
  return { items: Object.fromEntries(items), bonus: Object.fromEntries(bonus) };
}

function entryOf(facts: Facts): Partial<Entry> {
  switch (facts.kind) {
    case 'banded':
      return {
        numbers: Object.fromEntries(Object.entries(facts.values).map(([key, value]) => [key, String(value)])),
      };
    case 'checklist':
      return { ticked: facts.ticked, noneTicked: facts.ticked.length === 0 };
    case 'graded':
      return { grade: facts.grade, reason: facts.reason };
    case 'deduction':
      return { numbers: { [FAULTS]: String(facts.faults) } };
  }
}
