/**
 * Reads everything that a data folder keeps, without changing it: the stores are opened on a copy, for even opening one
 * writes to it. Files of evidence and reports are read where they lie.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Finding } from '../../shared/app/archive/check.ts';
import type {
  StoredData,
  StoredExecution,
  StoredItem,
  StoredObject,
} from '../../shared/app/invariants/stored-data.ts';
import { archivePrefix, publicPrefix } from '../../shared/app/snapshots.ts';
import { serveDynamoDB } from './dynamodb/dynamodb.ts';
import { BUCKETS, CREDENTIALS, FILES, REGION, TABLE } from './names.ts';

const SQLITE_FILES = [FILES.stepFunctions, FILES.catalogue, FILES.schedules, FILES.login];

/** @throws Error when the folder holds no data of the system */
export async function readStoredData(dir: string): Promise<StoredData> {
  if (!existsSync(join(dir, FILES.dynamodb))) throw new Error('不是星评的数据目录');
  const copy = await mkdtemp(join(tmpdir(), 'xingping-check-'));
  try {
    const names = [FILES.dynamodb, ...SQLITE_FILES.flatMap((file) => [file, `${file}-wal`])];
    for (const name of names.filter((one) => existsSync(join(dir, one)))) {
      await cp(join(dir, name), join(copy, name), { recursive: true });
    }
    const faults = SQLITE_FILES.flatMap((file) => sqliteFaults(join(copy, file), file));
    if (faults.length > 0) return { items: [], objects: [], executions: [], faults, reports };
    const content = join(dir, FILES.content);
    const objects = await readObjects(join(copy, FILES.catalogue), content);
    return {
      items: await readItems(join(copy, FILES.dynamodb)),
      objects: objects.map(({ contentId: _id, ...object }) => object),
      executions: readExecutions(join(copy, FILES.stepFunctions)),
      faults: objects.flatMap(contentFaults),
      reports: (year) => readReports(content, objects, year),
    };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

const reports = async () => new Map<string, Uint8Array>();

async function readItems(path: string): Promise<StoredItem[]> {
  const server = await serveDynamoDB({ path });
  const client = new DynamoDBClient({ region: REGION, credentials: CREDENTIALS, endpoint: server.endpoint });
  try {
    const documents = DynamoDBDocumentClient.from(client);
    const items: StoredItem[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page: { Items?: unknown[]; LastEvaluatedKey?: Record<string, unknown> } = await documents.send(
        new ScanCommand({ TableName: TABLE, ...(start && { ExclusiveStartKey: start }) }),
      );
      items.push(...((page.Items ?? []) as StoredItem[]));
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  } finally {
    client.destroy();
    await server.close();
  }
}

/** What SQLite itself says of a file: damaged pages, and indexes that do not agree with their tables. */
function sqliteFaults(path: string, place: string): Finding[] {
  if (!existsSync(path)) return [{ place, problem: '文件不存在' }];
  try {
    return reading(path, (db) => {
      const [row] = db.prepare('PRAGMA integrity_check(1)').all();
      const said = String(row?.integrity_check);
      return said === 'ok' ? [] : [{ place, problem: `文件损坏：${said}` }];
    });
  } catch (error) {
    return [{ place, problem: `文件损坏：${error instanceof Error ? error.message : String(error)}` }];
  }
}

function reading<T>(path: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    return read(db);
  } finally {
    db.close();
  }
}

type CataloguedObject = StoredObject & { recorded: string; contentId: string };

/** Every version with what its file holds now. */
async function readObjects(catalogue: string, content: string): Promise<CataloguedObject[]> {
  const rows = reading(catalogue, (db) =>
    db.prepare('SELECT * FROM versions WHERE content_id IS NOT NULL ORDER BY rowid').all(),
  );
  const buckets = Object.entries(BUCKETS) as [StoredObject['bucket'], string][];
  const objects: CataloguedObject[] = [];
  for (const row of rows) {
    const bucket = buckets.find(([, name]) => name === row.bucket)?.[0];
    if (!bucket || !(row.key instanceof Uint8Array)) continue;
    const contentId = String(row.content_id);
    objects.push({
      bucket,
      key: Buffer.from(row.key).toString(),
      version: String(row.version_id),
      size: Number(row.size),
      recorded: Buffer.from(String(row.sha256), 'base64').toString('hex'),
      sha256: await digestOfFile(join(content, contentId)),
      contentId,
    });
  }
  return objects;
}

async function digestOfFile(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function contentFaults({ bucket, key, recorded, sha256 }: CataloguedObject): Finding[] {
  if (recorded === sha256) return [];
  const place = `文件 ${bucket}/${key}`;
  if (sha256 === undefined) return [{ place, problem: '文件内容丢失' }];
  return [{ place, problem: '文件内容与登记的摘要不符', recorded: sha256, derived: recorded }];
}

function readExecutions(path: string): StoredExecution[] {
  const rows = reading(path, (db) =>
    db
      .prepare(
        `SELECT name, machineArn, status, cursor FROM executions LEFT JOIN runs ON runs.execution = executions.id`,
      )
      .all(),
  );
  return rows.map(({ name, machineArn, status, cursor }) => {
    const { phase } = JSON.parse(String(cursor ?? '{}')) as { phase?: { kind: string; token?: string } };
    const waitsFor = phase?.kind === 'waiting' ? phase.token : undefined;
    return {
      machine: String(machineArn).split(':').at(-1) ?? '',
      name: String(name),
      status: String(status) as StoredExecution['status'],
      ...(waitsFor !== undefined && { waitsFor }),
    };
  });
}

/** The first version of a year's archive and public files, laid out as they are handed out. */
/** As a published year is handed out: what has no manifest yet is not out. */
async function readReports(content: string, objects: readonly CataloguedObject[], year: number) {
  const out = (folder: string) =>
    objects.some(
      ({ bucket, key }) => bucket === 'reports' && key === `${publicPrefix(year)}${folder}manifest.json`,
    );
  const files = new Map<string, Uint8Array>();
  for (const [prefix, folder] of [
    [archivePrefix(year), ''],
    [publicPrefix(year), 'public/'],
  ] as const) {
    for (const { bucket, key, contentId } of objects) {
      if (bucket !== 'reports' || !key.startsWith(prefix)) continue;
      const version = /^v\d+\//.exec(key.slice(prefix.length))?.[0] ?? '';
      if (version && !out(version)) continue;
      const name = key.slice(prefix.length + version.length);
      const path = folder && name === 'manifest.json' ? name : folder + name;
      files.set(version + path, new Uint8Array(await readFile(join(content, contentId))));
    }
  }
  return files;
}
