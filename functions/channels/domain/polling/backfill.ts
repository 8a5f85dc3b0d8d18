import { randomId } from '../../../../shared/kernel/ids.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type OrderPoll, pollIdOf } from '../../../../shared/model/inbox/order-poll.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel, noneOf } from '../channels/read-channel.ts';
import { newPoll } from './announce-polls.ts';

/** A backfill as it is shown. */
export interface BackfillView extends Pick<
  OrderPoll,
  | 'channelId'
  | 'from'
  | 'to'
  | 'state'
  | 'pages'
  | 'found'
  | 'stored'
  | 'workedAt'
  | 'error'
  | 'failedAt'
  | 'startedAt'
  | 'updatedAt'
> {
  readonly backfillId: string;
}

const viewOf = (backfillId: string, poll: OrderPoll): BackfillView => {
  const { channelId, from, to, state, pages, found, stored, workedAt, error, failedAt, startedAt, updatedAt } = poll;
  const told = { backfillId, channelId, from, state, pages, found, stored, startedAt, updatedAt };
  return { ...told, ...present({ to, workedAt, error, failedAt }) };
};

/** The period, and who asks for it. */
export interface BackfillCall {
  readonly channelId: string;
  readonly from: string;
  readonly to?: string | undefined;
  readonly now: string;
  readonly once?: OnceKey;
}

/** Begins to ask a channel for the orders of a period. Refusals: `not-found`, `invalid-request`. */
export const startBackfill =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'commit'>) =>
  ({ channelId, from, to, now, once }: BackfillCall): Promise<Result<BackfillView>> =>
    decideAndCommit<BackfillView>(
      ports.commit,
      async () => {
        const channel = await ports.channel(channelId);
        if (channel === undefined) return noChannel(channelId);
        if (ports.connectorOf(channel.type).poll === undefined)
          return refuse(
            'invalid-request',
            `A channel of type ${channel.type} cannot be asked for its orders: it sends them.`,
          );
        const end = to ?? now;
        if (from >= end)
          return refuse('invalid-request', 'The period ends before it begins.', {
            errors: [{ pointer: '/from', detail: `must be before ${end}` }],
          });
        const backfillId = randomId('backfill');
        const about = { pollId: pollIdOf(channelId, backfillId), channelId, kind: 'backfill' as const, from, to: end };
        const poll = newPoll(about, now);
        return ok({ changes: [create('orderPoll', poll)], reply: viewOf(backfillId, poll) });
      },
      once,
    );

/** Which backfill. */
export interface BackfillKey {
  readonly channelId: string;
  readonly backfillId: string;
}

/** Reads how far a backfill is. Refusal: `not-found`. */
export const readBackfill =
  (ports: Pick<ChannelsPorts, 'channel' | 'poll'>) =>
  async ({ channelId, backfillId }: BackfillKey): Promise<Result<BackfillView>> => {
    const poll = await ports.poll(pollIdOf(channelId, backfillId));
    return poll === undefined ? noBackfill(ports, channelId, backfillId) : ok(viewOf(backfillId, poll));
  };

/** Stops a backfill; what it found stays. One that is over stays as it is. Refusal: `not-found`. */
export const stopBackfill =
  (ports: Pick<ChannelsPorts, 'channel' | 'poll' | 'commit'>) =>
  ({ channelId, backfillId, now, once }: BackfillKey & { readonly now: string; readonly once?: OnceKey }) =>
    decideAndCommit<BackfillView>(
      ports.commit,
      async () => {
        const poll = await ports.poll(pollIdOf(channelId, backfillId));
        if (poll === undefined) return noBackfill(ports, channelId, backfillId);
        if (poll.state !== 'RUNNING') return ok({ changes: [], reply: viewOf(backfillId, poll) });
        const item: OrderPoll = { ...poll, state: 'STOPPED', version: poll.version + 1, updatedAt: now, events: [] };
        return ok({ changes: [replace('orderPoll', item, poll.version)], reply: viewOf(backfillId, item) });
      },
      once,
    );

const noBackfill = (ports: Pick<ChannelsPorts, 'channel'>, channelId: string, backfillId: string) =>
  noneOf(ports, channelId, `Channel ${channelId} has no backfill ${backfillId}.`);
