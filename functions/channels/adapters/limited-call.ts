import { type Result, refuse } from '../../../shared/kernel/result.ts';
import { type ChannelAnswer, type ChannelCall } from '../domain/connection.ts';
import { callChannel } from './channel-http.ts';
import { type RateLimit, holdTurns } from './rate-limit.ts';
import { turn, yieldingTurn } from './turns.ts';

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
  const laterMs = await (yielding ? yieldingTurn : turn)({ channelId, operation, limit });
  if (laterMs > 0) return noTurn(channelId, operation, laterMs);
  const answer = await callChannel(channelId, call);
  const seconds = answer.ok ? 0 : Number(answer.refusal.facts?.['retryAfterSeconds'] ?? 0);
  if (seconds > 0 && isThrottled(answer)) await holdTurns(channelId, operation, { limit, seconds, nowMs: Date.now() });
  return answer;
}

const isThrottled = (answer: Result<ChannelAnswer>): boolean => !answer.ok && answer.refusal.facts?.['status'] === 429;

const noTurn = (channelId: string, operation: string, waitMs: number): Result<never> =>
  refuse(
    'provider-unavailable',
    `The limit of ${operation} for channel ${channelId} is used up; it is called again when there is room.`,
    { facts: { retryAfterSeconds: Math.ceil(waitMs / 1000), limit: true, operation } },
  );
