import DataLoader from 'dataloader';
import { setTimeout as pause } from 'node:timers/promises';
import { type RateLimit, takeTurns } from './rate-limit.ts';

/** So long a turn is waited for, in all; a later one is another invocation's. */
const longestPauseMs = 3_000;

/** What a turn is taken of. */
export interface TurnOf {
  readonly channelId: string;
  readonly operation: string;
  readonly limit: RateLimit;
}

/** A call that wants a turn, and how far ahead it takes one. */
interface Asking extends TurnOf {
  readonly aheadMs: number;
}

/** The milliseconds until the call's turn; `laterMs`: it has none, and there may be one then. */
type Turn = { readonly waitMs: number } | { readonly laterMs: number };

/** What is asked for at the same moment is taken in one write for each limit. */
const turns = new DataLoader<Asking, Turn>(
  async (askings) => {
    const byLimit = Map.groupBy(askings, (asking) => JSON.stringify(asking));
    const taken = new Map((await Promise.all([...byLimit.values()].map(takeTogether))).flat());
    return askings.map((asking) => taken.get(asking) ?? new Error('nothing was decided for the call'));
  },
  { cache: false },
);

async function takeTogether(askings: readonly Asking[]): Promise<(readonly [Asking, Turn])[]> {
  const [one] = askings;
  if (one === undefined) return [];
  const { channelId, operation, limit, aheadMs } = one;
  const asked = { nowMs: Date.now(), count: askings.length, aheadMs };
  const { waitsMs, laterMs = 1 } = await takeTurns(channelId, operation, limit, asked);
  return askings.map((asking, index) => {
    const waitMs = waitsMs[index];
    return [asking, waitMs === undefined ? { laterMs } : { waitMs }];
  });
}

/** Waits for the call's turn, where that comes soon. @returns 0, or the milliseconds until there may be one */
export async function turn(of: TurnOf): Promise<number> {
  const taken = await turns.load({ ...of, aheadMs: longestPauseMs });
  if ('laterMs' in taken) return taken.laterMs;
  if (taken.waitMs > 0) await pause(taken.waitMs);
  return 0;
}

/** As `turn`, but none is taken ahead, and only while half of what the limit has at once is left for others. */
export function yieldingTurn({ limit, ...of }: TurnOf): Promise<number> {
  const half = { ...limit, burst: Math.max(1, Math.floor(limit.burst / 2)) };
  return turnWithin(async () => {
    const taken = await turns.load({ ...of, limit: half, aheadMs: 0 });
    return 'laterMs' in taken ? taken.laterMs : 0;
  }, pause);
}

/**
 * Tries for a turn that comes soon; who does not get it tries for the next, but not for ever.
 * @returns 0, or the milliseconds until there may be one
 */
export async function turnWithin(
  take: () => Promise<number>,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<number> {
  let left = longestPauseMs;
  let laterMs = await take();
  while (laterMs > 0 && laterMs <= left) {
    await wait(laterMs);
    left -= laterMs;
    laterMs = await take();
  }
  return laterMs;
}
