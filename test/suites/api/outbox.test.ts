/** The decision is committed first; the token that could not be sent is delivered later, once. */
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { openGate } from '../../../shared/app/gates.ts';
import { keys } from '../../../shared/app/records.ts';
import { sweep } from '../../../shared/app/sweep.ts';
import { YEAR } from '../../support/agencies.ts';
import { aCity, type City } from '../../support/city.ts';

async function cutWhileDeciding(): Promise<City> {
  const city = await aCity();
  await city.start();
  await city.to('approveNotice');
  city.wire.cut = true;
  await expect(city.decide('approver-1', 'approve')).rejects.toMatchObject({ status: 500, code: 'internal' });
  city.wire.cut = false;
  await city.runtime.settled();
  expect((await city.cycle()).gate).toMatchObject({
    gate: 'approveNotice',
    decision: { verdict: 'approve', by: 'approver-1' },
  });
  return city;
}

const tokens = ({ deps }: City) => deps.items.count(keys.tokens(YEAR));

it('the sweep delivers a committed decision exactly once', async () => {
  const city = await cutWhileDeciding();
  expect(await tokens(city)).toBe(1);
  const sent: unknown[] = [];
  const { succeed } = city.deps.workflow;
  const watched = {
    ...city.deps,
    workflow: {
      ...city.deps.workflow,
      succeed: (token: string, output: unknown) => {
        sent.push(output);
        return succeed(token, output);
      },
    },
  };
  await sweep(watched);
  await city.runtime.settled();
  expect((await city.view()).gate).toMatchObject({ gate: 'collectSelfEvaluations', attempt: 1 });
  await sweep(watched);
  expect(sent).toEqual([{ verdict: 'approve' }]);
  const opened = (await city.cycle()).history.filter(
    (entry) => entry.type === 'gateOpened' && entry.data.gate === 'collectSelfEvaluations',
  );
  expect(opened).toHaveLength(1);
});

it('the hourly schedule does so by itself', async () => {
  const city = await cutWhileDeciding();
  await city.sweep();
  expect((await city.view()).gate?.gate).toBe('collectSelfEvaluations');
});

it('a second click delivers it too, and another’s click is told who decided', async () => {
  const city = await cutWhileDeciding();
  await expect(city.decide('approver-2', 'approve')).rejects.toMatchObject({ code: 'alreadyDecided' });
  expect(await tokens(city)).toBe(1);
  await city.decide('approver-1', 'approve');
  expect((await city.view()).gate?.gate).toBe('collectSelfEvaluations');
});

it('a retry of opening a gate brings a new token and opens no second attempt', async () => {
  const city = await aCity();
  await city.start();
  const { gate } = await city.cycle();
  const entry = { year: YEAR, gate: 'prepareNotice' as const, enteredAt: gate?.enteredAt ?? '' };
  const key = keys.token(YEAR, 'prepareNotice', 1);
  const stored = z.object({ token: z.string() });
  const first = (await city.deps.items.get(key, stored))?.token ?? '';
  await openGate(city.deps, { ...entry, token: `${first}x` });
  expect(await city.deps.items.get(key, stored)).toEqual({ token: `${first}x` });
  await openGate(city.deps, { ...entry, token: first });
  expect((await city.cycle()).openings).toEqual({ prepareNotice: 1 });
  await city.decide('handler-1', 'approve');
  expect((await city.view()).gate?.gate).toBe('approveNotice');
  // Delivered tokens are forgotten: what is left is the next gate's.
  expect(await city.deps.items.get(key, stored)).toBeUndefined();
  expect(await tokens(city)).toBe(1);
});

it('no answer of the API holds a token', async () => {
  const city = await aCity();
  await city.start();
  const key = keys.token(YEAR, 'prepareNotice', 1);
  const token = (await city.deps.items.get(key, z.object({ token: z.string() })))?.token;
  expect(token?.length).toBeGreaterThan(20);
  for (const path of ['/cycles', `/cycles/${YEAR}`]) {
    const answer = await (await city.as('director-1')).get(path);
    expect(JSON.stringify(answer)).not.toContain(token);
  }
});
