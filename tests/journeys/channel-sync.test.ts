import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as drift from '../../shared/contracts/channels/drift-apis.ts';
import * as health from '../../shared/contracts/channels/health-apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import { atMost } from '../../shared/kernel/at-most.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { type Shops, openMarket, startShops } from '../testing/shops.ts';
import { stepsOf, unique } from '../testing/steps.ts';

let shops: Shops;
let app: App;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  shops = await startShops();
  app = await startApp({ redeliverySeconds: 4 });
  steps = stepsOf(app.api);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  await app.stop();
  await shops.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
});

async function market(quantity: number) {
  const at = await openMarket(app, steps, shops);
  await at.receive(quantity);
  await at.untilShown({ shopify: quantity, webhook: quantity });
  return at;
}

/** A schedule of the channels, now. */
const runs = async (name: string) => {
  const { functionError } = await app.twin.invoke(`crossdock-local-channels-${name}`, {});
  if (functionError !== undefined) throw new Error(`${name} failed: ${functionError}`);
};
const healthOf = async (channelId: string) =>
  mustSucceed(await app.api(health.readChannelHealth, { params: { channelId } }));
const offerOf = async (channelId: string, sku: string) =>
  mustSucceed(await app.api(health.readOffer, { params: { channelId, sku } }));

describe('every channel knows', () => {
  it('a change at once, and a hundred changes of a hot SKU by a few calls', async () => {
    const at = await market(200);
    const before = { calls: at.calls().length, taken: at.taken().length };
    await atMost(
      8,
      Array.from({ length: 100 }, () => -1),
      at.adjust,
    );
    await at.untilShown({ shopify: 100, webhook: 100 });
    for (const calls of [at.calls().length - before.calls, at.taken().length - before.taken]) {
      expect(calls).toBeGreaterThan(0);
      expect(calls).toBeLessThan(25);
    }
    expect(await offerOf(at.shop, at.sku)).toMatchObject({ wanted: 100, published: 100 });
    const { stock, lanes } = await healthOf(at.other);
    expect(stock).toMatchObject({ refused: { count: 0 }, waiting: { now: { count: 0 }, fall: { count: 0 } } });
    expect(stock.lag?.longestMs).toBeLessThan(15_000);
    expect(lanes.map(({ lane, failures }) => [lane, failures])).toContainEqual(['stock', 0]);
  });

  it('what it missed, once it is back; the others do not wait for it', async () => {
    const at = await market(9);
    shops.receiver.fail(1000);
    await at.adjust(-4);
    await eventually(() => (at.shown().shopify === 5 ? true : undefined), { what: 'the other channel' });
    const failing = await eventually(
      async () => {
        const { lanes, stock } = await healthOf(at.other);
        const [lane] = lanes.filter(({ failures }) => failures > 0);
        return lane && { ...lane, waiting: stock.waiting, since: stock.oldestDueSince };
      },
      { what: 'a lane that failed' },
    );
    expect(failing).toMatchObject({
      lane: 'stock',
      lastError: { code: 'provider-unavailable' },
      waiting: { fall: { count: 1 } },
    });
    expect(failing.since).toBeDefined();
    await runs('sweep-lanes');
    await at.adjust(-2);
    await eventually(() => (at.shown().shopify === 3 ? true : undefined), { what: 'the other channel' });
    const told = at.taken().length;
    shops.receiver.fail(0);
    await at.untilShown({ shopify: 3, webhook: 3 });
    expect(at.taken().slice(told)).toEqual([3]);
    await eventually(
      async () => ((await healthOf(at.other)).lanes.every(({ failures }) => failures === 0) ? true : undefined),
      {
        what: 'a lane that works',
      },
    );
  });

  it('and says what it will not have, until that is mended and asked for', async () => {
    const at = await market(4);
    const unknownItem = unique('').replace(/\D/g, '');
    await at.list({ inventoryItemId: unknownItem });
    const [refusal] = await eventually(
      async () => {
        const { refusals } = (await healthOf(at.shop)).stock;
        return refusals.length > 0 ? refusals : undefined;
      },
      { what: 'a refusal' },
    );
    expect(refusal).toMatchObject({ sku: at.sku });
    shops.shopify.inventory.stock(`gid://shopify/InventoryItem/${unknownItem}`, 'gid://shopify/Location/7001', 0);
    const retried = await app.api(health.retryOffers, { params: { channelId: at.shop }, body: { skus: [at.sku] } });
    expect(mustSucceed(retried)).toEqual({ retried: 1, more: false, unknown: [] });
    await eventually(async () => ((await offerOf(at.shop, at.sku)).published === 4 ? true : undefined), {
      what: 'an acknowledgement',
    });
    expect((await healthOf(at.shop)).stock.refused.count).toBe(0);
  });

  it('and all of it where it is now, once it has moved; and what it may sell by another buffer, connected by settings alone', async () => {
    const at = await market(8);
    const params = { channelId: at.shop };
    const place = 'gid://shopify/Location/7002';
    const { inventoryItemId = '' } = mustSucceed(
      await app.api(network.readListing, { params: { ...params, sku: at.sku } }),
    );
    const item = `gid://shopify/InventoryItem/${inventoryItemId}`;
    shops.shopify.inventory.stock(item, place, 0);
    const settings = { apiUrl: shops.shopify.url, locationId: '7002' };
    const shop = { name: 'Shop', type: 'shopify', pool: at.pool, currency: 'USD', onShortage: 'backorder' } as const;
    for (const [buffer, shown] of [
      [0, 8],
      [3, 5],
    ] as const) {
      mustSucceed(await app.api(network.putChannel, { params, body: { ...shop, settings, buffer } }));
      await eventually(() => (shops.shopify.inventory.available(item, place) === shown ? true : undefined), {
        what: `${shown} at the new place`,
      });
    }
  });

  it('and is told again what somebody changed there, with the cause', async () => {
    const at = await market(6);
    at.tamper(11);
    const params = { channelId: at.shop };
    await runs('begin-drift');
    const [begun] = mustSucceed(await app.api(drift.listDrift, { params })).runs;
    const number = begun?.number;
    await at.untilShown({ shopify: 6, webhook: 6 });
    const run = await eventually(
      async () => {
        const read = mustSucceed(await app.api(drift.readDrift, { params: { ...params, number: String(number) } }));
        return read.state === 'DONE' ? read : undefined;
      },
      { what: 'the end of the comparison' },
    );
    expect(run).toMatchObject({ compared: 1, drifted: 1, repaired: 1, causes: { 'changed-at-channel': 1 } });
    expect(run.differences).toMatchObject([{ sku: at.sku, ours: 6, theirs: 11 }]);
    const listed = mustSucceed(await app.api(drift.listDrift, { params }));
    expect([listed.canBeRead, listed.runs.map((one) => one.number)]).toEqual([true, [number]]);
    expect(mustSucceed(await app.api(drift.startDrift, { params }))).toMatchObject({ number: 2, state: 'RUNNING' });
    // The other one cannot be asked: what it is to be told is held against what its pool says.
    const ofOther = { channelId: at.other };
    const other = await eventually(
      async () => {
        const [last] = mustSucceed(await app.api(drift.listDrift, { params: ofOther })).runs;
        return last?.state === 'DONE' ? last : undefined;
      },
      { what: 'the end of the comparison with the other' },
    );
    expect(other).toMatchObject({ number: 1, compared: 1, drifted: 0, causes: {} });
  });
});
