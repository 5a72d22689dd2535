/**
 * A script of its own, a kilobyte, that is there long before the portal's: it asks for what the page that was addressed will
 * show. The pages find the answers here. Nothing is wrong where it asks in vain: the page asks again and says so.
 */

let settings: Promise<Response> | undefined;

/** The settings' file, asked for once. */
export async function configFile(): Promise<Response> {
  settings ??= fetch('/config.json');
  return (await settings).clone();
}

const answers = new Map<string, Promise<Response>>();
const taken = new Set<string>();

/** The answer to what was asked for already; whoever reads on asks anew. */
export function early(path: string): Promise<Response> | undefined {
  const answer = taken.has(path) ? undefined : answers.get(path);
  taken.add(path);
  answers.delete(path);
  return answer;
}

/** Asks, unless the page was quicker; what is read here is a copy. */
async function ask<T>(path: string): Promise<T> {
  if (taken.has(path)) throw new Error(`${path} was asked for`);
  const { api } = (await (await configFile()).json()) as { api: string };
  const answer = fetch(`${api}/public${path}`);
  answers.set(path, answer);
  return (await (await answer).clone().json()) as T;
}

interface Index {
  years: { year: number; files: string[] }[];
}

async function newestWith(file: string): Promise<number> {
  const { years } = await ask<Index>('');
  const there = years.filter(({ files }) => files.includes(file)).map(({ year }) => year);
  const chosen = Number(params.get('year'));
  return there.includes(chosen) ? chosen : (there[0] ?? 0);
}

/** The circular as it holds now, or as the address asks for it; that is mostly the first one, which waits for nothing. */
async function circularOf(year: number | string): Promise<void> {
  const first = ask(`/${year}/circular.json`);
  const all = await ask<{ version: number; kind: string }[]>(`/${year}/versions`);
  const versions = all.filter(({ kind }) => kind !== 'rectification');
  const wanted = Number(params.get('version'));
  const standing = versions.find(({ version }) => version === wanted) ?? versions.at(-1);
  const files = standing?.kind === 'correction' ? ['circular', 'correction'] : [];
  await Promise.all([first, ...files.map((file) => ask(`/${year}/v${standing?.version}/${file}.json`))]);
}

/** Outside of a browser there is no address, and nothing is asked for. */
const address = globalThis.location as Location | undefined;
const params = new URLSearchParams(address?.search);

/** What each address shows. */
async function askFor([first = '', year = '', publication = '']: string[]): Promise<void> {
  if (first === 'years' && /^\d{4}$/.test(year)) {
    const page = publication === 'circular' ? circularOf(year) : ask(`/${year}/${publication}.json`);
    await Promise.all([ask(''), page]);
  } else if (first === 'stars') {
    await Promise.all([ask('/stars'), newestWith('circular.json').then(circularOf)]);
  } else if (first === 'draw') {
    const newest = await newestWith('draw.json');
    await Promise.all([ask(`/${newest}/draw.json`), ask(`/${newest}/notice.json`)]);
  } else if (first === '') await ask('');
}

if (address) askFor(address.pathname.split('/').slice(1)).catch(() => undefined);
