/** Each row by itself: of a known kind, of its schema; a chain whole, and its attributes what its entries amount to. */
import * as z from 'zod/mini';
import { brokenAt, type Entry } from '../../domain/history.ts';
import { type Check, compared, type Finding } from '../archive/check.ts';
import type { Attributes } from '../ports.ts';
import { genesisOf } from '../records.ts';
import { CHAINS, type Chain, VALUES } from './families.ts';
import { itemPlace, type StoredItem } from './stored-data.ts';

export function checkRecords(items: readonly StoredItem[]): Check[] {
  const unknown: Finding[] = [];
  const values: Finding[] = [];
  const chains: Finding[] = [];
  const attributes: Finding[] = [];
  let count = 0;
  for (const item of items) {
    const chained = chainFindings(item);
    if (chained) {
      count++;
      chains.push(...chained.broken);
      attributes.push(...chained.attributes);
      continue;
    }
    const family = VALUES.find(({ pk }) => pk.test(item.pk));
    if (!family) unknown.push({ place: itemPlace(item), problem: '不认识的记录类别' });
    else values.push(...valueFindings(item, family.schema));
  }
  return [
    { title: '记录类别', scope: `${items.length} 条记录`, findings: unknown },
    { title: '记录内容', scope: `${items.length - count} 条`, findings: values },
    { title: '签名记录链', scope: `${count} 条链`, findings: chains },
    { title: '状态与记录链一致', scope: `${count} 条链`, findings: attributes },
  ];
}

function valueFindings(item: StoredItem, schema: z.ZodMiniType): Finding[] {
  const read = schema.safeParse(item.value);
  return read.success
    ? []
    : [{ place: itemPlace(item), problem: `内容不符合格式：${firstIssue(read.error)}` }];
}

function firstIssue({ issues: [issue] }: z.core.$ZodError): string {
  return issue ? `${issue.path.join('.') || '（整体）'}：${issue.message}` : '';
}

/** What does not hold of a chain; undefined when the row is none. */
function chainFindings(item: StoredItem): { broken: Finding[]; attributes: Finding[] } | undefined {
  for (const family of Object.values(CHAINS)) {
    if (family.pk.test(item.pk)) return linked(item, family as Chain<never, never>);
  }
  return undefined;
}

function linked<S, E extends Entry>(item: StoredItem, { kind }: Chain<S, E>) {
  const place = itemPlace(item);
  const read = z.array(kind.schema).check(z.minLength(1, '没有任何记录')).safeParse(item.entries);
  if (!read.success) {
    return { broken: [{ place, problem: `内容不符合格式：${firstIssue(read.error)}` }], attributes: [] };
  }
  const entries = item.entries as Entry[];
  const at = brokenAt(entries, genesisOf(item));
  if (at !== undefined) {
    const problem = '与其摘要或上一条记录不相连，内容被改动过';
    return { broken: [{ place: `${place}，第 ${at} 条`, problem }], attributes: [] };
  }
  const head = { revision: entries.length, head: entries.at(-1)?.hash };
  const stored = { revision: item.revision, head: item.head };
  const broken = compared(place, '记载的条数或末条摘要与记录链不符', stored, head);
  return { broken, attributes: attributeFindings(item, kind.attributes(kind.derive(item, read.data))) };
}

/** Conditions and lists read the attributes: they must say what the entries say. */
function attributeFindings(item: StoredItem, derived: Attributes): Finding[] {
  return Object.entries(derived).flatMap(([name, value]) => {
    const isEmpty = Array.isArray(value) && value.length === 0;
    const expected = isEmpty ? undefined : plain(value);
    return compared(
      `${itemPlace(item)}，${name}`,
      '存储的状态与记录链推算的不符',
      plain(item[name]),
      expected,
    );
  });
}

/** Sets and lists alike as sorted lists. */
function plain(value: unknown): unknown {
  const members = value instanceof Set || Array.isArray(value) ? [...value] : undefined;
  return members ? members.map(String).sort() : value;
}
