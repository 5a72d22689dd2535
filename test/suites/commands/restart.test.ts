import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiClient } from '../../../infra/local/drive/client.ts';
import { signIn } from '../../../infra/local/login/sign-in.ts';
import { statutoryHolidays } from '../../../shared/domain/working-days.ts';
import { freePort, startServer } from '../../support/server.ts';

/** `npm start` as a user runs it: real processes, killed and started again. */
let data: string;
let port: number;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'xingping-start-'));
  port = await freePort();
});
afterAll(() => rm(data, { recursive: true, force: true }));

const start = () => startServer('--data', data, '--port', String(port));

it('shows passwords once, survives a kill, and goes on where it was', async () => {
  const origin = `http://127.0.0.1:${port}`;
  const enter = async (username: string, password: string) => {
    const issuer = `${origin}/oidc`;
    const redirectUri = `${origin}/signed-in`;
    const tokens = await signIn({ issuer, clientId: 'xingping-portal', redirectUri, username, password });
    return apiClient(origin, tokens.access_token);
  };
  const first = await start();
  const password = /handler-1\s+(\S+)/.exec(first.text())?.[1] ?? '';
  expect(password.length).toBeGreaterThanOrEqual(10);
  const handler = await enter('handler-1', password);
  await handler.post('/cycles', { year: 2021 });
  await expect.poll(() => gateOf(handler), { timeout: 10_000 }).toBe('prepareNotice');
  await first.stop('SIGKILL');

  const second = await start();
  expect(second.text()).not.toContain('密码');
  await expect(start()).rejects.toThrow(/正被另一个进程使用/);
  const again = await enter('handler-1', password);
  expect(await gateOf(again)).toBe('prepareNotice');
  // The real clock runs into years whose holidays nobody knows yet.
  const { settings } = await again.get<{ settings: Record<string, unknown> }>('/cycles/2021');
  const thisYear = new Date().getFullYear();
  const holidays = [thisYear, thisYear + 1].flatMap(statutoryHolidays);
  const declaredDays = Object.fromEntries(holidays.map((day) => [day, false]));
  await again.put('/cycles/2021/settings', { ...settings, declaredDays });
  const decision = { attempt: 1, verdict: 'approve', reason: '通知已拟好' };
  await again.post('/cycles/2021/gates/prepareNotice/decision', decision);
  await expect.poll(() => gateOf(again), { timeout: 10_000 }).toBe('approveNotice');
  expect(await second.stop('SIGINT')).toBe(0);

  const third = await start();
  expect(await gateOf(await enter('handler-1', password))).toBe('approveNotice');
  await third.stop('SIGINT');
}, 90_000);

async function gateOf(client: ReturnType<typeof apiClient>): Promise<string | undefined> {
  const cycle = await client.get<{ gate?: { gate: string } }>('/cycles/2021');
  return cycle.gate?.gate;
}
