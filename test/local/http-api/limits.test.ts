import { expect, it } from 'vitest';
import { callLimits } from '../../../infra/local/http-api/limits.ts';
import { anApi } from './bench.ts';

const open = { functionName: 'f', authorization: 'NONE' as const };
const limited = { ...open, routeKey: 'POST /form', limit: { perSecond: 2, atOnce: 3 } };
const free = { ...open, routeKey: 'GET /list' };

it('lets so many through at once, then so many a second, and never saves up more', () => {
  let now = 0;
  const mayCall = callLimits(() => now);
  const through = (calls: number) => Array.from({ length: calls }, () => mayCall(limited));
  expect(through(4)).toEqual([true, true, true, false]);
  now = 499;
  expect(through(1)).toEqual([false]);
  now = 500;
  expect(through(2)).toEqual([true, false]);
  now = 3_600_000;
  expect(through(4)).toEqual([true, true, true, false]);
  expect(Array.from({ length: 100 }, () => mayCall(free))).not.toContain(false);
});

it('answers in the service’s words, without calling the function', async () => {
  const { send, invoked } = await anApi({ routes: [limited, free], elapsed: () => 0 });
  const answers = [];
  for (let calls = 0; calls < 4; calls++) answers.push(await send('POST', '/form'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers[3]).toMatchObject({ text: '{"message":"Too Many Requests"}' });
  expect((await send('GET', '/list')).status).toBe(200);
  expect(invoked).toHaveLength(4);
});
