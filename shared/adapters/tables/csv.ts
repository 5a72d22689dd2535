/** CSV files as tables: UTF-8, GB18030 (what Excel in Chinese saves) or UTF-16, told apart by strict decoding. */
import { CsvError, parse } from 'csv-parse/sync';
import { addressOf, type Table } from '../../domain/registry-import/table.ts';
import type { TableLimits } from './limits.ts';
import { UnreadableTable } from './unreadable-table.ts';

export function readCsv(fileName: string, bytes: Uint8Array, limits: TableLimits): Table[] {
  const text = decode(fileName, bytes);
  const records = parseRecords(fileName, text);
  if (records.length > limits.rows) throw new UnreadableTable('tooLarge', fileName, `多于 ${limits.rows} 行`);
  let line = 1;
  const rows = records.map(({ record, raw }) => {
    const row = line;
    line += raw.match(/\r\n|\r|\n/g)?.length ?? 0;
    return record.map((value, column) => ({
      value: value === '' ? null : value,
      address: addressOf(column, row),
    }));
  });
  if (rows.some((row) => row.length > limits.columns)) {
    throw new UnreadableTable('tooLarge', fileName, `多于 ${limits.columns} 列`);
  }
  return [{ file: fileName, sheet: '', rows, untyped: true }];
}

function decode(fileName: string, bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  for (const encoding of utf16 ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      // Not this encoding: try the next.
    }
  }
  throw new UnreadableTable('encoding', fileName);
}

interface RawRecord {
  record: string[];
  /** The record's own text, line end included. */
  raw: string;
}

function parseRecords(fileName: string, text: string): RawRecord[] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  try {
    return parse(text, {
      delimiter: !firstLine.includes(',') && firstLine.includes('\t') ? '\t' : ',',
      relax_column_count: true,
      skip_empty_lines: false,
      raw: true,
    }) as unknown as RawRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as { lines?: number }).lines;
    const detail = line ? `第 ${line} 行附近的引号不成对，请用 Excel 或 WPS 重新保存` : '';
    throw new UnreadableTable('badCsv', fileName, detail, error);
  }
}
