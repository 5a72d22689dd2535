import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../shared/domain/registry-import.ts';
import { errorsOf, importOne, problemsOf } from './registry-import-tables.ts';

describe('备案期限', () => {
  it.each<CellValue>([
    '2020.4-2023.3',
    '2020.04 - 2023.03',
    '２０２０．４－２０２３．３',
    '2020年4月至2023年3月',
    '2020年4月—2023年3月',
    '自2020年4月起至2023年3月止',
    '2020-04~2023-03',
    '2020-04-2023-03',
    '2020-04-01-2023-03-31',
    '2020/4—2023/3',
    '2020/4/1至2023/3/31',
    '202004-202303',
    '自2020年4月起三年',
  ])('%s is one term', (term) => {
    const imported = importOne({ 备案期限: term });
    expect(imported.agencies[0]?.filingTerm).toEqual({ from: '2020-04', to: '2023-03' });
    expect(problemsOf(imported)).toEqual([]);
  });

  it.each<CellValue>([
    new Date(Date.UTC(2020, 3, 1)),
    43922,
    2020.4,
    202004,
    20200401,
    '2020.4',
    '2020年4月1日',
  ])('%s alone is the first month of the normal term, with a warning', (term) => {
    const imported = importOne({ 备案期限: term });
    expect(imported.agencies[0]?.filingTerm).toEqual({ from: '2020-04', to: '2023-03' });
    expect(problemsOf(imported).map(({ severity, cell }) => [severity, cell])).toEqual([['warning', 'E2']]);
  });

  it('refuses the number 2020.1, which may be January or October, but not the text', () => {
    expect(errorsOf(importOne({ 备案期限: 2020.1 }))[0]?.message).toContain('10 月');
    expect(importOne({ 备案期限: '2020.1' }).agencies[0]?.filingTerm.from).toBe('2020-01');
    expect(errorsOf(importOne({ 备案期限: '2020.1' }, { untyped: true }))).toHaveLength(1);
    expect(importOne({ 备案期限: '2020.10' }, { untyped: true }).agencies[0]?.filingTerm.from).toBe(
      '2020-10',
    );
    expect(importOne({ 备案期限: 2020.11 }).agencies[0]?.filingTerm.from).toBe('2020-11');
  });

  it.each<CellValue>([
    '2020.13-2023.3',
    '2023.3-2020.4',
    '2020-2023',
    '20.4-23.3',
    2020,
    '2020.4-',
    true,
    '2020.412',
  ])('refuses %s', (term) => {
    expect(errorsOf(importOne({ 备案期限: term })).map(({ cell }) => cell)).toEqual(['E2']);
  });

  it('warns of a term that is not 36 months', () => {
    expect(problemsOf(importOne({ 备案期限: '2020.4-2022.3' }))[0]?.message).toContain('24 个月');
  });

  it('reads two columns and points to the wrong one', () => {
    const term = { 备案期限: null, 备案开始: '2020年4月', 备案截止: '2023.3' };
    expect(importOne(term).agencies[0]?.filingTerm).toEqual({ from: '2020-04', to: '2023-03' });
    const wrong = errorsOf(importOne({ ...term, 备案截止: '2023.30' }));
    expect(wrong.map(({ field, cell }) => [field, cell])).toEqual([['备案截止', 'K2']]);
  });

  it('is read from any month and printed notation alike', () => {
    const month = fc.record({
      year: fc.integer({ min: 2000, max: 2040 }),
      month: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(
        month,
        fc.constantFrom('.', '/', '-', '年'),
        fc.constantFrom('至', '~', '—', '-'),
        (from, sign, to) => {
          const print = (year: number) => `${year}${sign}${from.month}${sign === '年' ? '月' : ''}`;
          const imported = importOne({ 备案期限: `${print(from.year)}${to}${print(from.year + 3)}` });
          const text = String(from.month).padStart(2, '0');
          expect(imported.agencies[0]?.filingTerm).toEqual({
            from: `${from.year}-${text}`,
            to: `${from.year + 3}-${text}`,
          });
        },
      ),
    );
  });
});
