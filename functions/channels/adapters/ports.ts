import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { type PageRequest, listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { entityFrom, get, queryAll, shareOf, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { connectors } from '../connectors/index.ts';
import { type ChannelsPorts, type QuarantinePage } from '../ports.ts';

/** The channels capability on DynamoDB. */
export const awsPorts: ChannelsPorts = {
  channel: (channelId) => get('channel', { channelId }),
  channels: allChannels,
  listing: (channelId, sku) => get('listing', { channelId, sku }),
  shareOf,
  isInPool: async (sku, pool) => (await stockOf(sku)).pools.some((one) => one.pool === pool),
  skusOf,
  message: (inboxId) => get('inboxMessage', { inboxId }),
  quarantine,
  connectorOf: (type) => connectors[type],
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

/** The index holds keys only, and its sort key is the SKU. */
async function skusOf(channelId: string, variantId: string): Promise<string[]> {
  const skus: string[] = [];
  const query = {
    TableName: tableName('listings'),
    IndexName: 'listing',
    KeyConditionExpression: 'lpk = :variant',
    ExpressionAttributeValues: marshall({ ':variant': `${channelId}#${variantId}` }),
  };
  for await (const item of queryAll(query)) skus.push(String(unmarshall(item)['lsk']));
  return skus;
}

/** The index names the messages and may lag behind: each is read, and those that left the quarantine meanwhile are left out. */
async function quarantine(channelId: string, page: PageRequest): Promise<Result<QuarantinePage>> {
  const listed = await listingPage('inbox', `QUARANTINED#${channelId}`, page);
  if (!listed.ok) return listed;
  const { items, cursor } = listed.value;
  const read = await Promise.all(items.map((item) => get('inboxMessage', { inboxId: String(unmarshall(item)['pk']) })));
  const messages = read.filter((message): message is InboxMessage => message?.state === 'QUARANTINED');
  return ok({ messages, ...(cursor !== undefined && { cursor }) });
}
