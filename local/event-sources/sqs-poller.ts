import { AwsError, type InvokeFunction, type InvokeResult } from '../aws-service.ts';
import { Bell } from '../sqs/bell.ts';
import { type Queues } from '../sqs/durable-queues.ts';
import { type ReceivedMessage } from '../sqs/queue.ts';
import { type Backoff, waitBeforeRetry } from './backoff.ts';
import { batchOutcome } from './batch-response.ts';
import { type Mapping } from './mapping.ts';
import { messagePasses } from './record-filter.ts';
import { sqsEvent } from './sqs-event.ts';

/** Tries to invoke a throttled function, before the messages are left to their visibility timeout. */
const THROTTLED_TRIES = 5;

/** What a poller works with. */
export interface PollerContext {
  readonly sqs: Queues;
  readonly invoke: InvokeFunction;
  readonly backoff: Backoff;
}

/** Hands a queue's messages to a function, several batches at once; a message is deleted after the function took it. */
export class SqsPoller {
  readonly #mapping: Mapping;
  readonly #context: PollerContext;
  readonly #bell = new Bell();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  /** Messages are being taken, or wait for their batch to fill. */
  #taking = false;
  #loop: Promise<void> | undefined;

  constructor(mapping: Mapping, context: PollerContext) {
    this.#mapping = mapping;
    this.#context = context;
  }

  start(): void {
    const unsubscribe = this.#context.sqs.onMessage(this.#mapping.source.arn, () => this.#bell.ring());
    this.#loop = this.#run().finally(unsubscribe);
  }

  /** Takes no more messages and waits for the batches in flight; those are done again if they fail. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#bell.ring();
    await this.#loop;
    await Promise.allSettled(this.#inFlight);
  }

  /** Nothing in flight, nothing waiting for its batch to fill and nothing visible in the queue. */
  isIdle(): Promise<boolean> {
    return Promise.resolve(
      this.#inFlight.size === 0 && !this.#taking && this.#context.sqs.depth(this.#mapping.source.arn).visible === 0,
    );
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const messages = this.#inFlight.size < this.#mapping.maximumConcurrency ? await this.#collect() : [];
      if (messages.length > 0) this.#launch(messages);
      this.#taking = false;
      if (messages.length === 0) await this.#bell.wait();
    }
  }

  /** A batch: at once what is there, or what comes within the batching window. */
  async #collect(): Promise<ReceivedMessage[]> {
    const { batchSize, maximumBatchingWindowSeconds } = this.#mapping;
    this.#taking = true;
    const messages = await this.#receive(batchSize);
    const deadline = performance.now() + maximumBatchingWindowSeconds * 1000;
    while (messages.length > 0 && messages.length < batchSize && !this.#stopping.signal.aborted) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) break;
      await this.#bell.wait(leftMs);
      messages.push(...(await this.#receive(batchSize - messages.length)));
    }
    return messages;
  }

  async #receive(max: number): Promise<ReceivedMessage[]> {
    const { sqs, backoff } = this.#context;
    try {
      return await sqs.receive(this.#mapping.source.arn, max);
    } catch (error) {
      if (this.#stopping.signal.aborted) return [];
      console.error(`receiving from ${this.#mapping.source.arn} failed`, error);
      await waitBeforeRetry(backoff, 3, this.#stopping.signal).catch(() => undefined);
      this.#bell.ring();
      return [];
    }
  }

  #launch(messages: ReceivedMessage[]): void {
    const batch = this.#process(messages)
      .catch((error: unknown) => console.error(`batch for ${this.#mapping.functionName} comes again:`, error))
      .finally(() => {
        this.#inFlight.delete(batch);
        this.#bell.ring();
      });
    this.#inFlight.add(batch);
  }

  async #process(messages: ReceivedMessage[]): Promise<void> {
    const wanted = messages.filter((message) => messagePasses(this.#mapping.filters, message));
    const done = messages.filter((message) => !wanted.includes(message));
    if (wanted.length > 0) done.push(...(await this.#succeeded(wanted)));
    if (done.length === 0) return;
    await this.#context.sqs.deleteBatch(
      this.#mapping.source.arn,
      done.map((message) => message.receiptHandle),
    );
  }

  async #succeeded(messages: ReceivedMessage[]): Promise<ReceivedMessage[]> {
    const { functionName, reportBatchItemFailures } = this.#mapping;
    const result = await this.#invoke(messages);
    const ids = new Set(messages.map((message) => message.messageId));
    const outcome = batchOutcome(result, reportBatchItemFailures, ids);
    if ('failedIds' in outcome) return messages.filter((message) => !outcome.failedIds.has(message.messageId));
    console.warn(`${functionName} failed on ${messages.length} messages: ${outcome.error}`);
    return [];
  }

  async #invoke(messages: ReceivedMessage[]): Promise<InvokeResult> {
    const { functionName, source } = this.#mapping;
    const event = sqsEvent(source.arn, messages);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#context.invoke(functionName, event);
      } catch (error) {
        const throttled = error instanceof AwsError && error.code === 'TooManyRequestsException';
        if (!throttled || attempt === THROTTLED_TRIES) throw error;
        await waitBeforeRetry(this.#context.backoff, attempt, this.#stopping.signal);
      }
    }
  }
}
