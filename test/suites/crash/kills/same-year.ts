/**
 * Two years that were lived alike, held against each other. What chance names is left out of the comparison: ids of uploads
 * (an upload whose answer was lost is asked for again, and gets another) and versions of stored files, the digests of what
 * holds them and the ids of messages that are made of those, tokens.
 */
import { UPLOADS } from '../../../../shared/app/archive/uploads.ts';
import { CHAINS, statesOf } from '../../../../shared/app/invariants/families.ts';
import type { StoredData, StoredItem } from '../../../../shared/app/invariants/stored-data.ts';
import { canonicalJson } from '../../../../shared/domain/history.ts';
import { YEAR } from '../../../support/agencies.ts';

/** Marks that a death leaves behind, tokens, and uploads that nobody was told of. */
const PASSING = /^CYCLE#\d+#(WAIT#\w+|TOKEN)$/;

export interface Lived {
  /** Rows of the table by their place, without what chance names. */
  rows: Map<string, string>;
  /** Published files and the archive by path. */
  files: ReadonlyMap<string, Uint8Array>;
  /** The same without what chance names. */
  texts: Map<string, string>;
  executions: string[];
}

export async function livedIn(data: StoredData): Promise<Lived> {
  const names = new Map<string, string>();
  for (const { id, status, file } of statesOf(data.items, CHAINS.upload)) {
    if (status === 'kept' || status === 'attached') names.set(id, `file-${file.sha256.slice(0, 16)}`);
  }
  const plain = (text: string) =>
    text
      .replaceAll(/\b[0-9a-f]{32}\b/g, (id) => names.get(id) ?? '(chance)')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '(digest)');
  const places = new Map<string, string[]>();
  for (const item of data.items) {
    if (PASSING.test(item.pk) || isUntold(item, names)) continue;
    // Messages of one instant in one inbox share a place: all of them are compared.
    const place = plain(`${item.pk}/${item.sk}`);
    places.set(place, [...(places.get(place) ?? []), plain(canonicalJson(asPlain(item)))]);
  }
  const rows = new Map([...places].map(([place, texts]) => [place, texts.sort().join('\n')]));
  const files = await data.reports(YEAR);
  const text = (bytes: Uint8Array) => plain(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const texts = [...files].flatMap(([path, bytes]) => {
    if (!isText(path)) return [];
    return [[path, path === UPLOADS ? inAnyOrder(text(bytes)) : text(bytes)] as const];
  });
  const executions = data.executions
    .map(({ machine, name, status }) => `${machine}/${name} ${status}`)
    .sort();
  return { rows, files, texts: new Map(texts), executions };
}

const isText = (path: string) => /\.(json|csv|html|md|txt)$/.test(path);

/** Chains of uploads are archived by their ids, in the order of chance. */
const inAnyOrder = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(/,$/, ''))
    .sort()
    .join('\n');

const isUntold = ({ pk, sk }: StoredItem, names: ReadonlyMap<string, string>) =>
  CHAINS.upload.pk.test(pk) && !names.has(sk);

/** Sets of the store as sorted lists. */
function asPlain(value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(asPlain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asPlain(one)]));
}

/** Text of the archive in which ids of uploads or digests of it stand; what is public, and what is printed, has the same bytes. */
const mayNameUploads = (path: string) =>
  isText(path) && (!path.startsWith('public/') || path === 'manifest.json');

/** What is not alike, in a line each. */
export function differences(
  lived: Lived,
  reference: Lived,
): { found: string[]; sameBytes: number; sameText: number } {
  const found: string[] = [];
  for (const place of new Set([...lived.rows.keys(), ...reference.rows.keys()])) {
    const [one, other] = [lived.rows.get(place), reference.rows.get(place)];
    if (one !== other) found.push(`row ${place}: ${firstDifference(one, other)}`);
  }
  if (lived.executions.join() !== reference.executions.join()) found.push(`runs ${lived.executions.join()}`);
  let [sameBytes, sameText] = [0, 0];
  for (const path of new Set([...lived.files.keys(), ...reference.files.keys()])) {
    const [one, other] = [lived.files.get(path), reference.files.get(path)];
    if (one && other && Buffer.compare(one, other) === 0) sameBytes++;
    else if (mayNameUploads(path) && lived.texts.get(path) === reference.texts.get(path)) sameText++;
    else found.push(`file ${path}: ${firstDifference(lived.texts.get(path), reference.texts.get(path))}`);
  }
  return { found, sameBytes, sameText };
}

function firstDifference(one: string | undefined, other: string | undefined): string {
  if (one === undefined || other === undefined) return one === undefined ? 'is missing' : 'is one too many';
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const part = (text: string) => text.slice(Math.max(0, at - 80), at + 120);
  return `…${part(one)}… instead of …${part(other)}…`;
}
