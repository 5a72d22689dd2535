import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledVerifyDraw } from '../../../infra/bundle-verify-draw.ts';
import { publicDraw } from '../../../shared/domain/draw-record.ts';
import type { DrawVerdict } from '../../../shared/domain/verify-draw.ts';
import { aDraw, aDrawRecord, filing, seedOf } from '../../domain/builders.ts';

const agencies = Array.from({ length: 8 }, (_, n) => ({
  filingNumber: filing(n + 1),
  filingType: 'enterprise' as const,
  certain: n === 0 ? ['上年度评估不合格'] : [],
}));
const record = aDrawRecord(aDraw({ agencies }));
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-draw-'));
  const files: Record<string, unknown> = {
    'draw.json': record,
    'public.json': publicDraw(record),
    'tampered.json': { ...record, sampling: { percent: 40, atLeast: 3 } },
    'notice.json': { commitment: record.commitment },
    'other-notice.json': { commitment: seedOf(5) },
    'list.json': [],
  };
  for (const [name, value] of Object.entries(files)) await writeFile(at(name), JSON.stringify(value));
  await writeFile(at('torn.json'), '{"schema":');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function verify(...names: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['infra/local/cli/verify-draw.ts', ...names.map(at)]);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}

describe('npm run verify-draw', () => {
  it.each([['draw.json'], ['public.json'], ['draw.json', 'notice.json']])(
    'finds that %s holds',
    async (...names) => {
      const { code, text } = await verify(...names);
      expect([code, text]).toEqual([
        0,
        expect.stringContaining('抽签记录成立：2021 年度，8 家机构中抽取 3 家'),
      ]);
    },
  );

  it('says what was changed', async () => {
    expect(await verify('tampered.json')).toEqual({ code: 1, text: expect.stringContaining('sampling') });
    expect(await verify('draw.json', 'other-notice.json')).toEqual({
      code: 1,
      text: expect.stringContaining('commitment'),
    });
  });

  it.each([[[]], [['list.json']], [['torn.json']], [['nowhere.json']], [['draw.json', 'list.json']]])(
    'cannot read %j',
    async (names) => {
      const { code, text } = await verify(...names);
      expect(code).toBe(2);
      expect(text).not.toContain('    at ');
    },
  );
});

describe('the module for browsers', () => {
  it('needs nothing but the language, and comes to the same', async () => {
    const text = await bundledVerifyDraw();
    expect(text).not.toMatch(/^import |require\(/m);
    const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`;
    const { verifyDraw } = (await import(url)) as { verifyDraw(value: unknown): DrawVerdict };
    expect(verifyDraw(publicDraw(record))).toMatchObject({ outcome: 'holds' });
    expect(verifyDraw({ ...record, year: 2020 })).toMatchObject({ outcome: 'differs', at: 'year' });
  });
});
