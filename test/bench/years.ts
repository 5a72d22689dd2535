/** Whole years of cities of different sizes, each in a process of its own. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './measured-year.ts';
import type { Line } from './timing.ts';

const LIVE_YEAR = fileURLToPath(new URL('./live-year.ts', import.meta.url));

/** `unattended`: nobody files, so the deadlines and the workflow do it all. */
export function liveYear(agencies: number, unattended: boolean): Measured {
  const args = [LIVE_YEAR, String(agencies), unattended ? 'unattended' : 'attended'];
  return JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 }),
  ) as Measured;
}

const number = (value: number) => Math.round(value).toLocaleString('en');

export function benchYears(attended: readonly number[], unattended: readonly number[]): Line[] {
  const lives = attended.map((agencies) => liveYear(agencies, false));
  const alone = unattended.map((agencies) => liveYear(agencies, true));
  return [
    ...lives.flatMap((year) => linesOf(year, 'attended')),
    ...alone.flatMap((year) => linesOf(year, 'unattended')),
    ...flatness(alone),
    ...limits(alone.at(-1)),
  ];
}

function linesOf(year: Measured, how: string): Line[] {
  const { agencies, transitions, table, tableBytes } = year;
  const most = 80 + (8 * agencies) / 100;
  // To write what the table holds once takes a unit for each KB.
  const least = tableBytes / 1024;
  const what = `a year of ${number(agencies)} agencies, ${how}`;
  const line = { peer: '', ratio: '', asked: '', holds: true };
  return [
    {
      ...line,
      what: `${what}: seconds (${number(year.processorSeconds)} of the processor; peak ${number(year.peakMegabytes)} MB)`,
      ours: year.seconds.toFixed(1),
    },
    {
      what: `${what}: transitions`,
      ours: number(transitions),
      peer: number(most),
      ratio: (transitions / most).toFixed(2),
      asked: 'at most 1',
      holds: transitions <= most,
    },
    {
      ...line,
      what: `${what}: write units, against those that the table's size takes at least`,
      ours: number(table.writeUnits),
      peer: number(least),
      ratio: (table.writeUnits / least).toFixed(1),
    },
  ];
}

/** Processor time and memory per agency of the larger cities against those of 100. */
function flatness(years: readonly Measured[]): Line[] {
  const [first, ...larger] = years.filter(({ agencies }) => agencies >= 100);
  if (!first) return [];
  const perAgency = (pick: (year: Measured) => number, year: Measured) => pick(year) / year.agencies;
  const compared = (what: string, unit: string, pick: (year: Measured) => number) =>
    larger.map((year): Line => {
      const [own, base] = [perAgency(pick, year), perAgency(pick, first)];
      return {
        what: `${what} per agency, ${number(year.agencies)} against ${number(first.agencies)} (${unit})`,
        ours: own.toPrecision(3),
        peer: base.toPrecision(3),
        ratio: (own / base).toFixed(2),
        asked: 'at most 1.2',
        holds: own / base <= 1.2,
      };
    });
  return [
    ...compared('processor time', 's', ({ processorSeconds }) => processorSeconds),
    ...compared('peak memory', 'MB', ({ peakMegabytes }) => peakMegabytes),
  ];
}

function limits(year: Measured | undefined): Line[] {
  if (!year) return [];
  const limit = (what: string, value: number, most: number): Line => ({
    what: `a year of ${number(year.agencies)} agencies, unattended: ${what}`,
    ours: number(value),
    peer: number(most),
    ratio: (value / most).toFixed(2),
    asked: 'at most 1',
    holds: value <= most,
  });
  return [
    limit('seconds, against the limit', year.seconds, 180),
    limit('MB, against the limit', year.peakMegabytes, 700),
  ];
}
