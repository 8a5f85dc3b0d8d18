import { type Clock } from './clock.ts';

interface Entry {
  readonly dueMs: number;
  callback: (() => void) | undefined;
}

/** Longest single sleep; a later deadline is reached in several. Well below the 2^31 ms where setTimeout overflows. */
const longestSleepMs = 3_600_000;

/**
 * Every deadline of every execution on one timer: a binary heap ordered by due time. Cancelled entries leave lazily.
 */
export class Timers {
  readonly #clock: Clock;
  readonly #heap: Entry[] = [];
  #cancelled = 0;
  #armedFor = Infinity;
  #disarm: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Deadlines still awaited. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** Calls `callback` once `dueMs` (an absolute time) has come; the answer cancels it. */
  at(dueMs: number, callback: () => void): () => void {
    const entry: Entry = { dueMs, callback };
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    this.#arm();
    return () => {
      if (entry.callback === undefined) return;
      entry.callback = undefined;
      this.#cancelled++;
      if (this.#cancelled > 64 && this.#cancelled * 2 > this.#heap.length) this.#compact();
    };
  }

  /** Forgets every deadline. */
  close(): void {
    this.#heap.length = 0;
    this.#cancelled = 0;
    this.#arm();
  }

  #arm(): void {
    const due = this.#heap[0]?.dueMs ?? Infinity;
    if (due === this.#armedFor) return;
    this.#disarm();
    this.#armedFor = due;
    if (due === Infinity) return;
    const sleepMs = Math.min(Math.max(due - this.#clock.now(), 0), longestSleepMs);
    this.#disarm = this.#clock.setTimer(() => {
      this.#fire();
    }, sleepMs);
  }

  #fire(): void {
    this.#armedFor = Infinity;
    const now = this.#clock.now();
    for (let first = this.#heap[0]; first !== undefined && first.dueMs <= now; first = this.#heap[0]) {
      this.#pop();
      const { callback } = first;
      first.callback = undefined;
      if (callback === undefined) this.#cancelled--;
      else callback();
    }
    this.#arm();
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown(0);
  }

  #compact(): void {
    const live = this.#heap.filter((entry) => entry.callback !== undefined).sort((a, b) => a.dueMs - b.dueMs);
    this.#heap.length = 0;
    for (const entry of live) this.#heap.push(entry);
    this.#cancelled = 0;
    this.#arm();
  }

  #dueAt(index: number): number {
    return this.#heap[index]?.dueMs ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }

  #siftUp(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#dueAt(parent) <= this.#dueAt(index)) return;
      this.#swap(parent, index);
      index = parent;
    }
  }

  #siftDown(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const smaller = this.#dueAt(left + 1) < this.#dueAt(left) ? left + 1 : left;
      if (this.#dueAt(smaller) >= this.#dueAt(index)) return;
      this.#swap(smaller, index);
      index = smaller;
    }
  }
}
