/** The store alone, without workflow, storage or API: for tests that go around everything else. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables, serveDynamoDB } from '../../infra/local/dynamodb/dynamodb.ts';
import { documentClient, dynamoHistories, dynamoItems } from '../../shared/adapters/dynamodb.ts';
import type { Deps, HistoryStore, ItemStore } from '../../shared/app/ports.ts';

export interface Store {
  histories: HistoryStore;
  items: ItemStore;
  /** Dependencies of use cases that write records; what reaches beyond the store fails. */
  deps: Deps;
  close(): Promise<void>;
}

const beyond = () => {
  throw new Error('beyond the store');
};

export async function openStore(): Promise<Store> {
  const server = await serveDynamoDB();
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'cn-north-1', credentials });
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await createTables(client, [
    {
      TableName: 'records',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      BillingMode: 'PAY_PER_REQUEST',
    },
  ]);
  const documents = documentClient(client);
  const histories = dynamoHistories(documents, 'records');
  const items = dynamoItems(documents, 'records');
  const deps: Deps = {
    clock: { now: () => new Date('2022-03-20T02:00:00Z') },
    randomBytes: beyond,
    histories,
    items,
    objects: {
      put: beyond,
      get: beyond,
      head: beyond,
      readPart: beyond,
      stream: beyond,
      copy: beyond,
      remove: beyond,
      list: beyond,
      presignUpload: beyond,
      presignDownload: beyond,
    },
    scanner: { kind: 'none', scan: beyond },
    workflow: { start: beyond, succeed: beyond },
    readTables: beyond,
    messages: 'inbox',
    render: beyond,
    log: { info: () => undefined, error: () => undefined },
  };
  return {
    histories,
    items,
    deps,
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

/** The same, but the store stops working after so many writes, as a crash would have it. */
export function dyingAfter(deps: Deps, writes: number): Deps {
  let left = writes;
  const alive =
    <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (left-- <= 0) throw new Error('stopped');
      return write(...args);
    };
  const { items, histories } = deps;
  return {
    ...deps,
    items: { ...items, put: alive(items.put), remove: alive(items.remove) },
    histories: { ...histories, append: alive(histories.append) },
  };
}

/** The same, but every call of the store takes its time, so that calls at once interleave in another way each time. */
export function jittered(deps: Deps, random: () => number): Deps {
  const late =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await new Promise((resolve) => setTimeout(resolve, random() * 8));
      return call(...args);
    };
  const { items, histories } = deps;
  const jitteredItems: ItemStore = {
    ...items,
    get: (key, schema) => late(() => items.get(key, schema))(),
    put: late(items.put),
    remove: late(items.remove),
  };
  return {
    ...deps,
    items: jitteredItems,
    histories: { ...histories, read: late(histories.read), append: late(histories.append) },
  };
}
