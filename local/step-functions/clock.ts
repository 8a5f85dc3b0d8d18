/** Time as the interpreter sees it. Tests pass a faster one, because ASL counts in whole seconds. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `callback` once after `delayMs` of this clock; the answer cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** A moment as AWS writes it in the context object. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
