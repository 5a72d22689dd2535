/** Why the system cannot start or go on, in the operator's words. */

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const SQLITE: Record<number, string> = {
  8: '数据目录不能写入，请检查权限和磁盘',
  10: '磁盘读写出错，请检查磁盘',
  11: '数据文件已损坏，请从备份恢复',
  13: '磁盘已满，请清理出空间',
  14: '数据文件不能打开，请检查权限和磁盘',
  26: '数据文件已损坏，请从备份恢复',
};

const SYSTEM: Record<string, string> = {
  ENOSPC: '磁盘已满，请清理出空间',
  EDQUOT: '磁盘配额已用完，请清理出空间',
  EFBIG: '文件大小达到上限，不能继续写入',
  EROFS: '数据目录不能写入，请检查权限和磁盘',
  EACCES: '数据目录不能写入，请检查权限和磁盘',
  EPERM: '数据目录不能写入，请检查权限和磁盘',
  EIO: '磁盘读写出错，请检查磁盘',
};

/** What LevelDB says in words, as it has no codes. */
const LEVEL: [RegExp, string][] = [
  [/no space left/i, '磁盘已满，请清理出空间'],
  [/file too large/i, '文件大小达到上限，不能继续写入'],
  [/read-only file system|permission denied/i, '数据目录不能写入，请检查权限和磁盘'],
  [/corruption/i, '数据文件已损坏，请从备份恢复'],
  [/IO error/i, '磁盘读写出错，请检查磁盘'],
];

export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const errcode = 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  const known = SYSTEM[code] ?? SQLITE[errcode] ?? LEVEL.find(([words]) => words.test(error.message))?.[1];
  if (known) return `${known}（${error.message}）`;
  return error.cause instanceof Error && !/[\u4e00-\u9fff]/.test(error.message)
    ? failureText(error.cause)
    : error.message;
}
