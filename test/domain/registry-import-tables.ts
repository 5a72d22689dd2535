/** Tables of a registry for the tests of its import. */

import { addressOf } from '../../shared/domain/registry-import/table.ts';
import { type CellValue, importRegistry, type Table } from '../../shared/domain/registry-import.ts';

export type Fields = Record<string, CellValue>;

export const GOOD: Fields = {
  机构备案号: 'Y000034040002',
  机构名称: '样例机构',
  备案类型: '企业',
  机构性质: '国有企业',
  备案期限: '2020.4-2023.3',
  县区: '凤台县',
  '职业（工种）': '6-18-01-01 车工（五级、四级）',
  联系人: '张样例',
  联系电话: '0554-6666666',
};

export function tableOf(rows: CellValue[][], sheet = '名册', extra: Partial<Table> = {}): Table {
  const cells = rows.map((row, r) => row.map((value, c) => ({ value, address: addressOf(c, r + 1) })));
  return { file: 'registry.xlsx', sheet, rows: cells, ...extra };
}

export function sheetOf(records: Fields[], columns = Object.keys(GOOD)): Table {
  return tableOf([columns, ...records.map((record) => columns.map((column) => record[column] ?? null))]);
}

export const importing = (...tables: Table[]) => importRegistry(tables, { cityCode: '04' });
export const importOne = (changes: Fields, extra: Partial<Table> = {}) =>
  importing({
    ...sheetOf([{ ...GOOD, ...changes }], [...new Set([...Object.keys(GOOD), ...Object.keys(changes)])]),
    ...extra,
  });
export const problemsOf = (imported: ReturnType<typeof importRegistry>) =>
  imported.rows.flatMap(({ problems }) => problems);
export const errorsOf = (imported: ReturnType<typeof importRegistry>) =>
  problemsOf(imported).filter(({ severity }) => severity === 'error');
