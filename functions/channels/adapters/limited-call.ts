import { setTimeout as pause } from 'node:timers/promises';
import { type Result, refuse } from '../../../shared/kernel/result.ts';
import { type ChannelAnswer, type ChannelCall } from '../domain/connector.ts';
import { callChannel } from './channel-http.ts';
import { type RateLimit, holdTurns, takeTurn } from './rate-limit.ts';

/** A turn that comes this soon is waited for; a later one is another invocation's. */
const longestPauseMs = 3_000;

/** Calls a channel's API within the operation's limit, where it has one; what the channel itself says about its limits counts besides. */
export async function limitedCall(
  channelId: string,
  call: ChannelCall,
  limit: RateLimit | undefined,
): Promise<Result<ChannelAnswer>> {
  if (limit === undefined) return callChannel(channelId, call);
  const { operation } = call;
  for (let waitMs = await takeTurn(channelId, operation, limit, Date.now()); waitMs > 0;) {
    if (waitMs > longestPauseMs) return noTurn(channelId, operation, waitMs);
    await pause(waitMs);
    waitMs = await takeTurn(channelId, operation, limit, Date.now());
  }
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
    { facts: { retryAfterSeconds: Math.ceil(waitMs / 1000) } },
  );
