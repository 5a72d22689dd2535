import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a data folder for this process: an exclusive SQLite lock, which the operating system gives back however the
 * process ends. Returns the release. Throws, in Chinese, when another process holds it. Of an `existing` folder nothing is
 * created: where there is no lock, as in a copy of the stores, nobody else can hold one.
 */
export function lockFolder(dir: string, kind: 'new' | 'existing' = 'new'): () => void {
  const file = join(dir, 'lock.sqlite');
  if (kind === 'existing' && !existsSync(file)) return () => undefined;
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dir, { recursive: true });
    db = new DatabaseSync(file);
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    db?.close();
    if (errcode(cause) === BUSY) throw new Error(`数据目录 ${dir} 正被另一个进程使用，请先停止它`, { cause });
    // Nobody else can run on a folder that cannot be written.
    if (kind === 'existing') return () => undefined;
    throw new Error(`数据目录 ${dir} 不能写入`, { cause });
  }
  return () => db.close();
}

/** SQLite's code of another process's lock. */
const BUSY = 5;

function errcode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
}
