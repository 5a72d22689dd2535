/** `npm start` on disks that fail: it stops with a clear message, and nothing that was acknowledged is lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ApiRefusal, apiClient, type Client } from '../../../infra/local/drive/client.ts';
import { signIn } from '../../../infra/local/login/sign-in.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';

const home = mkdtempSync(join(tmpdir(), 'xingping-disk-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** `npm start`, on a disk on which no file may grow over so many kilobytes: a full one, for those who write. */
function start(data: string, kilobytes?: number) {
  const command = 'exec "$0" infra/local/cli/start.ts --port 0 --data "$1"';
  const limit = kilobytes === undefined ? '' : `trap '' XFSZ; ulimit -f ${kilobytes}; `;
  const child = spawn('bash', ['-c', limit + command, process.execPath, data]);
  children.push(child);
  let text = '';
  const heard = Promise.withResolvers<void>();
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    if (text.includes('按 Ctrl-C 停止')) heard.resolve();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    up: Promise.race([heard.promise, ended]),
    ended,
    text: () => text,
    origin: () => /网站 (http:\S+)\//.exec(text)?.[1] ?? '',
    kill: () => child.kill('SIGKILL'),
  };
}

async function enter(origin: string, password: string): Promise<Client> {
  const where = { issuer: `${origin}/oidc`, clientId: 'xingping-portal', redirectUri: `${origin}/signed-in` };
  const tokens = await signIn({ ...where, username: 'handler-1', password });
  return apiClient(origin, tokens.access_token);
}

const profile = (count: number) => ({ settings: { centre: `第 ${count} 次修改`, city: '淮河市' } });
const problemsOf = async (data: string) =>
  (await checkData(await readStoredData(data))).flatMap(({ findings }) => findings);

it('stops when the disk is full, says so, and has everything that it acknowledged', async () => {
  const data = join(home, 'full');
  const first = start(data);
  await first.up;
  const password = /handler-1\s+(\S+)/.exec(first.text())?.[1] ?? '';
  first.kill();
  await first.ended;

  const full = start(data, 400);
  await full.up;
  const handler = await enter(full.origin(), password);
  let acknowledged = 0;
  for (let count = 1; count < 2000; count++) {
    const kept = await handler.put('/profile', profile(count)).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ApiRefusal && error.status < 500) throw error;
        return false;
      },
    );
    if (!kept) break;
    acknowledged = count;
  }
  expect(await full.ended).toBe(3);
  expect(full.text()).toMatch(/系统已停止：.*(写入|磁盘)/);
  expect(full.text()).toContain('已确认的内容都已保存');
  expect(acknowledged).toBeGreaterThan(3);

  const roomy = start(data);
  await roomy.up;
  const again = await enter(roomy.origin(), password);
  const { settings } = await again.get<{ settings: { centre: string } }>('/profile');
  expect([acknowledged, acknowledged + 1].map((count) => `第 ${count} 次修改`)).toContain(settings.centre);
  await again.put('/profile', profile(acknowledged + 2));
  roomy.kill();
  await roomy.ended;
  expect(await problemsOf(data)).toEqual([]);
}, 180_000);

it('does not start where nothing can be written, and says so', async () => {
  const nowhere = start('/sys/xingping');
  expect(await nowhere.ended).toBe(3);
  expect(nowhere.text()).toMatch(/启动失败：数据目录 .* 不能写入/);
  // A folder that is there, on a disk that takes nothing more.
  const still = start(join(home, 'full'), 0);
  expect(await still.ended).toBe(3);
  expect(still.text()).toMatch(/(启动失败|系统已停止)：.*(写入|磁盘)/);
  expect(await problemsOf(join(home, 'full'))).toEqual([]);
}, 120_000);

it('goes on after a write that broke off in the middle of a log, and refuses one that was damaged', async () => {
  const data = join(home, 'torn');
  const first = start(data);
  await first.up;
  const password = /handler-1\s+(\S+)/.exec(first.text())?.[1] ?? '';
  await (await enter(first.origin(), password)).put('/profile', profile(1));
  first.kill();
  await first.ended;
  const image = join(home, 'image');
  cpSync(data, image, { recursive: true });
  const logs = (folder: string) => [
    ...readdirSync(join(folder, 'dynamodb'))
      .filter((name) => name.endsWith('.log'))
      .map((name) => join(folder, 'dynamodb', name)),
    ...['step-functions', 'schedules', 'login', 's3/catalogue'].map((name) =>
      join(folder, `${name}.sqlite-wal`),
    ),
  ];

  // Half of a record after the last one, as of a write that nobody was told of.
  for (const log of logs(data)) {
    const bytes = readFileSync(log);
    const file = openSync(log, 'a');
    writeSync(file, bytes.subarray(0, Math.min(20, bytes.length)));
    closeSync(file);
  }
  const torn = start(data);
  await torn.up;
  const handler = await enter(torn.origin(), password);
  expect(await handler.get('/profile')).toMatchObject(profile(1));
  torn.kill();
  await torn.ended;
  expect(await problemsOf(data)).toEqual([]);

  // A byte of the last record that was acknowledged.
  const [log = ''] = logs(image);
  const bytes = readFileSync(log);
  const file = openSync(log, 'r+');
  writeSync(file, Buffer.from([(bytes.at(-40) ?? 0) ^ 0xff]), 0, 1, bytes.length - 40);
  closeSync(file);
  const damaged = start(image);
  expect(await damaged.ended).toBe(3);
  expect(damaged.text()).toMatch(/启动失败：数据文件 .*\.log 已损坏，请从备份恢复/);
  // Nothing was touched: the folder can still be looked at.
  expect(readFileSync(log).length).toBe(bytes.length);
}, 180_000);
