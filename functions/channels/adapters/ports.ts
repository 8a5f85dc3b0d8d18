import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { entityFrom, get, queryAll, queryPage } from '../../../shared/platform/dynamo/read.ts';
import { connectors } from '../connectors/index.ts';
import { type ChannelsPorts } from '../ports.ts';

/** How old the list of channels may be: a change of a buffer reaches the publisher this much later. */
const channelsMaximumAgeMs = 5_000;

/** The channels capability on DynamoDB. */
export const awsPorts: ChannelsPorts = {
  channel: (channelId) => get('channel', { channelId }),
  channels: cached(allChannels, channelsMaximumAgeMs),
  listing: (channelId, sku) => get('listing', { channelId, sku }),
  skusOf,
  message: (inboxId) => get('inboxMessage', { inboxId }),
  quarantine,
  connectorOf: (type) => connectors[type],
  commit,
};

/** Remembers an answer for a while; a failed question is asked again at once. */
function cached<T>(ask: () => Promise<T>, maximumAgeMs: number): () => Promise<T> {
  let known: { readonly at: number; readonly answer: T } | undefined;
  return async () => {
    if (known === undefined || Date.now() - known.at > maximumAgeMs) known = { at: Date.now(), answer: await ask() };
    return known.answer;
  };
}

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
async function quarantine(channelId: string, page: { readonly cursor?: string | undefined; readonly limit: number }) {
  const { items, cursor } = await queryPage(
    {
      TableName: tableName('inbox'),
      IndexName: 'listing',
      KeyConditionExpression: 'lpk = :channel',
      ExpressionAttributeValues: marshall({ ':channel': `QUARANTINED#${channelId}` }),
    },
    page,
  );
  const read = await Promise.all(items.map((item) => get('inboxMessage', { inboxId: String(unmarshall(item)['pk']) })));
  const messages = read.filter((message): message is InboxMessage => message?.state === 'QUARANTINED');
  return { messages, ...(cursor !== undefined && { cursor }) };
}
