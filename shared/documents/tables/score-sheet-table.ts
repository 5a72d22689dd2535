/** One agency's score sheet as a workbook: each item's points, the sums as formulas, and how they make the score. */
import { FACT_SOURCES, type ScoreSheet } from '../../domain/score.ts';
import type { ScoreSheetSnapshot } from '../types/score-sheet.ts';
import { type CellValue, columnRange, type Sheet, type Workbook } from '../xlsx/workbook.ts';

export function scoreSheetWorkbook(snapshot: ScoreSheetSnapshot): Workbook {
  const { year, agency } = snapshot;
  const items = itemSheet(snapshot);
  return {
    title: `${year}年度评分表 ${agency.name}`,
    sheets: [items, scoreSheet(snapshot, items)],
  };
}

/** The items' sheet, which is also the CSV of the score sheet. */
export function itemSheet({ score, sampleData }: Pick<ScoreSheetSnapshot, 'score' | 'sampleData'>): Sheet {
  const rows = score.items.map((item): CellValue[] => {
    const applies = item.outcome !== 'notApplicable';
    return [
      item.code,
      item.title,
      applies ? Number(item.possible) : null,
      applies ? Number(item.earned) : null,
      item.rule,
      item.source ? FACT_SOURCES[item.source] : '',
    ];
  });
  const sum = (column: number, value: string): CellValue => ({
    formula: `SUM(${columnRange(column, rows.length)})`,
    value: Number(value),
  });
  return {
    name: '项目得分',
    columns: [
      { title: '编号', width: 7 },
      { title: '评估项目', width: 34, wrap: true },
      { title: '适用分值', width: 10, format: 'points' },
      { title: '得分', width: 8, format: 'points' },
      { title: sampleData ? '计分依据（样例数据）' : '计分依据', width: 60, wrap: true },
      { title: '事实来源', width: 12 },
    ],
    rows,
    totals: ['合计', '', sum(2, score.applicable), sum(3, score.earned), '', ''],
  };
}

/**
 * From points to the score. Cut off after two places as the score is; the inner rounding only takes away what binary
 * floating point adds, far behind the last place that an exact score can have.
 */
function scoreSheet({ agency, score, claimed }: ScoreSheetSnapshot, items: Sheet): Sheet {
  const total = items.rows.length + 2;
  const [applicable, earned] = [`${items.name}!C${total}`, `${items.name}!D${total}`];
  const base = `${earned}*100/${applicable}`;
  const cut = (exact: string) => `IF(${applicable}=0,0,TRUNC(ROUND(${exact},9),2))`;
  const rows: CellValue[][] = [
    ['机构名称', agency.name],
    ['机构备案号', agency.filingNumber],
    ['备案期限', agency.filingTerm],
    ['自评得分', claimed === null ? '未提交' : Number(claimed)],
    ['基础得分', { formula: cut(base), value: Number(score.base) }],
    ['加分', Number(score.bonus.points)],
    ['评估得分', { formula: `MIN(100,${cut(`${base}+B7`)})`, value: Number(score.total) }],
    ...score.vetoes.map(({ code, title }): CellValue[] => ['一票否决', `${code} ${title}`]),
    ['评估等级', printedResult(score)],
  ];
  return {
    name: '评估结果',
    columns: [
      { title: '内容', width: 16 },
      { title: '结果', width: 50, format: 'score', wrap: true },
    ],
    rows,
  };
}

export function printedResult({ stars, result }: Pick<ScoreSheet, 'stars' | 'result'>): string {
  return stars > 0 ? `${result}（${'★'.repeat(stars)}）` : result;
}
