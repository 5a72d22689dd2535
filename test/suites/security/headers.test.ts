/** What every answer tells browsers, whoever gives it; and that nobody holds the door open. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openFront } from '../../../infra/local/front.ts';
import { CONTENT_SECURITY_POLICY, PORTAL_HEADERS } from '../../../infra/portal/headers.ts';
import { type City, openCity } from '../../support/city.ts';
import { type Answered, type Sent, send } from './wire.ts';

let city: City;
beforeAll(async () => {
  city = await openCity({ agencies: [] });
}, 60_000);
afterAll(() => city.close());

type Policy = Map<string, string[]>;

const policyOf = (text: string): Policy =>
  new Map(
    text.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );

/** Sources from which a page under this policy may run scripts. */
function scriptSources(text: string): string[] {
  const policy = policyOf(text);
  return policy.get('script-src') ?? policy.get('default-src') ?? ['*'];
}

/** Everything that would let in a script which the project did not write. */
const LETS_IN = /unsafe|\*|^https?:$|^data:$|^blob:$|^wss?:$/;

const get = (path: string, more: Partial<Sent> = {}): Sent => ({
  method: 'GET',
  path,
  headers: {},
  body: undefined,
  ...more,
});

const ANSWERS: [string, Sent, number][] = [
  ['a page of the portal', get('/'), 200],
  ['an address within the portal', get('/years/2021'), 200],
  ['a file that is not there', get('/nothing.js'), 404],
  ['a method that pages do not have', get('/', { method: 'POST' }), 405],
  ['an address without a host', get('//'), 200],
  ['an address of another host', get('//evil.example/a.js'), 404],
  ['an address with brackets', get('//[::/x.js'), 404],
  ['what the API answers to anybody', get('/api/system'), 200],
  ['what it refuses without an account', get('/api/cycles'), 401],
  ['what it does not have', get('/api/nothing'), 404],
  ['what is not published', get('/api/public/2021/notice.json'), 404],
  ['what cannot be decoded', get('/api/public/%ff/notice.json'), 400],
  ['what is too long for it', get('/api/cycles', { headers: { 'content-length': '99999999' } }), 401],
  ['the issuer’s description', get('/oidc/.well-known/openid-configuration'), 200],
  ['the issuer’s keys', get('/oidc/jwks'), 200],
  ['an authorization without parameters', get('/oidc/auth'), 400],
  ['a sign-in that nobody began', get('/oidc/interaction/abc'), 400],
  ['what the issuer does not have', get('/oidc/nothing'), 404],
];

function expectHeaders({ headers }: Answered): void {
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toMatch(/^(no-referrer|same-origin)$/);
  expect(headers['x-frame-options']).toBe('DENY');
  const policy = String(headers['content-security-policy'] ?? '');
  expect(scriptSources(policy).filter((source) => LETS_IN.test(source))).toEqual([]);
  expect(policyOf(policy).get('frame-ancestors')).toEqual(["'none'"]);
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers.server).toBeUndefined();
}

describe('one machine', () => {
  it.each(ANSWERS)('%s comes with its headers', async (_case, request, status) => {
    if (request.path.startsWith('/y') || request.path === '/' || request.path === '//') requireBuild();
    const answer = await send(city.runtime.origin, request);
    expect(answer.status).toBe(status);
    expectHeaders(answer);
  });

  it('a sign-in page allows no script but the issuer’s own, and no other site’s form', async () => {
    const { issuer, clientId, redirectUri } = city.runtime.signIn;
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    const start = await fetch(`${issuer}/auth?${query}`, { redirect: 'manual' });
    const cookies = start.headers.getSetCookie();
    for (const cookie of cookies) expect(cookie).toMatch(/httponly/i);
    for (const cookie of cookies) expect(cookie).toMatch(/samesite=lax/i);
    const page = await fetch(new URL(start.headers.get('location') ?? '', issuer), {
      headers: { cookie: cookies.map((line) => line.split(';')[0]).join('; ') },
    });
    expect(page.status).toBe(200);
    const policy = policyOf(page.headers.get('content-security-policy') ?? '');
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('form-action')).toEqual(["'self'", city.runtime.origin]);
    expect(await page.text()).not.toContain('<script');
  });

  it('the built portal has no script or style of its own within the page', () => {
    requireBuild();
    const html = readFileSync('web/dist/index.html', 'utf8');
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag).toMatch(/ src="\/assets\//);
    expect(html).not.toMatch(/ on\w+=|javascript:/i);
  });

  it.each([
    ['no HTTP at all', '\0\x01nonsense\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
    [
      'two lengths',
      'POST /api/cycles HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length and chunks',
      'POST /api/cycles HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a header split in two', 'GET /api/system HTTP/1.1\r\nhost: x\r\na: b\r\n \r\nbad header\r\n\r\n', 400],
    ['a bare line feed in a header', 'GET /api/system HTTP/1.1\r\nhost: x\r\na: b\nc: d\0\r\n\r\n', 400],
  ])('%s is refused with headers, and the connection ends', async (_case, bytes, status) => {
    const text = await raw(city.runtime.origin, bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toContain('x-content-type-options: nosniff');
    expect(text).toMatch(/connection: close/i);
  });
});

/** Sends bytes as they are; what came back until the other side hung up. */
async function raw(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

function requireBuild(): void {
  if (!existsSync('web/dist/index.html')) throw new Error('the portal is not built: npm run build');
}

describe('whoever is slow', () => {
  it('loses the connection: in its headers, in its body, and others are served meanwhile', async () => {
    const failures: unknown[] = [];
    const limits = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 100 };
    const front = await openFront(0, (cause) => failures.push(cause), limits);
    onTestFinished(front.close);
    front.handle(async (request, response) => {
      for await (const _chunk of request) {
        // Until it has come.
      }
      response.end('done');
    });
    const slow = Array.from({ length: 200 }, () => raw(front.origin, 'GET / HTTP/1.1\r\nhost: x\r\na: '));
    const halting = raw(front.origin, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc');
    expect((await send(front.origin, get('/'))).body.toString()).toBe('done');
    for (const text of await Promise.all(slow)) expect(text).toMatch(/^HTTP\/1.1 408 /);
    expect(await halting).toMatch(/^HTTP\/1.1 408 /);
  });

  it('or fails inside gets 500 without a word, and it is told to the log', async () => {
    const failures: unknown[] = [];
    const front = await openFront(0, (cause) => failures.push(cause));
    onTestFinished(front.close);
    front.handle(() => Promise.reject(new Error('secret')));
    const answer = await send(front.origin, get('/'));
    expect([answer.status, answer.body.length, failures.length]).toEqual([500, 0, 1]);
    expectHeaders(answer);
  });
});

describe('hosting on AWS', () => {
  it('lets pages run scripts of their own origin and nothing else', () => {
    expect(scriptSources(CONTENT_SECURITY_POLICY).filter((source) => LETS_IN.test(source))).toEqual([]);
    const policy = policyOf(CONTENT_SECURITY_POLICY);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(Object.keys(PORTAL_HEADERS)).toEqual(
      expect.arrayContaining([
        'content-security-policy',
        'strict-transport-security',
        'x-content-type-options',
      ]),
    );
  });
});
