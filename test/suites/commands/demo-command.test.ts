import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { resultsOf } from '../../../shared/app/results.ts';

type Results = ReturnType<typeof resultsOf>;

let scratch: string;
let text: string;

/** Runs a command as a user does, in a folder of its own. */
async function run(command: string, ...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [resolve('infra/local/cli', command), ...args], { cwd: scratch });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, text: said };
}

const read = (year: number, path: string) => readFile(join(scratch, 'out', String(year), path));

async function starsOf(year: number): Promise<Record<string, number | undefined>> {
  const { agencies } = JSON.parse(String(await read(year, 'results.json'))) as Results;
  return Object.fromEntries(agencies.map(({ filingNumber, score }) => [filingNumber, score?.stars]));
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'demo-command-'));
  const demo = await run('demo.ts');
  text = demo.text;
  expect(demo.code, text).toBe(0);
}, 180_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('npm run demo', () => {
  it('publishes 2021 as it is known, and 2022 after it, where stars have moved', async () => {
    const [before, after] = [await starsOf(2021), await starsOf(2022)];
    const moved = Object.entries(after).flatMap(([filingNumber, stars]) =>
      before[filingNumber] === stars ? [] : [[filingNumber, before[filingNumber], stars]],
    );
    expect(moved.sort()).toEqual([
      ['S000034040006', 5, 4],
      ['S000034040016', 4, 0],
      ['S000034040904', 0, 4],
      ['S000034040907', undefined, 4],
      ['Y000034040003', 4, 5],
      ['Y000034040901', 0, 4],
      ['Y000034040906', undefined, 5],
    ]);
    expect(Object.values(before).sort()).toEqual([0, 0, 0, 0, 0, 3, 3, 4, 4, 5, 5, 5, 5]);
  });

  it('carries 2021 into 2022: who failed and filed again is visited for certain', async () => {
    const failed = Object.entries(await starsOf(2021)).flatMap(([filingNumber, stars]) =>
      stars === 0 ? [filingNumber] : [],
    );
    const results = JSON.parse(String(await read(2022, 'results.json'))) as Results;
    const again = results.agencies.filter(
      ({ filingNumber, claimed }) => failed.includes(filingNumber) && claimed !== null,
    );
    expect(again).toHaveLength(4);
    for (const { filingNumber, visitedBy } of again) expect(visitedBy, filingNumber).not.toEqual([]);
    expect(String(await read(2022, 'draw.json'))).toContain('上年度评估不合格');
  });

  it('chains the manifest of 2022 onto that of 2021, and both archives verify', async () => {
    const { previousManifest } = JSON.parse(String(await read(2022, 'manifest.json')));
    expect(previousManifest).toBe(
      createHash('sha256')
        .update(await read(2021, 'manifest.json'))
        .digest('hex'),
    );
    for (const year of ['out/2021', 'out/2022']) {
      const verified = await run('verify-archive.ts', year);
      expect([verified.code, verified.text]).toEqual([0, expect.stringContaining('全部成立')]);
    }
  });

  it('says in the circular of 2022 who rose', async () => {
    expect(String(await read(2022, 'public/circular.json'))).toContain('与上年相比有进步');
    expect(String(await read(2021, 'public/circular.json'))).not.toContain('与上年相比有进步');
  });
});
