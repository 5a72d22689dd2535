/** Reading 备案期限 in the notations that workbooks use. What has two meanings is refused, never guessed. */
import { FilingTerm, normalTerm } from '../agency.ts';
import { type Month, monthIndex } from '../calendar.ts';
import type { CellValue } from './table.ts';
import { compact, quoted, textOf } from './text.ts';

/** A value with what to tell about it, or the reason why it is refused. */
export type Read<T> = { value: T; warning?: string } | { error: string };

const EXAMPLE = '请写成 2020.4-2023.3 的形式';
const MONTH = String.raw`\d{4}(?:年\d{1,2}月(?:\d{1,2}日)?|[./-]\d{1,2}(?:[./-]\d{1,2})?(?!\d)|\d{2}(?:\d{2})?(?!\d))`;
const RANGE = new RegExp(`^自?(${MONTH})(?:起|始)?(?:至|到|[-—–―~]+)(${MONTH})(?:止)?$`);
const SPAN = new RegExp(`^自?(${MONTH})起?,?(?:有效期)?\\(?(?:3|三)年\\)?$`);

/** Excel's day 0 is 1899-12-30; numbers in this range are days between 2000 and 2049. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30);
const isSerialDay = (value: number) => Number.isInteger(value) && value >= 36526 && value < 54789;

/** A whole term in one cell. `untyped`: the cell comes from a CSV file. */
export function readTerm(value: CellValue, untyped: boolean): Read<FilingTerm> {
  const text = compact(value);
  const range = typeof value === 'string' && RANGE.exec(text);
  if (range) return readBounds(range[1] ?? '', range[2] ?? '', false);
  const span = typeof value === 'string' && SPAN.exec(text);
  const start = readMonth(span ? (span[1] ?? '') : value, untyped && !span);
  if ('error' in start) return start;
  const term = normalTerm(start.value);
  if (span) return { value: term };
  return {
    value: term,
    warning: `只有一个日期${quoted(value)}，按 36 个月推定终止月份为 ${term.to}，请核对`,
  };
}

/** A term in two cells; without the second, 36 months. */
export function readBounds(from: CellValue, to: CellValue, untyped: boolean): Read<FilingTerm> {
  const start = readMonth(from, untyped);
  const end = compact(to) === '' ? undefined : readMonth(to, untyped);
  const refused = [start, end].flatMap((bound) => (bound && 'error' in bound ? [bound.error] : []));
  if ('error' in start || (end && 'error' in end)) return { error: refused.join('；') };
  if (!end) {
    const term = normalTerm(start.value);
    return { value: term, warning: `没有终止月份，按 36 个月推定为 ${term.to}，请核对` };
  }
  const parsed = FilingTerm.safeParse({ from: start.value, to: end.value });
  if (!parsed.success) return { error: parsed.error.issues.map(({ message }) => message).join('；') };
  const months = monthIndex(parsed.data.to) - monthIndex(parsed.data.from) + 1;
  const warnings = [
    start.warning,
    end.warning,
    months === 36 ? undefined : `期限为 ${months} 个月，通常为 36 个月，请核对`,
  ];
  const warning = warnings.filter(Boolean).join('；');
  return { value: parsed.data, ...(warning && { warning }) };
}

/** One month, from text, a date cell, or a number. */
export function readMonth(value: CellValue, untyped: boolean): Read<Month> {
  if (value instanceof Date) {
    const [year, month, day = ''] = textOf(value).split('-');
    return monthOf(year, month, day, value);
  }
  if (typeof value === 'number') return monthOfNumber(value, value);
  const text = compact(value);
  if (untyped && /^\d+(\.\d+)?$/.test(text) && !/^\d{4}\.\d{2}$/.test(text)) {
    return monthOfNumber(Number(text), value);
  }
  const parts = /^(\d{4})[年./-](\d{1,2})(?:月份?(?:(\d{1,2})日)?|[./-](\d{1,2})日?)?$/.exec(text);
  if (parts) return monthOf(parts[1], parts[2], parts[3] ?? parts[4] ?? '1', value);
  return /^\d{5,8}$/.test(text) ? monthOfNumber(Number(text), value) : refused(value);
}

/** `202004`, `20200401`, a day's serial number, or the float that `2020.4` becomes in a cell of numbers. */
function monthOfNumber(number: number, shown: CellValue): Read<Month> {
  const digits = String(number);
  if (isSerialDay(number)) {
    const month = new Date(EXCEL_EPOCH + number * 86_400_000).toISOString().slice(0, 7);
    return { value: month, warning: `${digits} 按 Excel 日期序号理解为 ${month}，请核对` };
  }
  const whole = /^(\d{4})(\d{2})(\d{2})?$/.exec(digits);
  if (whole) return monthOf(whole[1], whole[2], whole[3] ?? '1', shown);
  const float = /^(\d{4})\.(\d{1,2})$/.exec(digits);
  if (!float) return refused(shown);
  if (float[2] === '1') {
    const year = float[1];
    return {
      error: `数字 ${digits} 可能是 ${year} 年 1 月，也可能是 ${year} 年 10 月，请改为文本 ${year}年1月 或 ${year}年10月`,
    };
  }
  return monthOf(float[1], float[2], '1', shown);
}

function monthOf(year = '', month = '', day: string, shown: CellValue): Read<Month> {
  const text = `${year}-${month.padStart(2, '0')}`;
  const date = new Date(`${text}-${day.padStart(2, '0')}T00:00:00Z`);
  const real = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 7) === text;
  const plausible = year.length === 4 && Number(year) >= 1990 && Number(year) < 2100;
  return real && plausible ? { value: text } : refused(shown);
}

function refused(value: CellValue): { error: string } {
  return compact(value) === ''
    ? { error: `缺少备案期限，${EXAMPLE}` }
    : { error: `无法识别${quoted(value)}，${EXAMPLE}` };
}
