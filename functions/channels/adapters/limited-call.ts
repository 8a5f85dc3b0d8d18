import { setTimeout as pause } from 'node:timers/promises';
import { type Result, refuse } from '../../../shared/kernel/result.ts';
import { type ChannelAnswer, type ChannelCall } from '../domain/connection.ts';
import { callChannel } from './channel-http.ts';
import { type RateLimit, holdTurns, takeTurn } from './rate-limit.ts';

/** So long a turn is waited for, in all; a later one is another invocation's. */
const longestPauseMs = 3_000;
/** Calls that left one after the other arrive together where the first was this much slower. */
const jitterSeconds = 0.5;

/** A limit as it is used: its bucket is never emptied so far that calls which catch up with each other would be too many. */
export const withinJitter = ({ perSecond, burst }: RateLimit): RateLimit => ({
  perSecond,
  burst: Math.max(1, burst - Math.ceil(perSecond * jitterSeconds)),
});

/**
 * Calls a channel's API within the operation's limit, where it has one; what the channel itself says about its limits counts besides.
 * @param yielding a turn is only taken while half of what the limit has at once is left for others
 */
export async function limitedCall(
  channelId: string,
  call: ChannelCall,
  documented: RateLimit | undefined,
  yielding = false,
): Promise<Result<ChannelAnswer>> {
  if (documented === undefined) return callChannel(channelId, call);
  const { operation } = call;
  const limit = withinJitter(documented);
  const own = yielding ? { ...limit, burst: Math.max(1, Math.floor(limit.burst / 2)) } : limit;
  const waitMs = await turnWithin(() => takeTurn(channelId, operation, own, Date.now()), pause);
  if (waitMs > 0) return noTurn(channelId, operation, waitMs);
  const answer = await callChannel(channelId, call);
  const seconds = answer.ok ? 0 : Number(answer.refusal.facts?.['retryAfterSeconds'] ?? 0);
  if (seconds > 0 && isThrottled(answer)) await holdTurns(channelId, operation, { limit, seconds, nowMs: Date.now() });
  return answer;
}

/**
 * Waits for a turn that comes soon; many wait for the same one, and who does not get it waits for the next, but not for ever.
 * @returns 0, or the milliseconds until there may be one
 */
export async function turnWithin(
  take: () => Promise<number>,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<number> {
  let left = longestPauseMs;
  let waitMs = await take();
  while (waitMs > 0 && waitMs <= left) {
    await wait(waitMs);
    left -= waitMs;
    waitMs = await take();
  }
  return waitMs;
}

const isThrottled = (answer: Result<ChannelAnswer>): boolean => !answer.ok && answer.refusal.facts?.['status'] === 429;

const noTurn = (channelId: string, operation: string, waitMs: number): Result<never> =>
  refuse(
    'provider-unavailable',
    `The limit of ${operation} for channel ${channelId} is used up; it is called again when there is room.`,
    { facts: { retryAfterSeconds: Math.ceil(waitMs / 1000), limit: true } },
  );
