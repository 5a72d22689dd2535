/** The files of an input folder: listing, reading, and what may be sent as evidence. */
import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contentMatches } from '../../../shared/app/content-type.ts';
import { ACCEPTED_TYPES } from '../../../shared/app/evidence.ts';
import type { Problems } from './problems.ts';
import type { LocalFile, Problem } from './types.ts';

const MEGABYTE = 1024 * 1024;

/** The type that a file's name promises; its content is checked against it. */
const CONTENT_TYPES: Record<string, string> = Object.fromEntries(
  Object.entries(ACCEPTED_TYPES).flatMap(([type, { extensions }]) =>
    extensions.map((extension) => [extension, type]),
  ),
);

/** What people and their programs leave lying about. */
const isJunk = (name: string) => name.startsWith('.') || name.startsWith('~$') || name === 'Thumbs.db';

/** Paths are relative to the folder, with `/`. */
export class FolderFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Names in a sub-folder, sorted; none when it does not exist. */
  list(path: string): { name: string; isDirectory: boolean }[] {
    return this.entries(path)
      .filter(({ name }) => !isJunk(name))
      .map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  has(path: string): boolean {
    return statSync(this.locate(path), { throwIfNoEntry: false })?.isFile() ?? false;
  }

  read(path: string): Uint8Array {
    return readFileSync(this.locate(path));
  }

  locate(path: string): string {
    return join(this.dir, ...path.split('/'));
  }

  /** A file to be sent as evidence; tells what is wrong with it at the place that names it. */
  evidence(
    folder: string,
    fileName: string,
    at: Omit<Problem, 'severity' | 'message'>,
    problems: Problems,
  ): LocalFile | undefined {
    const path = `${folder}/${fileName}`;
    const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
    const contentType = CONTENT_TYPES[extension];
    if (/[/\\]|^\.\.?$/.test(fileName)) {
      problems.error(at, `佐证材料“${fileName}”只写文件名，不写路径，并放在 ${folder}/ 中`);
    } else if (!contentType) {
      const types = Object.keys(CONTENT_TYPES).join('、');
      problems.error(at, `佐证材料“${fileName}”的类型不能提交，可用：${types}`);
    } else if (!this.has(path)) {
      problems.error(at, `找不到佐证材料“${fileName}”，请放到 ${folder}/ 中，或改正文件名`);
    } else {
      const bytes = this.read(path);
      const wrong = contentProblem(contentType, bytes);
      if (wrong) problems.error(at, `佐证材料“${fileName}”${wrong}`);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { path, location: this.locate(path), fileName, contentType, sha256, size: bytes.length };
    }
    return undefined;
  }

  private entries(path: string): Dirent[] {
    try {
      return readdirSync(this.locate(path), { withFileTypes: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}

function contentProblem(contentType: string, bytes: Uint8Array): string | undefined {
  const limit = ACCEPTED_TYPES[contentType]?.megabytes ?? 0;
  if (bytes.length === 0) return '是空文件，请换成有内容的文件';
  if (bytes.length > limit * MEGABYTE) return `超过该类型的大小上限 ${limit} MB，请压缩或拆分`;
  return contentMatches(contentType, bytes) ? undefined : '的内容与扩展名不符，请用原程序打开后重新保存';
}
