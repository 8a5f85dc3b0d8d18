import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { asObject, asString } from '../../local/template/json.ts';
import { expiryListing } from '../../shared/model/places/stock.ts';
import { expiryShards } from '../../shared/model/stock/hold.ts';
import { listingIndex } from '../../shared/model/tables.ts';
import { LoadClient, workers } from '../client.ts';
import { percentile } from '../statistics.ts';
import { type HostedTwin, startHostedTwin, withFolder } from '../twin/hosted-twin.ts';
import { booksOf, holdOf, poolOf } from './holds.ts';
import { type RunPart } from './part.ts';
import { seed, stocked, type Stocked } from './seed.ts';
import { type Sizes } from './sizes.ts';

const skus = 50;
const limitSeconds = 60;
const lookEveryMs = 250;
/** After this long something is stuck. */
const deadlineSeconds = 300;

/** How long a hold outlives its end, with the schedule as it is deployed. */
export const expiry: RunPart = (sizes, say) =>
  withFolder(async (dataDir) => {
    const stock = stocked('held', skus, 1, 1_000_000);
    await seed(dataDir, [stock]);
    const twin = await startHostedTwin({ dataDir });
    try {
      const ends = await place(twin, stock, sizes);
      say(`${ends.size} holds placed`);
      const lags = await watch(twin, ends, say);
      await twin.ask('idle');
      const held = (await Promise.all(stock.skus.map((sku) => poolOf(twin, sku)))).map((pool) => pool.held);
      return findings(
        lags,
        sizes,
        held.reduce((sum, units) => sum + units, 0),
        await booksOf(twin),
      );
    } finally {
      await twin.stop();
    }
  }, 'memory');

/** Holds by their id, with the end of each in milliseconds of the clock. */
type Ends = Map<string, number>;

async function place(twin: HostedTwin, stock: Stocked, { holds, holdsSeconds }: Sizes): Promise<Ends> {
  const client = new LoadClient(twin, 32);
  const ends: Ends = new Map();
  await workers(holds, 32, async (number) => {
    const seconds = 30 + Math.floor(Math.random() * holdsSeconds);
    const body = holdOf(stock, stock.skus[number % skus] ?? '', seconds);
    const reply = await client.post('/v1/holds', body, `expiry-${number}`);
    if (reply.status !== 201) throw new Error(`a hold was not placed: ${reply.status} ${reply.body}`);
    const { holdId, expiresAt } = JSON.parse(reply.body) as { holdId: string; expiresAt: string };
    ends.set(holdId, Date.parse(expiresAt));
  });
  await client.close();
  return ends;
}

/** Looks which holds are over until all are: a hold's lag is counted to the first look that no longer finds it. */
async function watch(twin: HostedTwin, ends: Ends, say: (line: string) => void): Promise<number[]> {
  const waiting = new Map(ends);
  const lags: number[] = [];
  const deadline = Date.now() + deadlineSeconds * 1000;
  while (waiting.size > 0) {
    if (Date.now() > deadline) throw new Error(`${waiting.size} holds are not over after ${deadlineSeconds} s`);
    const live = await liveHolds(twin.dynamoDbUrl);
    const now = Date.now();
    const over = [...waiting].filter(([holdId]) => !live.has(holdId));
    for (const [holdId, end] of over) {
      waiting.delete(holdId);
      lags.push((now - end) / 1000);
    }
    if (over.length > 100) say(`${lags.length} holds are over`);
    await pause(lookEveryMs);
  }
  return lags;
}

/** The listing of holds that are still to end, on all its shards. */
async function liveHolds(endpoint: string): Promise<ReadonlySet<string>> {
  const call = dynamoDbCall(endpoint);
  const shards = await Promise.all(
    Array.from({ length: expiryShards }, async (_, shard) => {
      const { Items, LastEvaluatedKey } = await call('DynamoDB_20120810.Query', {
        TableName: 'crossdock-local-stock',
        IndexName: listingIndex.name,
        KeyConditionExpression: `${listingIndex.partitionKey} = :listing`,
        ExpressionAttributeValues: { ':listing': { S: expiryListing(shard) } },
      });
      if (LastEvaluatedKey !== undefined) throw new Error('a shard of holds has more than a page');
      return (Array.isArray(Items) ? Items : []).map((item) => {
        const listed = asString(asObject(asObject(item, 'hold')[listingIndex.sortKey], 'key')['S'], 'key');
        return listed.split('#')[1] ?? '';
      });
    }),
  );
  return new Set(shards.flat());
}

function findings(
  lags: readonly number[],
  { holdsSeconds }: Sizes,
  held: number,
  { holds }: { readonly holds: boolean },
) {
  const most = Math.max(...lags);
  const verdict = most < limitSeconds ? 'within' : '**OVER**';
  return {
    notes: [
      `Expiry: ${lags.length} holds of one unit each, over ${skus} SKUs, that end at random within ${holdsSeconds} s; the twin runs the schedule as deployed (each minute, two sweeps in it). Lag: from expiresAt to the first look from outside that no longer finds the hold among the live ones (every ${lookEveryMs} ms, so up to that much too long). The longest is ${most.toFixed(1)} s: ${verdict} the limit of ${limitSeconds} s. Afterwards ${held} units held, identities ${holds ? 'hold' : '**DO NOT HOLD**'}. An order or a hold that names an expired hold is answered by its time, not by the sweep.`,
    ],
    tables: [
      {
        title: 'How long a hold outlives its end',
        columns: ['holds', 'p50 s', 'p99 s', 'max s', 'ended too early (must be 0)'],
        rows: [
          [lags.length, percentile(lags, 0.5), percentile(lags, 0.99), most, lags.filter((lag) => lag < 0).length],
        ],
      },
    ],
  };
}
