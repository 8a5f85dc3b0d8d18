import { type AttributeValue, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { dueListing, feedListing, refusedListing, urgencyRank } from '../../../shared/model/network/offer-listings.ts';
import { type Urgency, urgencies } from '../../../shared/model/network/offer.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { type Backlog, type DueOffers, type OfferListings } from '../offer-ports.ts';

/** Listings of one page. */
const pageSize = 100;

/** Offers by the index of listings. */
export const offerListings: OfferListings = {
  due,
  ends: async (channelId, most) => {
    const ends = urgencies.flatMap((urgency) =>
      [true, false].map((isFirst) => endOf(channelId, urgency, isFirst, most)),
    );
    return [...new Set((await Promise.all(ends)).flat())];
  },
  waits: async (channelId) => {
    const { Items = [] } = await dynamoDb.send(new QueryCommand({ ...inListing(dueListing(channelId)), Limit: 1 }));
    return Items.length > 0;
  },
  backlog: async (channelId, most) => {
    const counted = urgencies.map(async (urgency) => [urgency, await countOf(channelId, urgency, most)] as const);
    return Object.fromEntries(await Promise.all(counted)) as Record<Urgency, Backlog>;
  },
  inFeed: (channelId, feedId) => skusIn(feedListing(channelId, feedId)),
  refused: (channelId) => skusIn(refusedListing(channelId)),
};

/**
 * One query for each urgency, until there is enough: what is put off to a later time does not hide what is less urgent and due. Who becomes less
 * urgent between two queries is met in both, and counts once.
 */
async function due(channelId: string, now: string, most: number): Promise<DueOffers> {
  const offers = new Map<string, Urgency>();
  const later: string[] = [];
  for (const urgency of urgencies) {
    if (offers.size >= most) break;
    for await (const { at, sku } of dueOf(channelId, urgency, most - offers.size + 1)) {
      if (at > now) later.push(at);
      if (at > now || offers.size >= most) break;
      if (!offers.has(sku)) offers.set(sku, urgency);
    }
  }
  const [next] = later.sort();
  return {
    offers: [...offers].map(([sku, urgency]) => ({ sku, urgency })),
    ...(next !== undefined && offers.size < most && { next }),
  };
}

async function* dueOf(
  channelId: string,
  urgency: Urgency,
  most: number,
): AsyncGenerator<{ readonly at: string; readonly sku: string }> {
  const query: QueryCommandInput = { ...inListing(dueListing(channelId), `${urgencyRank(urgency)}#`), Limit: most };
  for await (const page of pagesOf(query))
    for (const item of page) {
      const [, at = '', ...sku] = String(unmarshall(item)[listingIndex.sortKey]).split('#');
      yield { at, sku: sku.join('#') };
    }
}

/** One page of keys. @param isFirst whether it is read from its beginning */
async function endOf(channelId: string, urgency: Urgency, isFirst: boolean, most: number): Promise<string[]> {
  const query = inListing(dueListing(channelId), `${urgencyRank(urgency)}#`);
  const { Items = [] } = await dynamoDb.send(new QueryCommand({ ...query, ScanIndexForward: isFirst, Limit: most }));
  return Items.map(skuOf);
}

async function countOf(channelId: string, urgency: Urgency, most: number): Promise<Backlog> {
  const query = inListing(dueListing(channelId), `${urgencyRank(urgency)}#`);
  const { Count = 0, LastEvaluatedKey } = await dynamoDb.send(
    new QueryCommand({ ...query, Select: 'COUNT', Limit: most }),
  );
  return { count: Count, more: LastEvaluatedKey !== undefined };
}

/** The index holds keys only; the table's sort key is `SKU#<sku>`. */
async function* skusIn(listing: string): AsyncGenerator<readonly string[]> {
  for await (const page of pagesOf({ ...inListing(listing), Limit: pageSize }))
    if (page.length > 0) yield page.map(skuOf);
}

const skuOf = (item: Record<string, AttributeValue>): string => String(unmarshall(item)['sk']).slice('SKU#'.length);

const inListing = (listing: string, beginning?: string): QueryCommandInput => ({
  TableName: tableName('listings'),
  IndexName: listingIndex.name,
  KeyConditionExpression: `${listingIndex.partitionKey} = :listing${beginning === undefined ? '' : ` AND begins_with(${listingIndex.sortKey}, :beginning)`}`,
  ExpressionAttributeValues: marshall({
    ':listing': listing,
    ...(beginning !== undefined && { ':beginning': beginning }),
  }),
});

async function* pagesOf(query: QueryCommandInput): AsyncGenerator<Record<string, AttributeValue>[]> {
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamoDb.send(new QueryCommand({ ...query, ...(from && { ExclusiveStartKey: from }) }));
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
