/** Deny by default: every route of the catalogue, tried by every role and by nobody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../functions/catalogue.ts';
import { EXCLUDED, POWER, STEEL, UNKNOWN, YEAR } from '../../support/agencies.ts';
import { type City, openCity, roleOf } from '../../support/city.ts';
import { finding } from '../../support/passage.ts';

const ROUTES = Object.values(FUNCTIONS).flatMap(({ routes }) => routes);
const PEOPLE = [STEEL, 'handler-1', 'inspector-1', 'approver-1', 'director-1', 'auditor-1'];
const WITH_ACCOUNT = ROUTES.filter(({ roles }) => roles !== 'public');

let city: City;
beforeAll(async () => {
  city = await openCity();
  await city.start();
  await city.to('approveNotice');
}, 60_000);
afterAll(() => city.close());

/** The answer to a call without a body, or with this one. */
async function ask(key: string, token?: string, filingNumber = STEEL, body?: object) {
  const [method = '', path = ''] = key.split(' ');
  const filled = path
    .replace('{year}', String(YEAR))
    .replace('{filingNumber}', filingNumber)
    .replace('{gate}', 'prepareNotice')
    .replace('{item}', 'A1')
    .replace('{version}', 'v2')
    .replace('{folder}', 'score-sheets')
    .replace('{paper}', 'score-sheets')
    .replace('{format}', 'pdf')
    .replace('{id}', '0'.repeat(32))
    .replace('{file}', 'notice.json');
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${city.runtime.origin}/api${filled}`, init);
  const answer = (await response.json()) as { code?: string };
  return { status: response.status, body: answer };
}

describe.each(ROUTES)('$key', ({ key, roles }) => {
  it('lets in exactly the roles that it names', async () => {
    const admitted: string[] = [];
    for (const account of PEOPLE) {
      const { status, body } = await ask(key, await city.tokenOf(account));
      if (status === 403) expect(body.code).toBe('notAllowed');
      else admitted.push(roleOf(account));
      expect(status).not.toBe(500);
    }
    const named = roles === 'public' ? PEOPLE.map(roleOf) : roles;
    expect(admitted.sort()).toEqual([...named].sort());
  });

  it('asks for an account unless it is public', async () => {
    const without = [(await ask(key)).status, (await ask(key, 'aaaa.bbbb.cccc')).status];
    if (roles === 'public') expect(without).not.toContain(401);
    else expect(without).toEqual([401, 401]);
  });
});

it('each change is in the hands of the roles that the separation of duties gives it to', () => {
  const changes: Record<string, string[]> = {};
  for (const { key, roles } of ROUTES.filter((route) => !route.key.startsWith('GET '))) {
    changes[String(roles)] = [...(changes[String(roles)] ?? []), key].sort();
  }
  expect(changes).toEqual({
    'handler,approver,director,auditor,inspector,agency': ['POST /inbox/read', 'PUT /inbox/address'],
    handler: [
      'POST /agencies/import',
      'POST /agencies/import-preview',
      'POST /complaints/{number}/finding',
      'POST /complaints/{number}/first-look',
      'POST /complaints/{number}/take-over',
      'POST /cycles',
      'POST /cycles/{year}/circular/explanations',
      'POST /cycles/{year}/correction',
      'POST /cycles/{year}/correction-preview',
      'POST /cycles/{year}/dossiers/{filingNumber}/answer-decision',
      'POST /cycles/{year}/dossiers/{filingNumber}/clearance',
      'POST /cycles/{year}/dossiers/{filingNumber}/comparison',
      'POST /cycles/{year}/dossiers/{filingNumber}/desk-review',
      'POST /cycles/{year}/dossiers/{filingNumber}/flag-treatments',
      'POST /cycles/{year}/dossiers/{filingNumber}/return',
      'POST /cycles/{year}/platform-figures/import',
      'POST /cycles/{year}/platform-figures/import-preview',
      'POST /cycles/{year}/rectification',
      'POST /outbox/retry',
      'PUT /cycles/{year}/circular',
      'PUT /cycles/{year}/correction',
      'PUT /cycles/{year}/gates/{gate}/deadline',
      'PUT /cycles/{year}/inspectors',
      'PUT /cycles/{year}/rubric',
      'PUT /cycles/{year}/settings',
      'PUT /profile',
    ],
    'handler,approver': [
      'POST /cycles/{year}/dossiers/{filingNumber}/materials',
      'POST /cycles/{year}/dossiers/{filingNumber}/veto-cases',
      'POST /cycles/{year}/dossiers/{filingNumber}/veto-confirmation',
    ],
    'handler,approver,director': ['POST /cycles/{year}/gates/{gate}/decision'],
    agency: [
      'DELETE /cycles/{year}/dossiers/{filingNumber}/uploads/{id}',
      'POST /cycles/{year}/dossiers/{filingNumber}/draft-result-acceptance',
      'POST /cycles/{year}/dossiers/{filingNumber}/draft-result-answer',
      'POST /cycles/{year}/dossiers/{filingNumber}/material-answer',
      'POST /cycles/{year}/dossiers/{filingNumber}/objections',
      'POST /cycles/{year}/dossiers/{filingNumber}/submission',
      'POST /cycles/{year}/dossiers/{filingNumber}/uploads',
      'POST /cycles/{year}/dossiers/{filingNumber}/uploads/{id}/confirmation',
      'POST /cycles/{year}/dossiers/{filingNumber}/veto-statement',
      'POST /cycles/{year}/rectifications/{filingNumber}/submission',
      'PUT /cycles/{year}/dossiers/{filingNumber}/draft',
      'PUT /cycles/{year}/rectifications/{filingNumber}/items/{item}/correction',
      'PUT /cycles/{year}/rectifications/{filingNumber}/items/{item}/plan',
    ],
    director: [
      'POST /cycles/{year}/dossiers/{filingNumber}/veto-signature',
      'POST /cycles/{year}/freeze',
      'POST /cycles/{year}/restoration',
      'POST /cycles/{year}/unfreeze',
    ],
    approver: [
      'POST /complaints/{number}/review',
      'POST /cycles/{year}/dossiers/{filingNumber}/not-applicable',
      'POST /cycles/{year}/dossiers/{filingNumber}/objection-decision',
      'POST /cycles/{year}/dossiers/{filingNumber}/recusal-decisions',
      'POST /cycles/{year}/rectifications/{filingNumber}/verdict',
    ],
    inspector: [
      'POST /cycles/{year}/dossiers/{filingNumber}/capture-keys',
      'POST /cycles/{year}/dossiers/{filingNumber}/findings',
      'POST /cycles/{year}/dossiers/{filingNumber}/joint-entry',
      'POST /cycles/{year}/dossiers/{filingNumber}/joint-entry-confirmation',
      'POST /cycles/{year}/dossiers/{filingNumber}/joint-entry-return',
      'POST /cycles/{year}/dossiers/{filingNumber}/visit-packet',
      'POST /cycles/{year}/rectifications/{filingNumber}/recheck',
    ],
    'agency,inspector': ['POST /cycles/{year}/dossiers/{filingNumber}/recusal-requests'],
    public: ['POST /complaints'],
  });
});

it('the auditor changes no record: beside reading, only what they keep of their own inbox', () => {
  const named = ROUTES.filter(({ roles }) => roles !== 'public' && roles.includes('auditor'));
  expect(named.length).toBeGreaterThan(0);
  const changing = named.map(({ key }) => key).filter((key) => !key.startsWith('GET '));
  expect(changing.sort()).toEqual(['POST /inbox/read', 'PUT /inbox/address']);
});

it('tells an agency that does not take part that it has no dossier, as no error', async () => {
  const none = await (await city.as(UNKNOWN)).get(`/cycles/${YEAR}/dossiers/${UNKNOWN}`);
  expect(none).toBeNull();
});

it.each(WITH_ACCOUNT.filter(({ key, roles }) => key.includes('{filingNumber}') && roles.includes('agency')))(
  '$key answers a foreign dossier as one that does not exist',
  async ({ key }) => {
    const token = await city.tokenOf(STEEL);
    const foreign = await ask(key, token, POWER);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'notYours', message: '没有找到该档案' } });
    expect(await ask(key, token, EXCLUDED)).toEqual(foreign);
    expect(await ask(key, token, UNKNOWN)).toEqual(foreign);
  },
);

it.each([
  ['GET /cycles/{year}/dossiers/{filingNumber}', undefined],
  ['POST /cycles/{year}/dossiers/{filingNumber}/findings', finding()],
  [
    'POST /cycles/{year}/dossiers/{filingNumber}/joint-entry',
    { settled: [{ item: 'A2', facts: { kind: 'banded', values: {} }, reason: '复看' }] },
  ],
  [
    'POST /cycles/{year}/dossiers/{filingNumber}/capture-keys',
    { key: { x: 'x'.repeat(43), y: 'y'.repeat(43) } },
  ],
  ['POST /cycles/{year}/dossiers/{filingNumber}/visit-packet', { content: '{}' }],
  ['POST /cycles/{year}/dossiers/{filingNumber}/joint-entry-confirmation', { entry: 7 }],
  ['POST /cycles/{year}/dossiers/{filingNumber}/joint-entry-return', { entry: 7, reason: '漏看' }],
])('%s answers an inspector who was not drawn as if there were no dossier', async (key, body) => {
  const token = await city.tokenOf('inspector-1');
  const foreign = await ask(key, token, POWER, body);
  expect(foreign).toMatchObject({ status: 404, body: { code: 'notYours' } });
  expect(await ask(key, token, UNKNOWN, body)).toEqual(foreign);
});

it('a forged role does not get in: tokens of another issuer are nobody’s', async () => {
  const [header = '', payload = '', signature = ''] = (await city.tokenOf('auditor-1')).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(claims.role).toBe('auditor');
  const forged = Buffer.from(JSON.stringify({ ...claims, role: 'director' })).toString('base64url');
  expect((await ask('GET /cycles', `${header}.${payload}.${signature}`)).status).toBe(200);
  expect((await ask('GET /cycles', `${header}.${forged}.${signature}`)).status).toBe(401);
});
