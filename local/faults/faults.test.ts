import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Contention } from './contention.ts';
import { faultsFrom, noFaults } from './fault-plan.ts';
import { type FaultOptions, type FaultyDynamoDb, startFaultyDynamoDb } from './faulty-dynamodb.ts';
import { writtenItems } from './written-items.ts';

const item = (name: string, units = 2) => ({ item: name, partition: name.slice(0, 1), units });

describe('contention', () => {
  it('keeps the items of a transaction to itself for its time, and no others', () => {
    let now = 0;
    const contention = new Contention({ transactionMs: 20, partitionUnitsPerSecond: 1000 }, () => now);
    const first = contention.enter([item('a'), item('b')], true);
    if (first.kind !== 'free') throw new Error('it was free');
    expect(contention.enter([item('c'), item('b')], true)).toEqual({ kind: 'conflict', taken: [false, true] });
    expect(contention.enter([item('b', 1)], false).kind).toBe('conflict');
    expect(contention.enter([item('c')], true).kind).toBe('free');
    now = 5;
    first.release();
    expect(contention.enter([item('a')], true).kind).toBe('conflict');
    now = 20;
    expect(contention.enter([item('a')], true).kind).toBe('free');
  });

  it('gives each partition its units of the second', () => {
    let now = 0;
    const contention = new Contention({ transactionMs: 0, partitionUnitsPerSecond: 4 }, () => now);
    const kinds = ['a1', 'a2', 'a3', 'b1'].map((name) => contention.enter([item(name)], false).kind);
    expect(kinds).toEqual(['free', 'free', 'throttled', 'free']);
    now = 1000;
    expect(contention.enter([item('a3')], false).kind).toBe('free');
  });
});

it('draws the same faults from the same seed, as often as their chances say', () => {
  const row = (seed: number) => {
    const draw = faultsFrom(seed);
    return Array.from({ length: 2000 }, () => draw({ ...noFaults, throttle: 0.1, lostAnswer: 0.2 }));
  };
  expect(row(7)).toEqual(row(7));
  expect(row(7)).not.toEqual(row(8));
  const lost = row(7).filter((fault) => fault === 'lostAnswer').length;
  expect(lost).toBeGreaterThan(300);
  expect(lost).toBeLessThan(500);
});

it('knows what a call writes', () => {
  const Key = { pk: { S: 'SKU#A' }, sk: { S: 'POOL#x' } };
  const update = { Update: { TableName: 't', Key } };
  expect(writtenItems('TransactWriteItems', { TransactItems: [update] })).toEqual([
    { item: '["t","SKU#A","POOL#x"]', partition: '["t","SKU#A"]', units: 2 },
  ]);
  expect(writtenItems('PutItem', { TableName: 't', Item: Key })).toMatchObject([{ units: 1 }]);
  expect(writtenItems('Query', {})).toEqual([]);
});

describe('the proxy, before a DynamoDB that counts', () => {
  let writes = 0;
  const upstream = createServer((_request, response) => {
    writes += 1;
    response.end('{}');
  });
  let endpoint = '';
  const open: FaultyDynamoDb[] = [];
  const start = async (options: FaultOptions) => {
    const proxy = await startFaultyDynamoDb(endpoint, options);
    open.push(proxy);
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    return {
      proxy,
      client: new DynamoDBClient({ endpoint: proxy.url, region: 'us-east-1', credentials, maxAttempts: 1 }),
    };
  };
  const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
  const update = new UpdateItemCommand({ TableName: 't', Key });
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Update: { TableName: 't', Key, UpdateExpression: 'SET x = x' } }],
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await Promise.all(open.map((proxy) => proxy.close()));
    upstream.closeAllConnections();
    upstream.close();
  });

  it('refuses as DynamoDB does, without a write', async () => {
    const before = writes;
    const { proxy, client } = await start({ chances: { ...noFaults, throttle: 1 } });
    await expect(client.send(update)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    proxy.deal({ ...noFaults, conflict: 1 });
    await expect(client.send(update)).rejects.toMatchObject({ name: 'TransactionConflictException' });
    await expect(client.send(transaction)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
    expect(writes).toBe(before);
    expect(proxy.dealt).toMatchObject({ throttle: 1, conflict: 2 });
  });

  it('loses a request before, or the answer after the write', async () => {
    const { proxy, client } = await start({ chances: { ...noFaults, lostRequest: 1 } });
    const before = writes;
    await expect(client.send(update)).rejects.toThrow();
    expect(writes).toBe(before);
    proxy.deal({ ...noFaults, lostAnswer: 1 });
    await expect(client.send(update)).rejects.toThrow();
    expect(writes).toBe(before + 1);
    proxy.deal(noFaults);
    await client.send(new PutItemCommand({ TableName: 't', Item: Key }));
    expect(writes).toBe(before + 2);
  });

  it('lets one of two transactions on one item through', async () => {
    const { client, proxy } = await start({ limits: { transactionMs: 500, partitionUnitsPerSecond: 1000 } });
    const outcomes = await Promise.allSettled([client.send(transaction), client.send(transaction)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(proxy.dealt.contended).toBe(1);
  });
});
