/** Records and items in one DynamoDB table with the key `pk`, `sk`. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  DynamoDBServiceException,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod/mini';
import {
  type Attributes,
  type Condition,
  type HistoryStore,
  type ItemStore,
  RecordFull,
  type RecordKey,
} from '../app/ports.ts';
import type { Entry } from '../domain/history.ts';

export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Names and values of one expression, numbered as they come. */
class Expression {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  name(attribute: string): string {
    const placeholder = `#${attribute.replace(/\W/g, '_')}`;
    this.names[placeholder] = attribute;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }

  condition(condition: Condition): string {
    if ('isAbsent' in condition) return `attribute_not_exists(${this.name(condition.isAbsent)})`;
    const name = this.name(condition.attribute);
    if ('in' in condition) return `${name} IN (${condition.in.map((value) => this.value(value)).join(', ')})`;
    if ('lacks' in condition) return `NOT contains(${name}, ${this.value(condition.lacks)})`;
    if ('holds' in condition) return `contains(${name}, ${this.value(condition.holds)})`;
    return `(attribute_not_exists(${name}) OR ${name} >= ${this.value(condition.notBefore)})`;
  }
}

function appendExpression(entry: Entry, attributes: Attributes, conditions: readonly Condition[]) {
  const expression = new Expression();
  const entries = expression.name('entries');
  const revision = expression.name('revision');
  const head = expression.name('head');
  const sets = [
    `${entries} = list_append(if_not_exists(${entries}, ${expression.value([])}), ${expression.value([entry])})`,
    `${revision} = ${expression.value(entry.seq)}`,
    `${head} = ${expression.value(entry.hash)}`,
  ];
  const removes: string[] = [];
  for (const [attribute, value] of Object.entries(attributes)) {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (isEmpty) removes.push(expression.name(attribute));
    else {
      const stored = Array.isArray(value) ? new Set(value) : value;
      sets.push(`${expression.name(attribute)} = ${expression.value(stored)}`);
    }
  }
  const unchanged =
    entry.seq === 1
      ? `attribute_not_exists(${revision})`
      : `${revision} = ${expression.value(entry.seq - 1)} AND ${head} = ${expression.value(entry.previous)}`;
  const checks = [unchanged, ...conditions.map((condition) => expression.condition(condition))];
  return {
    UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
    ConditionExpression: checks.join(' AND '),
    ExpressionAttributeNames: expression.names,
    ExpressionAttributeValues: expression.values,
  };
}

/** The service names no kind of its own for an item over 400 KB. */
const TOO_LARGE = /item size .*exceeded/i;

/** Runs a conditional write; false when its condition does not hold. */
async function conditionally(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    if (error instanceof DynamoDBServiceException && TOO_LARGE.test(error.message)) {
      throw new RecordFull('the store keeps at most 400 KB of one record', { cause: error });
    }
    throw error;
  }
}

export function dynamoHistories(documents: DynamoDBDocumentClient, table: string): HistoryStore {
  return {
    async read(key) {
      const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
      const { Item } = await documents.send(command);
      return Item && { key, entries: Item.entries as Entry[] };
    },
    append(key, entry, attributes, conditions) {
      const expression = appendExpression(entry, attributes, conditions);
      return conditionally(() =>
        documents.send(new UpdateCommand({ TableName: table, Key: key, ...expression })),
      );
    },
    async addToSet(key, attribute, members) {
      if (members.length === 0) return;
      await documents.send(
        new UpdateCommand({
          TableName: table,
          Key: key,
          UpdateExpression: 'ADD #attribute :members',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#attribute': attribute },
          ExpressionAttributeValues: { ':members': new Set(members) },
        }),
      );
    },
    async page(pk, after, limit) {
      const { items, cursor } = await queryPage(documents, table, pk, after, limit);
      const records = items.map((item) => ({
        key: { pk, sk: String(item.sk) },
        entries: item.entries as Entry[],
      }));
      return { records, cursor };
    },
  };
}

/** A page of `limit` items: one query answers with 1 MB at most, so it is asked again until the page is full. */
async function queryPage(
  documents: DynamoDBDocumentClient,
  table: string,
  pk: string,
  after: string | null,
  limit: number,
  order: 'ascending' | 'descending' = 'ascending',
) {
  const items: Record<string, unknown>[] = [];
  let cursor = after;
  do {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        Limit: limit - items.length,
        ScanIndexForward: order === 'ascending',
        ...(cursor !== null && { ExclusiveStartKey: { pk, sk: cursor } }),
      }),
    );
    items.push(...Items);
    cursor = (LastEvaluatedKey?.sk as string | undefined) ?? null;
  } while (cursor !== null && items.length < limit);
  return { items, cursor };
}

export function dynamoItems(documents: DynamoDBDocumentClient, table: string): ItemStore {
  const parse = <T>(schema: z.ZodMiniType<T>, item: Record<string, unknown>) => schema.parse(item.value);
  return {
    async get(key, schema) {
      const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
      const { Item } = await documents.send(command);
      return Item && parse(schema, Item);
    },
    put(key: RecordKey, value, { ifAbsent = false, replacing } = {}) {
      const condition = {
        ...(ifAbsent && { ConditionExpression: 'attribute_not_exists(pk)' }),
        ...(replacing !== undefined && {
          ConditionExpression: '#value.#version = :version',
          ExpressionAttributeNames: { '#value': 'value', '#version': 'version' },
          ExpressionAttributeValues: { ':version': replacing },
        }),
      };
      return conditionally(() =>
        documents.send(new PutCommand({ TableName: table, Item: { ...key, value }, ...condition })),
      );
    },
    async remove(key, { before } = {}) {
      const condition = before !== undefined && {
        ConditionExpression: 'attribute_not_exists(#value.#version) OR #value.#version < :before',
        ExpressionAttributeNames: { '#value': 'value', '#version': 'version' },
        ExpressionAttributeValues: { ':before': before },
      };
      await conditionally(() =>
        documents.send(new DeleteCommand({ TableName: table, Key: key, ...condition })),
      );
    },
    async page(pk, schema, after, limit, order) {
      const { items, cursor } = await queryPage(documents, table, pk, after, limit, order);
      const records = items.map((item) => ({ sk: String(item.sk), value: parse(schema, item) }));
      return { records, cursor };
    },
    async count(pk) {
      let [total, start]: [number, Record<string, unknown> | undefined] = [0, undefined];
      do {
        const page: { Count?: number; LastEvaluatedKey?: Record<string, unknown> } = await documents.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
            ConsistentRead: true,
            Select: 'COUNT',
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        total += page.Count ?? 0;
        start = page.LastEvaluatedKey;
      } while (start);
      return total;
    },
  };
}
