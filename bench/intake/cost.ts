import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { LoadClient, workers } from '../client.ts';
import { type Counted, countedFrom, perOrder } from '../cost/counted.ts';
import { byService, costOf, costOfFunction, type Deployment, totalOf } from '../cost/model.ts';
import { pricesAsOf, pricesRegion } from '../cost/prices.ts';
import { plainName, triggers } from '../functions.ts';
import { type Findings, type Table } from '../report.ts';
import { orderBody } from '../shop/order.ts';
import { openShop } from '../shop/shop.ts';
import { sum } from '../statistics.ts';
import { type HostedTwin, withTwin } from '../twin/hosted-twin.ts';
import { settled } from './books.ts';
import { type Sizes } from './sizes.ts';
import { openShopifyShop, storyOf, WebhookSender } from './webhooks.ts';

const clients = 16;
const updatedStep = 5;

/** A way in, or something that comes on top of it. */
interface Way {
  readonly name: string;
  readonly counted: Counted;
}

/** What an order by webhook costs until it is released to its location, beside one by the API. */
export const cost = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  withTwin({ storage: 'memory', countCalls: true }, async (twin, dataDir) => {
    const deployment = await deploymentOf(twin);
    const shop = await openShopifyShop(twin.api, { name: 'shopify', skus: 300, units: 1_000_000 });
    const direct = await openShop(twin.api, { name: 'direct', skus: 300, units: 1_000_000 });
    const sender = new WebhookSender(twin, shop, clients);
    const client = new LoadClient(twin, clients);
    const placedAt = new Date(Date.now() - 3_600_000);
    const stories = Array.from({ length: sizes.counted * 2 }, (_, index) => storyOf(shop, index, placedAt));
    const deliver =
      (from: number, which: 'created' | 'updated', again = '') =>
      async (index: number) => {
        const one = stories[from + index];
        const message = one?.story[which](updatedStep);
        if (one === undefined || message === undefined) throw new Error('there is no such order');
        expectStatus(await sender.send({ ...message, webhookId: `${which}-${one.id}${again}` }), 202);
      };
    const place = (from: number) => async (index: number) => {
      const body = JSON.stringify(orderBody(direct, from + index, 3));
      expectStatus(await client.post('/v1/orders', body, `direct-${from + index}`), 201);
    };
    const count = (name: string, step: (index: number) => Promise<void>) =>
      measure(twin, dataDir, { name, step, orders: sizes.counted });
    // The first lot of each warms up, and is what later lots are a repeat of.
    await count('', deliver(0, 'created'));
    await count('', place(0));
    const ways = [
      await count('by the API', place(sizes.counted)),
      await count('by webhook', deliver(sizes.counted, 'created')),
      await count('each update that comes later', deliver(sizes.counted, 'updated')),
      await count('each repeat under its id', deliver(sizes.counted, 'created')),
      await count('each repeat under another id', deliver(sizes.counted, 'created', '-again')),
    ];
    await sender.close();
    await client.close();
    for (const { name, counted } of ways)
      say(`${name}: ${totalOf(costOf(counted, deployment)).toFixed(1)} USD for 1 M`);
    return findings(ways, deployment, sizes);
  });

