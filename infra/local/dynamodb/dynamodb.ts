import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { ClassicLevel } from 'classic-level';
import dynalite from 'dynalite';
import { checkLogs } from './check-logs.ts';
import './closing-iterators.ts';

export interface DynamoDBOptions {
  /** The folder of the tables; in memory without it. Used by one process at a time. */
  readonly path?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

/**
 * DynamoDB on loopback. See README.md for what dynalite lacks.
 * @throws Error, in Chinese, when the folder's log is damaged
 */
export async function serveDynamoDB({ path, port = 0 }: DynamoDBOptions = {}) {
  if (path !== undefined) {
    checkLogs(path);
    await finishTables(path);
  }
  const instant = { createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 };
  const server = dynalite(path === undefined ? instant : { ...instant, path });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A process that dies between creating a table and having it ready leaves it in between for ever: it is made ready. */
async function finishTables(path: string): Promise<void> {
  const db = new ClassicLevel<string, { TableStatus: string }>(path, { valueEncoding: 'json' });
  try {
    for await (const [key, table] of db.iterator({ gte: 'table~', lt: 'table~\uffff' })) {
      if (table.TableStatus === 'CREATING') await db.put(key, { ...table, TableStatus: 'ACTIVE' });
    }
  } finally {
    await db.close();
  }
}

/** Creates the tables that do not exist yet, and waits until they can be used. Existing ones are left as they are. */
export async function createTables(
  client: DynamoDBClient,
  tables: readonly CreateTableCommandInput[],
): Promise<void> {
  for (const table of tables) {
    if (!(await status(client, table.TableName))) await client.send(new CreateTableCommand(table));
    while ((await status(client, table.TableName)) !== 'ACTIVE')
      await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function status(client: DynamoDBClient, TableName: string | undefined): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
  } catch (cause) {
    if (cause instanceof ResourceNotFoundException) return undefined;
    throw cause;
  }
}
