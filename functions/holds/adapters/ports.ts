import { expiryListing } from '../../../shared/model/places/stock.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { get, queryAll, shareOf } from '../../../shared/platform/dynamo/read.ts';
import { type EndingHold, type HoldsPorts } from '../ports.ts';

/** The holds capability on DynamoDB. */
export const awsPorts: HoldsPorts = {
  channel: (channelId) => get('channel', { channelId }),
  location: (locationId) => get('location', { locationId }),
  product: (sku) => get('product', { sku }),
  share: shareOf,
  hold: (holdId) => get('stockHold', { holdId }),
  endingBy,
  commit,
};

/** The index holds keys only; what it says is a hint, and the hold itself is read before it is ended. */
async function* endingBy(shard: number, moment: string): AsyncGenerator<EndingHold> {
  const query = {
    TableName: tableName('stock'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${listingIndex.partitionKey} = :listing AND ${listingIndex.sortKey} < :end`,
    ExpressionAttributeValues: toItem({ ':listing': expiryListing(shard), ':end': endOf(moment) }),
  };
  for await (const { lsk } of queryAll(query)) {
    const [expiresAt = '', holdId = ''] = lsk?.S?.split('#') ?? [];
    yield { holdId, expiresAt };
  }
}

/** The sort key is `<time>#<hold>`: this is behind every hold of that time, and before every later one. */
const endOf = (moment: string): string => `${moment}$`;
