/** The year's results as a workbook: agency by agency, item by item, and how many there are of each band. */
import { NATURES } from '../../domain/agency.ts';
import { FILING_TYPES } from '../../domain/filing-types.ts';
import type { ScoreSheet } from '../../domain/score.ts';
import type { ScoreSheetSnapshot } from '../types/score-sheet.ts';
import { type CellValue, columnName, columnRange, type Sheet, type Workbook } from '../xlsx/workbook.ts';
import { printedResult } from './score-sheet-table.ts';

export interface ResultsSnapshot {
  year: number;
  sampleData: boolean;
  bands: readonly { stars: number; name: string; count: number }[];
  agencies: readonly Pick<ScoreSheetSnapshot, 'agency' | 'claimed' | 'visited' | 'score'>[];
}

export function resultsWorkbook(results: ResultsSnapshot): Workbook {
  const agencies = agencySheet(results);
  return {
    title: `${results.year}年度技能人才评价机构年度工作评估结果`,
    sheets: [agencies, bandSheet(results, agencies), itemSheet(results)],
  };
}

const STARS_COLUMN = 11;

/** The list, which is also the CSV of the results. */
export function agencySheet({ agencies, sampleData }: ResultsSnapshot): Sheet {
  return {
    name: '评估结果',
    landscape: true,
    columns: [
      { title: '序号', width: 6, format: 'integer' },
      { title: sampleData ? '机构名称（样例数据）' : '机构名称', width: 34, wrap: true },
      { title: '机构备案号', width: 16 },
      { title: '备案类型', width: 10 },
      { title: '机构性质', width: 22, wrap: true },
      { title: '备案期限', width: 16 },
      { title: '计分依据', width: 10 },
      { title: '自评得分', width: 9, format: 'score' },
      { title: '基础得分', width: 9, format: 'score' },
      { title: '加分', width: 7, format: 'points' },
      { title: '评估得分', width: 9, format: 'score' },
      { title: '星级', width: 6, format: 'integer' },
      { title: '评估等级', width: 18 },
      { title: '一票否决', width: 24, wrap: true },
    ],
    rows: agencies.map(({ agency, claimed, visited, score }, index): CellValue[] => [
      index + 1,
      agency.name,
      agency.filingNumber,
      FILING_TYPES[agency.filingType],
      NATURES[agency.nature],
      agency.filingTerm,
      claimed === null ? '未提交' : visited ? '现场检查' : '材料复核',
      claimed === null ? null : Number(claimed),
      Number(score.base),
      Number(score.bonus.points),
      Number(score.total),
      score.stars,
      printedResult(score),
      score.vetoes.map(({ code, title }) => `${code} ${title}`).join('；'),
    ]),
  };
}

function bandSheet({ bands }: ResultsSnapshot, list: Sheet): Sheet {
  const population = list.rows.length;
  const stars = `${list.name}!$${columnName(STARS_COLUMN)}$2:$${columnName(STARS_COLUMN)}$${population + 1}`;
  const total = bands.length + 2;
  const share = (count: number, row: number): CellValue => ({
    formula: `IF(C$${total}=0,0,C${row}/C$${total})`,
    value: population === 0 ? 0 : count / population,
  });
  return {
    name: '等级统计',
    columns: [
      { title: '评估等级', width: 14 },
      { title: '星级', width: 8, format: 'integer' },
      { title: '机构数', width: 10, format: 'integer' },
      { title: '占比', width: 10, format: 'percent' },
    ],
    rows: bands.map(({ stars: own, name, count }, index): CellValue[] => [
      name,
      own,
      { formula: `COUNTIF(${stars},B${index + 2})`, value: count },
      share(count, index + 2),
    ]),
    totals: [
      '合计',
      null,
      { formula: `SUM(${columnRange(2, bands.length)})`, value: population },
      share(population, total),
    ],
  };
}

/** Points of every agency and item; averages over those it applied to. */
function itemSheet({ agencies }: ResultsSnapshot): Sheet {
  const items = agencies[0]?.score.items ?? [];
  const first = 3;
  const last = first + items.length - 1;
  return {
    name: '项目得分',
    landscape: true,
    columns: [
      { title: '机构备案号', width: 16 },
      { title: '机构名称', width: 30, wrap: true },
      { title: '得分合计', width: 9, format: 'points' },
      ...items.map(({ code }) => ({ title: code, width: 6, format: 'points' as const })),
    ],
    rows: agencies.map(({ agency, score }, index): CellValue[] => {
      const row = index + 2;
      const sum = `SUM(${columnName(first)}${row}:${columnName(last)}${row})`;
      return [
        agency.filingNumber,
        agency.name,
        { formula: sum, value: Number(score.earned) },
        ...score.items.map((item) => (item.outcome === 'notApplicable' ? null : Number(item.earned))),
      ];
    }),
    totals: [
      '平均',
      null,
      average(
        2,
        agencies.map(({ score }) => Number(score.earned)),
      ),
      ...items.map((_item, index) => average(first + index, pointsOf(agencies, index))),
    ],
  };

  function average(column: number, points: readonly number[]): CellValue {
    if (points.length === 0) return null;
    const sum = points.reduce((total, one) => total + Math.round(one * 1000), 0);
    return {
      formula: `AVERAGE(${columnRange(column, agencies.length)})`,
      value: sum / 1000 / points.length,
    };
  }
}

function pointsOf(agencies: readonly { score: ScoreSheet }[], index: number): number[] {
  return agencies.flatMap(({ score }) => {
    const item = score.items[index];
    return item && item.outcome !== 'notApplicable' ? [Number(item.earned)] : [];
  });
}
