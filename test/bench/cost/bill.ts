/** What a year costs on AWS: what was measured on one machine, times the list prices, plus what the template keeps. */
import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { definitionFile } from '../../../infra/definition.ts';
import { BATCH_SIZE } from '../../../shared/app/steps/batch.ts';
import type { Measured } from '../measured-year.ts';
import { PRICES } from './prices.ts';

/** What a measurement on one machine cannot tell. */
export const ASSUMED = {
  /** A call over AWS's network takes longer than over loopback. */
  tableCallMilliseconds: 5,
  objectCallMilliseconds: 25,
  readUnitsPerSweep: 10,
  megabytesPerEvidenceFile: 2,
  /** START, END and REPORT of every invocation, and what the API logs of a request. */
  logBytesPerInvocation: 700,
  logMonths: 24,
  /** How long a year's records, evidence and reports are kept within the year that is billed. */
  monthsKept: 12,
  publicVisits: 2_000,
  publicVisitsPerAgency: 20,
  requestsPerVisit: 15,
  megabytesPerVisit: 1,
} as const;

const GIGABYTE = 1024 ** 3;
const HOURS = 365 * 24;
const SWEEPS = ['sweep-gates', 'sweep-uploads'];

/** Steps of the year that take a batch of agencies at a time: each further batch is two transitions of each. */
const LOOPS = (
  readFileSync(definitionFile('annual-assessment'), 'utf8').match(/"cursor": "\{% \$cursor %\}"/g) ?? []
).length;
const batchesOf = (agencies: number) => Math.ceil(agencies / BATCH_SIZE);

export interface Bill {
  agencies: number;
  /** Dollars a year by what they are paid for. */
  lines: Record<string, number>;
  /** Of the lines, what is paid while no cycle runs. */
  idle: number;
  total: number;
}

/** A year between two measured ones, or beyond them on the line through both. */
export function yearOf(agencies: number, [small, large]: readonly [Measured, Measured]) {
  const along = (pick: (measured: Measured) => number) => {
    const slope = (pick(large) - pick(small)) / (large.agencies - small.agencies);
    return Math.max(0, pick(small) + slope * (agencies - small.agencies));
  };
  const invoked = (names: (name: string) => boolean) =>
    along(({ functions }) =>
      Object.entries(functions).reduce(
        (sum, [name, { invocations }]) => sum + (names(name) ? invocations : 0),
        0,
      ),
    );
  const milliseconds = ({ functions }: Measured) =>
    Object.values(functions).reduce((sum, used) => sum + used.milliseconds, 0);
  return {
    transitions: large.transitions + 2 * LOOPS * (batchesOf(agencies) - batchesOf(large.agencies)),
    invocations: invoked(() => true),
    requests: invoked((name) => name.startsWith('serve-')),
    milliseconds: along(milliseconds),
    tableCalls: along(({ table }) => table.reads + table.writes),
    readUnits: along(({ table }) => table.readUnits),
    writeUnits: along(({ table }) => table.writeUnits),
    tableBytes: along(({ tableBytes }) => tableBytes),
    objectWrites: along(({ objects }) => objects.writes),
    objectReads: along(({ objects }) => objects.reads),
    evidenceFiles: along(({ evidenceFiles }) => evidenceFiles),
    outputBytes: along(({ outputBytes }) => outputBytes),
    messages: along(({ messages }) => messages),
  };
}

/** What stands in the template and is paid by the month. */
export function keptIn(template: Template) {
  const count = (type: string) => Object.keys(template.findResources(type)).length;
  const filters = Object.values(template.findResources('AWS::Logs::MetricFilter'));
  const metrics = new Set(
    filters.map(({ Properties }) => Properties.MetricTransformations[0].MetricName as string),
  );
  const memory = Object.values(template.findResources('AWS::Lambda::Function')).map(
    ({ Properties }) => (Properties.MemorySize ?? 128) as number,
  );
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    metrics: metrics.size,
    dashboards: count('AWS::CloudWatch::Dashboard'),
    gigabytes: Math.max(...memory) / 1024,
  };
}

export function billOf(
  agencies: number,
  measured: readonly [Measured, Measured],
  kept: ReturnType<typeof keptIn>,
): Bill {
  const year = yearOf(agencies, measured);
  const sweeps = HOURS * SWEEPS.length;
  const watching =
    12 *
    (kept.alarms * PRICES.alarmMonth +
      kept.metrics * PRICES.metricMonth +
      kept.dashboards * PRICES.dashboardMonth);
  const sweeping =
    sweeps * (PRICES.lambdaRequest + PRICES.schedulerInvocation + logged(1)) +
    (sweeps * sweepTime(measured[0]) * PRICES.lambdaGigabyteSecond) / 1000 +
    sweeps * ASSUMED.readUnitsPerSweep * PRICES.tableReadUnit;
  const visits = ASSUMED.publicVisits + agencies * ASSUMED.publicVisitsPerAgency;
  const evidence = (year.evidenceFiles * ASSUMED.megabytesPerEvidenceFile) / 1024;
  const billed =
    year.milliseconds +
    year.tableCalls * ASSUMED.tableCallMilliseconds +
    (year.objectWrites + year.objectReads) * ASSUMED.objectCallMilliseconds;
  const lines = {
    'alarms, metrics, dashboard': watching,
    'hourly sweeps': sweeping,
    'Step Functions': year.transitions * PRICES.transition,
    Lambda:
      year.invocations * PRICES.lambdaRequest +
      (billed / 1000) * kept.gigabytes * PRICES.lambdaGigabyteSecond,
    'HTTP API': year.requests * PRICES.httpApiRequest,
    'DynamoDB requests': year.writeUnits * PRICES.tableWriteUnit + year.readUnits * PRICES.tableReadUnit,
    'DynamoDB storage': (year.tableBytes / GIGABYTE) * PRICES.tableGigabyteMonth * ASSUMED.monthsKept,
    'S3 requests':
      (year.objectWrites + year.evidenceFiles) * PRICES.objectWrite + year.objectReads * PRICES.objectRead,
    'S3 storage': (evidence + year.outputBytes / GIGABYTE) * PRICES.objectGigabyteMonth * ASSUMED.monthsKept,
    logs: logged(year.invocations),
    messages: year.messages * PRICES.message,
    'public site':
      visits *
      (ASSUMED.requestsPerVisit * PRICES.siteRequest +
        (ASSUMED.megabytesPerVisit / 1024) * PRICES.siteGigabyte),
  };
  const total = Object.values(lines).reduce((sum, line) => sum + line, 0);
  return { agencies, lines, idle: watching + sweeping, total };
}

/** Dollars for what so many invocations log, kept as long as the log groups keep it. */
function logged(invocations: number): number {
  const gigabytes = (invocations * ASSUMED.logBytesPerInvocation) / GIGABYTE;
  return gigabytes * (PRICES.logGigabyte + PRICES.logGigabyteMonth * ASSUMED.logMonths);
}

/** The milliseconds of a sweep that finds nothing to do: at most what one of the small year took. */
function sweepTime({ functions }: Measured): number {
  const swept = SWEEPS.map((name) => functions[name] ?? { invocations: 0, milliseconds: 0 });
  const invocations = swept.reduce((sum, one) => sum + one.invocations, 0);
  return invocations === 0 ? 0 : swept.reduce((sum, one) => sum + one.milliseconds, 0) / invocations;
}
