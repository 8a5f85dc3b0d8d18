import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AwsError } from '../../local/aws-service.ts';
import { dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { apiClient } from '../../shared/contracts/api-client.ts';
import * as health from '../../shared/contracts/channels/health-apis.ts';
import { listNotices } from '../../shared/contracts/channels/notice-apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { lanePartition } from '../../shared/model/places/listings.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { randomFrom } from '../../shared/testing/shuffled.ts';
import { type Cli, apiKeyIn, freePort, startCli } from '../testing/cli.ts';
import { deliveriesTo } from '../testing/deliveries.ts';
import { type PatientClient, patientClient } from '../testing/patient.ts';
import { type Shops, openMarket, startShops } from '../testing/shops.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';

/** How often it is killed; more by hand, as each costs the seconds of a start. */
const kills = Number(process.env['CROSSDOCK_KILLS'] ?? 2);
const seed = Number(process.env['CROSSDOCK_SEED'] ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
/** Pools, each with a SKU and two shops. */
const pools = 2;
const units = 500;
const deadlineMs = 120_000;
const leaseSeconds = 20;
const dataDir = mkdtempSync(path.join(tmpdir(), 'crossdock-sync-'));
let port: number;
let cli: Cli;
let database: string;
let client: PatientClient;
let shops: Shops;
type Market = Awaited<ReturnType<typeof openMarket>>;
let markets: Market[];

beforeAll(async () => {
  [port, shops] = await Promise.all([freePort(), startShops()]);
  await start();
  const api = apiClient(`http://127.0.0.1:${port}`, apiKeyIn(dataDir));
  client = patientClient(api, deadlineMs);
  markets = [];
  for (let count = 0; count < pools; count += 1) {
    const market = await openMarket({ api }, stepsOf(api), shops);
    await market.receive(units);
    markets.push(market);
  }
  for (const market of markets) await market.untilShown({ shopify: units, webhook: units });
  shops.receiver.delay(() => random() * 40);
});

/** Starts it, and learns where its database is. */
async function start(): Promise<void> {
  cli = startCli(dataDir, port);
  let said = '';
  cli.child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await cli.ready;
  const url = /DynamoDB: (\S+)/.exec(said)?.[1];
  if (url === undefined) throw new Error('it does not say where its database is');
  database = url;
}

/** A worker's lease lasts 20 seconds from its last renewal, whatever became of it. Those of the workers that were killed are over here at once, as if that time had passed. */
async function endLeases(killedAt: number): Promise<void> {
  const call = dynamoDbCall(database);
  const TableName = 'crossdock-local-listings';
  const latest = new Date(killedAt + leaseSeconds * 1000).toISOString();
  for (const { shop, other } of markets)
    for (const channelId of [shop, other])
      for (const lane of ['stock', 'orders'])
        await call('DynamoDB_20120810.UpdateItem', {
          TableName,
          Key: { pk: { S: lanePartition(channelId) }, sk: { S: lane } },
          UpdateExpression: 'SET #lease.#until = :past',
          ConditionExpression: '#lease.#until <= :latest',
          ExpressionAttributeNames: { '#lease': 'lease', '#until': 'until' },
          ExpressionAttributeValues: { ':past': { S: new Date(killedAt).toISOString() }, ':latest': { S: latest } },
        }).catch((error: unknown) => {
          if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
        });
}

afterAll(async () => {
  await cli.end('SIGKILL');
  await shops.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A shelf is counted anew, again and again, until it is over. @returns units that are there for each market's shops */
async function counting(over: AbortSignal): Promise<Map<Market, number>> {
  const left = new Map(markets.map((market) => [market, units]));
  while (!over.aborted) {
    for (const market of markets) {
      const delta = Math.floor(random() * 9) - 5 || -1;
      const line = { sku: market.sku, delta };
      const body = { location: market.location, reference: unique('count'), reason: 'recount', lines: [line] };
      await client.must(stock.adjustStock, { body });
      left.set(market, (left.get(market) ?? 0) + delta);
    }
  }
  return left;
}

/** Shops sell one unit at a time, and deliver the order until it is taken. @returns the orders' ids */
async function selling(over: AbortSignal): Promise<Map<Market, string[]>> {
  const sold = new Map(markets.map((market): [Market, string[]] => [market, []]));
  const deliver = deliveriesTo(`http://127.0.0.1:${port}`);
  while (!over.aborted) {
    for (const market of markets) {
      const [externalId, message] = [unique('order'), unique('msg')];
      const lines = [{ sku: market.sku, quantity: 1, unitPrice: usd(1000) }];
      const payments = [{ provider: 'recorded', amount: usd(1000) }];
      const shipTo = { country: 'US', postalCode: '02108' };
      const order = { externalId, currency: 'USD', shipTo, lines, payments };
      await eventually(
        async () => ((await deliver.signed(market.other, order, message)).status === 202 ? true : undefined),
        { what: `an answer to ${externalId}`, deadlineMs, everyMs: 50 },
      );
      sold.get(market)?.push(orderIdOf(market.other, externalId));
      await pause(150);
    }
  }
  return sold;
}

const nothing = { count: 0, more: false };
/** Nothing of a channel's is left to be told, and nothing was refused. */
async function isDone(channelId: string): Promise<boolean> {
  const { stock: told } = await client.must(health.readChannelHealth, { params: { channelId } });
  const { notices } = await client.must(listNotices, { params: { channelId }, query: { state: 'PENDING' } });
  expect(told.refused).toEqual(nothing);
  return Object.values(told.waiting).every(({ count }) => count === 0) && notices.length === 0;
}

it(`tells every channel the exact quantity and each order once when it is killed ${kills} times (seed ${seed})`, async () => {
  const over = new AbortController();
  const working = Promise.all([counting(over.signal), selling(over.signal)]);
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(300 + random() * 900);
    await cli.end('SIGKILL');
    const killedAt = Date.now();
    await start();
    await endLeases(killedAt);
  }
  await pause(500);
  over.abort();
  const [left, sold] = await working;
  if (kills > 0) expect(client.failures(), 'calls that a kill cut short').toBeGreaterThan(0);

  for (const market of markets) {
    const orders = sold.get(market) ?? [];
    const quantity = (left.get(market) ?? 0) - orders.length;
    await eventually(
      () => (market.shown().shopify === quantity && market.shown().webhook === quantity ? true : undefined),
      {
        what: `${quantity} at both shops of ${market.pool}`,
        deadlineMs,
      },
    );
    for (const channelId of [market.shop, market.other]) {
      await eventually(async () => ((await isDone(channelId)) ? true : undefined), {
        what: `${channelId} done`,
        deadlineMs,
      });
      const offer = await client.must(health.readOffer, { params: { channelId, sku: market.sku } });
      expect(offer).toMatchObject({ wanted: quantity, published: quantity });
      expect(offer).not.toHaveProperty('uncertain');
    }
    const told = [...shops.receiver.orders.values()].filter(({ data }) => data.channelId === market.other);
    // A message that is told again after a crash bears the same id: the shop has it once.
    expect(told.map(({ data }) => data.orderId).toSorted()).toEqual(orders.toSorted());
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(['order.acknowledged']));
  }
  expect(shops.offenses()).toEqual([]);
}, 300_000);
