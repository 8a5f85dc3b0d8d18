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
      canonicalJson(before.endpoint) !== canonicalJson(after.endpoint);

/** The stock that is gone over when a channel sells by other settings. Channels are told only where there is, or was, somebody to tell. */
export const walkOfChannel = ({ channelId, pool, endpoint }: Channel, before: Channel | undefined): WalkScope => ({
  walkId: `channel-${channelId}`,
  ...((endpoint.kind !== 'none' || (before && before.endpoint.kind !== 'none')) && { tell: pool }),
});
