import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { resultsOf } from '../../../shared/app/results.ts';

type Results = ReturnType<typeof resultsOf>;

const SAMPLE = 'docs/sample/huainan-2021';
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'cycle-command-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Runs the command as a user does. */
async function cycle(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['infra/local/cli/cycle.ts', ...args]);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}

/** The sample folder with one file changed. */
async function changed(name: string, file: string, change: (text: string) => string): Promise<string> {
  const folder = join(scratch, name);
  await cp(SAMPLE, folder, { recursive: true });
  const before = await readFile(join(folder, file), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(join(folder, file), after);
  return folder;
}

async function resultsIn(out: string): Promise<Results> {
  return JSON.parse(await readFile(join(out, '2021', 'results.json'), 'utf8'));
}

const starsOf = ({ agencies }: Results) =>
  Object.fromEntries(agencies.map(({ filingNumber, score }) => [filingNumber, score?.stars]));

describe('npm run cycle', () => {
  it('publishes the sample year with the real result, and its manifest holds', async () => {
    const out = join(scratch, 'out');
    const { code, text } = await cycle('--input', SAMPLE, '--out', out);
    expect(text).toContain('样例数据');
    expect(code).toBe(0);
    const results = await resultsIn(out);
    expect(starsOf(results)).toMatchObject({
      Y000034040002: 5,
      Y000034040003: 4,
      Y000034040005: 5,
      S000034040006: 5,
      S000034040005: 3,
      S000034010012: 5,
      S000034040016: 4,
      S000034040017: 3,
    });
    expect(results.bands.map(({ count, percent }) => [count, percent])).toEqual([
      [4, '31'],
      [2, '15'],
      [2, '15'],
      [5, '38'],
    ]);
    expect(results.percentNote).toContain('99%');
    expect(results.exclusions).toHaveLength(10);
    expect(results.statistics).toMatchObject({
      byFilingType: { enterprise: 6, technicalSchool: 3, socialOrganisation: 4 },
      byNature: { schoolOrCollege: 4, trainingSchool: 3, stateOwned: 4, private: 2 },
      withoutActivity: 5,
    });
    expect(Number(results.statistics.averageExecutionRate)).toBeGreaterThanOrEqual(80);
    await expectManifest(join(out, '2021'));
  });

  it('computes the result: a changed fact changes the star', async () => {
    const folder = await changed('fewer', 'inspections/Y000034040003.csv', (text) =>
      text.replace(/^(E1,[^,]*,有题库和大纲的备案职业数,)\d+/m, '$10').replace(/^(C3,.*等次,)[A-D]/m, '$1D'),
    );
    const out = join(scratch, 'out-fewer');
    const { code } = await cycle('--input', folder, '--out', out);
    expect(code).toBe(0);
    expect(starsOf(await resultsIn(out))).toMatchObject({ Y000034040003: 3, Y000034040002: 5 });
  });

  it('ends with 1 when a decision cancels the year, and writes nothing', async () => {
    const folder = await changed('cancelled', 'decisions.yaml', (text) =>
      text.replace('verdict: approve, reason: 同意印发', 'verdict: cancel, reason: 省里统一评估'),
    );
    const out = join(scratch, 'out-cancelled');
    const { code, text } = await cycle('--input', folder, '--out', out);
    expect([code, text]).toEqual([1, expect.stringContaining('省里统一评估')]);
    expect(await readdir(out)).toEqual([]);
  });

  it('ends with 2 and the place of every problem when the input is wrong, changing nothing', async () => {
    const folder = await changed('wrong', 'self-evaluations/Y000034040002.csv', (text) =>
      text.replace(/^(A2,[^,]*,计划批次数,)\d+/m, '$1十二'),
    );
    const out = join(scratch, 'out-wrong');
    const { code, text } = await cycle('--input', folder, '--out', out, '--check');
    expect(code).toBe(2);
    expect(text).toMatch(/self-evaluations\/Y000034040002\.csv D6 计划批次数/);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });

  it('ends with 2 and says who has to decide when a decision is missing', async () => {
    const folder = await changed('undecided', 'decisions.yaml', (text) =>
      text.replace(/approveNotice:\n.*\n/, 'approveNotice: []\n'),
    );
    const { code, text } = await cycle('--input', folder, '--out', join(scratch, 'out-undecided'));
    expect([code, text]).toEqual([2, expect.stringContaining('审批评估通知')]);
  });

  it('ends with 3 when the output cannot be written, before it runs anything', async () => {
    const file = join(scratch, 'a-file');
    await writeFile(file, '');
    const { code, text } = await cycle('--input', SAMPLE, '--out', file);
    expect([code, text]).toEqual([3, expect.stringContaining('--out')]);
    expect(text).not.toContain('定时启动');
  });

  it('explains itself when called without a folder', async () => {
    const { code, text } = await cycle();
    expect([code, text]).toEqual([2, expect.stringContaining('用法')]);
  });
}, 120_000);

async function expectManifest(folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const archive = JSON.parse(await readFile(join(folder, 'archive-manifest.json'), 'utf8'));
  const listed: { path: string; sha256: string }[] = [...manifest.files, ...archive.files];
  const found = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  expect(found.filter((path) => path !== 'manifest.json').sort()).toEqual(
    listed.map(({ path }) => path).sort(),
  );
  for (const { path, sha256 } of listed) {
    const bytes = await readFile(join(folder, path));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
}
