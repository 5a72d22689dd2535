/** `npm run verify-draw -- draw.json [notice.json]` */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type DrawVerdict, verifyDraw } from '../../../shared/domain/verify-draw.ts';
import { complain, say } from './terminal.ts';

const USAGE = `用法：npm run verify-draw -- 抽签记录.json [通知.json]
  抽签记录  公布的或归档的 draw.json、draw-final.json
  通知      公布的 notice.json；给出时，一并核对种子是否为通知中封存的那一个
退出码：0 成立；1 不成立；2 文件无法读取`;

const EXIT_CODES: Record<DrawVerdict['outcome'], number> = { holds: 0, differs: 1, unreadable: 2 };

class Unreadable extends Error {}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Unreadable(`${path} 无法读取：${error instanceof Error ? error.message : String(error)}`);
  }
}

async function commitmentIn(path: string): Promise<string> {
  const notice = await readJson(path);
  const commitment = (notice as { commitment?: unknown } | null)?.commitment;
  if (typeof commitment !== 'string') throw new Unreadable(`${path} 不是评估通知，其中没有种子摘要`);
  return commitment;
}

function asked(): string[] {
  try {
    return parseArgs({ allowPositionals: true }).positionals;
  } catch {
    return [];
  }
}

const [record, notice, ...rest] = asked();
if (record === undefined || rest.length > 0) {
  complain(USAGE);
  process.exitCode = EXIT_CODES.unreadable;
} else {
  try {
    const commitment = notice === undefined ? undefined : await commitmentIn(notice);
    const { outcome, message } = verifyDraw(await readJson(record), commitment);
    (outcome === 'holds' ? say : complain)(message);
    process.exitCode = EXIT_CODES[outcome];
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    complain(error.message);
    process.exitCode = EXIT_CODES.unreadable;
  }
}
