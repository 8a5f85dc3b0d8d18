import path from 'node:path';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelTypes } from '../../shared/contracts/network/channel-types.ts';
import { testChannel } from '../../shared/contracts/channels/management-apis.ts';
import { listNotices } from '../../shared/contracts/channels/notice-apis.ts';
import { putPrices } from '../../shared/contracts/network/price-apis.ts';
import { listPublications } from '../../shared/contracts/network/publication-apis.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { cancelOrder, readOrder } from '../../shared/contracts/orders/apis.ts';
import { acceptFulfillmentOrder, shipFulfillmentOrder } from '../../shared/contracts/fulfillment/apis.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../../tests/testing/app.ts';
import { stepsOf } from '../../tests/testing/steps.ts';
import { type DemoChannels, startDemoChannels } from './demo-channels.ts';
import { type Crossdock, goods } from './market.ts';

let app: App;
let crossdock: Crossdock;
let folder: string;
const lines: string[] = [];
const open = (everyMs: number) =>
  startDemoChannels(crossdock, { say: (line) => void lines.push(line), everyMs, folder });

beforeAll(async () => {
  app = await startApp();
  const { url, api, twin, dataDir } = app;
  const amazonQueueUrl = `${twin.awsUrl}/000000000000/crossdock-local-channels-take-amazon-notification`;
  crossdock = { url, api, amazonQueueUrl, seed: app.apiKey };
  folder = path.join(dataDir, 'demo-channels');
}, 300_000);
afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = mustSucceed(await app.api(auditStock));
  await app.stop();
  expect(denied).toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
});

/** What a test of each channel finds wrong: each is set up at its market as a user would. */
async function faults(): Promise<string[]> {
  const reports = await Promise.all(
    channelTypes.map(async (type) => {
      const channelId = `demo-${type}`;
      return mustSucceed(await app.api(testChannel, { params: { channelId } }));
    }),
  );
  return reports.flatMap(({ channelId, checks }) =>
    checks.flatMap(({ name, ok, detail }) => (ok ? [] : [`${channelId}, ${name}: ${detail}`])),
  );
}

/** Runs the demo until orders of every type are captured, some changed and some cancelled. */
async function untilSeen(): Promise<void> {
  const told = (what: string) => lines.filter((line) => line.includes(`  ${what} `));
  const missing = () => channelTypes.filter((type) => !told('captured').some((line) => line.includes(` ${type} `)));
  await eventually(
    async () => {
      await pollsAreAsked();
      return missing().length === 0 && told('changed').length > 0 && told('cancelled').length > 0 ? true : undefined;
    },
    { what: 'orders of every type', deadlineMs: 90_000, everyMs: 1_000 },
  ).catch((cause: unknown) => {
    throw new Error(`nothing of ${missing().join(', ')} was captured:\n${lines.join('\n')}`, { cause });
  });
}

/** Channels are asked once a minute, and nobody waits for that here. */
const pollsAreAsked = () => app.twin.invoke('crossdock-local-channels-announce-polls', {});

const placed = z.object({ channelId: z.string(), externalId: z.string(), orderId: z.string() });
type Sold = z.infer<typeof placed>;
/** Channels that are told of their orders. */
const tellable = channelTypes.filter((type) => type !== 'api').map((type) => `demo-${type}`);

/** Somebody asks for an order at every market. */
const order = ({ url }: DemoChannels): Promise<Sold[]> =>
  Promise.all(
    tellable.map(async (channelId) => {
      const answer = await fetch(`${url}/${channelId}/orders`, { method: 'POST' });
      return placed.parse(await answer.json());
    }),
  );

const seenAt = async ({ url }: DemoChannels, page: string): Promise<string> => (await fetch(`${url}/${page}`)).text();

/** All of them are here, and released to the warehouse. */
const released = (sold: readonly Sold[]) =>
  eventually(
    async () => {
      await pollsAreAsked();
      const states = sold.map(async ({ channelId, orderId }) => {
        const answer = await app.api(readOrder, { params: { orderId } });
        return [channelId, answer.ok ? answer.body.fulfillmentOrders.map(({ state }) => state) : 'unknown'];
      });
      expect(await Promise.all(states)).toEqual(sold.map(({ channelId }) => [channelId, ['RELEASED']]));
      return true;
    },
    { what: 'orders at the warehouse', deadlineMs: 60_000, everyMs: 500 },
  );

/** How markets say that an order is cancelled that do not say so in words. */
const cancelledAs: Readonly<Record<string, RegExp>> = {
  'demo-bigcommerce': /"status_id": 5\b/,
  // The purchase order is acknowledged, and then rejected.
  'demo-edi': /"855"[^]*"855"/,
};
const trackingOf = ({ orderId }: Sold): string => `1Z${orderId.slice(4, 16).toUpperCase()}`;

const isShipped = (book: string, one: Sold): boolean => book.includes(trackingOf(one));

async function ship(sold: readonly Sold[]): Promise<void> {
  await released(sold);
  for (const one of sold) {
    const params = { fulfillmentOrderId: `${one.orderId}-f1` };
    mustSucceed(await app.api(acceptFulfillmentOrder, { params }));
    const body = { carrier: 'UPS', trackingNumber: trackingOf(one) };
    mustSucceed(await app.api(shipFulfillmentOrder, { params, body }));
  }
}

