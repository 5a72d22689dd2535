/** The annex of stars: 序号, 机构名称, 机构备案号, 备案期限, 评估星级. */
import { printedStars } from './letter.ts';
import type { Table } from './model.ts';

export interface StarRow {
  number: number;
  name: string;
  filingNumber: string;
  filingTerm: string;
  stars: number;
  result: string;
}

export function starTable(rows: readonly StarRow[], title: string): Table {
  return {
    kind: 'table',
    caption: title,
    columns: [
      { title: '序号', share: 3, align: 'centre' },
      { title: '机构名称', share: 11 },
      { title: '机构备案号', share: 7, align: 'centre' },
      { title: '备案期限', share: 6, align: 'centre' },
      { title, share: 7, align: 'centre' },
    ],
    rows: rows.map(({ number, name, filingNumber, filingTerm, stars, result }) => [
      String(number),
      name,
      filingNumber,
      filingTerm,
      printedStars(stars, result),
    ]),
  };
}
