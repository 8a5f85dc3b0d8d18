import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { type Sqs } from './sqs.ts';
import { arnOf, openDatabase, openQueues, queueNamed } from './test-queues.ts';

let now = 1_800_000_000_000;
const clock = (): number => now;
const opened: Sqs[] = [];
const orders = arnOf('orders');

function queues(...definitions: Parameters<typeof queueNamed>[]): Sqs {
  const sqs = openQueues(openDatabase(), clock);
  opened.push(sqs);
  for (const [name, overrides] of definitions) sqs.define(queueNamed(name, overrides));
  return sqs;
}

const bodies = async (sqs: Sqs, arn = orders, max = 10): Promise<string[]> =>
  (await sqs.receive(arn, max)).map((message) => message.body);

afterEach(() => {
  for (const sqs of opened.splice(0)) sqs.close();
});

describe('standard queues', () => {
  it('hands a message out once until its visibility timeout ends, then again with a higher receive count', async () => {
    const sqs = queues(['orders', {}]);
    await sqs.send(orders, 'one');
    const [first] = await sqs.receive(orders, 10);
    expect(first?.attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: String(now) });
    expect(await bodies(sqs)).toEqual([]);
    expect(sqs.depth(orders)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    now += 30_000;
    const [again] = await sqs.receive(orders, 10);
    expect(again?.attributes.ApproximateReceiveCount).toBe('2');
    await sqs.deleteBatch(orders, [first?.receiptHandle ?? '']);
    expect(sqs.depth(orders).inFlight).toBe(1);
    await sqs.deleteBatch(orders, [again?.receiptHandle ?? '']);
    expect(sqs.depth(orders)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('gives a message back at once when its visibility is changed to zero, and refuses an old receipt', async () => {
    const sqs = queues(['orders', {}]);
    await sqs.send(orders, 'one');
    const [message] = await sqs.receive(orders, 1);
    expect(await sqs.changeVisibility(orders, message?.receiptHandle ?? '', 0)).toBe(true);
    expect(await sqs.changeVisibility(orders, message?.receiptHandle ?? '', 10)).toBe(false);
    expect(await bodies(sqs)).toEqual(['one']);
  });

  it('moves a message that was received too often to the dead letter queue and tells its listeners', async () => {
    const redrive = { deadLetterArn: arnOf('dead'), maxReceiveCount: 2 };
    const sqs = queues(['orders', { redrive }], ['dead', {}]);
    let told = 0;
    sqs.onMessage(arnOf('dead'), () => told++);
    await sqs.send(orders, 'poison');
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await bodies(sqs)).toEqual(['poison']);
      now += 30_000;
    }
    expect(await bodies(sqs)).toEqual([]);
    expect(told).toBe(1);
    const [dead] = await sqs.receive(arnOf('dead'), 1);
    expect(dead?.attributes).toMatchObject({ DeadLetterQueueSourceArn: orders, ApproximateReceiveCount: '1' });
  });

  it('keeps a delayed message back, and drops one older than the retention', async () => {
    const sqs = queues(['orders', { delaySeconds: 5, messageRetentionSeconds: 60 }]);
    await sqs.send(orders, 'queue delay');
    await sqs.send(orders, 'own delay', undefined, { delaySeconds: 20 });
    expect(sqs.depth(orders)).toEqual({ visible: 0, inFlight: 0, delayed: 2 });
    now += 5_000;
    expect(await bodies(sqs)).toEqual(['queue delay']);
    now += 56_000;
    expect(await bodies(sqs)).toEqual([]);
  });

  it('refuses what SQS refuses', async () => {
    const sqs = queues(['orders', {}]);
    await expect(sqs.send(arnOf('missing'), 'x')).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
    await expect(sqs.send(orders, 'x'.repeat(1024 * 1024 + 1))).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
    await expect(sqs.send(orders, 'x', undefined, { delaySeconds: 901 })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
    await expect(sqs.deleteBatch(orders, ['nonsense'])).rejects.toMatchObject({ code: 'ReceiptHandleIsInvalid' });
  });
});

describe('FIFO queues', () => {
  const fifo = arnOf('moves.fifo');
  const ofGroup = (groupId: string) => ({ groupId });
  const fifoQueue = (): Sqs => queues(['moves.fifo', { fifo: true, contentBasedDeduplication: true }]);

  it('blocks a group while one of its messages is in flight, and only that group', async () => {
    const sqs = fifoQueue();
    for (const body of ['a1', 'a2', 'a3']) await sqs.send(fifo, body, undefined, ofGroup('a'));
    const [a1] = await sqs.receive(fifo, 1);
    await sqs.send(fifo, 'b1', undefined, ofGroup('b'));
    expect(a1?.body).toBe('a1');
    expect(await bodies(sqs, fifo)).toEqual(['b1']);
    await sqs.deleteBatch(fifo, [a1?.receiptHandle ?? '']);
    expect(await bodies(sqs, fifo)).toEqual(['a2', 'a3']);
  });

  it('redelivers in order after a visibility timeout', async () => {
    const sqs = fifoQueue();
    for (const body of ['a1', 'a2']) await sqs.send(fifo, body, undefined, ofGroup('a'));
    expect(await bodies(sqs, fifo, 1)).toEqual(['a1']);
    now += 30_000;
    expect(await bodies(sqs, fifo)).toEqual(['a1', 'a2']);
  });

  it('accepts a duplicate within five minutes without writing it again', async () => {
    const sqs = fifoQueue();
    const first = await sqs.send(fifo, 'same', undefined, ofGroup('a'));
    expect(await sqs.send(fifo, 'same', undefined, ofGroup('a'))).toEqual(first);
    expect(sqs.depth(fifo).visible).toBe(1);
    now += 5 * 60_000 + 1;
    expect((await sqs.send(fifo, 'same', undefined, ofGroup('a'))).messageId).not.toBe(first.messageId);
  });
});

describe('waiting receivers', () => {
  it('wakes a long poll when a message arrives, and again when a lease ends', async () => {
    const sqs = openQueues(openDatabase());
    opened.push(sqs);
    sqs.define(queueNamed('orders', { visibilityTimeoutSeconds: 1 }));
    const waiting = sqs.receive(orders, 10, { waitSeconds: 20 });
    await sqs.send(orders, 'one');
    expect((await waiting).map((message) => message.body)).toEqual(['one']);
    const startedAt = performance.now();
    expect(await sqs.receive(orders, 10, { waitSeconds: 20 })).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('ends a long poll at its deadline', async () => {
    const sqs = queues(['orders', {}]);
    expect(await sqs.receive(orders, 1, { waitSeconds: 0.05 })).toEqual([]);
  });
});

describe('durability', () => {
  it('keeps messages, leases and receive counts over a restart on the same file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sqs-'));
    const file = join(directory, 'twin.db');
    const before = openQueues(openDatabase(file), clock);
    before.define(queueNamed('orders'));
    for (const body of ['one', 'two']) await before.send(orders, body);
    await before.receive(orders, 1);
    // No close: as after kill -9, only what is on disk counts.
    const after = openQueues(openDatabase(file), clock);
    opened.push(before, after);
    after.define(queueNamed('orders'));
    expect(after.depth(orders)).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
    expect(await bodies(after)).toEqual(['two']);
    rmSync(directory, { recursive: true });
  });

  it('gives back at once, and uncounted, what a receiver held that died with its process', async () => {
    const sqs = queues(['orders', {}]);
    await sqs.send(orders, 'one');
    await sqs.receive(orders, 1);
    expect(sqs.depth(orders)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    await sqs.release(orders);
    const [again] = await sqs.receive(orders, 1);
    expect(again).toMatchObject({ body: 'one' });
    expect(again?.attributes['ApproximateReceiveCount']).toBe('1');
  });

  it('sends, receives and deletes thousands of messages a second', async () => {
    const sqs = openQueues(openDatabase());
    opened.push(sqs);
    sqs.define(queueNamed('orders'));
    const count = 5_000;
    await Promise.all(Array.from({ length: count }, (_, index) => sqs.send(orders, `message ${index}`)));
    const seen = new Set<string>();
    await eventually(
      async () => {
        const messages = await sqs.receive(orders, 100);
        for (const message of messages) seen.add(message.body);
        await sqs.deleteBatch(orders, messages.map((message) => message.receiptHandle)); // prettier-ignore
        return seen.size === count ? true : undefined;
      },
      { everyMs: 0 },
    );
    expect(sqs.depth(orders)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});