function expectStatus({ status, body }: { readonly status: number; readonly body: string }, wanted: number): void {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${body}`);
}

/** How a twin's functions are deployed. */
export async function deploymentOf(twin: HostedTwin): Promise<Deployment> {
  const functions = await twin.ask('functions');
  return {
    memoryMb: new Map(functions.map(({ name, memoryMb }) => [plainName(name), memoryMb])),
    triggers: triggers(),
  };
}

/** Does a step for each order, waits for all that follows, and gives what one of them used. */
async function measure(
  twin: HostedTwin,
  dataDir: string,
  {
    name,
    step,
    orders,
  }: { readonly name: string; readonly step: (index: number) => Promise<void>; readonly orders: number },
): Promise<Way> {
  await settled(twin);
  const before = await twin.ask('usage');
  const logsBefore = logBytes(dataDir);
  await twin.ask('resetUsage');
  await workers(orders, clients, step);
  await settled(twin);
  const usage = await twin.ask('usage');
  const counted = countedFrom(usage, {
    ...(usage.cpuMs !== null && before.cpuMs !== null && { cpuMs: usage.cpuMs.functions - before.cpuMs.functions }),
    deliveries: usage.deliveries - before.deliveries,
    logBytes: logBytes(dataDir) - logsBefore,
    responseBytes: 0,
  });
  return { name, counted: perOrder(counted, orders) };
}

/** Bytes that functions have logged so far. */
export const logBytes = (dataDir: string): number => {
  const logs = path.join(dataDir, 'logs');
  return sum(readdirSync(logs).map((file) => statSync(path.join(logs, file)).size));
};

function findings(ways: readonly Way[], deployment: Deployment, { counted }: Sizes): Findings {
  const total = (name: string): number =>
    totalOf(costOf(ways.find((way) => way.name === name)?.counted ?? none(), deployment));
  const [api, webhook] = [total('by the API'), total('by webhook')];
  return {
    notes: [
      `**${webhook.toFixed(0)} USD for 1 M three-line orders by webhook until they are released to their location, ${api.toFixed(0)} by the API: the way in costs ${(webhook - api).toFixed(0)}.** Counted on the twin (${counted} orders, ${clients} at once) and priced as in the section cost (list prices, ${pricesRegion}, ${pricesAsOf}; what is assumed is told there), answers' bytes left out. A webhook that says something new of an order that is captured costs "each update"; one that says nothing new ends in the inbox.`,
    ],
    tables: [totalsTable(ways, deployment), functionsTable(ways, deployment)],
  };
}

const none = (): never => {
  throw new Error('nothing was counted');
};

function totalsTable(ways: readonly Way[], deployment: Deployment): Table {
  const services = [
    ...new Set(ways.flatMap(({ counted }) => byService(costOf(counted, deployment)).map(([name]) => name))),
  ];
  return {
    title: 'USD for a million, and what one of them uses',
    columns: ['what', 'USD', ...services, 'invocations', 'write units', 'read units', 'events', 'queued'],
    rows: ways.map(({ name, counted }) => {
      const bill = costOf(counted, deployment);
      const of = new Map(byService(bill));
      const events = sum(counted.calls.filter(({ operation }) => operation === 'PutEvents').map(({ items }) => items));
      return [
        name,
        totalOf(bill),
        ...services.map((service) => of.get(service) ?? 0),
        sum(counted.functions.map(({ invocations }) => invocations)),
        sum(counted.calls.map(({ writeUnits }) => writeUnits)),
        sum(counted.calls.map(({ readUnits }) => readUnits)),
        events,
        counted.deliveries,
      ];
    }),
  };
}

/** The functions on the way from the webhook to the captured order. */
const onTheWay = [
  'channels-receive-webhook',
  'channels-publish-inbox-events',
  'channels-map-webhook',
  'orders-apply-channel-order',
] as const;

function functionsTable(ways: readonly Way[], deployment: Deployment): Table {
  const { counted } = ways.find(({ name }) => name === 'by webhook') ?? none();
  return {
    title: 'The way in of one order by webhook, function by function',
    columns: ['function', 'invocations', 'calls', 'write units', 'read units', 'USD for 1 M'],
    rows: onTheWay.map((name) => {
      const one = counted.functions.find((each) => each.name === name) ?? { name, invocations: 0, durationMs: 0 };
      const calls = counted.calls.filter(({ caller }) => caller === name);
      return [
        name,
        one.invocations,
        calls.map((call) => `${Number(call.calls.toFixed(2))} ${call.operation}`).join(', '),
        sum(calls.map(({ writeUnits }) => writeUnits)),
        sum(calls.map(({ readUnits }) => readUnits)),
        costOfFunction(one, counted, deployment),
      ];
    }),
  };
}
