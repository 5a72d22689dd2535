/** `npm run check-data` as an operator runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lockFolder } from '../../../infra/local/cli/lock-folder.ts';
import { STEEL } from '../../support/agencies.ts';
import { openCity } from '../../support/city.ts';
import { upload } from '../../support/passage.ts';

const dir = mkdtempSync(join(tmpdir(), 'xingping-checked-'));
beforeAll(async () => {
  const city = await openCity({ dir });
  await city.start();
  await city.to('collectSelfEvaluations');
  await upload(city, STEEL);
  await city.close();
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/local/cli/check-data.ts', ...args]);
  return { status, text: stdout.toString(), complaint: stderr.toString() };
}

const files = () =>
  readdirSync(dir, { recursive: true }).map((name) => {
    const { size, mtimeMs } = statSync(join(dir, String(name)));
    return [name, size, mtimeMs];
  });

it('finds nothing wrong, and changes nothing', () => {
  const before = files();
  const { status, text, complaint } = run('--data', dir);
  expect({ status, complaint }).toEqual({ status: 0, complaint: '' });
  expect(text).toContain('✓ 签名记录链');
  expect(text).toContain('全部成立。');
  expect(files()).toEqual(before);
});

it('refuses a folder that a running system holds, one that is none, and words that it does not know', () => {
  const unlock = lockFolder(dir);
  expect(run('--data', dir)).toMatchObject({
    status: 2,
    complaint: expect.stringContaining('正被另一个进程使用'),
  });
  unlock();
  expect(run('--data', join(dir, 'nowhere'))).toMatchObject({
    status: 2,
    complaint: expect.stringContaining('不是星评的数据目录'),
  });
  expect(run('--all')).toMatchObject({ status: 2, complaint: expect.stringContaining('用法') });
});

it('names the first thing that does not hold', () => {
  const content = join(dir, 's3', 'content');
  const [evidence = ''] = readdirSync(content);
  writeFileSync(join(content, evidence), 'something else');
  const { status, text, complaint } = run('--data', dir);
  expect(status).toBe(1);
  expect(text).toContain('✗ 存储文件');
  expect(complaint).toMatch(
    /位置：文件 (quarantine|evidence|reports)\/\S+\n {2}问题：文件内容与登记的摘要不符/,
  );
});
