/**
 * Checks a draw record, archived or public, from the record alone: what it holds is what the seed gives. Runs in a browser:
 * it needs nothing but the record.
 */
import { digestOf } from './digest.ts';
import { commitmentOf, type Drawn, draw, TooFewInspectors } from './draw.ts';
import { changeAgain } from './draw-changes.ts';
import { type DrawRecord, recordMisfit } from './draw-record.ts';

export type DrawVerdict =
  | { outcome: 'holds'; message: string }
  /** `at` names the first field that is not what it should be: `visits[2].inspectors[0]`. */
  | { outcome: 'differs'; at: string; message: string }
  | { outcome: 'unreadable'; message: string };

/**
 * Whether a record holds: every field is what its digest says, the seed is the one that was committed, and draw and changes
 * come out of the seed again. `commitment` is the one that the notice published, to be compared where it is at hand.
 */
export function verifyDraw(value: unknown, commitment?: string): DrawVerdict {
  const misfit = recordMisfit(value);
  if (misfit !== undefined) {
    return { outcome: 'unreadable', message: `不是抽签记录，无法核对：${misfit || '整个文件'}的格式不符` };
  }
  const record = value as DrawRecord;
  const found = alteredField(record) ?? unlikeSeed(record, commitment) ?? unlikeChanges(record);
  if (found) return found;
  const { year, agencies, visits, changes } = record;
  const since = changes.length > 0 ? `，抽签后的变更 ${changes.length} 项` : '';
  const message = `抽签记录成立：${year} 年度，${agencies.length} 家机构中抽取 ${visits.length} 家${since}，由种子重新计算结果一致`;
  return { outcome: 'holds', message };
}

/** A field that is no longer what was sealed, with the place inside it where the draw tells one. */
function alteredField(record: DrawRecord): DrawVerdict | undefined {
  const { digests, ...fields } = record;
  for (const name of new Set([...Object.keys(digests), ...Object.keys(fields)])) {
    const field = fields[name as keyof typeof fields];
    if (field !== undefined && digests[name] === digestOf(field)) continue;
    const within = unlikeSeed(record) ?? unlikeChanges(record);
    if (within?.outcome === 'differs' && within.at.startsWith(name)) return within;
    return { outcome: 'differs', at: name, message: `${name} 与记录中的摘要不符，内容被改动过` };
  }
  return undefined;
}

function unlikeSeed(record: DrawRecord, published?: string): DrawVerdict | undefined {
  const { seed, agencies, sampling, inspectors, inspectorsPerVisit, recusals } = record;
  const again = drawnAgain({ seed, agencies, sampling, inspectors, inspectorsPerVisit, recusals });
  if (typeof again === 'string') return again === '' ? undefined : differs('inspectors', again);
  const { commitment, strata, visits } = record;
  return (
    compare(commitment, commitmentOf(seed), 'commitment') ??
    (published === undefined ? undefined : compare(commitment, published, 'commitment')) ??
    compare(strata, again.strata, 'strata') ??
    compare(visits, again.visits, 'visits')
  );
}

function drawnAgain(input: Parameters<typeof draw>[0]): Drawn | string {
  try {
    return draw(input);
  } catch (error) {
    if (error instanceof TooFewInspectors) return `${error.filingNumber} 没有足够的督导员可抽`;
    throw error;
  }
}

function unlikeChanges(record: DrawRecord): DrawVerdict | undefined {
  for (const [index, change] of record.changes.entries()) {
    const at = `changes[${index}]`;
    try {
      const found = compare(change, changeAgain(record, record.changes.slice(0, index), change), at);
      if (found) return found;
    } catch (error) {
      if (error instanceof TooFewInspectors) return differs(at, `${error.filingNumber} 没有可替补的督导员`);
      throw error;
    }
  }
  return undefined;
}

function differs(at: string, why: string): DrawVerdict {
  return { outcome: 'differs', at, message: `${at} 不成立：${why}` };
}

/** The first place at which a value is not the one that was computed again. */
function compare(value: unknown, again: unknown, at: string): DrawVerdict | undefined {
  if (typeof value === 'object' && value !== null && typeof again === 'object' && again !== null) {
    const [said, computed] = [value as Record<string, unknown>, again as Record<string, unknown>];
    for (const key of new Set([...Object.keys(computed), ...Object.keys(said)])) {
      const found = compare(
        said[key],
        computed[key],
        Array.isArray(again) ? `${at}[${key}]` : `${at}.${key}`,
      );
      if (found) return found;
    }
    return undefined;
  }
  if (value === again) return undefined;
  const shown = (one: unknown) => (one === undefined ? '无' : JSON.stringify(one));
  return differs(at, `记录为 ${shown(value)}，重新计算为 ${shown(again)}`);
}
