import { type DatabaseSync } from 'node:sqlite';
import { BatchWriter } from './batch-writer.ts';
import { type Execution } from './execution.ts';
import { type StoredEvent } from './history-event.ts';
import { Suspended } from './state-error.ts';
import { createTables } from './store-schema.ts';
import { changesOf, type WriteBatch } from './write-batch.ts';

interface Waiting {
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Collects what executions change and commits it once per turn of the event loop. Nothing leaves the interpreter (no
 * call, no message, no answer)
 * before `flushed()` says that what led to it is on disk.
 */
export class Store {
  readonly #writer: BatchWriter;
  #batch: WriteBatch = new Map();
  #waiting: Waiting[] = [];
  #scheduled = false;
  #closed = false;

  constructor(db: DatabaseSync) {
    createTables(db);
    this.#writer = new BatchWriter(db);
  }

  /** Whether something is not committed yet. */
  get dirty(): boolean {
    return this.#batch.size > 0;
  }

  /** The execution exists from the next commit on. */
  create(execution: Execution): void {
    changesOf(this.#batch, execution).created = true;
    this.#schedule();
  }

  /** The cursor at `path` changed. */
  saveFrame(execution: Execution, path: string): void {
    changesOf(this.#batch, execution).frames.add(path);
    this.#schedule();
  }

  /** Every frame whose path begins with `prefix` is over. */
  dropFrames(execution: Execution, prefix: string): void {
    let found = false;
    for (const path of execution.frames.keys()) {
      if (!path.startsWith(prefix)) continue;
      execution.frames.delete(path);
      found = true;
    }
    if (!found) return;
    changesOf(this.#batch, execution).dropped.push(prefix);
    this.#schedule();
  }

  /** The execution has its outcome. */
  finish(execution: Execution): void {
    changesOf(this.#batch, execution);
    this.#schedule();
  }

  /** The event numbered `execution.events` is `event`. */
  appendEvent(execution: Execution, event: StoredEvent): void {
    const changes = changesOf(this.#batch, execution);
    changes.events.push(event);
    changes.lastEvent = execution.events;
    this.#schedule();
  }

  /**
   * Resolves once everything changed so far is committed. Rejects with {@link Suspended} if the database refuses it.
   */
  flushed(): Promise<void> {
    if (this.#closed) return Promise.reject(new Suspended());
    if (!this.dirty) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#schedule();
    });
  }

  /** Commits what there is and takes nothing more. */
  close(): void {
    this.flush();
    this.#closed = true;
  }

  /** Commits now. A batch that cannot be written stays for the next commit. */
  flush(): void {
    this.#scheduled = false;
    const [batch, waiting] = [this.#batch, this.#waiting];
    this.#batch = new Map();
    this.#waiting = [];
    try {
      if (batch.size > 0) this.#writer.write(batch);
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      console.error('step-functions: the database refused a commit', error);
      // Writing is synchronous: nothing can have come in since the batch was taken.
      this.#batch = batch;
      for (const { reject } of waiting) reject(new Suspended({ cause: error }));
    }
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => {
      if (this.#scheduled) this.flush();
    });
  }
}
