import { Bell } from '../sqs/bell.ts';
import { type BatchContext, type BatchItem, processBatch } from './stream-batch.ts';

/** One sequence of records, processed batch after batch. */
export class Lane {
  readonly #context: BatchContext;
  readonly #batchDone: () => void;
  readonly #bell = new Bell();
  #waiting: BatchItem[] = [];
  #running: Promise<void> | undefined;

  constructor(context: BatchContext, batchDone: () => void) {
    this.#context = context;
    this.#batchDone = batchDone;
  }

  /** Records that wait for their batch. */
  get waiting(): number {
    return this.#waiting.length;
  }

  push(item: BatchItem): void {
    this.#waiting.push(item);
    this.#bell.ring();
    // Not before the end of this turn: the records of one read go out together.
    this.#running ??= Promise.resolve().then(() => this.#run());
  }

  /** Waits for the batch in flight; ring the abort signal first. */
  async stop(): Promise<void> {
    this.#bell.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0 && !this.#context.signal.aborted) {
        await this.#fillBatch();
        await processBatch(this.#waiting.splice(0, this.#context.mapping.batchSize), this.#context);
        this.#batchDone();
      }
    } catch (error) {
      if (!this.#context.signal.aborted) console.error(`${this.#context.mapping.id} stopped`, error);
    } finally {
      this.#running = undefined;
    }
  }

  /** Waits for a full batch as long as the batching window says. */
  async #fillBatch(): Promise<void> {
    const { mapping, signal } = this.#context;
    const deadline = performance.now() + mapping.maximumBatchingWindowSeconds * 1000;
    while (this.#waiting.length < mapping.batchSize && !signal.aborted) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return;
      await this.#bell.wait(leftMs);
    }
  }
}
