/** The spot-check plan 抽查方案: how many, drawn how, and who visits whom. */
import { FILING_TYPES, type FilingType } from '../../domain/filing-types.ts';
import { letter } from '../letter.ts';
import type { Block, OfficialDocument, Table } from '../model.ts';
import { filledBody, filledTitle } from '../template.ts';
import { PLAN } from '../templates/plan.ts';

export interface PlanSnapshot {
  year: number;
  number: string | null;
  centre: string;
  city: string;
  recipients: string;
  date: string | null;
  contact: string;
  visitWorkingDays: number;
  /** Of the agencies that are visited, by filing number. */
  names: Readonly<Record<string, string>>;
  seed: string;
  commitment: string;
  sampling: { percent: number; atLeast: number };
  inspectorsPerVisit: number;
  inspectors: readonly { id: string; name: string }[];
  strata: readonly {
    filingType: FilingType;
    population: number;
    target: number;
    certain: number;
    byLot: number;
  }[];
  visits: readonly {
    filingNumber: string;
    filingType: FilingType;
    reasons: readonly string[];
    inspectors: readonly string[];
  }[];
  sampleData: boolean;
}

export function planDocument(plan: PlanSnapshot): OfficialDocument {
  const { year, city, seed, commitment, inspectorsPerVisit, visitWorkingDays, strata, visits } = plan;
  const values = {
    year,
    city,
    inspectorsPerVisit,
    visitWorkingDays,
    population: strata.reduce((sum, stratum) => sum + stratum.population, 0),
    percent: plan.sampling.percent,
    atLeast: plan.sampling.atLeast,
    visits: visits.length,
    contact: plan.contact || null,
  };
  return letter(plan, {
    title: filledTitle(PLAN, values),
    recipients: plan.recipients,
    body: filledBody(PLAN, values, { strata: [strataTable(plan)], seed: [seedFacts(seed, commitment)] }),
    annexes: [{ title: [`${year}年度`, '现场检查对象', '和督导员名单'], body: [visitTable(plan)] }],
  });
}

function seedFacts(seed: string, commitment: string): Block {
  return {
    kind: 'facts',
    caption: '抽签种子和摘要',
    entries: [
      { name: '抽签种子', value: seed },
      { name: 'SHA-256摘要', value: commitment },
    ],
    size: 10.5,
  };
}

function strataTable({ strata, visits }: PlanSnapshot): Table {
  const sum = (of: (stratum: PlanSnapshot['strata'][number]) => number) =>
    String(strata.reduce((total, stratum) => total + of(stratum), 0));
  return {
    kind: 'table',
    caption: '各备案类型抽取数量',
    columns: [
      { title: '备案类型', share: 3, align: 'centre' },
      { title: '参加抽签', share: 2, align: 'centre' },
      { title: '必查', share: 2, align: 'centre' },
      { title: '抽签', share: 2, align: 'centre' },
      { title: '共抽取', share: 2, align: 'centre' },
    ],
    rows: [
      ...strata.map(({ filingType, population, certain, byLot }) => [
        FILING_TYPES[filingType],
        String(population),
        String(certain),
        String(byLot),
        String(visits.filter((visit) => visit.filingType === filingType).length),
      ]),
      [
        '合计',
        sum(({ population }) => population),
        sum(({ certain }) => certain),
        sum(({ byLot }) => byLot),
        String(visits.length),
      ],
    ],
    totals: true,
  };
}

function visitTable({ visits, names, inspectors }: PlanSnapshot): Table {
  const nameOf = new Map(inspectors.map(({ id, name }) => [id, name]));
  return {
    kind: 'table',
    caption: '现场检查对象和督导员',
    columns: [
      { title: '序号', share: 2, align: 'centre' },
      { title: '机构名称', share: 8 },
      { title: '机构备案号', share: 5, align: 'centre' },
      { title: '备案类型', share: 4, align: 'centre' },
      { title: '督导员', share: 7, align: 'centre' },
    ],
    rows: visits.map(({ filingNumber, filingType, inspectors: sent }, index) => [
      String(index + 1),
      names[filingNumber] ?? '',
      filingNumber,
      FILING_TYPES[filingType],
      sent.map((id) => nameOf.get(id) ?? id).join('、'),
    ]),
  };
}
