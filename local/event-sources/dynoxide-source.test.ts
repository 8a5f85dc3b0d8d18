import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChangeStreams } from '../dynamodb/change-streams.ts';
import { type DynamoDbCall, dynamoDbCall } from '../dynamodb/dynamodb-api.ts';
import { type DynamoDbEmulator, startDynamoDb } from '../dynamodb/emulator.ts';
import { type ChangeStreams } from '../dynamodb/stream.ts';
import { ensureTables } from '../dynamodb/tables.ts';
import { putItem, tableResource, testDirectory } from '../dynamodb/test-database.ts';
import { openDatabase, openQueues } from '../sqs/test-queues.ts';
import { createEventSources } from './event-sources.ts';
import { invokeOf } from './test-function.ts';

let emulator: DynamoDbEmulator;
let call: DynamoDbCall;
let streams: ChangeStreams;

beforeAll(async () => {
  emulator = await startDynamoDb({ dataDir: testDirectory() });
  call = dynamoDbCall(emulator.endpoint);
  streams = openChangeStreams(emulator);
});
afterAll(async () => {
  streams.close();
  await emulator.stop();
});

it('takes every write of a real table to the function once, in order, while dynoxide is killed in between', async () => {
  await ensureTables(call, [tableResource('orders')]);
  const versions = new Map<string, string[]>();
  const db = openDatabase();
  const invoke = invokeOf((records) => {
    for (const record of records) {
      const image = (record.dynamodb as { NewImage?: { version: { N: string } } } | undefined)?.NewImage;
      const key = record.dynamodb?.Keys.pk.S ?? '';
      versions.set(key, [...(versions.get(key) ?? []), image?.version.N ?? '']);
    }
    return undefined;
  });
  const sources = createEventSources({ db, sqs: openQueues(db), streams, invoke });
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/x';
  sources.define({ id: 'publish', functionName: 'f', source: { kind: 'dynamodb', arn }, parallelizationFactor: 4 });
  await sources.start();
  const write = async (pk: string): Promise<void> => {
    for (let version = 0; version < 100; version++) {
      await putUntilAccepted(pk, version);
      if (pk === 'o-0' && version === 50) process.kill(emulator.pid ?? 0, 'SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, index) => write(`o-${index}`)));
  await sources.idle();
  await sources.stop();
  expect(versions.size).toBe(8);
  // A write whose answer was lost in the kill is written again: neighbors may repeat, nothing is missing or out of order.
  for (const seen of versions.values()) {
    const distinct = seen.filter((version, index) => version !== seen[index - 1]);
    expect(distinct).toEqual(Array.from({ length: 100 }, (_, version) => String(version)));
  }
});

async function putUntilAccepted(pk: string, version: number): Promise<void> {
  for (;;) {
    try {
      await putItem(call, 'orders', pk, 'order', { version: { N: String(version) } });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
