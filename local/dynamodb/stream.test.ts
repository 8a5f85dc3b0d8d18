import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { openChangeStreams } from './change-streams.ts';
import { type DynamoDbCall, dynamoDbCall } from './dynamodb-api.ts';
import { type DynamoDbEmulator, startDynamoDb } from './emulator.ts';
import { type ChangeStream, type ChangeStreams } from './stream.ts';
import { ensureTables } from './tables.ts';
import { putItem, tableResource, testDirectory } from './test-database.ts';

const arnOf = (table: string): string => `arn:aws:dynamodb:eu-west-1:000000000000:table/${table}/stream/local`;

let emulator: DynamoDbEmulator;
let call: DynamoDbCall;
let tail: ChangeStreams;

beforeAll(async () => {
  emulator = await startDynamoDb({ dataDir: testDirectory() });
  call = dynamoDbCall(emulator.endpoint);
  tail = openChangeStreams(emulator);
});
afterAll(async () => {
  tail.close();
  await emulator.stop();
});

describe.each([
  ['the SQLite file', () => tail],
  ['the DynamoDB Streams API', () => openChangeStreams({ endpoint: emulator.endpoint, databaseFile: undefined })],
])('a stream through %s', (name, streamsOf) => {
  const table = name.startsWith('the SQLite') ? 'orders' : 'orders-by-api';

  it('gives records as Lambda receives them, and goes on after any position', async () => {
    await ensureTables(call, [tableResource(table)]);
    const streams = streamsOf();
    const stream = await streams.open(arnOf(table));
    expect(await stream.latest()).toBeUndefined();
    await putItem(call, table, 'o-1', 'order', { total: { N: '1' } });
    await putItem(call, table, 'o-1', 'order', { total: { N: '2' } });
    const Key = { pk: { S: 'o-1' }, sk: { S: 'order' } };
    await call('DynamoDB_20120810.DeleteItem', { TableName: table, Key });
    const entries = await eventually(async () => {
      const read = await stream.read(undefined, 10);
      return read.length === 3 ? read : undefined;
    });
    expect(entries.map((entry) => entry.record.eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(entries[1]?.record).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventSourceARN: arnOf(table),
      awsRegion: 'eu-west-1',
      dynamodb: {
        Keys: Key,
        NewImage: { ...Key, total: { N: '2' } },
        OldImage: { ...Key, total: { N: '1' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    const rest = await stream.read(entries[0]?.position, 10);
    expect(rest.map((entry) => entry.record)).toEqual(entries.slice(1).map((entry) => entry.record));
    expect(await stream.read(await stream.latest(), 10)).toEqual([]);
    if (streams !== tail) streams.close();
  });
});

describe('the tail of the SQLite file', () => {
  it('wakes within milliseconds', async () => {
    await ensureTables(call, [tableResource('fast')]);
    const stream = await tail.open(arnOf('fast'));
    const delays: number[] = [];
    for (let index = 0; index < 20; index++) {
      const woken = new Promise<number>((resolve) => {
        const stop = stream.onChange(() => {
          stop();
          resolve(performance.now());
        });
      });
      await putItem(call, 'fast', `o-${index}`, 'order');
      const writtenAt = performance.now();
      delays.push((await woken) - writtenAt);
    }
    expect(delays.sort((a, b) => a - b)[10]).toBeLessThan(50);
  });

  it('loses nothing and keeps the order over thousands of transactional writes while it prunes', async () => {
    await ensureTables(call, [tableResource('busy'), tableResource('quiet')]);
    await putItem(call, 'quiet', 'q', 'before');
    const [busy, quiet] = [await tail.open(arnOf('busy')), await tail.open(arnOf('quiet'))];
    const [writers, transactions] = [8, 125];
    const seen = new Map<string, number[]>();
    let position: string | undefined;
    let count = 0;
    const drain = async (stream: ChangeStream): Promise<void> => {
      for (const { position: next, record } of await stream.read(position, 500)) {
        const key = record.dynamodb.Keys.pk as { S: string };
        const version = record.dynamodb.NewImage?.version as { N: string };
        seen.set(key.S, [...(seen.get(key.S) ?? []), Number(version.N)]);
        position = next;
        count++;
      }
      if (position !== undefined) await stream.trim([position]);
    };
    const write = async (writer: number): Promise<void> => {
      for (let version = 1; version <= transactions; version++) {
        const put = (part: number) => ({
          Put: {
            TableName: 'busy',
            Item: { pk: { S: `${writer}-${part}` }, sk: { S: 'x' }, version: { N: String(version) } },
          },
        });
        await call('DynamoDB_20120810.TransactWriteItems', { TransactItems: [0, 1, 2, 3].map(put) });
      }
    };
    const written = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const total = writers * transactions * 4;
    await eventually(
      async () => {
        await drain(busy);
        return count === total ? true : undefined;
      },
      { deadlineMs: 50_000, everyMs: 10, what: `${total} records` },
    );
    await written;
    const inOrder = Array.from({ length: transactions }, (_, index) => index + 1);
    for (const versions of seen.values()) expect(versions).toEqual(inOrder);
    await busy.trim([position ?? '']);
    await busy.trim([position ?? '']);
    const db = new DatabaseSync(emulator.databaseFile ?? '');
    const left = db.prepare("SELECT COUNT(*) AS n FROM _stream_records WHERE table_name = 'busy'").get();
    db.close();
    expect(left?.n).toBe(1);
    expect(await quiet.read(undefined, 10)).toHaveLength(1);
    await putItem(call, 'busy', 'after', 'pruning', { version: { N: '1' } });
    expect(await busy.read(position, 10)).toHaveLength(1);
  });

  it('has no record for a write that changed nothing, as DynamoDB', async () => {
    await ensureTables(call, [tableResource('same')]);
    const stream = await tail.open(arnOf('same'));
    for (let index = 0; index < 5; index++)
      await putItem(call, 'same', 'o-1', 'order', { a: { N: '1' }, b: { N: '2' } });
    expect(await stream.read(undefined, 2)).toHaveLength(1);
    await putItem(call, 'same', 'o-1', 'order', { a: { N: '1' }, b: { N: '3' } });
    const entries = await stream.read('1', 2);
    expect(entries.map((entry) => entry.record.eventName)).toEqual(['MODIFY']);
  });

  it('names another incarnation when the table is made anew', async () => {
    await ensureTables(call, [tableResource('remade')]);
    const before = (await tail.open(arnOf('remade'))).id;
    await call('DynamoDB_20120810.DeleteTable', { TableName: 'remade' });
    await ensureTables(call, [tableResource('remade')]);
    expect((await tail.open(arnOf('remade'))).id).not.toBe(before);
    await expect(tail.open(arnOf('missing'))).rejects.toThrow('table missing has no stream');
  });
});
