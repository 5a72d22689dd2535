/** Calls of any route on any object, made from the route's own declaration. */
import type { Route } from '../../../functions/api.ts';
import { FUNCTIONS } from '../../../functions/catalogue.ts';
import { DEFAULT_RUBRIC } from '../../../shared/domain/default-rubric.ts';
import { YEAR } from '../../support/agencies.ts';
import { aComplaint } from '../../support/complaints.ts';
import { acceptedBy } from './bodies.ts';
import { COMPLAINT, MISSING, type World } from './worlds.ts';

export const ROUTES: readonly Route[] = Object.values(FUNCTIONS).flatMap(({ routes }) => routes);

/** One agency's objects, or those that nobody has. */
export type Whose = { agency: string } | 'missing';

type Value = string | Promise<string>;

const SHEETS = 'score-sheets';

/** What stands for each name in a path. A route with another name fails until it is said here what that is. */
const VALUES: Record<string, (whose: Whose, route: Route, world: World) => Value> = {
  year: () => String(YEAR),
  filingNumber: (whose) => (whose === 'missing' ? MISSING : whose.agency),
  id: (whose, _route, { uploadOf }) => (whose === 'missing' ? '0'.repeat(32) : uploadOf(whose.agency)),
  number: (whose) => (whose === 'missing' ? 'TS-0000-0000-0000' : COMPLAINT.number),
  item: (whose) => (whose === 'missing' ? 'Z9' : 'A2'),
  gate: () => 'inspectOnSite',
  version: () => 'v2',
  folder: () => SHEETS,
  paper: () => SHEETS,
  format: () => 'pdf',
  file: (whose, { key }) => {
    if (key.includes('{folder}')) return `${whose === 'missing' ? MISSING : whose.agency}.pdf`;
    if (key.includes('{version}')) return 'circular.json';
    return key.includes('/archive/') ? 'history.json' : 'notice.json';
  },
};

/** Names of one path that say whose object it is, beside the agency itself. */
const OWNED = ['id'];

export const namesIn = ({ key }: Pick<Route, 'key'>): string[] =>
  [...key.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

export const methodOf = ({ key }: Pick<Route, 'key'>): string => key.split(' ')[0] ?? '';

export const unknownNames = (route: Route): string[] => namesIn(route).filter((name) => !(name in VALUES));

/** Whether an agency's object can be named under another agency. */
export const canBeCrossed = (route: Route): boolean =>
  namesIn(route).includes('filingNumber') && namesIn(route).some((name) => OWNED.includes(name));

/** The path of an object; `within` is the agency under which it is named, if not its own. */
export async function pathOf(
  route: Route,
  world: World,
  whose: Whose,
  { within = whose, gate }: { within?: Whose; gate?: string } = {},
): Promise<string> {
  let path = route.key.split(' ')[1] ?? '';
  for (const name of namesIn(route)) {
    const given = name === 'gate' ? gate : undefined;
    const value = given ?? VALUES[name]?.(OWNED.includes(name) ? whose : within, route, world);
    if (value === undefined) throw new Error(`what is {${name}} of ${route.key}? say it in VALUES`);
    path = path.replace(`{${name}}`, encodeURIComponent(await value));
  }
  return path;
}

/** Bodies that are too particular to be made from their schema, or would end the year. */
const BODIES: Record<string, unknown> = {
  'POST /complaints': aComplaint('of anybody'),
  'PUT /cycles/{year}/rubric': DEFAULT_RUBRIC,
  'POST /cycles/{year}/gates/{gate}/decision': { attempt: 1, verdict: 'approve', reason: '同意' },
};

const bodies = new Map<string, string>();

/** A body that the route's schema accepts, always the same; nothing where it takes none. */
export function bodyOf({ key, body }: Route): string | undefined {
  if (!body) return undefined;
  const text = bodies.get(key) ?? JSON.stringify(BODIES[key] ?? acceptedBy(body, 7));
  bodies.set(key, text);
  return text;
}

export interface Told {
  status: number;
  code: string | undefined;
  text: string;
  headers: Record<string, string>;
}

const VARYING = ['date', 'apigw-requestid', 'content-length', 'connection', 'keep-alive'];

export async function ask(world: World, route: Route, path: string, token?: string, body = bodyOf(route)) {
  const headers = {
    ...(route.key === 'GET /complaints/{number}' && { 'complaint-code': COMPLAINT.code }),
    // Both ends in one process: a busy one may close an idle connection just as it is used again.
    connection: 'close',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const init = { method: methodOf(route), headers, ...(body !== undefined && { body }) };
  return told(await fetch(`${world.city.runtime.origin}/api${path}`, init));
}

export async function told(response: Response): Promise<Told> {
  const text = await response.text();
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !VARYING.includes(name)));
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const parsed: unknown = isJson ? JSON.parse(text) : {};
  const code =
    typeof parsed === 'object' && parsed !== null && 'code' in parsed ? String(parsed.code) : undefined;
  return { status: response.status, code, text, headers };
}
