/** Workbooks .xlsx as tables. */
import { zipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/universal';
import { addressOf, type CellValue, type Table } from '../../domain/registry-import/table.ts';
import { unpack } from './archive.ts';
import type { TableLimits } from './limits.ts';
import { UnreadableTable } from './unreadable-table.ts';

/** Excel's own last row: what lies beyond is no workbook. */
const LAST_ROW = 1_048_576;

export async function readXlsx(fileName: string, bytes: Uint8Array, limits: TableLimits): Promise<Table[]> {
  const parts = await unpack(fileName, bytes, limits);
  const sheets = Object.entries(parts).filter(([name]) => /worksheets\/[^/]+\.xml$/i.test(name));
  if (!parts['xl/workbook.xml'] || sheets.length === 0) throw new UnreadableTable('notATable', fileName);
  if (sheets.length > limits.sheets) {
    throw new UnreadableTable('tooLarge', fileName, `工作表多于 ${limits.sheets} 个`);
  }
  for (const [, sheet] of sheets) checkExtent(fileName, sheet, limits);
  // The parser is given exactly the parts that were checked, not the archive that declared them.
  const archive = zipSync(parts, { level: 0 });
  const read = await parse(fileName, archive.slice().buffer);
  return read.map(({ sheet, data }) => ({
    file: fileName,
    sheet,
    rows: data.map((row, r) =>
      row.map((value, c) => ({ value: value as CellValue, address: addressOf(c, r + 1) })),
    ),
  }));
}

async function parse(fileName: string, archive: ArrayBuffer) {
  try {
    return await readXlsxFile(archive, { trim: false });
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    const [, row, column] = /<c\/> at row (\d+), col (\d+)/.exec(text) ?? [];
    if (row && column) throw cellError(fileName, addressOf(Number(column) - 1, Number(row)), error);
    throw new UnreadableTable('corrupt', fileName, '', error);
  }
}

function cellError(fileName: string, cell: string, cause?: unknown): UnreadableTable {
  return new UnreadableTable('cellError', fileName, `单元格 ${cell}，请改为正确的值后保存`, cause);
}

/** The parser fills every gap with empty cells: one cell far away would make it allocate without end. */
function checkExtent(fileName: string, sheet: Uint8Array, limits: TableLimits): void {
  const xml = new TextDecoder().decode(sheet);
  for (const [, row] of xml.matchAll(/<(?:\w+:)?row\b[^<>]*?\sr="(\d+)"/g)) {
    if (Number(row) > LAST_ROW) throw new UnreadableTable('corrupt', fileName);
  }
  for (const [tag, column = '', row] of xml.matchAll(
    /<(?:\w+:)?c\b[^<>]*?\sr="([A-Z]+)(\d+)"[^<>]*(?<!\/)>/g,
  )) {
    // The parser reads #N/A and its like as empty, which would lose a value without a word.
    if (/\st="e"/.test(tag)) throw cellError(fileName, `${column}${row}`);
    if (Number(row) > limits.rows) {
      throw new UnreadableTable('tooLarge', fileName, `有内容的行超过第 ${limits.rows} 行`);
    }
    if (columnNumber(column) > limits.columns) {
      throw new UnreadableTable('tooLarge', fileName, `有内容的列多于 ${limits.columns} 列`);
    }
  }
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
