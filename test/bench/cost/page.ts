/** docs/cost.md, computed: the tables between the marks; the words around them are written by hand. */
import { readFileSync } from 'node:fs';
import { replaceMarked } from '../../../infra/marked-page.ts';
import { templateOf } from '../../infra/synthesis.ts';
import type { Measured } from '../measured-year.ts';
import { ASSUMED, type Bill, billOf, keptIn, yearOf } from './bill.ts';
import { PRICES, PRICES_OF } from './prices.ts';

export const COST_PAGE = 'docs/cost.md';
/** Written by `npm run measure`. */
export const MEASURED = 'test/bench/measured.json';
const CITIES = [13, 100, 1_000, 10_000] as const;

const number = (value: number) => Math.round(value).toLocaleString('en');
const exactly = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 6 });
const dollars = (value: number) =>
  value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (head: string[], rows: (string | number)[][]) =>
  [row(head), row(head.map((_cell, index) => (index === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');

export function withCost(page: string): string {
  const measured = JSON.parse(readFileSync(MEASURED, 'utf8')) as [Measured, Measured];
  const kept = keptIn(templateOf({}));
  const bills = CITIES.map((agencies) => billOf(agencies, measured, kept));
  const cities = CITIES.map((agencies) => `${number(agencies)} agencies`);
  const lines = Object.keys(bills[0]?.lines ?? {}).map((line) => [
    line,
    ...bills.map((bill) => dollars(bill.lines[line] ?? 0)),
  ]);
  const bill = table(
    ['US dollars a year', ...cities],
    [
      ...lines,
      ['**together**', ...bills.map(({ total }) => `**${dollars(total)}**`)],
      ['of it while no cycle runs', ...bills.map(({ idle }) => dollars(idle))],
      ['per agency', ...bills.map(({ total, agencies }) => dollars(total / agencies))],
      ['dominated by', ...bills.map(dominant)],
    ],
  );
  const years = CITIES.map((agencies) => yearOf(agencies, measured));
  const what = Object.keys(years[0] ?? {}) as (keyof (typeof years)[number])[];
  const use = table(
    ['a year', ...cities],
    what.map((name) => [WORDS[name], ...years.map((year) => number(year[name]))]),
  );
  const kinds = [
    ...Object.entries(PRICES).map(([name, price]) => [name, exactly(price)]),
    ...Object.entries(ASSUMED).map(([name, value]) => [`assumed: ${name}`, value]),
    ...Object.entries(kept).map(([name, value]) => [`in the template: ${name}`, exactly(value)]),
  ];
  const marked = replaceMarked(page, 'the bill', bill);
  return replaceMarked(
    replaceMarked(marked, 'what is used', use),
    'prices',
    table([`list prices of ${PRICES_OF}, assumptions`, ''], kinds),
  );
}

const WORDS: Record<keyof ReturnType<typeof yearOf>, string> = {
  transitions: 'state transitions',
  invocations: 'invocations of functions',
  requests: 'of them by the API',
  milliseconds: 'milliseconds in functions',
  tableCalls: 'calls of DynamoDB',
  readUnits: 'read units',
  writeUnits: 'write units',
  tableBytes: 'bytes in the table',
  objectWrites: 'S3 requests that write',
  objectReads: 'S3 requests that read',
  evidenceFiles: 'evidence files',
  outputBytes: 'bytes published and archived',
  messages: 'messages',
};

function dominant({ lines, total }: Bill): string {
  const [[name, largest] = ['', 0]] = Object.entries(lines).toSorted(([, a], [, b]) => b - a);
  return `${name} (${Math.round((100 * largest) / total)} %)`;
}
