const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Tells waiting receivers when a queue gets a visible message, so that nobody polls. */
export class Wakeups {
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  readonly #clock: () => number;
  readonly #nextVisibleAt: (queue: string) => number | undefined;

  constructor(clock: () => number, nextVisibleAt: (queue: string) => number | undefined) {
    this.#clock = clock;
    this.#nextVisibleAt = nextVisibleAt;
  }

  /** Calls `listener` whenever a message may have become visible in `queue`; returns how to stop. */
  subscribe(queue: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(queue) ?? new Set();
    this.#listeners.set(queue, listeners.add(listener));
    this.#scheduleNext(queue);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#forget(queue);
    };
  }

  /** Notes that a message of `queue` becomes visible at epoch millisecond `at`. */
  visibleAt(queue: string, at: number): void {
    if (!this.#listeners.get(queue)?.size) return;
    const delayMs = at - this.#clock();
    if (delayMs <= 0) {
      this.#notify(queue);
      return;
    }
    const scheduled = this.#timers.get(queue);
    if (scheduled && scheduled.at <= at) return;
    clearTimeout(scheduled?.timer);
    const timer = setTimeout(() => this.#ring(queue), Math.min(delayMs, LONGEST_TIMER_MS));
    this.#timers.set(queue, { at, timer });
  }

  /** Stops all timers and forgets all listeners. */
  close(): void {
    for (const queue of [...this.#timers.keys()]) this.#forget(queue);
    this.#listeners.clear();
  }

  #ring(queue: string): void {
    this.#timers.delete(queue);
    this.#notify(queue);
    this.#scheduleNext(queue);
  }

  #scheduleNext(queue: string): void {
    const next = this.#nextVisibleAt(queue);
    if (next !== undefined) this.visibleAt(queue, next);
  }

  #notify(queue: string): void {
    for (const listener of [...(this.#listeners.get(queue) ?? [])]) listener();
  }

  #forget(queue: string): void {
    clearTimeout(this.#timers.get(queue)?.timer);
    this.#timers.delete(queue);
  }
}
