import { expect, test } from 'vitest';
import { anApi, route } from './bench.ts';

const ROUTES = [route('ANY /cycles/{year}')];

test('a request becomes a 2.0 event', async () => {
  const { send, invoked } = await anApi({ routes: ROUTES });
  const answer = await send('POST', '/cycles/2026?x=1&x=2&y=a%20b+c&empty', {
    headers: {
      'Content-Type': 'application/json',
      Cookie: 'a=1; b=2',
      'X-Twice': ['1', '2'],
      'User-Agent': 'test',
    },
    body: '{"星":5}',
  });
  const { event, functionName } = invoked[0] ?? {};
  expect(functionName).toBe('ANY /cycles/{year}');
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'ANY /cycles/{year}',
    rawPath: '/cycles/2026',
    rawQueryString: 'x=1&x=2&y=a%20b+c&empty',
    cookies: ['a=1', 'b=2'],
    queryStringParameters: { x: '1,2', y: 'a b c', empty: '' },
    pathParameters: { year: '2026' },
    body: '{"星":5}',
    isBase64Encoded: false,
    requestContext: {
      http: {
        method: 'POST',
        path: '/cycles/2026',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: Date.parse('2026-03-12T19:03:58.123Z'),
      requestId: answer.headers['apigw-requestid'],
    },
  });
  expect(event?.headers).toMatchObject({ 'content-type': 'application/json', 'x-twice': '1, 2' });
  expect(event?.headers).not.toHaveProperty('cookie');
});

test('a bare request has neither body nor parameters', async () => {
  const { send, invoked } = await anApi({ routes: [route('GET /')] });
  await send('GET', '/');
  const event = invoked[0]?.event ?? {};
  for (const name of ['body', 'queryStringParameters', 'pathParameters', 'cookies']) {
    expect(event).not.toHaveProperty(name);
  }
});

test('a body that is not text arrives as base64', async () => {
  const { send, invoked } = await anApi({ routes: ROUTES });
  const body = Buffer.from([0, 255, 1]);
  await send('PUT', '/cycles/1', { headers: { 'content-type': 'application/pdf' }, body });
  expect(invoked[0]?.event).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
});

test('no name of a parameter or header reaches a prototype', async () => {
  const { send, invoked } = await anApi({ routes: ROUTES });
  const headers = JSON.parse('{"__proto__":"polluted","constructor":"polluted"}') as Record<string, string>;
  await send('GET', '/cycles/1?__proto__=polluted&__proto__.x=polluted&constructor=polluted', { headers });
  const { event } = invoked[0] ?? {};
  expect(Object.hasOwn(event?.queryStringParameters ?? {}, '__proto__')).toBe(true);
  expect(Object.getPrototypeOf(event?.queryStringParameters ?? {})).toBe(Object.prototype);
  expect(Object.getPrototypeOf(event?.headers ?? {})).toBe(Object.prototype);
  expect({}).not.toHaveProperty('x');
});

test.each([
  ['an object without statusCode', { ok: true }, 200, 'application/json', '{"ok":true}'],
  ['a string', 'text', 200, 'application/json', 'text'],
  ['nothing', undefined, 200, 'application/json', ''],
  [
    'a structured result',
    { statusCode: 201, headers: { 'Content-Type': 'text/csv' }, body: 'a,b' },
    201,
    'text/csv',
    'a,b',
  ],
  [
    'base64',
    { statusCode: 200, body: Buffer.from('星').toString('base64'), isBase64Encoded: true },
    200,
    'text/plain;charset=UTF-8',
    '星',
  ],
  ['nonsense', { statusCode: 'many' }, 500, 'application/json', '{"message":"Internal Server Error"}'],
  [
    'a header with a line break',
    { statusCode: 200, headers: { a: 'b\r\nc: d' } },
    500,
    'application/json',
    '{"message":"Internal Server Error"}',
  ],
])('a function that returns %s', async (_, result, status, type, text) => {
  const { send } = await anApi({ routes: ROUTES, respond: () => result });
  const answer = await send('GET', '/cycles/1');
  expect(answer).toMatchObject({ status, text });
  expect(answer.headers['content-type']).toBe(type);
});

test('cookies are set one by one', async () => {
  const respond = () => ({ statusCode: 204, cookies: ['a=1; HttpOnly', 'b=2'] });
  const { send } = await anApi({ routes: ROUTES, respond });
  expect((await send('GET', '/cycles/1')).headers['set-cookie']).toEqual(['a=1; HttpOnly', 'b=2']);
});

test('a failed function says nothing of itself to the client, and everything to the host', async () => {
  const failures: unknown[] = [];
  const cause = new Error('secret detail');
  const { send } = await anApi({
    routes: ROUTES,
    respond: () => Promise.reject(cause),
    onFailure: (name, error) => failures.push([name, error]),
  });
  expect(await send('GET', '/cycles/1')).toMatchObject({
    status: 500,
    text: '{"message":"Internal Server Error"}',
  });
  expect(failures).toEqual([['ANY /cycles/{year}', cause]]);
});

test('a function that does not answer in time is given up', async () => {
  const { send } = await anApi({ routes: ROUTES, timeoutMs: 30, respond: () => new Promise(() => {}) });
  expect(await send('GET', '/cycles/1')).toMatchObject({
    status: 503,
    text: '{"message":"Service Unavailable"}',
  });
});

test.each([
  ['announced', {}],
  ['not announced', { 'transfer-encoding': 'chunked' }],
])('a body over the limit is refused, its length %s', async (_, headers) => {
  const { send, invoked } = await anApi({ routes: ROUTES, maxBodyBytes: 1000 });
  expect(await send('POST', '/cycles/1', { headers, body: 'x'.repeat(1000) })).toMatchObject({ status: 200 });
  expect(await send('POST', '/cycles/1', { headers, body: 'x'.repeat(500_000) })).toMatchObject({
    status: 413,
  });
  expect(invoked).toHaveLength(1);
});
