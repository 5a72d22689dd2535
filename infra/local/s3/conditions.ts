import type { Version } from './catalogue.ts';
import { S3Error } from './errors.ts';

type Header = (name: string) => string | undefined;

const names = (list: string, etag: string) =>
  list.split(',').some((item) => item.trim() === '*' || item.trim().replaceAll('"', '') === etag);
const seconds = (date: Date) => Math.floor(date.getTime() / 1000) * 1000;
const failed = (condition: string) =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    fields: { Condition: condition },
  });

/** The conditions of a read. @returns whether the reader already has this version (304). */
export function unchanged(version: Version, header: Header): boolean {
  const modified = seconds(version.createdAt);
  const [match, noneMatch] = [header('if-match'), header('if-none-match')];
  const [since, unmodified] = [header('if-modified-since'), header('if-unmodified-since')];
  if (match !== undefined && !names(match, version.etag)) throw failed('If-Match');
  if (match === undefined && unmodified !== undefined && modified > Date.parse(unmodified)) {
    throw failed('If-Unmodified-Since');
  }
  if (noneMatch !== undefined) return names(noneMatch, version.etag);
  return since !== undefined && modified <= Date.parse(since);
}

/** The condition of a write on the version it would replace. */
export function checkWrite(current: Version | undefined, header: Header): void {
  const [match, noneMatch] = [header('if-match'), header('if-none-match')];
  const exists = typeof current?.contentId === 'string';
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw new S3Error('NotImplemented', 'If-None-Match of a write can only be *');
  }
  if (noneMatch === '*' && exists) throw failed('If-None-Match');
  if (match !== undefined && !exists) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
  if (match !== undefined && !names(match, current?.etag ?? '')) throw failed('If-Match');
}

/** The conditions of a copy on its source. */
export function checkCopySource(source: Version, header: Header): void {
  if (unchanged(source, (name) => header(`x-amz-copy-source-${name}`))) throw failed('x-amz-copy-source-if');
}

/** The bytes a Range header asks for, inclusive; `undefined` for all of them, also when it is malformed. */
export function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  return { start, end };
}
