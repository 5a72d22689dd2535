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

it('fills the server with two years that ended and one under way once, and keeps them', async () => {
  const data = join(scratch, 'data-demo');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const start = () => startServer('--demo', '--data', data, '--port', String(port));

  const first = await start();
  const password = /director-1\s+(\S+)/.exec(first.text())?.[1] ?? '';
  const published = await (await fetch(`${origin}/api/public`)).json();
  expect(published).toMatchObject({ years: [{ year: 2023 }, { year: 2022 }, { year: 2021 }] });
  const versions = await (await fetch(`${origin}/api/public/2022/versions`)).json();
  expect(versions).toMatchObject([
    { kind: 'results', supersededBy: 3 },
    { kind: 'rectification' },
    { kind: 'correction', supersedes: 1, supersededBy: null },
  ]);
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
  const director = apiClient(origin, tokens.access_token);
  expect(await director.get('/cycles/2022')).toMatchObject({ status: 'published' });
  expect(await director.get('/cycles/2021/rectification')).toMatchObject({ status: 'archived' });
  expect(await director.get('/cycles/2022/rectification')).toMatchObject({
    gate: { gate: 'correctDefects' },
  });
  expect(await director.get('/cycles/2023')).toMatchObject({
    status: 'open',
    gate: { gate: 'collectSelfEvaluations' },
  });
  const { records } = await director.get<{ records: { filingNumber: string; status: string }[] }>(
    '/cycles/2023/dossiers',
  );
  const filed = records.filter(({ status }) => status === 'submitted');
  const waiting = records.filter(({ status }) => status === 'collecting');
  expect([filed.length, waiting.length]).toEqual([9, 6]);
  const returned = '/cycles/2023/dossiers/Y000034040906';
  const { history } = await director.get<{ history: { type: string }[] }>(returned);
  expect(history.at(-1)).toMatchObject({ type: 'returned' });
  await second.stop('SIGINT');
}, 400_000);
