/** How often a write meets each fault: chances from 0 to 1. */
export interface FaultChances {
  /** Refused before it was tried: too much was written. */
  readonly throttle: number;
  /** Refused before it was tried: another transaction has an item. */
  readonly conflict: number;
  /** The connection breaks before the write was done. */
  readonly lostRequest: number;
  /** The connection breaks after the write was done: the caller cannot know. */
  readonly lostAnswer: number;
}

/** What happens to one write. */
export type Fault = keyof FaultChances;

/** No fault at all. */
export const noFaults: FaultChances = { throttle: 0, conflict: 0, lostRequest: 0, lostAnswer: 0 };

/** Draws faults by chance; the same seed draws the same row of them. */
export function faultsFrom(seed: number): (chances: FaultChances) => Fault | undefined {
  let state = seed >>> 0;
  /** Mulberry32, by Tommy Ettinger (public domain): enough to spread faults, and repeatable. */
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return (chances) => {
    let drawn = random();
    for (const fault of ['throttle', 'conflict', 'lostRequest', 'lostAnswer'] as const) {
      drawn -= chances[fault];
      if (drawn < 0) return fault;
    }
    return undefined;
  };
}
