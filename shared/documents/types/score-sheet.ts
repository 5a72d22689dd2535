/** The score sheet 评分表 of one agency: every item with the rule that gave its points. For the agency, never published. */

import { NATURES, type Nature } from '../../domain/agency.ts';
import { FILING_TYPES, type FilingType } from '../../domain/filing-types.ts';
import { FACT_SOURCES, type ItemScore, type ScoreSheet } from '../../domain/score.ts';
import { letter, printedStars } from '../letter.ts';
import type { Block, OfficialDocument, Table } from '../model.ts';
import { filledBody, filledTitle } from '../template.ts';
import { SCORE_SHEET } from '../templates/score-sheet.ts';

export interface ScoreSheetSnapshot {
  year: number;
  centre: string;
  date: string | null;
  agency: {
    name: string;
    filingNumber: string;
    filingTerm: string;
    filingType: FilingType;
    nature: Nature;
    county: string;
  };
  /** The agency's own score; null where it filed nothing. */
  claimed: string | null;
  visited: boolean;
  score: ScoreSheet;
  objections: readonly { items: readonly string[]; verdict: 'upheld' | 'rejected'; decision: string }[];
  sampleData: boolean;
}

export function scoreSheetDocument(sheet: ScoreSheetSnapshot): OfficialDocument {
  const { year, score } = sheet;
  const values = {
    year,
    result: score.stars > 0 ? `${score.result}（${printedStars(score.stars, '')}）` : score.result,
    explanation: `得分按“得分合计÷适用分值合计×100”计算，取两位小数、不进位，为${score.base}分；加分${score.bonus.points}分，总分${score.total}分。`,
  };
  return letter(
    { ...sheet, number: null },
    {
      head: { layout: 'plain' },
      title: filledTitle(SCORE_SHEET, values),
      body: filledBody(SCORE_SHEET, values, {
        agency: [agencyFacts(sheet)],
        items: [itemTable(score)],
        bonus: bonusTable(score),
        vetoes: vetoTable(score),
        objections: objectionTable(sheet),
      }),
    },
  );
}

function agencyFacts({ agency, claimed, visited, score }: ScoreSheetSnapshot): Block {
  return {
    kind: 'facts',
    caption: '机构和评估结果',
    pairs: 2,
    size: 10.5,
    entries: [
      { name: '机构名称', value: agency.name },
      { name: '机构备案号', value: agency.filingNumber },
      { name: '备案类型', value: FILING_TYPES[agency.filingType] },
      { name: '机构性质', value: NATURES[agency.nature] },
      { name: '备案期限', value: agency.filingTerm },
      { name: '县区', value: agency.county },
      { name: '自评得分', value: claimed ?? '未提交' },
      { name: '计分依据', value: claimed === null ? '未提交自评' : visited ? '现场检查' : '材料复核' },
      { name: '评估得分', value: score.total },
      { name: '评估等级', value: printedStars(score.stars, score.result) },
    ],
  };
}

/** Not scored, not applicable and zero are three different things. */
export function printedPoints({ outcome, earned }: Pick<ItemScore, 'outcome' | 'earned'>): string {
  return outcome === 'notApplicable' ? '不适用' : earned;
}

function itemTable(score: ScoreSheet): Table {
  return {
    kind: 'table',
    caption: '各项目得分',
    columns: [
      { title: '评估项目', share: 10 },
      { title: '分值', share: 3, align: 'centre' },
      { title: '得分', share: 3, align: 'centre' },
      { title: '计分依据', share: 15 },
      { title: '事实来源', share: 4, align: 'centre' },
    ],
    rows: [
      ...score.items.map((item) => [
        `${item.code} ${item.title}`,
        item.possible,
        printedPoints(item),
        item.rule,
        item.source ? FACT_SOURCES[item.source] : '',
      ]),
      ['合计（适用项目）', score.applicable, score.earned, '', ''],
    ],
    totals: true,
    size: 10.5,
  };
}

function bonusTable({ bonus }: ScoreSheet): Block[] {
  if (bonus.items.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: bonus.note ? `加分（${bonus.note}）` : '加分',
      captioned: true,
      columns: [
        { title: '加分项', share: 20 },
        { title: '分值', share: 4, align: 'centre' },
      ],
      rows: [
        ...bonus.items.map(({ code, title, points }) => [`${code} ${title}`, points]),
        ['计入总分', bonus.points],
      ],
      totals: true,
      size: 10.5,
    },
  ];
}

function vetoTable({ vetoes }: Pick<ScoreSheet, 'vetoes'>): Block[] {
  if (vetoes.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: '一票否决情形',
      captioned: true,
      columns: [
        { title: '情形', share: 10 },
        { title: '认定事实', share: 14 },
      ],
      rows: vetoes.map(({ code, title, finding }) => [`${code} ${title}`, finding]),
      size: 10.5,
    },
  ];
}

function objectionTable({ objections }: ScoreSheetSnapshot): Block[] {
  if (objections.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: '异议处理',
      captioned: true,
      columns: [
        { title: '项目', share: 5 },
        { title: '结论', share: 4, align: 'centre' },
        { title: '理由', share: 16 },
      ],
      rows: objections.map(({ items, verdict, decision }) => [
        items.join('、'),
        verdict === 'upheld' ? '成立' : '不成立',
        decision,
      ]),
      size: 10.5,
    },
  ];
}
