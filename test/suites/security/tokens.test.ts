/** Tampered tokens on every route that asks for one: nothing but the issuer's own, whole, for us and in its time, gets in. */
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeJwt, exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { movableClock } from '../../../infra/local/clock.ts';
import { seededRandom } from '../../../infra/local/drive/seeded.ts';
import { signIn } from '../../../infra/local/login/sign-in.ts';
import { openRuntime, type Runtime } from '../../../infra/local/runtime.ts';
import { STEEL, YEAR } from '../../support/agencies.ts';
import { bodyOf, methodOf, namesIn, ROUTES } from './asking.ts';

const PROTECTED = ROUTES.filter(({ roles }) => roles !== 'public');
const dir = mkdtempSync(join(tmpdir(), 'xingping-tokens-'));

let runtime: Runtime;
let good: string;
let own: JWK & { kid: string };
beforeAll(async () => {
  runtime = await openRuntime({
    dir,
    clock: movableClock(new Date('2022-02-28T01:00:00Z')),
    ...seededRandom('令牌'),
    yearlyStart: 'cron(0 9 1 3 ? *)',
    port: 0,
  });
  const { password } = await runtime.accounts.add({ username: 'handler-1', name: '经办人', role: 'handler' });
  good = (await signIn({ ...runtime.signIn, username: 'handler-1', password })).access_token;
  const login = new DatabaseSync(join(dir, 'login.sqlite'), { readOnly: true });
  const row = login.prepare("SELECT value FROM keys WHERE name = 'signing'").get();
  login.close();
  own = z.looseObject({ kty: z.string(), kid: z.string() }).parse(JSON.parse(String(row?.value)));
}, 60_000);
afterAll(async () => {
  await runtime.close();
  rmSync(dir, { recursive: true, force: true });
});

const now = () => Math.floor(Date.now() / 1000);

/** The good token's claims with some changed, or left out where undefined. */
function claims(changes: object = {}) {
  return JSON.parse(JSON.stringify({ ...decodeJwt(good), ...changes })) as Record<string, unknown>;
}

/** Signed by the issuer's own key: only the claims are wrong. */
async function signed(changes: object = {}, header: object = {}): Promise<string> {
  const key = await importJWK(own, 'RS256');
  return new SignJWT(claims(changes)).setProtectedHeader({ alg: 'RS256', kid: own.kid, ...header }).sign(key);
}

const publicKey = () => createPublicKey({ key: { kty: own.kty, n: own.n, e: own.e }, format: 'jwk' });

const hmac = (secret: Uint8Array) =>
  new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: own.kid }).sign(secret);

/** The payload or header of a token replaced, its signature kept. */
function forged(token: string, part: 0 | 1, changes: object): string {
  const parts = token.split('.');
  const before = JSON.parse(Buffer.from(parts[part] ?? '', 'base64url').toString());
  parts[part] = Buffer.from(JSON.stringify({ ...before, ...changes })).toString('base64url');
  return parts.join('.');
}

const another = async () => (await generateKeyPair('RS256', { extractable: true })).privateKey;

