import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JsonObject } from '../../local/aws-service.ts';
import { type DynamoDbCall, dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { type DynamoDbEmulator, startDynamoDb } from '../../local/dynamodb/emulator.ts';
import { type Item, itemBytes, readUnits, writeUnits } from './units.ts';

describe('bytes of an item', () => {
  it('are those of its names and values', () => {
    expect(itemBytes({ pk: { S: 'é' } })).toBe(4);
    expect(itemBytes({ n: { N: '1200' } })).toBe(3);
    expect(itemBytes({ n: { N: '-12.345' } })).toBe(6);
    expect(itemBytes({ b: { BOOL: true }, n: { NULL: true } })).toBe(4);
    expect(itemBytes({ l: { L: [] } })).toBe(4);
    expect(itemBytes({ m: { M: { a: { S: 'bc' } } } })).toBe(8);
  });
});

describe('units', () => {
  it('of reads are 4 KB each, half when eventually consistent', () => {
    expect([0, 4096, 4097].map((bytes) => readUnits(bytes, { consistent: true }))).toEqual([1, 1, 2]);
    expect(readUnits(4097, { consistent: false })).toBe(1);
  });

  it('of writes are 1 KB each by the larger of before and after, twice in a transaction', () => {
    expect(writeUnits(0, 1024, { transactional: false })).toBe(1);
    expect(writeUnits(3000, 10, { transactional: false })).toBe(3);
    expect(writeUnits(0, 1025, { transactional: true })).toBe(4);
  });
});

describe('what the emulator reports as consumed', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'crossdock-units-'));
  let emulator: DynamoDbEmulator;
  let call: DynamoDbCall;
  const TableName = 'units';
  const keys = ['pk', 'lpk'] as const;
  const key = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];

  beforeAll(async () => {
    emulator = await startDynamoDb({ dataDir: directory });
    call = dynamoDbCall(emulator.endpoint);
    await call('DynamoDB_20120810.CreateTable', {
      TableName,
      KeySchema: key('pk'),
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: [
        { IndexName: 'listing', KeySchema: key('lpk'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    });
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const consumed = async (operation: string, input: JsonObject): Promise<unknown> => {
    const answer = await call(`DynamoDB_20120810.${operation}`, { ...input, ReturnConsumedCapacity: 'TOTAL' });
    const capacity = answer['ConsumedCapacity'] as JsonObject | readonly JsonObject[];
    return (Array.isArray(capacity) ? (capacity[0] as JsonObject) : (capacity as JsonObject))['CapacityUnits'];
  };
  const item = (pk: string, size: number, more: Item = {}): JsonObject => {
    const bare = { pk: { S: pk }, n: { N: '42' }, l: { L: [{ M: { a: { S: 'b' } } }] }, ...more, blob: { S: '' } };
    return { ...bare, blob: { S: 'x'.repeat(size - itemBytes(bare)) } };
  };
  const put = (Item: JsonObject) => consumed('PutItem', { TableName, Item });
  const transact = (Item: JsonObject) =>
    consumed('TransactWriteItems', { TransactItems: [{ Put: { TableName, Item } }] });
  const get = (pk: string, ConsistentRead: boolean) =>
    consumed('GetItem', { TableName, Key: { pk: { S: pk } }, ConsistentRead });

  it.each([200, 1024, 1025, 3000, 4096, 4097, 5000])('follows the rules for %i bytes', async (size) => {
    const pk = `item-${size}`;
    expect(await put(item(pk, size))).toBe(writeUnits(0, size, { transactional: false }));
    expect(await get(pk, true)).toBe(readUnits(size, { consistent: true }));
    expect(await get(pk, false)).toBe(readUnits(size, { consistent: false }));
    expect(await transact(item(pk, size))).toBe(writeUnits(size, size, { transactional: true }));
  });

  it('takes the larger of before and after', async () => {
    await put(item('shrinks', 3000));
    expect(await put(item('shrinks', 500))).toBe(writeUnits(3000, 500, { transactional: false }));
  });

  it('counts the index: a put, a move as two, nothing when its keys stay', async () => {
    const listed = (lpk: string) => item('listed', 500, { lpk: { S: lpk } });
    expect(await put(listed('a'))).toBe(2);
    expect(await put(listed('a'))).toBe(1);
    expect(await put(listed('b'))).toBe(3);
  });
});