/** Every market has of its order what it must, and none has refused to be told. */
async function show(
  demo: DemoChannels,
  sold: readonly Sold[],
  isTold: (book: string, one: Sold) => boolean,
): Promise<void> {
  await eventually(
    async () => {
      if ((await refusals()).length > 0) return true;
      const books = await booksOf(demo, sold);
      const untold = sold.filter((one, index) => !isTold(books[index] ?? '', one));
      expect(untold.map(({ channelId }) => channelId)).toEqual([]);
      return true;
    },
    { what: 'what the markets were told', deadlineMs: 60_000, everyMs: 500 },
  );
  expect(await refusals()).toEqual([]);
}

/** All that the markets have of their orders. */
const booksOf = (demo: DemoChannels, sold: readonly Sold[]): Promise<string[]> =>
  Promise.all(sold.map(({ channelId, externalId }) => seenAt(demo, `${channelId}/orders/${externalId}`)));

/** What channels would not be told. */
async function refusals(): Promise<unknown[]> {
  const all = await Promise.all(
    tellable.map(async (channelId) => {
      const { notices } = mustSucceed(
        await app.api(listNotices, { params: { channelId }, query: { state: 'REFUSED' } }),
      );
      return notices.map(({ kind, externalId, reason }) => ({ channelId, kind, externalId, reason }));
    }),
  );
  return all.flat();
}

const market = z.object({ shows: z.record(z.string(), z.looseObject({ quantity: z.number().optional() })) });

/** Every market that is told of stock shows what the pool can sell. */
const showStock = (demo: DemoChannels) =>
  eventually(
    async () => {
      const { pools } = await stepsOf(app.api).then.stock(goods.lamp);
      const ats = pools.find(({ pool }) => pool === 'demo')?.ats;
      for (const channelId of tellable) {
        const { shows: shown } = market.parse(JSON.parse(await seenAt(demo, channelId)));
        if (!['demo-edi', 'demo-onx'].includes(channelId))
          expect({ channelId, quantity: shown[goods.lamp]?.quantity }).toEqual({ channelId, quantity: ats });
      }
      return true;
    },
    { what: 'the stock at every market', deadlineMs: 60_000, everyMs: 500 },
  );

/** Markets that take prices at once: Walmart's follow a feed, whose state is asked for in minutes. */
const takesPrices = (channelId: string): boolean => !['demo-edi', 'demo-onx', 'demo-walmart'].includes(channelId);

/** What markets would not have of what is published there. */
const rejections = async (): Promise<unknown[]> => {
  const of = async (channelId: string) =>
    mustSucceed(await app.api(listPublications, { params: { channelId } })).publications;
  return (await Promise.all(tellable.map(of))).flat();
};

/** The lamp has another price, and every market that takes prices shows it. */
async function showPrice(demo: DemoChannels): Promise<void> {
  const params = { priceListId: 'demo-prices' };
  const rows = [{ sku: goods.lamp, price: { amount: 4195, currency: 'USD' } }];
  mustSucceed(await app.api(putPrices, { params, body: { rows } }));
  await eventually(
    async () => {
      const left: string[] = [];
      for (const channelId of tellable.filter(takesPrices)) {
        const { shows: shown } = market.parse(JSON.parse(await seenAt(demo, channelId)));
        if (!/41\.95|4195/.test(JSON.stringify(shown[goods.lamp]))) left.push(channelId);
      }
      expect(left).toEqual([]);
      return true;
    },
    { what: 'the price at every market', deadlineMs: 60_000, everyMs: 500 },
  );
  expect(await rejections()).toEqual([]);
}

describe('the demo channels', () => {
  it('bring orders of every type, changes and cancels, and are told what becomes of them, also after another start', async () => {
    const busy = await open(150);
    expect(lines[0]).toContain(`${channelTypes.length} demo channels are open (${channelTypes.length} new)`);
    await untilSeen();
    expect(await faults()).toEqual([]);
    await busy.stop();

    const calm = await open(Infinity);
    const [gone, waiting, unwanted] = [await order(calm), await order(calm), await order(calm)];
    await ship(gone);
    await show(calm, gone, isShipped);
    await showStock(calm);
    await released([...waiting, ...unwanted]);
    await calm.stop();

    const again = await open(Infinity);
    expect(lines.filter((line) => line.includes('(0 new)'))).toHaveLength(2);
    await showStock(again);
    await showPrice(again);
    await ship(waiting);
    for (const { orderId } of unwanted)
      mustSucceed(await app.api(cancelOrder, { params: { orderId }, body: { reason: 'damaged' } }));
    const refundable = gone.filter(({ channelId }) => channelId !== 'demo-edi');
    const before = await booksOf(again, refundable);
    for (const { orderId } of refundable)
      await stepsOf(app.api).when.returned(orderId, 'demo-warehouse', { restock: 1 });
    await show(again, waiting, isShipped);
    await show(again, unwanted, (book, { channelId }) => (cancelledAs[channelId] ?? /cancel/i).test(book));
    await show(again, refundable, (book) => !before.includes(book));
    await again.stop();
    expect(lines.filter((line) => line.includes('error'))).toEqual([]);
  }, 300_000);
});
