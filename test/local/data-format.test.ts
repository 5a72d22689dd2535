/** A data folder of another layout is refused in Chinese and left as it is; a new one is marked. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { claimFolder } from '../../infra/local/data-format.ts';
import { FILES } from '../../infra/local/names.ts';

function aFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'xingping-format-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it('marks a new folder, which may be opened again with records in it', () => {
  const dir = aFolder();
  claimFolder(dir);
  mkdirSync(join(dir, FILES.dynamodb));
  expect(() => claimFolder(dir)).not.toThrow();
  expect(readFileSync(join(dir, FILES.format), 'utf8')).toMatch(/^\d+\n$/);
});

it.each([undefined, '', '0\n'])('refuses records that are marked %j, and touches nothing', (mark) => {
  const dir = aFolder();
  mkdirSync(join(dir, FILES.dynamodb));
  if (mark !== undefined) writeFileSync(join(dir, FILES.format), mark);
  const before = readdirSync(dir);
  expect(() => claimFolder(dir)).toThrow(/由另一版本建立，本版本不能使用.*--data 另指定一个空目录/);
  expect(readdirSync(dir)).toEqual(before);
});

it('marks a folder anew in which a crash left the mark empty and no records', () => {
  const dir = aFolder();
  writeFileSync(join(dir, FILES.format), '');
  claimFolder(dir);
  expect(() => claimFolder(dir)).not.toThrow();
});
