import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../shared/domain/registry-import/table.ts';
import type { Table } from '../../shared/domain/registry-import.ts';
import { type Fields, GOOD, importing, problemsOf, sheetOf, tableOf } from './registry-import-tables.ts';

/** Wrong values by column, each a problem at its own cell and nowhere else. */
const WRONG: Fields = {
  机构备案号: 'Y1',
  机构名称: '',
  备案类型: '其他',
  机构性质: '其他',
  备案期限: 2020.1,
  '职业（工种）': '车工',
};

describe('properties', () => {
  const columns = Object.keys(GOOD);
  const order = fc.shuffledSubarray(columns, { minLength: columns.length });
  const rows = fc.array(fc.subarray(Object.keys(WRONG)), { minLength: 1, maxLength: 6 });
  const record = (wrong: string[], index: number): Fields => ({
    ...GOOD,
    机构备案号: `Y00003404${String(index).padStart(4, '0')}`,
    ...Object.fromEntries(wrong.map((column) => [column, WRONG[column] ?? null])),
  });

  it('importing does not depend on the order of the columns', () => {
    fc.assert(
      fc.property(order, rows, (shuffled, wrongs) => {
        const records = wrongs.map(record);
        const told = (table: Table) => {
          const imported = importing(table);
          const problems = problemsOf(imported).map(({ cell: _cell, ...problem }) => problem);
          return { agencies: imported.agencies, problems };
        };
        expect(told(sheetOf(records, shuffled))).toEqual(told(sheetOf(records)));
      }),
    );
  });

  it('the cell of every problem holds what it is about', () => {
    fc.assert(
      fc.property(order, rows, fc.nat(3), (shuffled, wrongs, above) => {
        const records = wrongs.map(record);
        const lines = records.map((one) => shuffled.map((column) => one[column] ?? null));
        const table = tableOf([...Array.from({ length: above }, () => ['']), shuffled, ...lines]);
        const expected = wrongs.flatMap((wrong, index) =>
          wrong.map((column) => `${column}@${addressOf(shuffled.indexOf(column), above + 2 + index)}`),
        );
        const told = problemsOf(importing(table)).map(({ field, cell }) => `${field}@${cell}`);
        expect(told.sort()).toEqual(expected.sort());
      }),
    );
  });

  it('never throws, whatever the cells hold', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.date(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom(...columns),
    );
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 1, maxLength: 9 }), { maxLength: 6 }), (cells) => {
        importing(tableOf([columns, ...cells]));
      }),
    );
  });
});
