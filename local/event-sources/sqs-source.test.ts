import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { type Sqs } from '../sqs/sqs.ts';
import { arnOf, openDatabase, openQueues, queueNamed } from '../sqs/test-queues.ts';
import { createEventSources, type EventSources } from './event-sources.ts';
import { type MappingDefinition } from './mapping.ts';
import { invokeOf, type TestHandler } from './test-function.ts';
import { TestStream } from './test-stream.ts';

const orders = arnOf('orders');
let sqs: Sqs;
let sources: EventSources | undefined;

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  sqs = openQueues(openDatabase());
  sqs.define(
    queueNamed('orders', {
      visibilityTimeoutSeconds: 1,
      redrive: { deadLetterArn: arnOf('dead'), maxReceiveCount: 2 },
    }),
  );
  sqs.define(queueNamed('dead'));
});
afterEach(async () => {
  await sources?.stop();
  sqs.close();
});

async function connect(handler: TestHandler, overrides: Partial<MappingDefinition> = {}): Promise<EventSources> {
  const invoke = invokeOf(handler);
  sources = createEventSources({ db: openDatabase(), sqs, streams: new TestStream(), invoke });
  sources.define({ id: 'orders', functionName: 'f', source: { kind: 'sqs', arn: orders }, ...overrides });
  await sources.start();
  return sources;
}

const nothing = { visible: 0, inFlight: 0, delayed: 0 };

describe('a queue as event source', () => {
  it('hands every message to the function in batches and deletes it', async () => {
    const seen: string[] = [];
    const sizes: number[] = [];
    const started = await connect((records) => {
      sizes.push(records.length);
      seen.push(...records.map((record) => record.body ?? ''));
      return undefined;
    });
    const bodies = Array.from({ length: 500 }, (_, index) => `message ${index}`);
    await Promise.all(bodies.map((body) => sqs.send(orders, body)));
    await started.idle();
    expect(seen.sort()).toEqual(bodies.sort());
    expect(Math.max(...sizes)).toBe(10);
    expect(sqs.depth(orders)).toEqual(nothing);
  });

  it('is not idle while a batch fills', async () => {
    let taken = 0;
    const started = await connect((records) => void (taken += records.length), { maximumBatchingWindowSeconds: 0.3 });
    await sqs.send(orders, 'one');
    await eventually(() => (sqs.depth(orders).inFlight === 1 ? true : undefined));
    await started.idle();
    expect(taken).toBe(1);
  });

  it('keeps only the reported failures, which come again and end as dead letters', async () => {
    const seen: string[] = [];
    await connect(
      (records) => {
        seen.push(...records.map((record) => record.body ?? ''));
        const bad = records.filter((record) => record.body === 'bad');
        return { batchItemFailures: bad.map((record) => ({ itemIdentifier: record.messageId ?? '' })) };
      },
      { reportBatchItemFailures: true },
    );
    await Promise.all(['good', 'bad', 'fine'].map((body) => sqs.send(orders, body)));
    await eventually(() => (sqs.depth(arnOf('dead')).visible === 1 ? true : undefined));
    expect(seen.sort()).toEqual(['bad', 'bad', 'fine', 'good']);
    expect(sqs.depth(orders)).toEqual(nothing);
  });

  it('gives the whole batch again after an error or a malformed report', async () => {
    let calls = 0;
    const started = await connect(
      () => {
        calls++;
        if (calls === 1) return { batchItemFailures: [{ itemIdentifier: 'not in the batch' }] };
        return undefined;
      },
      { reportBatchItemFailures: true },
    );
    await sqs.send(orders, 'one');
    await eventually(() => (calls === 2 ? true : undefined));
    await started.idle();
    await eventually(() => (sqs.depth(orders).inFlight === 0 ? true : undefined));
    expect(sqs.depth(arnOf('dead')).visible).toBe(0);
  });

  it('deletes what the filters do not match, without calling the function', async () => {
    const seen: string[] = [];
    const started = await connect(
      (records) => {
        seen.push(...records.map((record) => record.body ?? ''));
        return undefined;
      },
      { filters: ['{"body":{"total":[{"numeric":[">",100]}]}}', '{"body":["plain"]}'] },
    );
    for (const body of ['{"total":150}', '{"total":50}', 'plain', 'other']) await sqs.send(orders, body);
    await started.idle();
    await eventually(() => (sqs.depth(orders).inFlight === 0 ? true : undefined));
    expect(seen.sort()).toEqual(['plain', '{"total":150}']);
    expect(sqs.depth(orders)).toEqual(nothing);
  });

  it('keeps no more batches in flight than allowed', async () => {
    let running = 0;
    let most = 0;
    const started = await connect(
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        return undefined;
      },
      { batchSize: 1, maximumConcurrency: 3 },
    );
    await Promise.all(Array.from({ length: 30 }, () => sqs.send(orders, 'x')));
    await started.idle();
    expect(most).toBe(3);
  });

  it('waits for a fuller batch as long as the batching window says', async () => {
    const sizes: number[] = [];
    const started = await connect(
      (records) => {
        sizes.push(records.length);
        return undefined;
      },
      { batchSize: 3, maximumBatchingWindowSeconds: 0.5 },
    );
    for (const body of ['a', 'b', 'c']) await sqs.send(orders, body);
    await started.idle();
    expect(sizes).toEqual([3]);
  });

  it('refuses a bad filter when the mapping is defined', async () => {
    await expect(connect(() => undefined, { filters: ['{"body":[{"like":"x"}]}'] })).rejects.toThrow(
      'unknown operator like',
    );
  });
});
