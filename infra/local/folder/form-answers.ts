/** The rows of one item as an answer, by the item's kind. */

import type { Answer, BonusClaim, Facts } from '../../../shared/domain/facts.ts';
import { compact, countOf } from '../../../shared/domain/registry-import/text.ts';
import { findItem, type ItemOf, type Rubric, type RubricItem } from '../../../shared/domain/rubric.ts';
import type { FormEntry } from './form.ts';
import { COUNT, FORM_COLUMNS, GRADE, itemLines, NOT_APPLICABLE } from './form-lines.ts';
import { tickOf } from './form-values.ts';
import type { Problems } from './problems.ts';

/** Undefined: not an item of the rubric. Rows that are refused are told and leave the item without facts. */
export function itemAnswer(
  rubric: Rubric,
  code: string,
  rows: FormEntry[],
  problems: Problems,
): Answer | undefined {
  const item = findItem(rubric, code);
  if (!item) return undefined;
  const filled = rows.filter(({ value }) => compact(value) !== '');
  const declined = filled.filter(({ value }) => compact(value) === NOT_APPLICABLE);
  if (declined.length > 0) return notApplicable(rows, filled, declined, problems);
  const values = valuesByKey(item, filled, problems);
  const facts = values && factsOf(item, values, problems);
  const remark = item.kind === 'graded' ? '' : remarksOf(rows);
  return { ...(facts && { facts }), ...(remark && { remark }) };
}

/** Undefined: not a bonus item. */
export function bonusClaim(
  rubric: Rubric,
  code: string,
  rows: FormEntry[],
  problems: Problems,
): BonusClaim | undefined {
  if (!rubric.bonus.items.some((bonus) => bonus.code === code)) return undefined;
  const remark = remarksOf(rows);
  let count = 0;
  for (const row of rows.filter(({ value }) => compact(value) !== '')) {
    const read =
      countOf(row.value) ?? (tickOf(row.value) === undefined ? undefined : Number(tickOf(row.value)));
    if (read === undefined) problems.error(row.at, `${code}：${COUNT}应为整数，没有则不填`);
    else count += read;
  }
  return { count, ...(remark && { remark }) };
}

const remarksOf = (rows: FormEntry[]) =>
  rows
    .map(({ remark }) => remark)
    .filter(Boolean)
    .join('；');

function notApplicable(
  rows: FormEntry[],
  filled: FormEntry[],
  declined: FormEntry[],
  problems: Problems,
): Answer {
  const [first] = declined;
  const reason = remarksOf(rows);
  for (const row of filled.filter((candidate) => !declined.includes(candidate))) {
    problems.error(row.at, `${row.code}：同一项目不能既填“${NOT_APPLICABLE}”又填数据，请保留一种`);
  }
  if (reason === '' && first) problems.error(first.at, `${first.code}：填“${NOT_APPLICABLE}”须说明理由`);
  return reason === '' ? {} : { notApplicable: { reason } };
}

/** Rows by the key of their line. Undefined when nothing is filled, or a line is unknown, twice or missing. */
function valuesByKey(
  item: RubricItem,
  rows: FormEntry[],
  problems: Problems,
): Map<string, FormEntry> | undefined {
  if (rows.length === 0) return undefined;
  const lines = itemLines(item);
  const byKey = new Map<string, FormEntry>();
  let complete = true;
  const refuse = (row: FormEntry, message: string) => {
    problems.error({ ...row.at, field: FORM_COLUMNS.field }, `${item.code}：${message}`);
    complete = false;
  };
  for (const row of rows) {
    const line = lines.find(({ field }) => compact(field) === compact(row.field));
    const titles = lines.map(({ field }) => `“${field}”`).join('、');
    if (!line) refuse(row, `没有“${row.field}”这一填报项，应为${titles}`);
    else if (byKey.has(line.key)) refuse(row, `“${row.field}”填了两次，请删去一行`);
    else byKey.set(line.key, row);
  }
  const missing = lines.filter(({ key }) => !byKey.has(key));
  const [first] = rows;
  if (complete && missing.length > 0 && first) {
    refuse(first, `还缺${missing.map(({ field, hint }) => `“${field}”（${hint}）`).join('、')}`);
  }
  return complete ? byKey : undefined;
}

type Values = Map<string, FormEntry>;

function factsOf(item: RubricItem, values: Values, problems: Problems): Facts | undefined {
  switch (item.kind) {
    case 'banded': {
      const counts = [...values].map(([key, row]) => [key, readCount(item, row, problems)] as const);
      if (counts.some(([, count]) => count === undefined)) return undefined;
      return { kind: 'banded', values: Object.fromEntries(counts) as Record<string, number> };
    }
    case 'checklist':
      return checklistFacts(item, values, problems);
    case 'graded':
      return gradedFacts(item, values, problems);
    case 'deduction': {
      const row = values.get('faults');
      const faults = row && readCount(item, row, problems);
      return faults === undefined ? undefined : { kind: 'deduction', faults };
    }
  }
}

function readCount(item: RubricItem, row: FormEntry, problems: Problems): number | undefined {
  const count = countOf(row.value);
  if (count === undefined) problems.error(row.at, `${item.code}：“${row.field}”应为不小于 0 的整数`);
  return count;
}

function checklistFacts(item: ItemOf<'checklist'>, values: Values, problems: Problems): Facts | undefined {
  const ticks = [...values].map(([key, row]) => ({ key, row, tick: tickOf(row.value) }));
  for (const { row } of ticks.filter(({ tick }) => tick === undefined)) {
    problems.error(row.at, `${item.code}：“${row.field}”应填“是”或“否”`);
  }
  if (ticks.some(({ tick }) => tick === undefined)) return undefined;
  const ticked = item.lines
    .map(({ key }) => key)
    .filter((key) => ticks.some((one) => one.key === key && one.tick));
  return { kind: 'checklist', ticked };
}

function gradedFacts(item: ItemOf<'graded'>, values: Values, problems: Problems): Facts | undefined {
  const row = values.get('grade');
  if (!row) return undefined;
  const grade = compact(row.value).toUpperCase();
  const allowed = item.grades.map((candidate) => candidate.grade);
  if (!allowed.includes(grade))
    problems.error(row.at, `${item.code}：${GRADE}应为 ${allowed.join('、')} 之一`);
  if (row.remark === '') problems.error(row.at, `${item.code}：评判项须说明理由`);
  return allowed.includes(grade) && row.remark !== ''
    ? { kind: 'graded', grade, reason: row.remark }
    : undefined;
}
