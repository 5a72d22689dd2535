/** Facts of an item in words, for whoever compares them. */
import type { Facts } from '../../../shared/domain/facts.ts';
import { factFields, type RubricItem } from '../../../shared/domain/rubric.ts';

/** One line a fact: `完成批次数：9`. */
export function factLines(item: RubricItem, facts: Facts): string[] {
  if (item.kind === 'banded' && facts.kind === 'banded') {
    return factFields(item).map(({ key, label }) => `${label}：${facts.values[key] ?? '未填'}`);
  }
  if (item.kind === 'checklist' && facts.kind === 'checklist') {
    const ticked = item.lines
      .filter(({ key }) => facts.ticked.includes(key))
      .map(({ label }) => `✓ ${label}`);
    return ticked.length > 0 ? ticked : ['各项均未做到'];
  }
  if (item.kind === 'graded' && facts.kind === 'graded') return [`${facts.grade} 等`, facts.reason];
  if (item.kind === 'deduction' && facts.kind === 'deduction') return [`${item.fault}：${facts.faults}`];
  return ['填报内容与项目类型不符'];
}
