/**
 * Nobody in: every route of the registry × every role × own, foreign and missing objects. A new route is covered by being
 * declared; where its path names something that the matrix cannot make, it fails.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../../functions/api.ts';
import { describeApi } from '../../../infra/describe-api.ts';
import { DOSSIER_STATUSES } from '../../../shared/domain/dossier.ts';
import { GATES } from '../../../shared/domain/gates.ts';
import type { Role } from '../../../shared/domain/history.ts';
import { roleOf } from '../../support/city.ts';
import {
  ask,
  bodyOf,
  canBeCrossed,
  methodOf,
  pathOf,
  ROUTES,
  type Told,
  unknownNames,
  type Whose,
} from './asking.ts';
import { afterPublication, duringVisits, type Person, recordsOf, type World } from './worlds.ts';

let worlds: World[];
let before: unknown[];
beforeAll(async () => {
  // One after the other: opening a city looks in through the catalogue that all share.
  worlds = [await duringVisits(), await afterPublication()];
  before = await Promise.all(worlds.map(recordsOf));
}, 240_000);
afterAll(() => Promise.all(worlds.map(({ city }) => city.close())));

const isNamed = ({ roles }: Route, { account }: Person) =>
  roles === 'public' || roles.includes(roleOf(account));

/** Inspectors may ask to be kept away from any agency: that it is assessed is told to them, and nothing else. */
const OPEN_TO_STRANGERS: Record<string, Role> = {
  'POST /cycles/{year}/dossiers/{filingNumber}/recusal-requests': 'inspector',
};
const isOpenTo = ({ key }: Route, { account }: Person) => OPEN_TO_STRANGERS[key] === roleOf(account);

/** Everybody in both worlds. */
async function eachPerson(visit: (world: World, person: Person, token: string) => Promise<void>) {
  for (const world of worlds) {
    for (const person of world.people) await visit(world, person, await world.city.tokenOf(person.account));
  }
}

const whoseObjects = ({ own, foreign }: Person): Whose[] =>
  [own, foreign].flatMap((agency): Whose[] => (agency ? [{ agency }] : []));

/** Without what was asked for, which an answer may repeat. */
function likeOthers({ status, code, text, headers }: Told, path: string) {
  const asked = path.split('/').filter((part) => part.length > 9);
  return { status, code, headers, text: asked.reduce((rest, part) => rest.replaceAll(part, '…'), text) };
}

it('holds what the published description says: the same routes, for the same roles', () => {
  const described = Object.entries(describeApi().paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { 'x-roles': string[] }>).map(
      ([method, operation]) => `${method.toUpperCase()} ${path} ${operation['x-roles']}`,
    ),
  );
  const declared = ROUTES.map(({ key, roles }) => `${key} ${roles}`);
  expect(described.sort()).toEqual(declared.sort());
});

describe.each(ROUTES)('$key', (route) => {
  it('names nothing in its path or body that cannot be made', () => {
    expect(unknownNames(route)).toEqual([]);
    expect(() => bodyOf(route)).not.toThrow();
  });

  it('is shut to nobody’s calls unless it is public', async () => {
    for (const world of worlds) {
      for (const whose of [...whoseObjects(world.people[0] as Person), 'missing' as const]) {
        const path = await pathOf(route, world, whose);
        const answer = await ask(world, route, path);
        if (route.roles === 'public') expect([200, 404]).toContain(answer.status);
        else expect(answer).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' });
      }
    }
  });

  it('refuses every role that it does not name, and tells it nothing of the object', async () => {
    await eachPerson(async (world, person, token) => {
      if (isNamed(route, person)) return;
      const answers = [];
      for (const whose of [...whoseObjects(person), 'missing' as const]) {
        const path = await pathOf(route, world, whose);
        answers.push(likeOthers(await ask(world, route, path, token), path));
      }
      const [first] = answers;
      expect(first, person.title).toMatchObject({ status: 403, code: 'notAllowed' });
      for (const answer of answers) expect(answer, person.title).toEqual(first);
    });
  });

  it('answers for a foreign object what it answers for one that does not exist', async () => {
    await eachPerson(async (world, person, token) => {
      const { own, foreign } = person;
      if (!isNamed(route, person) || route.roles === 'public' || foreign === undefined) return;
      const answer = async (whose: Whose, within: Whose) => {
        const path = await pathOf(route, world, whose, { within });
        return likeOthers(await ask(world, route, path, token), path);
      };
      const theirs = { agency: foreign };
      if (!route.key.includes('{filingNumber}') || isOpenTo(route, person)) return;
      const refused = await answer(theirs, theirs);
      expect(refused, person.title).toMatchObject({ status: 404 });
      expect(refused, person.title).toEqual(await answer('missing', 'missing'));
      if (own === '' || !canBeCrossed(route)) return;
      const mine = { agency: own };
      const crossed = await answer(theirs, mine);
      expect(crossed, person.title).toMatchObject({ status: 404 });
      expect(crossed, person.title).toEqual(await answer('missing', mine));
    });
  });
});

