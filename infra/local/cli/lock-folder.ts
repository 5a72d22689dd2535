import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a data folder for this process: an exclusive SQLite lock, which the operating system gives back however the
 * process ends. Returns the release. Throws, in Chinese, when another process holds it.
 */
export function lockFolder(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const db = new DatabaseSync(join(dir, 'lock.sqlite'));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw new Error(`数据目录 ${dir} 正被另一个进程使用，请先停止它`, { cause });
  }
  return () => db.close();
}
