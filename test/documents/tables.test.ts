import * as fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { resultsWorkbook } from '../../shared/documents/tables/results-table.ts';
import { scoreSheetWorkbook } from '../../shared/documents/tables/score-sheet-table.ts';
import { toCsv } from '../../shared/documents/xlsx/csv.ts';
import { columnName, type Sheet, type Workbook } from '../../shared/documents/xlsx/workbook.ts';
import { toXlsx } from '../../shared/documents/xlsx/xlsx.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import { anyAnswers } from '../domain/builders.ts';
import { aScoreSheet } from './snapshots.ts';
import { recomputed } from './spreadsheet.ts';

const read = async (bytes: Uint8Array, sheet: number) => readSheet(Buffer.from(bytes), sheet);

describe('a workbook', () => {
  const sheet: Sheet = {
    name: '表一',
    columns: [
      { title: '名称', width: 20, wrap: true },
      { title: '数量', width: 8, format: 'integer' },
    ],
    rows: [
      ['<甲> & "乙"\n丙', 3],
      ['=SUM(A1)', 4],
      [null, null],
    ],
    totals: ['合计', { formula: 'SUM(B2:B4)', value: 7 }],
  };
  const workbook: Workbook = { title: '样例', sheets: [sheet] };

  it('is read back as it was written: texts as texts, numbers as numbers', async () => {
    expect(await read(toXlsx(workbook), 1)).toEqual([
      ['名称', '数量'],
      ['<甲> & "乙"\n丙', 3],
      ['=SUM(A1)', 4],
      [null, null],
      ['合计', 7],
    ]);
  });

  it('is the same bytes every time, with a frozen head, widths, and a head on each printed page', () => {
    expect(toXlsx(workbook)).toEqual(toXlsx(structuredClone(workbook)));
    const parts = unzipSync(toXlsx(workbook));
    const xml = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<col min="1" max="1" width="20" customWidth="1"/>');
    expect(xml).toContain('paperSize="9" orientation="portrait" fitToWidth="1"');
    expect(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array())).toContain("'表一'!$1:$1");
    expect(xml).toContain('<f>SUM(B2:B4)</f><v>7</v>');
  });

  it('as CSV has a byte order mark and executes nothing', () => {
    const csv = toCsv({
      ...sheet,
      rows: [
        ['=1+1', 1],
        ['@SUM(A1)', 2],
        ['\t-x', 3],
        ['甲,"乙"', null],
      ],
    });
    expect(csv).toBe('\uFEFF名称,数量\r\n\'=1+1,1\r\n\'@SUM(A1),2\r\n\'\t-x,3\r\n"甲,""乙""",\r\n合计,7\r\n');
  });

  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});

describe('totals', () => {
  const sheets = fc
    .array(fc.tuple(anyAnswers(DEFAULT_RUBRIC), fc.subarray(['C4', 'D1', 'E1', 'G3'])), { maxLength: 5 })
    .map((all) => all.map(([answers, notApplicable]) => aScoreSheet(answers, { notApplicable })));

  it('of a score sheet, computed again from its cells, are the score', () => {
    fc.assert(
      fc.property(sheets, (snapshots) => {
        for (const snapshot of snapshots) {
          for (const { given, computed } of recomputed(scoreSheetWorkbook(snapshot))) {
            expect(computed).toBeCloseTo(given, 9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of the results, computed again from their cells, are the statistics', () => {
    fc.assert(
      fc.property(sheets, (snapshots) => {
        const bands = DEFAULT_RUBRIC.stars.map((band) => ({
          ...band,
          count: snapshots.filter(({ score }) => score.stars === band.stars).length,
        }));
        const workbook = resultsWorkbook({ year: 2021, sampleData: false, bands, agencies: snapshots });
        for (const { given, computed } of recomputed(workbook)) expect(computed).toBeCloseTo(given, 9);
      }),
      { numRuns: 60 },
    );
  });
});

it('the results are read back row by row', async () => {
  const agencies = [aScoreSheet(), aScoreSheet()];
  const bands = DEFAULT_RUBRIC.stars.map((band) => ({ ...band, count: band.stars === 5 ? 2 : 0 }));
  const bytes = toXlsx(resultsWorkbook({ year: 2021, sampleData: true, bands, agencies }));
  const rows = await read(bytes, 1);
  expect(rows).toHaveLength(3);
  expect(rows[1]?.slice(1, 4)).toEqual(['淮河钢铁有限公司', 'Y000034040001', '企业']);
  expect(rows[1]?.[10]).toBe(Number(agencies[0]?.score.total));
  expect((await read(bytes, 2)).at(-1)).toEqual(['合计', null, 2, 1]);
});
