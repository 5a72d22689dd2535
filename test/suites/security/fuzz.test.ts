/** At least 20,000 seeded requests over all routes and roles: nothing breaks, and nothing leaks out of what is answered. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../../functions/api.ts';
import { SMALL_CITY, YEAR } from '../../support/agencies.ts';
import { ask, bodyOf, methodOf, pathOf, ROUTES, type Whose } from './asking.ts';
import { bodyBytes, type Made, requestsFor } from './requests.ts';
import { type Answered, send } from './wire.ts';
import { afterPublication, duringVisits, type Person, type World } from './worlds.ts';

const SEED = 20_211_231;
const TOTAL = 20_000;
const EACH = Math.ceil(TOTAL / ROUTES.length);

/** The service's own words, which are the same on AWS. */
const SERVICE = [
  'Bad Request',
  'Unauthorized',
  'Not Found',
  'Request Too Long',
  'Request Header Fields Too Large',
  'Forbidden',
  'Too Many Requests',
];

/** What only the inside knows. */
const INTERNALS =
  /node_modules|\.ts:\d+|\bat (async )?[\w.<>]+ \(|\/work\/|\/tmp\/|Error:|ZodError|TypeError|dynamodb|Exception|arn:aws|xingping-(records|quarantine|evidence|reports)|local-machine-only|TaskToken|BrokenRecord|sqlite|ECONN/i;

let worlds: World[];
const secrets = new Map<World, Map<string, string[]>>();
const builtIn = Object.getOwnPropertyNames(Object.prototype).length;
let sent = 0;

beforeAll(async () => {
  worlds = [await duringVisits(), await afterPublication()];
  for (const world of worlds) secrets.set(world, await secretsOf(world));
}, 240_000);
afterAll(() => Promise.all(worlds.map(({ city }) => city.close())));

/** For each account, and for nobody, the names of agencies that they must not learn. */
async function secretsOf({ city, people }: World): Promise<Map<string, string[]>> {
  const open = JSON.stringify(
    await Promise.all(
      ['notice', 'plan', 'announcement', 'circular', 'v2/circular'].map(async (name) =>
        (await fetch(`${city.runtime.origin}/api/public/${YEAR}/${name}.json`)).text(),
      ),
    ),
  );
  const withheld = SMALL_CITY.filter(({ name }) => !open.includes(name));
  const all = new Map<string, string[]>([['nobody', withheld.map(({ name }) => name)]]);
  for (const { account, title } of people) {
    if (!/^(agency|inspector)/.test(title)) continue;
    const list = JSON.stringify(await (await city.as(account)).get(`/cycles/${YEAR}/dossiers`));
    const rechecks = JSON.stringify(
      await (await city.as(account)).get(`/cycles/${YEAR}/rectifications`).catch(() => ''),
    );
    // What somebody was told before they were recused stays in their inbox.
    const told = JSON.stringify(await (await city.as(account)).get('/inbox'));
    const known = `${list}${rechecks}${told}`;
    const own = withheld.filter(({ filingNumber }) => known.includes(filingNumber));
    all.set(
      account,
      withheld.filter((agency) => !own.includes(agency)).map(({ name }) => name),
    );
  }
  return all;
}

async function pathFor(route: Route, world: World, { own, foreign }: Person, { segment, query }: Made) {
  const agency = segment.whose === 'own' ? own : (foreign ?? own);
  const whose: Whose = segment.whose === 'missing' || !agency ? 'missing' : { agency };
  const filled = await pathOf(route, world, whose);
  const names = route.key.split(' ')[1]?.split('/') ?? [];
  const parts = filled.split('/').map((part, index) => {
    const name = /^\{(\w+)\}$/.exec(names[index] ?? '')?.[1];
    return (name && segment.instead[name]) ?? part;
  });
  return `/api${parts.join('/')}${query}`;
}

/** Cancelling would end the year for all requests after it. */
const harmless = (body: Buffer | undefined) =>
  body && Buffer.from(body.toString('latin1').replaceAll('"cancel"', '"approve"'), 'latin1');

function problemIn(answer: Answered, hidden: readonly string[]): string | undefined {
  const text = answer.body.toString();
  if (answer.status >= 500) return 'broke';
  if (answer.headers['x-injected'] || answer.headers['set-cookie']) return 'header injected';
  if (answer.headers['x-content-type-options'] !== 'nosniff') return 'may be sniffed';
  if (hidden.some((name) => text.includes(name))) return 'tells a name that is withheld';
  if (answer.status < 400) return undefined;
  if (INTERNALS.test(text)) return 'tells of the inside';
  if (text.length > 10_000) return 'is longer than any refusal';
  let said: { code?: unknown; message?: unknown };
  try {
    said = JSON.parse(text);
  } catch {
    return 'is no JSON';
  }
  if (said.code === undefined) return SERVICE.includes(String(said.message)) ? undefined : 'speaks otherwise';
  const message = String(said.message);
  if (!/\p{Script=Han}/u.test(message)) return 'is not in Chinese';
  if (/Invalid |Too (small|big)|Unrecognized|expected|received/i.test(message)) return 'is half in English';
  return undefined;
}

describe.each(ROUTES)('$key', (route) => {
  it(`withstands ${EACH} requests`, { timeout: 120_000 }, async () => {
    const callers = worlds.flatMap((world) => [
      ...world.people.map((person) => ({ world, person, account: person.account })),
      { world, person: world.people[0] as Person, account: 'nobody' },
    ]);
    // Half of the requests come from those who get past the door.
    const named = callers.filter(
      ({ account, person }) =>
        account !== 'nobody' &&
        (route.roles === 'public' || route.roles.includes(person.title.split(' ')[0] as never)),
    );
    const made = fc.sample(requestsFor(route), { numRuns: EACH, seed: SEED });
    const failures: string[] = [];
    const attack = async (one: Made, index: number) => {
      const from = index % 2 === 0 && named.length > 0 ? named : callers;
      const { world, person, account } = from[Math.floor(index / 2) % from.length] ?? callers[0] ?? never();
      const path = await pathFor(route, world, person, one);
      const token = account === 'nobody' ? undefined : await world.city.tokenOf(account);
      const body = methodOf(route) === 'GET' ? undefined : harmless(bodyBytes(one.body));
      const headers = {
        ...one.headers,
        ...(one.type && { 'content-type': one.type }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-length': String(body.length) }),
      };
      const answer = await send(world.city.runtime.origin, { method: methodOf(route), path, headers, body });
      sent++;
      const problem = problemIn(answer, secrets.get(world)?.get(account) ?? []);
      if (!problem) return;
      const shown = body?.toString().slice(0, 400);
      failures.push(
        `${problem}: ${account} ${path.slice(0, 300)} ${JSON.stringify(one.headers)} ${one.type} ${shown} → ${answer.status} ${answer.body.toString().slice(0, 400)}`,
      );
    };
    const queue = made.entries();
    const work = async () => {
      for (const [index, one] of queue) await attack(one, index);
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(failures.slice(0, 5)).toEqual([]);
  });
});

/** Every text in a value, replaced in turn. */
function* withText(value: unknown, text: string): Generator<unknown> {
  if (typeof value === 'string') yield text;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const changed of withText(inner, text)) {
      yield Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
    }
  }
}

describe.each(ROUTES.filter(({ body }) => body))('$key', (route) => {
  it.each([
    ['text too long to be kept', '长'.repeat(140_000)],
    ['more text than anybody writes', 'x'.repeat(600_000)],
    ['half a character', '\ud800'],
  ])('takes no %s', { timeout: 120_000 }, async (_case, text) => {
    const [world] = worlds.slice(-1);
    if (!world) throw new Error('there is no world');
    for (const person of world.people) {
      const role = person.title.split(' ')[0] ?? '';
      if (person.own === '' || !(route.roles as readonly string[]).includes(role)) continue;
      for (const body of withText(JSON.parse(bodyOf(route) ?? 'null'), text)) {
        const path = await pathOf(route, world, { agency: person.own });
        const { status, text: said } = await ask(
          world,
          route,
          path,
          await world.city.tokenOf(person.account),
          JSON.stringify(body),
        );
        expect(status, said).toBeLessThan(500);
        if (text === '\ud800') expect(status).toBe(400);
      }
    }
  });
});

const never = (): never => {
  throw new Error('there is nobody to ask');
};

it('all of it was sent, and the process is as it was', async () => {
  expect(sent).toBeGreaterThanOrEqual(TOTAL);
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(builtIn);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  for (const { city } of worlds) {
    await city.runtime.settled();
    expect((await city.cycle()).year).toBe(YEAR);
  }
});
