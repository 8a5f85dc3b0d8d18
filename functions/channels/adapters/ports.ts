import { marshall } from '@aws-sdk/util-dynamodb';
import { type Channel } from '../../../shared/model/network/network.ts';
import { pausedListing, pollListing, waitingListing } from '../../../shared/model/entities.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { entityFrom, get, queryAll, shareOf, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { connectors } from '../connectors/index.ts';
import { skusListedUnder } from '../domain/listings/skus-of.ts';
import { type ChannelsPorts } from '../ports.ts';
import { connectionTo } from './connection.ts';
import { inQuarantine, inboxPage, listedUntil, openReplays, quarantineGroups } from './inbox.ts';
import { isKnownSku, listedUnder, productsWith, skusNear } from './listings.ts';

const lookups: Pick<ChannelsPorts, 'listing' | 'listedUnder'> = {
  listing: (channelId, sku) => get('listing', { channelId, sku }),
  listedUnder,
};

/** The channels capability on DynamoDB. */
export const awsPorts: ChannelsPorts = {
  channel: (channelId) => get('channel', { channelId }),
  channels: allChannels,
  listing: lookups.listing,
  shareOf,
  isInPool: async (sku, pool) => (await stockOf(sku)).pools.some((one) => one.pool === pool),
  listedUnder,
  skusOf: (channelId, ids) => skusListedUnder(lookups, channelId, ids),
  productsWith,
  skusNear,
  message: (inboxId) => get('inboxMessage', { inboxId }),
  inboxPage,
  quarantineGroups,
  inQuarantine,
  openReplays,
  replay: (channelId, code) => get('quarantineReplay', { channelId, ...(code !== undefined && { code }) }),
  connectorOf: (type) => connectors[type],
  isKnownSku,
  connection: (channel, how) => connectionTo(channel, connectors[channel.type].limits, how),
  channelOrder: (orderId) => get('channelOrder', { orderId }),
  waitingUntil: (time) => listedUntil(waitingListing, time, (pk) => pk),
  pausedOf: (channelId) => listedUntil(pausedListing(channelId), '9', (pk) => pk),
  walk: (walkId) => get('stockWalk', { walkId }),
  poll: (pollId) => get('orderPoll', { pollId }),
  pollsUntil: (time) => listedUntil(pollListing, time, (pk) => pk.slice('POLL#'.length)),
  commit,
};

/** Never from memory: a quantity that a new channel is not told of would wait for the next change of that SKU. */
async function allChannels(): Promise<Channel[]> {
  const channels: Channel[] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': 'CHANNELS' }),
  };
  for await (const item of queryAll(query)) channels.push(entityFrom<'channel'>(item));
  return channels;
}
