import { createHash } from 'node:crypto';
import { type ChangeStream, type StreamEntry } from '../dynamodb/stream.ts';
import { Bell } from '../sqs/bell.ts';
import { type Backoff, waitBeforeRetry } from './backoff.ts';
import { type Checkpoints } from './checkpoints.ts';
import { Lane } from './lane.ts';
import { type Mapping } from './mapping.ts';
import { Progress } from './progress.ts';
import { recordPasses } from './record-filter.ts';
import { type BatchContext } from './stream-batch.ts';

const LEAST_READ_AHEAD = 500;

/** What a consumer needs besides its mapping and stream. */
export type ConsumerContext = Pick<BatchContext, 'invoke' | 'sqs' | 'clock'> & {
  readonly checkpoints: Checkpoints;
  readonly backoff: Backoff;
};

/** Hands a table's changes to a function in order, and keeps on disk how far it got. */
export class StreamConsumer {
  readonly stream: ChangeStream;
  readonly #mapping: Mapping;
  readonly #context: ConsumerContext;
  readonly #bell = new Bell();
  readonly #progress = new Progress();
  readonly #stopping = new AbortController();
  readonly #lanes: Lane[];
  #loop: Promise<void> | undefined;
  #saving: Promise<void> | undefined;
  #cursor: string | undefined;
  #durable: string | undefined;

  constructor(mapping: Mapping, stream: ChangeStream, context: ConsumerContext) {
    this.#mapping = mapping;
    this.stream = stream;
    this.#context = context;
    const batchContext = { ...context, mapping, signal: this.#stopping.signal };
    this.#lanes = Array.from(
      { length: mapping.parallelizationFactor },
      () => new Lane(batchContext, () => this.#batchDone()),
    );
  }

  /** The checkpoint on disk; undefined as long as nothing is done. */
  get checkpoint(): string | undefined {
    return this.#durable === '' ? undefined : this.#durable;
  }

  /** Begins at the checkpoint, or where the mapping says; resolves when that is on disk. */
  async start(): Promise<void> {
    this.#durable = await this.#startingPoint();
    this.#cursor = this.checkpoint;
    const unsubscribe = this.stream.onChange(() => this.#bell.ring());
    this.#loop = this.#run().finally(unsubscribe);
  }

  /** Reads no more, waits for the batches in flight and saves the checkpoint. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#bell.ring();
    await this.#loop;
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
    this.#batchDone();
    await this.#saving;
  }

  /** Everything that was written so far is done. */
  async isIdle(): Promise<boolean> {
    if (this.#progress.open > 0 || this.#saving) return false;
    return (await this.stream.read(this.#cursor, 1)).length === 0;
  }

  async #startingPoint(): Promise<string> {
    const { checkpoints } = this.#context;
    const saved = checkpoints.load(this.#mapping.id, this.stream.id);
    if (saved !== undefined || this.#mapping.startingPosition === 'TRIM_HORIZON') return saved ?? '';
    const latest = (await this.stream.latest()) ?? '';
    await checkpoints.save(this.#mapping.id, this.stream.id, latest);
    return latest;
  }

  async #run(): Promise<void> {
    const { batchSize, parallelizationFactor } = this.#mapping;
    const readAhead = Math.max(LEAST_READ_AHEAD, 2 * batchSize * parallelizationFactor);
    for (let failures = 0; !this.#stopping.signal.aborted;) {
      try {
        const room = readAhead - this.#progress.open;
        const entries = room > 0 ? await this.stream.read(this.#cursor, room) : [];
        failures = 0;
        if (entries.length === 0) await this.#bell.wait();
        else this.#take(entries);
      } catch (error) {
        console.error(`reading the stream of ${this.#mapping.id} failed`, error);
        await waitBeforeRetry(this.#context.backoff, ++failures, this.#stopping.signal).catch(() => undefined);
      }
    }
  }

  #take(entries: readonly StreamEntry[]): void {
    for (const { position, record } of entries) {
      const done = this.#progress.add(position);
      if (recordPasses(this.#mapping.filters, record)) this.#laneOf(record)?.push({ record, done });
      else done();
      this.#cursor = position;
    }
    this.#batchDone();
  }

  #laneOf({ dynamodb }: StreamEntry['record']): Lane | undefined {
    if (this.#lanes.length === 1) return this.#lanes[0];
    const key = JSON.stringify(dynamodb.Keys[this.stream.partitionKey]);
    return this.#lanes[createHash('md5').update(key).digest().readUInt32BE() % this.#lanes.length];
  }

  #batchDone(): void {
    this.#bell.ring();
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
    });
  }

  async #save(): Promise<void> {
    for (
      let reached = this.#progress.reached;
      reached !== undefined && reached !== this.#durable;
      reached = this.#progress.reached
    ) {
      try {
        await this.#context.checkpoints.save(this.#mapping.id, this.stream.id, reached);
        this.#durable = reached;
      } catch (error) {
        // The next batch saves again; until then a restart repeats what is done.
        console.error(`checkpoint of ${this.#mapping.id} could not be saved`, error);
        return;
      }
    }
  }
}
