import { exportSPKI, generateKeyPair, importJWK, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { anApi, audience, bearer, issuer, publicJwk, route, token } from './bench.ts';

const ROUTES = [route('GET /a', 'JWT')];
const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;

test('a good token lets through, and every claim arrives as a string', async () => {
  const { send, invoked } = await anApi({ routes: ROUTES });
  const headers = await bearer({
    role: 'agency',
    agency: 'Y000003000001',
    amr: ['pwd', 'otp'],
    exp: seconds(60),
  });
  expect((await send('GET', '/a', { headers })).status).toBe(200);
  const context = invoked[0]?.event.requestContext as { authorizer?: { jwt: { claims: object } } };
  expect(context.authorizer?.jwt.claims).toMatchObject({
    sub: 'somebody',
    role: 'agency',
    agency: 'Y000003000001',
    amr: '[pwd otp]',
    exp: expect.stringMatching(/^\d+$/),
  });
});

test.each([
  ['none', async () => undefined],
  ['not a token', async () => 'Bearer nonsense'],
  ['basic', async () => `Basic ${await token()}`],
  ['expired', async () => `Bearer ${await token({ exp: seconds(-1) })}`],
  ['not yet valid', async () => `Bearer ${await token({ nbf: seconds(60) })}`],
  ['without expiry', async () => `Bearer ${await token({ exp: undefined })}`],
  ['of another issuer', async () => `Bearer ${await token({ iss: 'http://evil.example' })}`],
  ['for another audience', async () => `Bearer ${await token({ aud: 'elsewhere' })}`],
  [
    'unsigned',
    async () => `Bearer ${new UnsecuredJWT({ iss: issuer, aud: audience, exp: seconds(60) }).encode()}`,
  ],
  [
    'signed by another key',
    async () => `Bearer ${await token({}, (await generateKeyPair('RS256')).privateKey)}`,
  ],
  [
    'signed with the public key as a secret',
    async () => `Bearer ${await token({}, await publicAsSecret(), 'HS256')}`,
  ],
  ['with another payload', async () => `Bearer ${forge(await token(), { role: 'director' })}`],
])('a token that is %s is refused', async (_, authorization) => {
  const { send, invoked } = await anApi({ routes: ROUTES });
  const value = await authorization();
  const answer = await send('GET', '/a', { headers: value === undefined ? {} : { authorization: value } });
  expect(answer).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' });
  expect(invoked).toEqual([]);
});

test('the platform moving on by a year expires no token', async () => {
  const { send, clock } = await anApi({ routes: ROUTES });
  clock.moveTo(new Date('2028-01-01T00:00:00Z'));
  expect((await send('GET', '/a', { headers: await bearer() })).status).toBe(200);
});

test('a route without authorization has no authorizer context, token or not', async () => {
  const { send, invoked } = await anApi({ routes: [route('GET /open')] });
  await send('GET', '/open', { headers: await bearer() });
  expect(invoked[0]?.event.requestContext).not.toHaveProperty('authorizer');
});

async function publicAsSecret() {
  const key = await importJWK(publicJwk, 'RS256', { extractable: true });
  if (key instanceof Uint8Array) throw new TypeError('not a public key');
  return new TextEncoder().encode(await exportSPKI(key));
}

function forge(jwt: string, claims: object) {
  const [header, payload = '', signature] = jwt.split('.');
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...claims };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}
