import { afterEach, describe, expect, it } from 'vitest';
import { tiktokTroubles, type TiktokSandbox, startTiktokSandbox } from '../../../../tests/sandboxes/tiktok.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Acknowledgements, type Offer, isToldBy } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { tiktok } from './connector.ts';
import { app, base, bowl, cancel, connect, lamp, mug, offer, offers, parcel, refund } from './fixtures/outbound.ts';

const opened: TiktokSandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

async function open(over: Partial<Channel> = {}) {
  const shop = await startTiktokSandbox(app);
  opened.push(shop);
  return { shop, connection: connect(shop, over) };
}

outboundContract({
  connector: tiktok,
  open: async () => {
    const { shop, connection } = await open();
    return {
      connection,
      state: () => [[...shop.stock.skus], shop.order(base.externalId), [...shop.afterSale.refunds]],
      fail: (status, times) =>
        shop.troubles.answer(status === 429 ? tiktokTroubles.throttled : tiktokTroubles.down, times),
    };
  },
  offers,
  unknown: offer('NOWHERE', '42', 'P1', 1),
  notices: { shipped: parcel(), cancelled: cancel(), refunded: refund },
  secrets: [app.appSecret, 'refresh-1', 'access-1'],
});

const publish = async (connection: Connection, all: readonly Offer[]): Promise<Acknowledgements> =>
  (await tiktok.availability?.publish(connection, all)) ?? new Map<string, never>();

describe('stock at TikTok', () => {
  it('is told in a call for each product, and read back', async () => {
    const { shop, connection } = await open();
    await publish(connection, offers);
    expect(shop.calls.filter((path) => path.endsWith('/inventory/update'))).toHaveLength(1);
    const listings = [mug, '42'].map((variantId, n) => ({ channelId: 't', sku: `S${n}`, variantId, version: 1 }));
    expect(await tiktok.availability?.read?.quantities(connection, listings)).toEqual({
      ok: true,
      value: new Map([['S0', { quantity: 5, locations: { W1: 5 } }]]),
    });
  });

  it('that it calls a success and did not take is refused with the remedy; the rest is taken', async () => {
    const { shop, connection } = await open();
    const answers = await publish(connection, [...offers, offer('BOWL', bowl, 'P2', 3)]);
    expect([...answers.values()].map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(answers.get('BOWL')).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('stockByLocation') as string },
    });
    expect(shop.stock.skus.get(lamp)?.quantities).toEqual({ W1: 7 });
    const elsewhere = await open({ settings: { warehouseId: 'W9' } });
    expect((await publish(elsewhere.connection, offers)).get('MUG')).toMatchObject({
      refusal: { detail: expect.stringContaining('warehouseId') as string },
    });
  });

  it('is told by warehouse, and read so', async () => {
    const { shop, connection } = await open({ stockByLocation: true });
    await publish(connection, [offer('BOWL', bowl, 'P2', 9, { locations: { W1: 4, W2: 5 } })]);
    expect(shop.stock.skus.get(bowl)?.quantities).toEqual({ W1: 4, W2: 5 });
    const read = await tiktok.availability?.read?.quantities(connection, [
      { channelId: 't', sku: 'BOWL', variantId: bowl, version: 1 },
    ]);
    expect(read).toMatchObject({ value: new Map([['BOWL', { quantity: 9, locations: { W1: 4, W2: 5 } }]]) });
  });

  it('is told of listings with both ids, where there is a warehouse', async () => {
    const { connection } = await open();
    const shows = (ids: Record<string, string>, channel = connection.channel) =>
      isToldBy(tiktok.availability, channel, { channelId: 't', sku: 'S', version: 1, ...ids });
    const both = { variantId: mug, listingId: 'P1' };
    expect([shows(both), shows({ variantId: mug }), shows({ listingId: 'P1' })]).toEqual([true, false, false]);
    const nowhere = channelOf({ channelId: 't', type: 'tiktok' });
    expect([
      shows(both, nowhere),
      shows(both, { ...nowhere, stockByLocation: true, locations: { W1: 'boston' } }),
    ]).toEqual([false, true]);
  });

  it('waits when TikTok is asked too often and calls it a success', async () => {
    const { shop, connection } = await open();
    await publish(connection, offers);
    shop.troubles.answer({ status: 200, body: { code: 36_009_002, message: 'Too many requests' } });
    expect((await publish(connection, offers)).get('MUG')).toMatchObject({
      refusal: { code: 'provider-unavailable', facts: { limit: true } },
    });
  });
});
