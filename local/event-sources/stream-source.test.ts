import { type DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { AwsError, type InvokeFunction, type JsonObject } from '../aws-service.ts';
import { type Sqs } from '../sqs/sqs.ts';
import { arnOf, openDatabase, openQueues, queueNamed } from '../sqs/test-queues.ts';
import { createEventSources, type EventSources } from './event-sources.ts';
import { type MappingDefinition } from './mapping.ts';
import { invokeOf, sequenceNumbers, type TestHandler } from './test-function.ts';
import { STREAM, TestStream } from './test-stream.ts';

const failures = arnOf('failures');
let db: DatabaseSync;
let sqs: Sqs;
let stream: TestStream;
const running: EventSources[] = [];

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  db = openDatabase();
  sqs = openQueues(db);
  sqs.define(queueNamed('failures'));
  stream = new TestStream();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((sources) => sources.stop()));
  sqs.close();
});

async function connectTo(invoke: InvokeFunction, ...overrides: Partial<MappingDefinition>[]): Promise<EventSources> {
  const backoff = { firstMs: 1, longestMs: 10 };
  const sources = createEventSources({ db, sqs, streams: stream, invoke, backoff, clock: () => 1_800_000_000_000 });
  running.push(sources);
  for (const override of overrides) {
    sources.define({ id: 'publish', functionName: 'f', source: { kind: 'dynamodb', arn: STREAM }, ...override });
  }
  await sources.start();
  return sources;
}

const connect = (handler: TestHandler, override: Partial<MappingDefinition> = {}): Promise<EventSources> =>
  connectTo(invokeOf(handler), override);

/** A function that takes everything and notes the sequence numbers in `seen`. */
const collect =
  (seen: number[]): TestHandler =>
  (records) => {
    seen.push(...sequenceNumbers(records));
    return undefined;
  };

function writeMany(count: number, keys = 1): void {
  for (let index = 0; index < count; index++) stream.write(`key-${index % keys}`, index);
}

describe('a table stream as event source', () => {
  it('hands records over in order, in batches, from the oldest one', async () => {
    writeMany(250);
    const batches: number[][] = [];
    const sources = await connect((records) => {
      batches.push(sequenceNumbers(records));
      return undefined;
    });
    await sources.idle();
    expect(batches.flat()).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
  });

  it('starts at the end for LATEST, and keeps that over a restart before the first record', async () => {
    writeMany(5);
    const seen: number[] = [];
    const handler = collect(seen);
    await (await connect(handler, { startingPosition: 'LATEST' })).stop();
    writeMany(2);
    await (await connect(handler, { startingPosition: 'LATEST' })).idle();
    expect(seen).toEqual([6, 7]);
  });

  it('goes on at the checkpoint after a restart, and from the beginning in a new incarnation of the stream', async () => {
    const seen: number[] = [];
    const handler = collect(seen);
    writeMany(3);
    const first = await connect(handler);
    await first.idle();
    await first.stop();
    writeMany(2);
    await (await connect(handler)).idle();
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    stream.id = 'second';
    await (await connect(handler)).idle();
    expect(seen.slice(5)).toEqual([1, 2, 3, 4, 5]);
  });

  it('repeats a batch that a crash interrupted', async () => {
    writeMany(3);
    let reached = false;
    void connectTo(() => {
      reached = true;
      return new Promise(() => undefined);
    }, {});
    await eventually(() => reached || undefined);
    running.length = 0; // as after kill -9: nobody stops it, nothing was saved
    const seen: number[] = [];
    await (await connect(collect(seen))).idle();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('repeats from the first reported failure only', async () => {
    writeMany(5);
    const batches: number[][] = [];
    const sources = await connect(
      (records) => {
        const numbers = sequenceNumbers(records);
        batches.push(numbers);
        return batches.length === 1
          ? { batchItemFailures: [{ itemIdentifier: '4' }, { itemIdentifier: '3' }] }
          : undefined;
      },
      { reportBatchItemFailures: true },
    );
    await sources.idle();
    expect(batches).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
  });

  it('halves a failing batch, tells the failure destination of the poison record, and goes on', async () => {
    writeMany(8);
    const done: number[] = [];
    const sources = await connect(
      (records) => {
        const numbers = sequenceNumbers(records);
        if (numbers.includes(6)) throw new Error('poison');
        done.push(...numbers);
        return undefined;
      },
      { bisectBatchOnFunctionError: true, maximumRetryAttempts: 1, onFailureArn: failures },
    );
    await sources.idle();
    expect(done).toEqual([1, 2, 3, 4, 5, 7, 8]);
    const [message] = await sqs.receive(failures, 10);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { startSequenceNumber: '6', endSequenceNumber: '6', batchSize: 1, streamArn: STREAM },
    } satisfies JsonObject);
  });

  it('gives up records that are too old', async () => {
    stream.write('old', 1, 1_799_999_000);
    stream.write('new', 2);
    const sources = await connect(
      (records) => {
        if (records.some((record) => record.dynamodb?.Keys.pk.S === 'old')) throw new Error('fails');
        return undefined;
      },
      { batchSize: 1, maximumRecordAgeSeconds: 60, onFailureArn: failures },
    );
    await sources.idle();
    const [message] = await sqs.receive(failures, 10);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded' } });
  });

  it('does not count throttles as failures', async () => {
    writeMany(1);
    let calls = 0;
    const sources = await connectTo(
      () => {
        if (++calls < 4) throw new AwsError('TooManyRequestsException', 'Rate exceeded', 429);
        return Promise.resolve({ payload: null });
      },
      { maximumRetryAttempts: 0, onFailureArn: failures },
    );
    await sources.idle();
    expect(calls).toBe(4);
    expect(sqs.depth(failures).visible).toBe(0);
  });

  it('keeps the order of each partition key with several batches in flight', async () => {
    const seen = new Map<string, number[]>();
    let running = 0;
    let most = 0;
    const sources = await connect(
      async (records) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
        for (const record of records) {
          const key = record.dynamodb?.Keys.pk.S ?? '';
          seen.set(key, [...(seen.get(key) ?? []), Number(record.dynamodb?.SequenceNumber)]);
        }
        running--;
        return undefined;
      },
      { parallelizationFactor: 4, batchSize: 5 },
    );
    writeMany(400, 20);
    await sources.idle();
    expect([...seen.values()].flat()).toHaveLength(400);
    for (const numbers of seen.values()) expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(most).toBeGreaterThan(1);
  });

  it('skips records that no filter matches, and moves its checkpoint past them', async () => {
    const seen: number[] = [];
    const handler = collect(seen);
    const filters = ['{"dynamodb":{"NewImage":{"pk":{"S":["key-1"]}}}}'];
    writeMany(10, 5);
    const sources = await connect(handler, { filters });
    await sources.idle();
    await sources.stop();
    expect(seen).toEqual([2, 7]);
    await (await connect(handler)).idle();
    expect(seen).toEqual([2, 7]);
  });

  it('lets the slowest consumer bound what may be dropped', async () => {
    writeMany(4);
    const invoke = invokeOf((records) => {
      if (records.length === 1 && sequenceNumbers(records).includes(3)) throw new Error('stuck');
      return undefined;
    });
    await connectTo(invoke, { id: 'fast' }, { id: 'slow', batchSize: 1 });
    await eventually(() => stream.trimmed.find((positions) => positions.includes('4') && positions.includes('2')));
  });
});
