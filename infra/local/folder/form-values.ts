/** Single values as clerks type them. `undefined` where the text has no certain meaning. */
import { CivilDate } from '../../../shared/domain/calendar.ts';
import type { CellValue } from '../../../shared/domain/registry-import/table.ts';
import { compact } from '../../../shared/domain/registry-import/text.ts';

const YES = ['是', '√', '✓', '✔', '有', 'true'];
const NO = ['否', '×', '✗', 'x', '无', 'false'];

export function tickOf(value: CellValue): boolean | undefined {
  const text = compact(value).toLowerCase();
  if (YES.includes(text)) return true;
  return NO.includes(text) ? false : undefined;
}

/** `2022-03-01`, `2022年3月1日`, `2022.3.1`, `2022/3/1`, or a date cell. */
export function dateOf(value: CellValue): CivilDate | undefined {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(compact(value)) ?? [];
  const parsed = CivilDate.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return parsed.success ? parsed.data : undefined;
}
