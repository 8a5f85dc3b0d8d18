import { type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type Entities } from '../../../shared/model/entities.ts';
import { places } from '../../../shared/model/places.ts';
import { driftPartition } from '../../../shared/model/places/listings.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { entityFrom, get, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { measure } from '../../../shared/platform/metrics.ts';
import { type DriftStore } from '../drift-ports.ts';

/** Comparisons with channels on DynamoDB. */
export const driftStore: DriftStore = {
  runs: (channelId, most) =>
    firstOf<'driftRun'>(
      {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': driftPartition(channelId) }),
        ScanIndexForward: false,
      },
      most,
    ),
  run: (channelId, number) => get('driftRun', { channelId, number }),
  listingsAfter: (channelId, after = '', most) =>
    firstOf<'listing'>(
      {
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: toItem({
          ':pk': places.listing.key({ channelId, sku: '' }).pk,
          ':after': places.listing.key({ channelId, sku: after }).sk,
        }),
      },
      most,
    ),
  measure: (channelId, percent) =>
    measure({ name: 'StockDrift', unit: 'Percent', values: [percent] }, { channel: channelId }),
};

/** A page of DynamoDB may end before it is full: it is filled up, so that a short one is the last. */
async function firstOf<E extends 'driftRun' | 'listing'>(
  query: Omit<QueryCommandInput, 'TableName'>,
  most: number,
): Promise<Entities[E][]> {
  const found: Entities[E][] = [];
  for await (const item of queryAll({
    ...query,
    TableName: tableName('listings'),
    ConsistentRead: true,
    Limit: most,
  })) {
    found.push(entityFrom<E>(item));
    if (found.length === most) break;
  }
  return found;
}
