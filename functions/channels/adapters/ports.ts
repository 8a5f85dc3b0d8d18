import { marshall } from '@aws-sdk/util-dynamodb';
import { type Entities } from '../../../shared/model/entities.ts';
import { noticeListing, pausedListing, pollListing, waitingListing } from '../../../shared/model/places/inbox.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { noticesOf } from '../../../shared/platform/dynamo/notices.ts';
import { entityFrom, get, getMany, queryAll, shareOf, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { connectors } from '../connectors/index.ts';
import { skusListedUnder } from '../domain/listings/skus-of.ts';
import { systemClock } from '../../../shared/kernel/time.ts';
import { wakeLane } from '../domain/lanes/wake-lane.ts';
import { type ChannelsPorts } from '../ports.ts';
import { countListed } from './count.ts';
import { driftStore } from './drift.ts';
import { measureLags, measureLateness } from './lags.ts';
import { laneStore } from './lanes.ts';
import { offerListings } from './offers.ts';
import { poolReadings } from './pool-readings.ts';
import { publicationStore } from './publications.ts';
import { callsLeft } from './rate-limit.ts';
import { connectionTo } from './connection.ts';
import { inQuarantine, inboxPage, listedUntil, openReplays, quarantineGroups } from './inbox.ts';
import { noticePage, pendingNotices } from './notices.ts';
import { isKnownSku, listedUnder, listingsAfter, productsWith, skusNear, stockedAmong } from './listings.ts';

const lookups: Pick<ChannelsPorts, 'listing' | 'listedUnder'> = {
  listing: (channelId, sku) => get('listing', { channelId, sku }),
  listedUnder,
};

/** The channels capability on DynamoDB. */
export const awsPorts: ChannelsPorts = {
  channel: (channelId) => get('channel', { channelId }),
  channels: () => listed<'channel'>('CHANNELS'),
  locations: () => listed<'location'>('LOCATIONS'),
  listing: lookups.listing,
  listings: (ids) => getMany('listing', ids),
  listingsAfter,
  positionsOf: async (sku) => (await stockOf(sku)).positions,
  shareOf,
  isInPool: async (sku, pool) => (await stockOf(sku)).pools.some((one) => one.pool === pool),
  listingTarget: (channelId, target) => get('listingTarget', { channelId, target }),
  listedUnder,
  skusOf: (channelId, ids) => skusListedUnder(lookups, channelId, ids),
  productsWith,
  skusNear,
  stockedAmong,
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
  order: (orderId) => get('order', { orderId }),
  fulfillmentOrder: (fulfillmentOrderId) => get('fulfillmentOrder', { fulfillmentOrderId }),
  returned: (returnId) => get('return', { returnId }),
  notice: (noticeId) => get('notice', { noticeId }),
  noticesOf,
  noticeCount: (channelId, state, most) => countListed('inbox', noticeListing[state](channelId), most),
  pendingNotices,
  noticePage,
  messageCounter: (channelId) => get('messageCounter', { channelId }),
  walk: (walkId) => get('stockWalk', { walkId }),
  poll: (pollId) => get('orderPoll', { pollId }),
  pollsUntil: (time) => listedUntil(pollListing, time, (pk) => pk.slice('POLL#'.length)),
  wake: async (channelId, lane, at) => {
    const channel = await get('channel', { channelId });
    if (channel !== undefined) await wakeLane(awsPorts, channel, lane, { now: systemClock.now(), at });
  },
  lanes: laneStore,
  offers: offerListings,
  publications: publicationStore,
  drift: driftStore,
  pools: poolReadings,
  callsLeft,
  measureLags,
  measureLateness,
  commit,
};

/** Never from memory, nor from before: a quantity by a channel's former settings, or not told to a new one, would wait for the next change of that SKU. */
async function listed<E extends 'channel' | 'location'>(pk: 'CHANNELS' | 'LOCATIONS'): Promise<Entities[E][]> {
  const found: Entities[E][] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': pk }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) found.push(entityFrom<E>(item));
  return found;
}
