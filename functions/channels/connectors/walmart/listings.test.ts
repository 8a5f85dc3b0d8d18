import { afterAll, describe, expect, it } from 'vitest';
import { type WalmartSandbox, startWalmartSandbox, walmartKeys } from '../../../../tests/sandboxes/walmart.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listingsContract, settledAnswers } from '../../testing/listings-contract.ts';
import { lamp, mug } from './fixtures/listings.ts';
import { itemFeedOf, priceOf, specItem } from './listings-spec.ts';
import { listings } from './listings.ts';

const running: WalmartSandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.stop())));

async function open(over: Partial<Channel> = {}) {
  const party = await startWalmartSandbox();
  running.push(party);
  party.items.list('LAMP-BRASS', 'Desk Lamps', '00012345678905');
  const settings = { apiUrl: party.url, ...over.settings };
  const channel = channelOf({ channelId: 'walmart-us', type: 'walmart', ...over, settings });
  const connection = connectionOf(channel, { values: { ...walmartKeys } });
  return { party, connection, settle: () => party.items.workThrough() };
}
const kindsOf = (calls: readonly string[]) =>
  calls.filter((call) => !call.includes('/v3/token')).map((call) => call.replace(/\/v3\/feeds\/.*/, '/v3/feeds/…'));

listingsContract({
  listings,
  open: async () => {
    const { party, connection, settle } = await open();
    const stock = () => [lamp, mug].map(({ sku }) => party.stock.shown(sku));
    const fail = (status: 429 | 503, times: number) => party.troubles.answer({ status }, times);
    return { connection, settle, fail, state: () => [stock(), [...party.items.items]] };
  },
  drafts: [lamp, mug],
  bad: {
    draft: {
      ...mug,
      sku: 'NO-NAME',
      content: { title: 'x'.repeat(200), category: 'Coffee Mugs', options: { color: 'red' } },
    },
    reason: 'productName',
  },
  secrets: Object.values(walmartKeys),
});