it('nothing that was refused has left a trace in any record', async () => {
  expect(await Promise.all(worlds.map(recordsOf))).toEqual(before);
});

it.each(ROUTES.filter(({ key }) => key in OPEN_TO_STRANGERS))(
  '$key tells a stranger neither the name nor the state of an agency',
  async (route) => {
    await eachPerson(async (world, person, token) => {
      if (!isOpenTo(route, person) || person.foreign === undefined) return;
      const { agency, status } = await world.city.dossier(person.foreign);
      const { text } = await ask(world, route, await pathOf(route, world, { agency: person.foreign }), token);
      for (const secret of [agency.name, DOSSIER_STATUSES[status], status])
        expect(text).not.toContain(secret);
    });
  },
);

/** What a role is asked at: a gate that it decides. */
const gateOf = (role: Role) =>
  Object.entries(GATES).find(([, gate]) => 'role' in gate && gate.role === role)?.[0] ?? 'inspectOnSite';

/** Reading first: what is written later may take away what a route reads. */
const READING_FIRST = [...ROUTES].sort(
  (a, b) => Number(methodOf(a) !== 'GET') - Number(methodOf(b) !== 'GET'),
);

/** What is missing is nothing that the path names: its object was reached. */
const BEYOND_THE_PATH = ['该一票否决案', '该督导员', '待解决的数据问题', '待处理的异议', '该消息'];
const isBeyondPath = ({ code, text }: Told) =>
  code === 'notFound' && BEYOND_THE_PATH.some((what) => text.includes(what));

describe('those whom it names', () => {
  it.each(READING_FIRST)('$key lets in, to what is theirs', async (route) => {
    const reached = new Map<string, boolean>();
    await eachPerson(async (world, person, token) => {
      if (!isNamed(route, person) || person.own === '') return;
      const role = roleOf(person.account);
      const gate = { gate: gateOf(role) };
      const mine = await pathOf(route, world, { agency: person.own }, gate);
      const answer = await ask(world, route, mine, token);
      expect([401, 500, 503], `${person.title}: ${answer.text}`).not.toContain(answer.status);
      expect(answer.code, person.title).not.toBe('notAllowed');
      const reads = methodOf(route) === 'GET';
      const there = reads ? answer.status === 200 : answer.status !== 404 || isBeyondPath(answer);
      reached.set(role, reached.get(role) === true || there);
    });
    const roles = route.roles === 'public' ? [...reached.keys()] : [...route.roles];
    expect(Object.fromEntries(reached)).toEqual(Object.fromEntries(roles.map((role) => [role, true])));
  });

  it('are all there: no role of a route is without somebody who asks', () => {
    const asking = new Set(worlds.flatMap(({ people }) => people.map(({ account }) => roleOf(account))));
    const named = new Set(ROUTES.flatMap(({ roles }) => (roles === 'public' ? [] : roles)));
    expect([...named].filter((role) => role !== 'system' && !asking.has(role))).toEqual([]);
  });
});
