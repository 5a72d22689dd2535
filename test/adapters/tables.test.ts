import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readTables, type UnreadableReason, UnreadableTable } from '../../shared/adapters/tables/index.ts';

const text = (value: string) => new TextEncoder().encode(value);

async function workbook(sheet: string, rows: (string | number | Date | null)[][]) {
  const data = rows.map((row) =>
    row.map((value) => {
      if (value === null) return null;
      return value instanceof Date ? { value, format: 'yyyy-mm-dd' } : { value };
    }),
  );
  return new Uint8Array(await writeXlsxFile([{ sheet, data }]).toBuffer());
}

/** A workbook from hand-written XML of its only sheet. */
function rawWorkbook(sheetData: string): Uint8Array {
  const xmlns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook ${xmlns} xmlns:r="${relation}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet ${xmlns}><sheetData>${sheetData}</sheetData></worksheet>`,
    ),
  });
}

async function refusal(fileName: string, bytes: Uint8Array, limits = {}): Promise<UnreadableReason> {
  const error = await readTables(fileName, bytes, limits).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UnreadableTable)) throw new Error(`expected a refusal, got ${error}`);
  expect(error.message).toContain(`《${fileName}》`);
  return error.code;
}

describe('workbooks', () => {
  it('keeps the kinds of values and their addresses, blank rows and columns included', async () => {
    const day = new Date(Date.UTC(2020, 3, 1));
    const [table] = await readTables(
      'a.xlsx',
      await workbook('名册', [['标题'], [], [null, 2020.4, day, ' 甲 ']]),
    );
    expect(table?.sheet).toBe('名册');
    expect(table?.rows[2]).toEqual([
      { value: null, address: 'A3' },
      { value: 2020.4, address: 'B3' },
      { value: day, address: 'C3' },
      { value: ' 甲 ', address: 'D3' },
    ]);
  });

  it('reads a workbook whatever its name says', async () => {
    const [table] = await readTables('a.csv', await workbook('S', [['甲']]));
    expect(table?.rows[0]?.[0]?.value).toBe('甲');
  });

  it('tells the old format, encryption and damage apart', async () => {
    const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    const encrypted = [...ole, ...Buffer.from('EncryptedPackage', 'utf16le')];
    expect(await refusal('a.xls', Uint8Array.from(ole))).toBe('oldExcel');
    expect(await refusal('a.xlsx', Uint8Array.from(encrypted))).toBe('encrypted');
    expect(await refusal('a.xlsx', text('hello'))).toBe('corrupt');
    expect(await refusal('a.docx', text('hello'))).toBe('notATable');
    expect(await refusal('a.xlsx', zipSync({ 'word/document.xml': text('<a/>') }))).toBe('notATable');
    const whole = await workbook('S', [['甲']]);
    expect(await refusal('a.xlsx', whole.slice(0, whole.length / 2))).toBe('corrupt');
  });

  it('refuses every truncation and single damaged byte with an answer, never with another error', async () => {
    const whole = rawWorkbook('<row r="1"><c r="A1"><v>1</v></c></row>');
    for (let at = 4; at < whole.length; at += 7) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      for (const bytes of [damaged, whole.slice(0, at)]) {
        const outcome = await readTables('a.xlsx', bytes).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof UnreadableTable).toBe(true);
      }
    }
  });

  it('names the cell of a formula error', async () => {
    const bytes = rawWorkbook('<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>');
    await expect(readTables('a.xlsx', bytes)).rejects.toThrow('单元格 B2');
  });
});

describe('limits', () => {
  const bomb = () =>
    zipSync({ 'xl/workbook.xml': new Uint8Array(3_000_000), 'xl/worksheets/sheet1.xml': text('') });

  it('refuses an archive that declares too much', async () => {
    expect(await refusal('a.xlsx', bomb(), { unpackedBytes: 1_000_000 })).toBe('tooLarge');
  });

  it('refuses an archive that declares little and unpacks to much', async () => {
    const bytes = bomb();
    const directory = Buffer.from(bytes.buffer).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    new DataView(bytes.buffer).setUint32(directory + 24, 100, true);
    expect(await refusal('a.xlsx', bytes, { unpackedBytes: 1_000_000 })).toBe('tooLarge');
    expect(await refusal('a.xlsx', bytes)).toBe('corrupt');
  });

  it('refuses cells far away before they cost memory', async () => {
    const cell = (address: string) => `<c r="${address}"><v>1</v></c>`;
    const lastRow = rawWorkbook(`<row r="1048576">${cell('A1048576')}</row>`);
    expect(await refusal('a.xlsx', lastRow)).toBe('tooLarge');
    expect(await refusal('a.xlsx', rawWorkbook(`<row r="1">${cell('XFD1')}</row>`))).toBe('tooLarge');
    expect(await refusal('a.xlsx', rawWorkbook('<row r="4000000000"></row>'))).toBe('corrupt');
  });

  it('reads formatted but empty rows to the end of the sheet', async () => {
    const bytes = rawWorkbook(
      '<row r="1"><c r="A1"><v>7</v></c></row><row r="30000"><c r="A30000" s="1"/></row>',
    );
    const [table] = await readTables('a.xlsx', bytes);
    expect(table?.rows).toHaveLength(1);
  });

  it('limits rows, columns and bytes of CSV files', async () => {
    expect(await refusal('a.csv', text('a\nb\nc\n'), { rows: 2 })).toBe('tooLarge');
    expect(await refusal('a.csv', text('a,b,c\n'), { columns: 2 })).toBe('tooLarge');
    expect(await refusal('a.csv', text('abc'), { bytes: 2 })).toBe('tooLarge');
  });
});

describe('CSV files', () => {
  const GBK_NUMBER = Uint8Array.from([0xb1, 0xb8, 0xb0, 0xb8, 0xba, 0xc5]);

  it('reads UTF-8 with a byte order mark, GB18030 and UTF-16', async () => {
    const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from('备案号', 'utf16le')]);
    for (const bytes of [text('\ufeff备案号'), text('备案号'), GBK_NUMBER, utf16]) {
      const [table] = await readTables('a.csv', bytes);
      expect(table?.rows[0]?.[0]?.value).toBe('备案号');
    }
  });

  it('refuses bytes of no encoding', async () => {
    expect(await refusal('a.csv', Uint8Array.from([0xff, 0xff, 0x30]))).toBe('encoding');
  });

  it('counts lines, blank ones and those inside quotes included', async () => {
    const [table] = await readTables('a.csv', text('a,b\r\n\r\n"x\r\ny",1\r\nlast,2'));
    const addresses = table?.rows.map((row) => row[0]?.address);
    expect(addresses).toEqual(['A1', 'A2', 'A3', 'A5']);
    expect(table?.untyped).toBe(true);
  });

  it('reads tabs where there are no commas, and tells an open quote by its line', async () => {
    const [table] = await readTables('a.csv', text('a\tb\n1\t2\n'));
    expect(table?.rows[1]?.[1]).toEqual({ value: '2', address: 'B2' });
    expect(await refusal('a.csv', text('a,b\n"open,1\n'))).toBe('badCsv');
  });
});
