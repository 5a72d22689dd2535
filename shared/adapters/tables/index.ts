/** Reading uploaded tables. The files are untrusted: kind, sizes and extent are checked before a parser sees them. */
import type { Table } from '../../domain/registry-import/table.ts';
import { readCsv } from './csv.ts';
import { TABLE_LIMITS, type TableLimits } from './limits.ts';
import { UnreadableTable } from './unreadable-table.ts';
import { readXlsx } from './xlsx.ts';

export { type UnreadableReason, UnreadableTable } from './unreadable-table.ts';

/** The tables of a workbook (one per sheet) or CSV file. Throws {@link UnreadableTable}. */
export async function readTables(
  fileName: string,
  bytes: Uint8Array,
  limits: Partial<TableLimits> = {},
): Promise<Table[]> {
  const all = { ...TABLE_LIMITS, ...limits };
  if (bytes.length > all.bytes) {
    const megabytes = Math.floor(all.bytes / 1024 / 1024);
    throw new UnreadableTable('tooLarge', fileName, `文件大于 ${megabytes} MB`);
  }
  switch (contentKind(bytes)) {
    case 'zip':
      return readXlsx(fileName, bytes, all);
    case 'ole':
      throw new UnreadableTable(holdsUtf16(bytes, 'EncryptedPackage') ? 'encrypted' : 'oldExcel', fileName);
    default:
      if (/\.(xlsx|xlsm)$/i.test(fileName)) throw new UnreadableTable('corrupt', fileName);
      if (!/\.(csv|txt|tsv)$/i.test(fileName)) throw new UnreadableTable('notATable', fileName);
      return readCsv(fileName, bytes, all);
  }
}

/** By content, not by name: a renamed workbook is still a workbook. */
function contentKind(bytes: Uint8Array): 'zip' | 'ole' | 'other' {
  const begins = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) return 'zip';
  return begins(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1) ? 'ole' : 'other';
}

function holdsUtf16(bytes: Uint8Array, text: string): boolean {
  const needle = Buffer.from(text, 'utf16le');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(needle);
}
