import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiClient } from '../../../infra/local/drive/client.ts';
import { signIn } from '../../../infra/local/login/sign-in.ts';
import { freePort, startServer } from '../../support/server.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'xingping-demo-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

it('fills the server with both sample years once, and keeps them', async () => {
  const data = join(scratch, 'data-demo');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const start = () => startServer('--demo', '--data', data, '--port', String(port));

  const first = await start();
  const password = /director-1\s+(\S+)/.exec(first.text())?.[1] ?? '';
  const published = await (await fetch(`${origin}/api/public`)).json();
  expect(published).toMatchObject({ years: [{ year: 2022 }, { year: 2021 }] });
  const receipts = [...first.text().matchAll(/(TS-[0-9A-Z-]{14})\s+([0-9A-Z-]{24})/g)];
  const states = receipts.map(async ([, number, code = '']) => {
    const headers = { 'complaint-code': code };
    const { status } = (await (await fetch(`${origin}/api/complaints/${number}`, { headers })).json()) as {
      status: string;
    };
    return status;
  });
  expect(await Promise.all(states)).toEqual(['待初审', '处理中', '不属实']);
  expect(await first.stop('SIGINT')).toBe(0);
  expect(await readdir(scratch)).toEqual(['data-demo']);
  expect(existsSync(join(data, 'login.sqlite'))).toBe(true);

  const second = await start();
  expect(second.text()).not.toContain('密码');
  const signInAt = {
    issuer: `${origin}/oidc`,
    clientId: 'xingping-portal',
    redirectUri: `${origin}/signed-in`,
  };
  const tokens = await signIn({ ...signInAt, username: 'director-1', password });
  const cycle = await apiClient(origin, tokens.access_token).get('/cycles/2022');
  expect(cycle).toMatchObject({ status: 'published' });
  await second.stop('SIGINT');
}, 400_000);
