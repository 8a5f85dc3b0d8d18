import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { asObject, asString } from '../../local/template/json.ts';
import { startDynamoDb } from '../../local/dynamodb/emulator.ts';
import { dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { type Limits } from '../../local/faults/contention.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../local/faults/faulty-dynamodb.ts';
import { stockKey, stripeKey } from '../../shared/model/stock/table.ts';
import { type Table } from '../report.ts';
import { percentile } from '../statistics.ts';
import { withFolder } from '../twin/hosted-twin.ts';
import { type RunPart } from './part.ts';
import { seed, stocked, type Stocked } from './seed.ts';
import { type Sizes } from './sizes.ts';
import { told, type WriterOptions, type Written } from './stripes-protocol.ts';

const stripeCounts = [1, 4, 16, 64] as const;
const writers = 64;
const warmUpMs = 1_500;
const partitionUnitsPerSecond = 1_000;
/** DynamoDB takes some 10 to 20 ms for a transaction; the longer times make the ratio visible where this machine is the limit. */
const transactionTimes = [15, 60, 240] as const;
/** A write is answered no sooner. */
const latencyMs = 5;
const unitsInAll = 64_000_000;

interface Row {
  readonly limits: Limits | undefined;
  readonly stripes: number;
  readonly written: Written;
  /** Refusals of the proxy while the writers wrote. */
  readonly contended: number;
}

/** One SKU on 1 to 64 stripes, against the limits of DynamoDB. */
export const stripes: RunPart = (sizes, say) =>
  withFolder(async (dataDir) => {
    const stock = stocked('hot', (1 + transactionTimes.length) * stripeCounts.length, 1, unitsInAll);
    await seed(dataDir, [stock]);
    const emulator = await startDynamoDb({ dataDir });
    try {
      const rows: Row[] = [];
      for (const limits of [
        undefined,
        ...transactionTimes.map((transactionMs) => ({ transactionMs, partitionUnitsPerSecond })),
      ])
        for (const count of stripeCounts) {
          const sku = stock.skus[rows.length] ?? '';
          await spread(emulator.endpoint, sku, stock.pool, count);
          rows.push(await measure(emulator.endpoint, { limits, stripes: count, sku }, stock, sizes));
          say(
            `${limits?.transactionMs ?? 'no'} ms, ${count} stripes: ${perSecond(rows.at(-1)).toFixed(0)} reservations/s`,
          );
        }
      return { notes: [note], tables: [tableOf(rows)] };
    } finally {
      await emulator.stop();
    }
  }, 'memory');

const note = `Stripes: ${writers} writers in one process run the use case of POST /v1/holds and the store's commit (one transaction of the pool's stripe and the hold) straight through the proxy of \`local/faults\`, which simulates what the emulator lacks: a transaction keeps its items for so many ms and refuses another on them meanwhile, a partition takes ${partitionUnitsPerSecond} write units a second, an answer takes at least ${latencyMs} ms. No API and no Lambda in between; the database is in memory. The limits are SIMULATED: AWS publishes no figure for how long a transaction holds an item, some 10 to 20 ms is an observation; at 15 ms this machine (proxy, writers and database on 2 cores) is reached long before 64 stripes are, so the same is shown with 60 and 240 ms, which no DynamoDB takes: there the stripes are the limit up to 16; at 64 it is the 64 writers themselves, one a stripe, who wait for answers and back off. "no limits" says what the machine does alone. "given up": all tries of the store were used up (an error to the caller, who repeats).`;

/** Lays the pool's units on so many items, as the store does: the first says how many there are. */
async function spread(endpoint: string, sku: string, pool: string, count: number): Promise<void> {
  if (count === 1) return;
  const call = dynamoDbCall(endpoint);
  const TableName = 'crossdock-local-stock';
  const text = (key: { readonly pk: string; readonly sk: string }) => ({ pk: { S: key.pk }, sk: { S: key.sk } });
  const Key = text(stockKey({ level: 'pool', sku, pool }));
  const { Item } = await call('DynamoDB_20120810.GetItem', { TableName, Key, ConsistentRead: true });
  const first = asObject(Item, 'pool');
  const ats = { N: String(unitsInAll / count) };
  for (let stripe = 0; stripe < count; stripe += 1) {
    const item = { ...first, ...text(stripeKey(sku, pool, stripe)), ats };
    await call('DynamoDB_20120810.PutItem', {
      TableName,
      Item: stripe === 0 ? { ...item, stripes: { N: String(count) } } : item,
    });
  }
}

async function measure(
  endpoint: string,
  { limits, stripes: count, sku }: Pick<Row, 'limits' | 'stripes'> & { readonly sku: string },
  { channelId, pool }: Stocked,
  { stripeSeconds }: Sizes,
): Promise<Row> {
  const proxy = await startFaultyDynamoDb(endpoint, limits ? { limits, latencyMs } : { latencyMs });
  try {
    const milliseconds = stripeSeconds * 1000;
    const options = { endpoint: proxy.url, channelId, pool, sku, writers, warmUpMs, milliseconds };
    return { limits, stripes: count, ...(await run(options, proxy)) };
  } finally {
    await proxy.close();
  }
}

/** Runs the writers in a process of their own. */
async function run(options: WriterOptions, proxy: FaultyDynamoDb): Promise<Pick<Row, 'written' | 'contended'>> {
  const child = fork(path.join(import.meta.dirname, 'stripe-writers.ts'), [JSON.stringify(options)]);
  let before = 0;
  let result: Pick<Row, 'written' | 'contended'> | undefined;
  child.on('message', (message) => {
    const said = told.parse(message);
    if (said.kind === 'warm') before = proxy.dealt.contended;
    else result = { written: said.written, contended: proxy.dealt.contended - before };
  });
  await once(child, 'exit');
  if (result === undefined) throw new Error('the writers ended without a word');
  if (result.written.refused > 0) throw new Error(`${result.written.refused} reservations found nothing left`);
  return result;
}

const perSecond = (row: Row | undefined): number =>
  row === undefined ? NaN : (row.written.reserved / row.written.milliseconds) * 1000;

function tableOf(rows: readonly Row[]): Table {
  return {
    title: 'One SKU against simulated limits of DynamoDB, by stripes',
    columns: [
      'transaction ms',
      'stripes',
      'reservations/s',
      'ratio to 1 stripe',
      'conflicts per reservation',
      'given up per 1,000',
      'p50 ms',
      'p99 ms',
      'writers: CPU share',
    ],
    rows: rows.map((row) => {
      const { written, contended, limits, stripes: count } = row;
      const one = rows.find((other) => other.limits === limits && other.stripes === 1);
      return [
        limits === undefined ? 'no limits' : String(limits.transactionMs),
        count,
        perSecond(row),
        perSecond(row) / perSecond(one),
        contended / written.reserved,
        (1000 * written.givenUp) / (written.reserved + written.givenUp),
        percentile(written.times, 0.5),
        percentile(written.times, 0.99),
        `${((100 * written.cpuMs) / written.milliseconds).toFixed(0)} %`,
      ];
    }),
  };
}

/** How many stripes a pool has now, by its first item. */
export async function stripesOf(endpoint: string, sku: string, pool: string): Promise<number> {
  const { pk, sk } = stockKey({ level: 'pool', sku, pool });
  const { Item } = await dynamoDbCall(endpoint)('DynamoDB_20120810.GetItem', {
    TableName: 'crossdock-local-stock',
    Key: { pk: { S: pk }, sk: { S: sk } },
    ConsistentRead: true,
  });
  const { stripes: count } = asObject(Item, 'pool');
  return count === undefined ? 1 : Number(asString(asObject(count, 'stripes')['N'], 'stripes'));
}
