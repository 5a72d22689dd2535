/** What a data folder is laid out like: a folder of another layout is refused before anything in it is touched. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILES } from './names.ts';

/** Raised with every change after which stored records no longer fit their schemas. */
const FORMAT = '1';

/** Marks a new folder. Throws, in Chinese, where records of another layout lie. */
export function claimFolder(dir: string): void {
  const file = join(dir, FILES.format);
  const format = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (format === FORMAT) return;
  if (existsSync(join(dir, FILES.dynamodb))) {
    throw new Error(
      `数据目录 ${dir} 由另一版本建立，本版本不能使用，其中的内容没有改动：请用建立它的版本打开，或用 --data 另指定一个空目录`,
    );
  }
  writeFileSync(file, `${FORMAT}\n`, { flush: true });
}
