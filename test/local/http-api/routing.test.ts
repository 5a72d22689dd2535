import { expect, test } from 'vitest';
import { router } from '../../../infra/local/http-api/routes.ts';
import { anApi, portal, route } from './bench.ts';

const KEYS = [
  'GET /files/{proxy+}',
  'ANY /cycles/{year}',
  'GET /cycles/{year}',
  'GET /cycles/current',
  'GET /cycles/{year}/dossiers/{filingNumber}',
  'ANY /cycles/{proxy+}',
  '$default',
];

test.each([
  ['GET', '/cycles/current', 'GET /cycles/current', {}],
  ['GET', '/cycles/2026', 'GET /cycles/{year}', { year: '2026' }],
  ['PUT', '/cycles/2026', 'ANY /cycles/{year}', { year: '2026' }],
  ['PUT', '/cycles/current', 'ANY /cycles/{year}', { year: 'current' }],
  [
    'GET',
    '/cycles/2026/dossiers/Y1',
    'GET /cycles/{year}/dossiers/{filingNumber}',
    { year: '2026', filingNumber: 'Y1' },
  ],
  ['POST', '/cycles/2026/dossiers/Y1', 'ANY /cycles/{proxy+}', { proxy: '2026/dossiers/Y1' }],
  ['GET', '/files/a/%E6%98%9F.pdf', 'GET /files/{proxy+}', { proxy: 'a/星.pdf' }],
  ['GET', '/files', '$default', {}],
  ['GET', '/cycles/a%2Fb', 'GET /cycles/{year}', { year: 'a/b' }],
  ['GET', '/files/../cycles/current', 'GET /files/{proxy+}', { proxy: '../cycles/current' }],
])('%s %s is routed to %s', (method, path, routeKey, pathParameters) => {
  // Whatever order the routes are declared in.
  for (const keys of [KEYS, KEYS.toReversed()]) {
    const match = router(keys.map((key) => route(key)))(method, path);
    expect(match?.route.routeKey).toBe(routeKey);
    expect(match?.pathParameters).toEqual(pathParameters);
  }
});

test.each([['GET'], ['get /x'], ['GET x'], ['GET /{a+}/b'], ['GET /a{b}'], ['FETCH /x']])(
  'route key %j is refused',
  (key) => {
    expect(() => router([route(key)])).toThrow(`route key "${key}"`);
  },
);

test('two routes of one shape are refused', () => {
  expect(() => router([route('GET /a/{x}'), route('GET /a/{y}')])).toThrow('there twice');
});

test('what no route takes is not found, and what is not percent-encoding is a bad request', async () => {
  const { send, invoked } = await anApi({ routes: [route('GET /a/{x}')] });
  expect(await send('GET', '/b')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
  expect(await send('POST', '/a/1')).toMatchObject({ status: 404 });
  expect(await send('GET', '/a/%zz')).toMatchObject({ status: 400, text: '{"message":"Bad Request"}' });
  expect(await send('GET', '/nowhere/%')).toMatchObject({ status: 400 });
  expect(await send('GET', '/a/1?q=%ff')).toMatchObject({ status: 400 });
  expect(invoked).toEqual([]);
});

test('preflights are answered without routes or tokens, and only for the portal', async () => {
  const { send, invoked } = await anApi({ routes: [route('PUT /a', 'JWT')] });
  const ask = (origin: string) =>
    send('OPTIONS', '/a', { headers: { origin, 'access-control-request-method': 'PUT' } });
  const allowed = await ask(portal);
  expect(allowed.status).toBe(204);
  expect(allowed.headers).toMatchObject({
    'access-control-allow-origin': portal,
    'access-control-allow-headers': 'authorization,content-type,complaint-code',
  });
  expect((await ask('http://evil.example')).headers).not.toHaveProperty('access-control-allow-origin');
  const refused = await send('PUT', '/a', { headers: { origin: portal } });
  expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': portal } });
  expect(invoked).toEqual([]);
});