/** Not tokens of ours at all: 401. */
const STRANGE: [string, () => Promise<string>][] = [
  ['without an algorithm', async () => new UnsecuredJWT(claims()).encode()],
  ['whose header says none over a good signature', async () => forged(good, 0, { alg: 'none' })],
  ['without its signature', async () => good.replace(/[^.]+$/, '')],
  ['with half its signature', async () => good.slice(0, -100)],
  ['signed with the public key as PEM', async () => hmac(Buffer.from(await exportSPKI(publicKey())))],
  ['signed with the public key as DER', () => hmac(publicKey().export({ type: 'spki', format: 'der' }))],
  [
    'signed with the public key as JWK',
    () => hmac(Buffer.from(JSON.stringify(publicKey().export({ format: 'jwk' })))),
  ],
  ['of another issuer', () => signed({ iss: 'https://login.example.org' })],
  ['of our issuer’s neighbour', () => signed({ iss: `${runtime.signIn.issuer}/` })],
  ['without an issuer', () => signed({ iss: undefined })],
  ['for another audience', () => signed({ aud: 'urn:xingping:else' })],
  ['for the client, not for the API', () => signed({ aud: runtime.signIn.clientId })],
  ['without an audience', () => signed({ aud: undefined })],
  ['expired', () => signed({ exp: now() - 1 })],
  ['that never expires', () => signed({ exp: undefined })],
  ['not yet valid', () => signed({ nbf: now() + 60 })],
  [
    'signed by another key under the issuer’s key id',
    async () =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: own.kid }).sign(await another()),
  ],
  ['of an unknown key id', () => signed({}, { kid: 'unknown' })],
  [
    'that brings its own key',
    async () => {
      const { privateKey, publicKey: key } = await generateKeyPair('RS256', { extractable: true });
      const jwk = { kty: 'RSA', ...createPublicKey(await exportSPKI(key)).export({ format: 'jwk' }) };
      return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', jwk }).sign(privateKey);
    },
  ],
  [
    'that calls for an extension',
    () => signed({}, { crit: ['exp'] }).catch(() => forged(good, 0, { crit: ['x'], x: 1 })),
  ],
  ['with a forged role', async () => forged(good, 1, { role: 'director' })],
  ['with a forged person', async () => forged(good, 1, { sub: 'director-1' })],
  ['with a forged agency', async () => forged(good, 1, { role: 'agency', agency: STEEL })],
  ['that is no token', async () => 'a.b.c'],
];

/** Of our issuer, but of nobody whom the system knows: 403, as if they had no role. */
const NOBODY: [string, object][] = [
  ['no role', { role: undefined }],
  ['an unknown role', { role: 'admin' }],
  ['the system’s own role', { role: 'system' }],
  ['several roles', { role: ['handler', 'director'] }],
  ['a role in other letters', { role: 'Handler' }],
  ['no person', { sub: undefined }],
  ['a person without an id', { sub: '' }],
  ['no name', { name: undefined }],
  ['an empty name', { name: '' }],
  ['an agency’s role and no agency', { role: 'agency', agency: undefined }],
  ['an agency’s role and two agencies', { role: 'agency', agency: [STEEL, STEEL] }],
  ['an agency’s role and a number that is none', { role: 'agency', agency: '*' }],
];

function pathOf(key: string): string {
  const path = key.split(' ')[1] ?? '';
  const known: Record<string, string> = { year: String(YEAR), filingNumber: STEEL };
  return namesIn({ key }).reduce((rest, name) => rest.replace(`{${name}}`, known[name] ?? 'x'), path);
}

async function ask(key: string, token: string) {
  const route = ROUTES.find((one) => one.key === key);
  const body = route && bodyOf(route);
  const response = await fetch(`${runtime.origin}/api${pathOf(key)}`, {
    method: methodOf({ key }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, text: await response.text() };
}

it('a token of the issuer’s own gets in, and so does one that was made here as it makes them', async () => {
  expect((await ask('GET /profile', good)).status).toBe(200);
  expect((await ask('GET /profile', await signed())).status).toBe(200);
});

describe.each(STRANGE)('a token %s', (_case, make) => {
  it('gets in nowhere', async () => {
    const token = await make();
    for (const { key } of PROTECTED) {
      expect(await ask(key, token), key).toEqual({ status: 401, text: '{"message":"Unauthorized"}' });
    }
  });
});

describe.each(NOBODY)('a token with %s', (_case, changes) => {
  it('is nobody’s', async () => {
    const token = await signed(changes);
    for (const { key } of PROTECTED) {
      expect(await ask(key, token), key).toMatchObject({
        status: 403,
        text: expect.stringContaining('notAllowed'),
      });
    }
  });
});

it.each([
  ['as a parameter', (token: string) => ({ query: `?access_token=${token}` })],
  ['as a cookie', (token: string) => ({ headers: { cookie: `access_token=${token}` } })],
  ['for another scheme', (token: string) => ({ headers: { authorization: `Basic ${token}` } })],
  ['twice', (token: string) => ({ headers: { authorization: `Bearer ${token}, Bearer ${token}` } })],
])('a good token given %s is not looked at', async (_case, place) => {
  const { query = '', headers = {} } = place(good) as { query?: string; headers?: Record<string, string> };
  expect((await fetch(`${runtime.origin}/api/profile${query}`, { headers })).status).toBe(401);
});
