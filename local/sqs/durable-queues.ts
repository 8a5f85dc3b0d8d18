import { type DatabaseSync } from 'node:sqlite';
import { Bell } from './bell.ts';
import { groupCommit, type GroupCommit } from './group-commit.ts';
import { Leases } from './leases.ts';
import { assertInRange, assertSendable } from './limits.ts';
import { MessageStore } from './message-store.ts';
import { type QueueRegistry } from './queue-registry.ts';
import {
  type MessageAttributes,
  type QueueDefinition,
  type QueueDepth,
  type ReceivedMessage,
  type SendOptions,
  type SentMessage,
} from './queue.ts';
import { decodeReceipt } from './receipt.ts';
import { Wakeups } from './wakeups.ts';

const EXPIRY_SWEEP_MS = 60_000;
const MAX_VISIBILITY_SECONDS = 43_200;

/** How a receiver wants its messages. */
export interface ReceiveOptions {
  readonly visibilityTimeoutSeconds?: number;
  /** Long polling: waits up to this long for a first message. */
  readonly waitSeconds?: number;
}

/** Queues: durable, at least once, with visibility timeouts, dead letters, delays, retention and FIFO groups. */
export interface Queues {
  /** Declares a queue; its messages of earlier runs are there again. */
  define(queue: QueueDefinition): void;
  /** Resolves once the message is on disk. Throws AwsError for unknown queues and messages over the limits. */
  send(arn: string, body: string, attributes?: MessageAttributes, options?: SendOptions): Promise<SentMessage>;
  /** Leases up to `max` messages; more than ten are allowed here, as event source mappings need. */
  receive(arn: string, max: number, options?: ReceiveOptions): Promise<ReceivedMessage[]>;
  /** Deletes by receipt handle; outdated receipts delete nothing. */
  deleteBatch(arn: string, receiptHandles: readonly string[]): Promise<void>;
  /** False if the message is not in flight with that receipt any more. */
  changeVisibility(arn: string, receiptHandle: string, seconds: number): Promise<boolean>;
  depth(arn: string): QueueDepth;
  purge(arn: string): Promise<void>;
  /** Ends all leases of a queue whose only receiver died with an earlier process: its messages are there at once, and uncounted. */
  release(arn: string): Promise<void>;
  /** Calls `listener` when a message may have become visible; returns how to stop. */
  onMessage(arn: string, listener: () => void): () => void;
  close(): void;
}

/** The queues of one SQLite database. */
export class DurableQueues implements Queues {
  readonly #store: MessageStore;
  readonly #leases: Leases;
  readonly #commits: GroupCommit;
  readonly #registry: QueueRegistry;
  readonly #clock: () => number;
  readonly #wakeups: Wakeups;
  readonly #sweeper: NodeJS.Timeout;

  constructor(db: DatabaseSync, registry: QueueRegistry, clock: () => number) {
    this.#store = new MessageStore(db);
    this.#leases = new Leases(db);
    this.#commits = groupCommit(db);
    this.#registry = registry;
    this.#clock = clock;
    this.#wakeups = new Wakeups(clock, (queue) => this.#store.nextVisibleAt(queue, clock()));
    this.#sweeper = setInterval(() => void this.#expire(), EXPIRY_SWEEP_MS).unref();
  }

  define(queue: QueueDefinition): void {
    this.#registry.add(queue);
  }

  async send(
    arn: string,
    body: string,
    attributes?: MessageAttributes,
    options: SendOptions = {},
  ): Promise<SentMessage> {
    const queue = this.#registry.byArn(arn);
    const message = { ...options, body, attributes };
    assertSendable(queue, message);
    const now = this.#clock();
    const sent = await this.#commits.run(() => this.#store.insert(queue, message, now));
    this.#wakeups.visibleAt(queue.name, now + (options.delaySeconds ?? queue.delaySeconds) * 1000);
    return sent;
  }

  async receive(arn: string, max: number, options: ReceiveOptions = {}): Promise<ReceivedMessage[]> {
    const queue = this.#registry.byArn(arn);
    assertInRange('VisibilityTimeout', options.visibilityTimeoutSeconds, 0, MAX_VISIBILITY_SECONDS);
    const visibilityMs = (options.visibilityTimeoutSeconds ?? queue.visibilityTimeoutSeconds) * 1000;
    if (!options.waitSeconds) return this.#take(queue, max, visibilityMs);
    const deadline = performance.now() + options.waitSeconds * 1000;
    const bell = new Bell();
    const unsubscribe = this.#wakeups.subscribe(queue.name, () => bell.ring());
    try {
      for (;;) {
        const messages = await this.#take(queue, max, visibilityMs);
        const leftMs = deadline - performance.now();
        if (messages.length > 0 || leftMs <= 0) return messages;
        await bell.wait(leftMs);
      }
    } finally {
      unsubscribe();
    }
  }

  async deleteBatch(arn: string, receiptHandles: readonly string[]): Promise<void> {
    const queue = this.#registry.byArn(arn);
    const receipts = receiptHandles.map(decodeReceipt);
    await this.#commits.run(() => {
      for (const receipt of receipts) this.#store.delete(queue, receipt);
    });
    // A finished message of a FIFO group frees the ones behind it.
    if (queue.fifo) this.#wakeups.visibleAt(queue.name, this.#clock());
  }

  async changeVisibility(arn: string, receiptHandle: string, seconds: number): Promise<boolean> {
    const queue = this.#registry.byArn(arn);
    assertInRange('VisibilityTimeout', seconds, 0, MAX_VISIBILITY_SECONDS);
    const receipt = decodeReceipt(receiptHandle);
    const now = this.#clock();
    const visibleAt = now + seconds * 1000;
    const changed = await this.#commits.run(() => this.#store.changeVisibility(queue, receipt, visibleAt, now));
    if (changed) this.#wakeups.visibleAt(queue.name, visibleAt);
    return changed;
  }

  depth(arn: string): QueueDepth {
    return this.#store.depth(this.#registry.byArn(arn), this.#clock());
  }

  async release(arn: string): Promise<void> {
    const { name } = this.#registry.byArn(arn);
    await this.#commits.run(() => this.#store.release(name, this.#clock()));
  }

  async purge(arn: string): Promise<void> {
    const { name } = this.#registry.byArn(arn);
    await this.#commits.run(() => this.#store.purge(name));
  }

  onMessage(arn: string, listener: () => void): () => void {
    return this.#wakeups.subscribe(this.#registry.byArn(arn).name, listener);
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.#commits.flush();
    this.#wakeups.close();
  }

  async #take(queue: QueueDefinition, max: number, visibilityMs: number): Promise<ReceivedMessage[]> {
    const now = this.#clock();
    const leased = await this.#commits.run(() => this.#leases.take(queue, max, visibilityMs, now));
    if (leased.messages.length > 0) this.#wakeups.visibleAt(queue.name, now + visibilityMs);
    if (leased.deadLettered > 0 && queue.redrive) {
      this.#wakeups.visibleAt(this.#registry.byArn(queue.redrive.deadLetterArn).name, now);
    }
    return leased.messages;
  }

  async #expire(): Promise<void> {
    await this.#commits.run(() => {
      for (const queue of this.#registry.all()) this.#store.expire(queue, this.#clock());
    });
  }
}
