import { marshall } from '@aws-sdk/util-dynamodb';
import { tableName } from '../../../shared/platform/config.ts';
import { entityFrom, queryAll } from '../../../shared/platform/dynamo/read.ts';

/** So long channels are remembered: whoever is told by location from now on is told everything anew, and this is over by then. */
const keptMs = 10_000;

let kept: { readonly pools: Promise<ReadonlySet<string>>; readonly until: number } | undefined;

/** The pools that a channel sells from which is told what each of its locations has; from memory for some seconds. */
export function poolsByLocation(): Promise<ReadonlySet<string>> {
  const now = Date.now();
  if (kept !== undefined && kept.until > now) return kept.pools;
  const pools = read();
  kept = { pools, until: now + keptMs };
  pools.catch(() => (kept = undefined));
  return pools;
}

async function read(): Promise<ReadonlySet<string>> {
  const pools = new Set<string>();
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': 'CHANNELS' }),
  };
  for await (const item of queryAll(query)) {
    const { pool, stockByLocation, locations = {} } = entityFrom<'channel'>(item);
    if (stockByLocation === true && Object.keys(locations).length > 0) pools.add(pool);
  }
  return pools;
}
