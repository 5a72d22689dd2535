import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CreateTableCommandInput,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { ClassicLevel } from 'classic-level';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isWhole } from '../../../infra/local/dynamodb/check-logs.ts';
import { createTables, serveDynamoDB } from '../../../infra/local/dynamodb/dynamodb.ts';

const TABLE: CreateTableCommandInput = {
  TableName: 'dossiers',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
};

function client(endpoint: string) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const raw = new DynamoDBClient({ endpoint, region: 'cn-north-1', credentials, maxAttempts: 1 });
  onTestFinished(() => raw.destroy());
  return { raw, documents: DynamoDBDocumentClient.from(raw) };
}

async function tables(path?: string) {
  const service = await serveDynamoDB(path === undefined ? {} : { path });
  onTestFinished(service.close);
  const clients = client(service.endpoint);
  await createTables(clients.raw, [TABLE]);
  return clients;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xingping-dynamodb-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('tables are ready at once, and creating them again changes nothing', async () => {
  const { raw, documents } = await tables();
  await documents.send(new PutCommand({ TableName: 'dossiers', Item: { pk: 'Y000003000001' } }));
  const start = performance.now();
  await createTables(raw, [TABLE, { ...TABLE, TableName: 'cycles' }]);
  expect(performance.now() - start).toBeLessThan(400);
  const { Item } = await documents.send(
    new GetCommand({ TableName: 'dossiers', Key: { pk: 'Y000003000001' } }),
  );
  expect(Item).toEqual({ pk: 'Y000003000001' });
});

test('of fifty racers one wins, and the loser is not told what it lost to', async () => {
  const { documents } = await tables();
  const race = Array.from({ length: 50 }, (_, racer) =>
    documents.send(
      new UpdateCommand({
        TableName: 'dossiers',
        Key: { pk: 'one' },
        UpdateExpression: 'SET winner = :racer',
        ConditionExpression: 'attribute_not_exists(pk)',
        ExpressionAttributeValues: { ':racer': racer },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  const results = await Promise.allSettled(race);
  const lost = results.filter((result) => result.status === 'rejected');
  expect(lost).toHaveLength(49);
  expect(lost[0]?.reason).toMatchObject({ name: 'ConditionalCheckFailedException' });
  // The service would send the item; who needs it reads it again.
  expect(lost[0]?.reason.Item).toBeUndefined();
});

test('what a query reads with is closed after it, whether it came to the end or not', async () => {
  const { documents } = await tables(temporaryFolder());
  for (const pk of ['1', '2', '3'])
    await documents.send(new PutCommand({ TableName: 'dossiers', Item: { pk } }));
  const opened: { next(): Promise<unknown> }[] = [];
  const { values } = ClassicLevel.prototype;
  vi.spyOn(ClassicLevel.prototype, 'values').mockImplementation(function (this: ClassicLevel, ...options) {
    const iterator = values.apply(this, options);
    opened.push(iterator);
    return iterator;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  await documents.send(new ScanCommand({ TableName: 'dossiers' }));
  await documents.send(new ScanCommand({ TableName: 'dossiers', Limit: 1 }));
  await documents.send(
    new QueryCommand({
      TableName: 'dossiers',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': '2' },
    }),
  );
  expect(opened).toHaveLength(3);
  for (const iterator of opened) {
    await expect(iterator.next()).rejects.toMatchObject({ code: 'LEVEL_ITERATOR_NOT_OPEN' });
  }
});

test('transactions and expiry are not there', async () => {
  const { raw, documents } = await tables();
  const Put = { TableName: 'dossiers', Item: { pk: 'x' } };
  await expect(documents.send(new TransactWriteCommand({ TransactItems: [{ Put }] }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  const TimeToLiveSpecification = { Enabled: true, AttributeName: 'expires' };
  const expiry = raw.send(new UpdateTimeToLiveCommand({ TableName: 'dossiers', TimeToLiveSpecification }));
  await expect(expiry).rejects.toMatchObject({ name: 'UnknownOperationException' });
});

test('writes that were acknowledged survive SIGKILL', async () => {
  const path = temporaryFolder();
  const program = `
    import { serveDynamoDB } from './infra/local/dynamodb/dynamodb.ts';
    process.stdout.write((await serveDynamoDB({ path: ${JSON.stringify(path)} })).endpoint);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program]);
  child.stderr.pipe(process.stderr);
  const endpoint = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data))),
  );
  const { raw, documents } = client(endpoint);
  await createTables(raw, [TABLE]);
  const acknowledged: string[] = [];
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let i = 0; ; i++) {
      const pk = `${writer}-${i}`;
      await documents.send(new PutCommand({ TableName: 'dossiers', Item: { pk } }));
      acknowledged.push(pk);
    }
  });
  const stopped = Promise.allSettled(writers);
  await sleep(400);
  child.kill('SIGKILL');
  await stopped;
  await sleep(50);
  const after = await tables(path);
  expect(acknowledged.length).toBeGreaterThan(20);
  for (const pk of acknowledged) {
    const { Item } = await after.documents.send(new GetCommand({ TableName: 'dossiers', Key: { pk } }));
    expect(Item).toEqual({ pk });
  }
});

test('a table that a death left half created is ready after the next start', async () => {
  const path = mkdtempSync(join(tmpdir(), 'xingping-dynamodb-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const first = await serveDynamoDB({ path });
  await createTables(client(first.endpoint).raw, [TABLE]);
  await first.close();
  const db = new ClassicLevel<string, { TableStatus: string }>(path, { valueEncoding: 'json' });
  const table = await db.get('table~dossiers');
  await db.put('table~dossiers', {
    TableStatus: 'CREATING',
    ...(table && { ...table, TableStatus: 'CREATING' }),
  });
  await db.close();
  const { documents } = await tables(path);
  await documents.send(new PutCommand({ TableName: 'dossiers', Item: { pk: '一' } }));
});

test('a log is whole wherever it breaks off, and damaged after any change of a byte', async () => {
  const path = mkdtempSync(join(tmpdir(), 'xingping-level-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const db = new ClassicLevel(path);
  for (let count = 0; count < 40; count++) await db.put(`键${count}`, '值'.repeat(count * 40));
  const name = readdirSync(path).find((one) => one.endsWith('.log')) ?? '';
  const log = new Uint8Array(readFileSync(join(path, name)));
  await db.close();
  expect(log.length).toBeGreaterThan(2 * 32_768);
  fc.assert(fc.property(fc.nat({ max: log.length }), (end) => isWhole(log.subarray(0, end))));
  // In the last block, a length that is changed may reach beyond the end, as what breaks off there does.
  const inside = fc.nat({ max: Math.floor(log.length / 32_768) * 32_768 - 1 });
  fc.assert(
    fc.property(inside, fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Uint8Array.from(log);
      damaged[at] = (damaged[at] ?? 0) ^ change;
      return !isWhole(damaged);
    }),
  );
});
