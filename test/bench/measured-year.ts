/** Lives a year of an invented city on one machine and counts what AWS would bill for. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttributeValue, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetExecutionHistoryCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { Clients } from '../../functions/container.ts';
import { runYears } from '../../infra/local/drive/run.ts';
import type { Observer } from '../../infra/local/runtime.ts';
import type { Notifier } from '../../shared/app/ports.ts';
import { type InventedCity, inventedCity } from './invented-city.ts';

export interface Measured {
  agencies: number;
  seconds: number;
  /** Of the whole process, on all its threads: what else the machine does is not counted. */
  processorSeconds: number;
  /** The process's peak, with the people's side of the year in it, in MB. */
  peakMegabytes: number;
  transitions: number;
  /** Per function: invocations, and the milliseconds they took on this machine. */
  functions: Record<string, { invocations: number; milliseconds: number }>;
  /** Capacity units of DynamoDB, as the emulation counts them by the service's rules. */
  table: { reads: number; writes: number; readUnits: number; writeUnits: number };
  /** Requests to S3 of the writing and of the reading class, and what was put, in bytes. */
  objects: { writes: number; reads: number; bytes: number };
  /** What the table holds at the end, to the next 4 KB of each page that is read. */
  tableBytes: number;
  /** Uploaded by agencies. */
  evidenceFiles: number;
  messages: number;
  logBytes: number;
  /** Of everything that was published and archived. */
  outputBytes: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
const OBJECT_WRITES = new Set(['PutObject', 'CopyObject', 'ListObjectsV2']);

/** @throws Error where the year does not end with its publication. */
export async function measureYear(city: Omit<InventedCity, 'dir'>): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'xingping-bench-'));
  const meter = openMeter();
  const folder = inventedCity({ ...city, dir });
  const start = performance.now();
  const used = process.cpuUsage();
  const watch = watchMemory();
  try {
    const { observer, notifier, counts } = meter;
    let outputBytes = 0;
    const { outcome } = await runYears({
      folders: [folder],
      dir,
      volatile: true,
      report: () => undefined,
      async publish({ files }) {
        for await (const { content } of files) outputBytes += content.length;
      },
      around: { observer, notifier },
    });
    if (outcome.end !== 'published') throw new Error(`the year ended as ${JSON.stringify(outcome)}`);
    const { user, system } = process.cpuUsage(used);
    return {
      agencies: city.agencies,
      seconds: (performance.now() - start) / 1000,
      processorSeconds: (user + system) / 1e6,
      peakMegabytes: watch.stop(),
      ...counts,
      evidenceFiles: [...folder.selfEvaluations.values()].reduce((sum, { files }) => sum + files.length, 0),
      logBytes: statSync(join(dir, 'xingping.log')).size,
      outputBytes,
    };
  } finally {
    watch.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Counts = Pick<Measured, 'transitions' | 'functions' | 'table' | 'tableBytes' | 'objects' | 'messages'>;

function openMeter() {
  const counts: Counts = {
    transitions: 0,
    tableBytes: 0,
    functions: {},
    table: { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 },
    objects: { writes: 0, reads: 0, bytes: 0 },
    messages: 0,
  };
  let watched: Clients | undefined;
  const executions = new Set<string>();
  const observer: Observer = {
    clients(clients) {
      watched = clients;
      meterTable(clients, counts.table);
      meterObjects(clients, counts.objects);
      clients.stepFunctions.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            const result = await next(args);
            if (commandName === 'StartExecutionCommand') {
              executions.add((result.output as { executionArn: string }).executionArn);
            }
            return result;
          },
        { step: 'initialize', name: 'executions' },
      );
    },
    invoked(name, milliseconds) {
      const used = counts.functions[name] ?? { invocations: 0, milliseconds: 0 };
      counts.functions[name] = used;
      used.invocations += 1;
      used.milliseconds += milliseconds;
    },
    async closing() {
      if (!watched) return;
      for (const executionArn of executions) {
        counts.transitions += await transitionsOf(watched.stepFunctions, executionArn);
      }
      counts.tableBytes = await tableSize(watched);
    },
  };
  const notifier: Notifier = {
    async send() {
      counts.messages += 1;
    },
  };
  return { counts, observer, notifier };
}

function meterTable({ dynamodb }: Clients, table: Measured['table']): void {
  dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const writes = WRITES.has(operation);
        try {
          const result = await next(args);
          const { ConsumedCapacity } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
          table[writes ? 'writeUnits' : 'readUnits'] += ConsumedCapacity?.CapacityUnits ?? 0;
          return result;
        } catch (error) {
          // A write that its condition refuses is billed all the same, and does not say how many units.
          if (writes) table.writeUnits += 1;
          throw error;
        } finally {
          table[writes ? 'writes' : 'reads'] += 1;
        }
      },
    { step: 'initialize', name: 'units' },
  );
}

function meterObjects({ s3 }: Clients, objects: Measured['objects']): void {
  s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const { Body } = args.input as { Body?: string | Uint8Array };
        objects[OBJECT_WRITES.has(commandName.replace(/Command$/, '')) ? 'writes' : 'reads'] += 1;
        if (Body) objects.bytes += Buffer.byteLength(Body);
        return next(args);
      },
    { step: 'initialize', name: 'requests' },
  );
}

/** States entered, and attempts made again: the service bills both. */
export async function transitionsOf(workflow: SFNClient, executionArn: string): Promise<number> {
  let count = 0;
  let nextToken: string | undefined;
  do {
    const page = await workflow.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, ...(nextToken && { nextToken }) }),
    );
    const types = (page.events ?? []).map(({ type = '' }) => type);
    count += types.filter((type) => type.endsWith('StateEntered') || type === 'TaskFailed').length;
    nextToken = page.nextToken;
  } while (nextToken);
  return count;
}

/** A consistent read is billed a unit for each 4 KB. */
async function tableSize({ dynamodb }: Clients): Promise<number> {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  let units = 0;
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.send(
      new ScanCommand({
        TableName: TableNames[0],
        Select: 'COUNT',
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    units += page.ConsumedCapacity?.CapacityUnits ?? 0;
    from = page.LastEvaluatedKey;
  } while (from);
  return units * 4096;
}

function watchMemory() {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      look();
      clearInterval(timer);
      return Math.round(peak / 1024 / 1024);
    },
  };
}
