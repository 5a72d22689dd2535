/** YAML files against a schema: every problem with its line and the path of its field, in Chinese. */
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod/mini';
import type { FolderFiles } from './folder-files.ts';
import type { Problems } from './problems.ts';

const SYNTAX: Record<string, string> = {
  DUPLICATE_KEY: '同一名称写了两次，请删去一处',
  TAB_AS_INDENT: '缩进不能用制表符，请改用空格',
  BAD_INDENT: '缩进不正确，请与同级各行对齐',
  MISSING_CHAR: '缺少配对的引号或括号',
  MULTILINE_IMPLICIT_KEY: '缺少“: ”或缩进不正确',
};
const { localeError } = z.locales.zhCN();

/** A parsed file that still knows where each value stands. */
export interface YamlFile<T> {
  value: T;
  /** Line of the value at a path, or of the nearest one above it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads and validates. Undefined after telling every problem. */
export function readYaml<T>(
  files: FolderFiles,
  file: string,
  schema: z.ZodMiniType<T>,
  problems: Problems,
): YamlFile<T> | undefined {
  const text = decode(files.read(file));
  if (text === undefined) {
    problems.error({ file }, '文字编码不是 UTF-8，请另存为 UTF-8 编码');
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors) {
    const message = SYNTAX[error.code] ?? `YAML 语法有误（${error.code}），请检查本行及上一行的标点和缩进`;
    problems.error({ file, row: lines.linePos(error.pos[0]).line }, message);
  }
  if (document.errors.length > 0) return undefined;
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS(), { error: localeError });
  if (parsed.success) return { value: parsed.data, lineOf };
  for (const issue of parsed.error.issues) {
    const field = issue.path.map(String).join('.');
    problems.error({ file, row: lineOf(issue.path), ...(field && { field }) }, issue.message);
  }
  return undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
