/** The files of an input folder: listing, reading, and what may be sent as evidence. */
import { createHash } from 'node:crypto';
import { createReadStream, type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkContent } from '../../../shared/app/content/check-content.ts';
import { CONTENT_PROBLEMS } from '../../../shared/app/content/problem.ts';
import type { CivilDate } from '../../../shared/domain/calendar.ts';
import {
  EVIDENCE_TYPE_NAMES,
  EVIDENCE_TYPES,
  type EvidenceType,
} from '../../../shared/domain/evidence-types.ts';
import type { EvidenceSettings } from '../../../shared/domain/settings.ts';
import type { Problems } from './problems.ts';
import type { LocalFile, Problem } from './types.ts';

const MEGABYTE = 1024 * 1024;

/** The type that a file's name promises; its content is checked against it. */
const CONTENT_TYPES: Record<string, EvidenceType> = Object.fromEntries(
  EVIDENCE_TYPE_NAMES.flatMap((type) =>
    EVIDENCE_TYPES[type].extensions.map((extension) => [extension, type] as const),
  ),
);

export interface NamedFile {
  folder: string;
  fileName: string;
  effectiveOn: CivilDate;
}

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
  async evidence(
    { folder, fileName, effectiveOn }: NamedFile,
    rules: EvidenceSettings,
    at: Omit<Problem, 'severity' | 'message'>,
    problems: Problems,
  ): Promise<LocalFile | undefined> {
    const path = `${folder}/${fileName}`;
    const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
    const contentType = CONTENT_TYPES[extension];
    const limit = contentType && rules.types[contentType];
    if (/[/\\]|^\.\.?$/.test(fileName)) {
      problems.error(at, `佐证材料“${fileName}”只写文件名，不写路径，并放在 ${folder}/ 中`);
    } else if (!contentType || limit === undefined) {
      const types = Object.keys(CONTENT_TYPES).filter(
        (name) => CONTENT_TYPES[name] && rules.types[CONTENT_TYPES[name]],
      );
      problems.error(at, `佐证材料“${fileName}”的类型不能提交，可用：${types.join('、')}`);
    } else if (!this.has(path)) {
      problems.error(at, `找不到佐证材料“${fileName}”，请放到 ${folder}/ 中，或改正文件名`);
    } else {
      const location = this.locate(path);
      const { size } = statSync(location);
      const wrong =
        size > limit * MEGABYTE
          ? `超过该类型的大小上限 ${limit} MB，请压缩或拆分`
          : await contentProblem(location, size, contentType, rules);
      if (wrong) problems.error(at, `佐证材料“${fileName}”${wrong}`);
      return { path, location, fileName, contentType, sha256: await sha256Of(location), size, effectiveOn };
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

async function contentProblem(location: string, size: number, type: EvidenceType, rules: EvidenceSettings) {
  const file = await open(location);
  try {
    const read = (start: number, length: number) => readAt(file, start, length);
    const problem = await checkContent(type, { size, read }, rules);
    return problem && CONTENT_PROBLEMS[problem];
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}

async function sha256Of(location: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(location), hash);
  return hash.digest('hex');
}