describe('a listing at Walmart', () => {
  it('is priced at once and told in a feed; what is new is set up with its price', async () => {
    const { party, connection, settle } = await open();
    const answers = await settledAnswers(listings, { connection, settle }, [lamp, mug]);
    expect(answers.get('MUG/BLUE 1')).toEqual({ kind: 'live', ids: { inventoryItemId: 'MUG/BLUE 1' } });
    expect(kindsOf(party.calls)).toEqual([
      'GET /v3/items/LAMP-BRASS',
      'PUT /v3/price',
      'GET /v3/items/MUG%2FBLUE%201',
      'POST /v3/feeds?feedType=MP_MAINTENANCE',
      'POST /v3/feeds?feedType=MP_ITEM',
      'GET /v3/feeds/…',
      'GET /v3/feeds/…',
    ]);
    expect(party.items.items.get('LAMP-BRASS')).toMatchObject({
      content: { productName: 'Brass desk lamp', mainImageUrl: 'https://images.example.com/lamp.jpg' },
      pricing: { currentPrice: { amount: 59.95 }, comparisonPrice: { amount: 79, currency: 'USD' } },
    });
    expect(party.items.items.get('MUG/BLUE 1')?.content).toMatchObject({
      variantGroupId: 'MUG',
      variantAttributeNames: ['color'],
      color: 'blue',
    });
  });

  it('that was taken off is back once it is shown again', async () => {
    const { party, connection, settle } = await open();
    const world = { connection, settle };
    await settledAnswers(listings, world, [{ ...lamp, visibility: 'gone' }]);
    expect(party.items.items.get('LAMP-BRASS')?.lifecycleStatus).toBe('RETIRED');
    await settledAnswers(listings, world, [lamp]);
    expect(party.items.items.get('LAMP-BRASS')?.lifecycleStatus).toBe('ACTIVE');
  });

  it('that is hidden, as it is sold out, is not retired: nobody can buy it as it is', async () => {
    const { party, connection } = await open();
    expect((await listings.publish(connection, [{ ...lamp, visibility: 'hidden' }])).get(lamp.sku)).toMatchObject({
      value: { kind: 'live' },
    });
    expect(party.calls).toEqual([]);
    expect(party.items.items.get('LAMP-BRASS')?.lifecycleStatus).toBe('ACTIVE');
  });

  it('keeps its new price where no feed is taken any more', async () => {
    const { party, connection } = await open();
    const limit = {
      ok: false,
      refusal: { code: 'provider-unavailable', detail: 'used up', facts: { limit: true } },
    } as const;
    const full = {
      ...connection,
      call: (call: Parameters<typeof connection.call>[0]) =>
        call.operation === 'submitMaintenance' ? Promise.resolve(limit) : connection.call(call),
    };
    expect((await listings.publish(full, [lamp])).get('LAMP-BRASS')).toEqual(limit);
    expect(party.items.items.get('LAMP-BRASS')?.pricing).toMatchObject({ currentPrice: { amount: 59.95 } });
  });

  it('is rejected with what is missing, before anything is told', async () => {
    const { party, connection } = await open();
    const { price: _price, ...unpriced } = mug;
    const bare: ListingDraft = { ...unpriced, content: { title: 'Mug', options: { color: 'red' } }, ids: {} };
    const answer = (await listings.publish(connection, [bare])).get(bare.sku);
    const reasons = ['category', 'barcode', 'price'].map((what) => expect.stringContaining(what) as string);
    expect(answer).toMatchObject({ value: { kind: 'rejected', reasons } });
    expect(kindsOf(party.calls)).toEqual(['GET /v3/items/MUG%2FBLUE%201']);
  });

  it('is rejected with each of Walmart’s reasons; what Walmart itself failed over can be published again', async () => {
    const { party, connection, settle } = await open();
    party.items.stumbling.add('LAMP-BRASS');
    const bad = { ...mug, content: { ...mug.content, images: [], brand: 'x'.repeat(61) } };
    const answers = await settledAnswers(listings, { connection, settle }, [lamp, bad]);
    expect(answers.get('MUG/BLUE 1')).toMatchObject({
      kind: 'rejected',
      reasons: [expect.stringContaining('brand') as string],
    });
    expect(answers.get('LAMP-BRASS')).toMatchObject({
      kind: 'rejected',
      reasons: [expect.stringContaining('Publish it again') as string],
    });
  });

  it('is rejected with the feed, where Walmart cannot read that', async () => {
    const { connection, settle } = await open({ settings: { itemSpec: '4.2' } });
    const answers = await settledAnswers(listings, { connection, settle }, [lamp]);
    expect(answers.get('LAMP-BRASS')).toMatchObject({
      kind: 'rejected',
      reasons: [expect.stringMatching(/header.*itemSpec/) as string],
    });
  });

  it('is priced alone outside the United States', async () => {
    const { party, connection } = await open({ currency: 'CAD', settings: { market: 'ca' } });
    const price = { price: { amount: 7500, currency: 'CAD' } };
    const answers = await listings.publish(connection, [
      { ...lamp, price },
      { ...mug, price },
    ]);
    expect([...answers.values()]).toMatchObject([{ value: { kind: 'live' } }, { value: { kind: 'rejected' } }]);
    expect(party.items.items.get('LAMP-BRASS')).toMatchObject({
      content: {},
      pricing: { currentPrice: { amount: 75, currency: 'CAD' } },
    });
  });
});

describe('what Walmart is told', () => {
  it('is the price to the cent, with what is struck through', () => {
    expect(priceOf('A', { price: { amount: 1005, currency: 'USD' } })).toEqual({
      sku: 'A',
      pricing: [{ currentPriceType: 'BASE', currentPrice: { currency: 'USD', amount: 10.05 } }],
    });
  });

  it('is an item by the spec: pounds to the thousandth, attributes of a merchant on top', () => {
    const { Orderable, Visible } = specItem(lamp, 'Desk Lamps', '012345678905', { isRetired: true });
    expect(Orderable).toEqual({
      sku: 'LAMP-BRASS',
      productIdentifiers: { productIdType: 'UPC', productId: '012345678905' },
      ShippingWeight: 2.866,
      endDate: '2049-12-31T00:00:00.000Z',
    });
    expect(Object.keys(Visible)).toEqual(['Desk Lamps']);
    expect(specItem(mug, 'Coffee Mugs', '4006381333931').Orderable).toMatchObject({
      price: 12,
      fulfillmentLagTime: 1,
      productIdentifiers: { productIdType: 'EAN' },
    });
    expect(Object.keys(itemFeedOf('5.0', []).MPItemFeedHeader)).toEqual(['businessUnit', 'locale', 'version']);
  });
});
