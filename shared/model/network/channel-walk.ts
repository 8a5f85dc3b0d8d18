import { type ChannelType } from '../../contracts/network/channel-types.ts';
import { canonicalJson } from '../../kernel/json.ts';
import { type WalkScope } from '../stock/walk.ts';
import { type Channel } from './network.ts';

/** What a channel is told rests on these; a new one was told nothing yet. */
export const sellsOtherwise = (before: Channel | undefined, after: Channel): boolean =>
  before === undefined
    ? after.active
    : before.buffer !== after.buffer ||
      before.active !== after.active ||
      before.type !== after.type ||
      (before.stockByLocation === true) !== (after.stockByLocation === true) ||
      (after.stockByLocation === true &&
        canonicalJson(before.locations ?? {}) !== canonicalJson(after.locations ?? {})) ||
      before.moves !== after.moves;

/** Types that are told by an endpoint, or not at all; all others are told by the API of their channel, and need none. */
const byEndpoint: readonly ChannelType[] = ['api', 'webhook', 'edi', 'onx'];

const isTold = ({ type, endpoint }: Channel): boolean => endpoint.kind !== 'none' || !byEndpoint.includes(type);

/** The stock that is gone over when a channel sells by other settings. Channels are told only where there is, or was, somebody to tell. */
export const walkOfChannel = (channel: Channel, before: Channel | undefined): WalkScope => ({
  walkId: `channel-${channel.channelId}`,
  ...((isTold(channel) || (before && isTold(before))) && { tell: channel.pool }),
});
