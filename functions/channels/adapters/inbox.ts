import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type QuarantineReplay } from '../../../shared/model/inbox/quarantine-replay.ts';
import { pausedListing, quarantineListing, replayListing, waitingListing } from '../../../shared/model/places/inbox.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { type PageRequest, listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { get, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { type InboxListing, type MessagePage, type QuarantineGroup } from '../ports.ts';

/** Sort keys are `<beginning>#…`; the sign after `#` ends what begins so. */
const endOf = (beginning: string): string => `${beginning}$`;
const { partitionKey, sortKey } = listingIndex;
const pkOf = (item: Record<string, AttributeValue>): string => String(unmarshall(item)['pk']);

/** Ids of what is due in a listing by time. */
export async function* listedUntil(
  listing: string,
  time: string,
  idOf: (pk: string) => string,
): AsyncGenerator<string> {
  const query = {
    TableName: tableName('inbox'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${partitionKey} = :listing AND ${sortKey} < :until`,
    ExpressionAttributeValues: marshall({ ':listing': listing, ':until': endOf(time) }),
  };
  for await (const item of queryAll(query)) yield idOf(pkOf(item));
}

const listingOf: Readonly<Record<InboxListing, (channelId: string) => string>> = {
  QUARANTINED: quarantineListing,
  WAITING: () => waitingListing,
  PAUSED: pausedListing,
};

/** The index names the messages and may lag behind: each is read, and those that are another channel's or went on meanwhile are left out. */
export async function inboxPage(
  channelId: string,
  listing: InboxListing,
  page: PageRequest,
): Promise<Result<MessagePage>> {
  const listed = await listingPage('inbox', listingOf[listing](channelId), page);
  if (!listed.ok) return listed;
  const { items, cursor } = listed.value;
  const read = await Promise.all(items.map((item) => get('inboxMessage', { inboxId: pkOf(item) })));
  const state = listing === 'PAUSED' ? 'WAITING' : listing;
  const messages = read.filter(
    (message): message is InboxMessage => message?.state === state && message.channelId === channelId,
  );
  return ok({ messages, ...(cursor !== undefined && { cursor }) });
}

/** From cause to cause, one read each: what is between has the same. Sort keys are `<code>#<key>#<received>#<id>`, codes begin with a letter. */
export async function* quarantineGroups(channelId: string): AsyncGenerator<QuarantineGroup> {
  let after = 'a';
  for (;;) {
    const { Items = [] } = await dynamoDb.send(
      new QueryCommand({
        TableName: tableName('inbox'),
        IndexName: listingIndex.name,
        KeyConditionExpression: `${partitionKey} = :listing AND ${sortKey} > :after`,
        ExpressionAttributeValues: marshall({ ':listing': quarantineListing(channelId), ':after': after }),
        Limit: 1,
      }),
    );
    const [first] = Items;
    if (first === undefined) return;
    const [code = '', key = '', receivedAt = ''] = String(unmarshall(first)[sortKey]).split('#');
    const cause = `${code}#${key}`;
    yield { cause, receivedAt, inboxId: pkOf(first) };
    after = endOf(cause);
  }
}

const pageSize = 100;

/** Ids of deliveries in quarantine, page by page: all, or those of a code or a cause. */
export async function* inQuarantine(channelId: string, beginning?: string): AsyncGenerator<readonly string[]> {
  const range = beginning === undefined ? '' : ` AND ${sortKey} BETWEEN :from AND :to`;
  const query = {
    TableName: tableName('inbox'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${partitionKey} = :listing${range}`,
    ExpressionAttributeValues: marshall({
      ':listing': quarantineListing(channelId),
      ...(beginning !== undefined && { ':from': `${beginning}#`, ':to': endOf(beginning) }),
    }),
  };
  let ids: string[] = [];
  for await (const item of queryAll(query)) {
    ids.push(pkOf(item));
    if (ids.length < pageSize) continue;
    yield ids;
    ids = [];
  }
  yield ids;
}

/** What was asked for and is not done. The index holds keys only. */
export async function openReplays(): Promise<readonly QuarantineReplay[]> {
  const open: QuarantineReplay[] = [];
  const query = {
    TableName: tableName('inbox'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${partitionKey} = :listing`,
    ExpressionAttributeValues: marshall({ ':listing': replayListing }),
  };
  for await (const item of queryAll(query)) {
    const [, channelId = '', code = '*'] = String(unmarshall(item)[sortKey]).split('#');
    const replay = await get('quarantineReplay', { channelId, ...(code !== '*' && { code }) });
    if (replay !== undefined && replay.doneAt === undefined) open.push(replay);
  }
  return open;
}
