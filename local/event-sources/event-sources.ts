import { type DatabaseSync } from 'node:sqlite';
import { type InvokeFunction } from '../aws-service.ts';
import { type ChangeStreams } from '../dynamodb/stream.ts';
import { type Queues } from '../sqs/durable-queues.ts';
import { type Backoff, defaultBackoff } from './backoff.ts';
import { Checkpoints } from './checkpoints.ts';
import { type Mapping, type MappingDefinition, readMapping } from './mapping.ts';
import { SqsPoller } from './sqs-poller.ts';
import { StreamConsumer, type ConsumerContext } from './stream-consumer.ts';
import { StreamTrimmer } from './stream-trimmer.ts';

const IDLE_POLL_MS = 10;

/** What event source mappings connect. */
export interface EventSourcesOptions {
  readonly db: DatabaseSync;
  readonly sqs: Queues;
  readonly streams: ChangeStreams;
  readonly invoke: InvokeFunction;
  /** How retries of a failing function are spaced out. */
  readonly backoff?: Backoff;
  /** Epoch milliseconds; for tests. */
  readonly clock?: () => number;
}

/** The event source mappings of the twin: queues and table streams to functions. */
export interface EventSources {
  /** Declares a mapping before `start`. Throws for a bad filter. */
  define(mapping: MappingDefinition): void;
  /** Begins polling; tables and queues have to exist. */
  start(): Promise<void>;
  /** Takes no more records, waits for batches in flight. Records not done come again at the next start. */
  stop(): Promise<void>;
  /** Resolves when every queue has no visible message, every stream is read to its end and nothing is in flight. */
  idle(timeoutMs?: number): Promise<void>;
}

/** Event source mappings whose checkpoints are kept in `db` (tables `esm_*`). */
export function createEventSources(options: EventSourcesOptions): EventSources {
  return new PolledEventSources(options);
}

class PolledEventSources implements EventSources {
  readonly #options: EventSourcesOptions;
  readonly #backoff: Backoff;
  readonly #context: ConsumerContext;
  readonly #mappings: Mapping[] = [];
  readonly #sources: (SqsPoller | StreamConsumer)[] = [];
  readonly #trimmer = new StreamTrimmer();

  constructor(options: EventSourcesOptions) {
    const { db, invoke, sqs, clock = Date.now, backoff = defaultBackoff } = options;
    this.#options = options;
    this.#backoff = backoff;
    this.#context = { invoke, sqs, clock, backoff, checkpoints: new Checkpoints(db) };
  }

  define(mapping: MappingDefinition): void {
    this.#mappings.push(readMapping(mapping));
  }

  async start(): Promise<void> {
    for (const mapping of this.#mappings.splice(0)) {
      if (mapping.source.kind === 'sqs') this.#startPoller(mapping);
      else await this.#startConsumer(mapping);
    }
    this.#trimmer.start();
  }

  async stop(): Promise<void> {
    this.#trimmer.stop();
    await Promise.all(this.#sources.splice(0).map((source) => source.stop()));
  }

  async idle(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await this.#allIdle())) {
      if (Date.now() > deadline) throw new Error(`event sources are still busy after ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    }
  }

  async #allIdle(): Promise<boolean> {
    const idle = await Promise.all(this.#sources.map((source) => source.isIdle()));
    return idle.every(Boolean);
  }

  #startPoller(mapping: Mapping): void {
    const { sqs, invoke } = this.#options;
    const poller = new SqsPoller(mapping, { sqs, invoke, backoff: this.#backoff });
    poller.start();
    this.#sources.push(poller);
  }

  async #startConsumer(mapping: Mapping): Promise<void> {
    const stream = await this.#options.streams.open(mapping.source.arn);
    const consumer = new StreamConsumer(mapping, stream, this.#context);
    await consumer.start();
    this.#sources.push(consumer);
    this.#trimmer.add(mapping.source.arn, consumer);
  }
}
