import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DynamoDbCall, dynamoDbCall } from './dynamodb-api.ts';
import { type DynamoDbEmulator, startDynamoDb } from './emulator.ts';
import { describeTable, ensureTables } from './tables.ts';
import { putItem, tableResource, testDirectory } from './test-database.ts';
import { startTtlSweep } from './ttl.ts';

let emulator: DynamoDbEmulator;
let call: DynamoDbCall;

beforeAll(async () => {
  emulator = await startDynamoDb({ dataDir: testDirectory() });
  call = dynamoDbCall(emulator.endpoint);
});
afterAll(() => emulator.stop());

const byStatus = {
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-status',
      KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'status', AttributeType: 'S' },
  ],
};

it('creates a table once, adds a new index with the items that are there, and leaves the data alone', async () => {
  await ensureTables(call, [tableResource('orders', { BillingMode: 'PAY_PER_REQUEST', Tags: [] })]);
  await putItem(call, 'orders', 'o-1', 'order', { status: { S: 'OPEN' } });
  await ensureTables(call, [tableResource('orders', byStatus)]);
  await ensureTables(call, [tableResource('orders', byStatus)]);
  const found = await call('DynamoDB_20120810.Query', {
    TableName: 'orders',
    IndexName: 'by-status',
    KeyConditionExpression: '#s = :s',
    ExpressionAttributeNames: { '#s': 'status' },
    ExpressionAttributeValues: { ':s': { S: 'OPEN' } },
  });
  expect(found.Count).toBe(1);
  expect((await describeTable(call, 'orders'))?.StreamSpecification?.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
});

it('refuses a table whose key differs from the template, with the remedy', async () => {
  await ensureTables(call, [tableResource('stock')]);
  const other = tableResource('stock', {
    KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
  });
  await expect(ensureTables(call, [other])).rejects.toThrow(
    'table stock has the key (HASH pk S, RANGE sk S), but the template says (HASH sku S); start with --fresh',
  );
});

it('deletes expired items, and only those', async () => {
  const resource = tableResource('claims', { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
  const tables = await ensureTables(call, [resource]);
  const now = 1_800_000_000;
  await putItem(call, 'claims', 'past', 'x', { expiresAt: { N: String(now - 1) } });
  await putItem(call, 'claims', 'future', 'x', { expiresAt: { N: String(now + 60) } });
  await putItem(call, 'claims', 'ancient', 'x', { expiresAt: { N: '1000' } });
  await putItem(call, 'claims', 'text', 'x', { expiresAt: { S: '1' } });
  const ttl = startTtlSweep(call, tables, () => now * 1000);
  expect(await ttl.sweep()).toBe(1);
  ttl.stop();
  expect((await call('DynamoDB_20120810.Scan', { TableName: 'claims' })).Count).toBe(3);
});
