import { type StreamConsumer } from './stream-consumer.ts';

const TRIM_MS = 1_000;

/** Lets streams drop the records that all their consumers are done with; the slowest one decides. */
export class StreamTrimmer {
  readonly #consumers = new Map<string, StreamConsumer[]>();
  #timer: NodeJS.Timeout | undefined;

  /** Consumers of one stream have to give the same ARN. */
  add(streamArn: string, consumer: StreamConsumer): void {
    this.#consumers.set(streamArn, [...(this.#consumers.get(streamArn) ?? []), consumer]);
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#trimAll(), TRIM_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#consumers.clear();
  }

  async #trimAll(): Promise<void> {
    for (const consumers of this.#consumers.values()) {
      const checkpoints = consumers.map((consumer) => consumer.checkpoint);
      const known = checkpoints.filter((checkpoint) => checkpoint !== undefined);
      if (known.length < checkpoints.length) continue;
      try {
        await consumers[0]?.stream.trim(known);
      } catch (error) {
        // The database was busy; a second later it is tried again.
        console.warn('stream records could not be dropped', error);
      }
    }
  }
}
