import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { type DynamoDbCall } from './dynamodb-api.ts';
import {
  type TableDefinition,
  type TableDescription,
  tableDefinitionSchema,
  tableDescriptionSchema,
  ttlAttributeOf,
} from './table-definition.ts';

const ACTIVE_MS = 60_000;
const POLL_MS = 20;

/**
 * Makes the database's tables be what the template says: creates missing ones, adds new indexes, turns stream and TTL on.
 * Throws if an existing table has another key than the template, which only a fresh database can cure.
 */
export async function ensureTables(call: DynamoDbCall, resources: readonly JsonObject[]): Promise<TableDefinition[]> {
  const tables = resources.map((resource) => tableDefinitionSchema.parse(resource));
  for (const table of tables) {
    const existing = await describeTable(call, table.TableName);
    if (existing) await updateTable(call, table, existing);
    else await createTable(call, table);
    await ensureTtl(call, table);
  }
  return tables;
}

/** What the database says of a table; undefined if it has none of that name. */
export async function describeTable(call: DynamoDbCall, tableName: string): Promise<TableDescription | undefined> {
  try {
    const { Table } = await call('DynamoDB_20120810.DescribeTable', { TableName: tableName });
    return tableDescriptionSchema.parse(Table);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function createTable(call: DynamoDbCall, table: TableDefinition): Promise<void> {
  await call('DynamoDB_20120810.CreateTable', {
    TableName: table.TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: table.KeySchema,
    AttributeDefinitions: table.AttributeDefinitions,
    GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
    LocalSecondaryIndexes: table.LocalSecondaryIndexes,
    StreamSpecification: streamSpecification(table),
  });
  await untilActive(call, table.TableName);
}

async function updateTable(call: DynamoDbCall, table: TableDefinition, existing: TableDescription): Promise<void> {
  assertSameKeys(table, existing);
  const known = new Set(existing.GlobalSecondaryIndexes?.map((index) => index.IndexName));
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    if (known.has(index.IndexName)) continue;
    // One index a call, as on AWS.
    await call('DynamoDB_20120810.UpdateTable', {
      TableName: table.TableName,
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
    await untilActive(call, table.TableName);
  }
  if (table.StreamSpecification && !existing.StreamSpecification) {
    await call('DynamoDB_20120810.UpdateTable', {
      TableName: table.TableName,
      StreamSpecification: streamSpecification(table),
    });
    await untilActive(call, table.TableName);
  }
}

function assertSameKeys(table: TableDefinition, existing: TableDescription): void {
  const wanted = keyText(table.KeySchema, table.AttributeDefinitions);
  const found = keyText(existing.KeySchema, existing.AttributeDefinitions);
  if (wanted !== found) throw differs(`table ${table.TableName}`, found, wanted);
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    const same = existing.GlobalSecondaryIndexes?.find((each) => each.IndexName === index.IndexName);
    if (!same) continue;
    const wantedKey = keyText(index.KeySchema, table.AttributeDefinitions);
    const foundKey = keyText(same.KeySchema, existing.AttributeDefinitions);
    if (wantedKey !== foundKey) throw differs(`index ${index.IndexName} of ${table.TableName}`, foundKey, wantedKey);
  }
}

function differs(what: string, found: string, wanted: string): Error {
  return new Error(
    `${what} has the key (${found}), but the template says (${wanted}); start with --fresh for an empty database`,
  );
}

function keyText(keys: TableDefinition['KeySchema'], attributes: TableDefinition['AttributeDefinitions']): string {
  const typeOf = (name: string): string => attributes.find((each) => each.AttributeName === name)?.AttributeType ?? '?';
  return keys.map((key) => `${key.KeyType} ${key.AttributeName} ${typeOf(key.AttributeName)}`).join(', ');
}

function streamSpecification(table: TableDefinition): JsonObject | undefined {
  return table.StreamSpecification && { StreamEnabled: true, StreamViewType: table.StreamSpecification.StreamViewType };
}

async function ensureTtl(call: DynamoDbCall, table: TableDefinition): Promise<void> {
  const attribute = ttlAttributeOf(table);
  if (attribute === undefined) return;
  const description = z
    .object({ TimeToLiveDescription: z.object({ TimeToLiveStatus: z.string(), AttributeName: z.string().nullish() }) })
    .parse(await call('DynamoDB_20120810.DescribeTimeToLive', { TableName: table.TableName })).TimeToLiveDescription;
  if (description.TimeToLiveStatus === 'ENABLED' && description.AttributeName === attribute) return;
  await call('DynamoDB_20120810.UpdateTimeToLive', {
    TableName: table.TableName,
    TimeToLiveSpecification: { AttributeName: attribute, Enabled: true },
  });
}

async function untilActive(call: DynamoDbCall, tableName: string): Promise<void> {
  const deadline = Date.now() + ACTIVE_MS;
  while (Date.now() < deadline) {
    const table = await describeTable(call, tableName);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    const building = indexes.some((index) => (index.IndexStatus ?? 'ACTIVE') !== 'ACTIVE');
    if (table?.TableStatus === 'ACTIVE' && !building) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`table ${tableName} did not become active within ${ACTIVE_MS} ms`);
}
