/** Two years that were lived alike, held against each other: every row of the table, every published and archived file. */
import type { StoredData } from '../../../../shared/app/invariants/stored-data.ts';
import { canonicalJson } from '../../../../shared/domain/history.ts';
import { YEAR } from '../../../support/agencies.ts';

/** Marks that a death leaves behind for the next sweep, and tokens, which chance makes. */
const PASSING = /^CYCLE#\d+#(WAIT#\w+|TOKEN)$/;

export interface Lived {
  /** Rows of the table by their place. */
  rows: Map<string, string>;
  /** Published files and the archive by path. */
  files: ReadonlyMap<string, Uint8Array>;
  executions: string[];
}

export async function livedIn(data: StoredData): Promise<Lived> {
  const lasting = data.items.filter(({ pk }) => !PASSING.test(pk));
  const rows = new Map(lasting.map((item) => [`${item.pk}/${item.sk}`, canonicalJson(asPlain(item))]));
  const executions = data.executions
    .map(({ machine, name, status }) => `${machine}/${name} ${status}`)
    .sort();
  return { rows, files: await data.reports(YEAR), executions };
}

/** Sets of the store as sorted lists. */
function asPlain(value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(asPlain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asPlain(one)]));
}

/** What is not alike, in a line each. */
export function differences(lived: Lived, reference: Lived): string[] {
  const found: string[] = [];
  for (const place of new Set([...lived.rows.keys(), ...reference.rows.keys()])) {
    const [one, other] = [lived.rows.get(place), reference.rows.get(place)];
    if (one !== other) found.push(`row ${place}: ${firstDifference(one, other)}`);
  }
  if (lived.executions.join() !== reference.executions.join()) found.push(`runs ${lived.executions.join()}`);
  for (const path of new Set([...lived.files.keys(), ...reference.files.keys()])) {
    const [one, other] = [lived.files.get(path), reference.files.get(path)];
    if (one && other && Buffer.compare(one, other) === 0) continue;
    const [text, expected] = [one, other].map((bytes) => bytes && new TextDecoder().decode(bytes));
    found.push(`file ${path}: ${firstDifference(text, expected)}`);
  }
  return found;
}

function firstDifference(one: string | undefined, other: string | undefined): string {
  if (one === undefined || other === undefined) return one === undefined ? 'is missing' : 'is one too many';
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const part = (text: string) => text.slice(Math.max(0, at - 80), at + 120);
  return `…${part(one)}… instead of …${part(other)}…`;
}
