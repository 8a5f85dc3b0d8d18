import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type OrderPoll, backfillIn, pollIdOf } from '../../../../shared/model/inbox/order-poll.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';

/** A poll as it is shown. */
export type PollView = Pick<
  OrderPoll,
  | 'kind'
  | 'state'
  | 'from'
  | 'to'
  | 'dueAt'
  | 'pages'
  | 'found'
  | 'stored'
  | 'failures'
  | 'workedAt'
  | 'error'
  | 'failedAt'
> & { readonly backfillId?: string };

/** After every time that something can be due. */
const never = '9999';

/**
 * How the asking of a channel for its orders goes: the live poll, which follows it, and backfills that are not over. A channel that is not asked
 * has none. Refusal: `not-found`.
 */
export const listPolls =
  (ports: Pick<ChannelsPorts, 'channel' | 'poll' | 'pollsUntil'>) =>
  async (channelId: string): Promise<Result<{ polls: PollView[] }>> => {
    if ((await ports.channel(channelId)) === undefined) return noChannel(channelId);
    const ids = [pollIdOf(channelId)];
    for await (const pollId of ports.pollsUntil(never))
      if (backfillIn(pollId, channelId) !== undefined) ids.push(pollId);
    const found = await Promise.all(ids.map((pollId) => ports.poll(pollId)));
    return ok({ polls: found.flatMap((poll) => (poll === undefined ? [] : [viewOf(poll)])) });
  };

const viewOf = (poll: OrderPoll): PollView => {
  const { pollId, channelId, kind, state, from, to, dueAt, pages, found, stored, failures } = poll;
  const { workedAt, error, failedAt } = poll;
  const told = { kind, state, from, dueAt, pages, found, stored, failures };
  return { ...told, ...present({ backfillId: backfillIn(pollId, channelId), to, workedAt, error, failedAt }) };
};
