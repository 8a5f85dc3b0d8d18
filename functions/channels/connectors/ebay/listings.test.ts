import { afterEach, describe, expect, it } from 'vitest';
import { ebayKeys, type EbaySandbox, startEbaySandbox } from '../../../../tests/sandboxes/ebay.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listingsContract, settledAnswers } from '../../testing/listings-contract.ts';
import { mug, selling, tray } from './fixtures/listings.ts';
import { submissionOf } from './listings-outcome.ts';
import { changeOf, itemOf, newOfferOf } from './listings-requests.ts';
import { listings } from './listings.ts';

const opened: EbaySandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

async function open(over: Partial<Channel> = {}) {
  const party = await startEbaySandbox();
  opened.push(party);
  party.inventory.list('MUG-RED');
  const channel = channelOf({ channelId: 'ebay-us', type: 'ebay', ...over });
  const settings = { apiUrl: party.url, ...selling, ...over.settings };
  const connection = connectionOf({ ...channel, settings }, { values: { ...ebayKeys } });
  // What the lane of stock does once a SKU has its offer's id.
  const settle = () => {
    for (const { sku } of party.listings.offers.values()) party.inventory.items.set(sku, { quantity: 5 });
  };
  return { party, connection, settle };
}

listingsContract({
  listings,
  open: async () => {
    const { party, connection, settle } = await open();
    const fail = (status: 429 | 503, times: number) => party.troubles.answer({ status }, times);
    // Numbers are given in the order of the calls.
    const offers = () =>
      [...party.listings.offers.values()].map((one) => ({ ...one, listingId: one.listingId !== undefined }));
    const state = () => [
      [...party.listings.items].sort(),
      offers().sort((a, b) => a.sku.localeCompare(b.sku)),
      [...party.inventory.items.keys()].sort(),
    ];
    return { connection, settle, fail, state };
  },
  drafts: [mug, tray],
  bad: { draft: { ...tray, sku: 'LONG', content: { title: 'x'.repeat(81), category: '1' } }, reason: 'title' },
  secrets: [ebayKeys.clientSecret, ebayKeys.refreshToken],
});

const changes = (calls: readonly string[]) =>
  calls.filter((call) => !call.startsWith('GET') && !call.includes('oauth2'));

describe('a listing at eBay', () => {
  it('of a SKU that eBay does not take is rejected in its words, and not asked for again and again', async () => {
    const { connection } = await open();
    const long = { ...mug, sku: 'X'.repeat(51) };
    expect((await listings.publish(connection, [long])).get(long.sku)).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('invalid value for a SKU') as string] },
    });
  });

  it('is an item, an offer, and published once there is stock', async () => {
    const { party, connection, settle } = await open();
    const [answer] = [...(await listings.publish(connection, [mug])).values()];
    expect(answer).toMatchObject({ value: { kind: 'pending', ids: { inventoryItemId: '9000000000' } } });
    const submission = answer?.ok === true && answer.value.kind === 'pending' ? answer.value.submission : '';
    expect(await listings.outcome?.(connection, submission, [mug])).toEqual({ ok: true, value: 'pending' });
    settle();
    const ids = { inventoryItemId: '9000000000', listingId: '110500000001' };
    const live = { ok: true, value: new Map([['MUG-RED', { kind: 'live', ids }]]) };
    expect(await listings.outcome?.(connection, submission, [mug])).toEqual(live);
    expect(await listings.outcome?.(connection, submission, [mug])).toEqual(live);
    expect(party.listings.items.get('MUG-RED')?.product).toEqual({
      title: 'Red mug, 350 ml',
      description: '<p>Stoneware.</p>',
      brand: 'Kilnfield',
      mpn: 'KF-35-R',
      aspects: { Brand: ['Kilnfield'], Color: ['Red'], Material: ['Stoneware'] },
      imageUrls: ['https://images.example.com/mug.jpg'],
      ean: ['4006381333931'],
    });
  });

  it('that waits for stock in vain is rejected after half an hour, in eBay’s words', async () => {
    const { connection } = await open();
    await listings.publish(connection, [mug]);
    const since = new Date(Date.parse(now) - 30 * 60_000).toISOString();
    expect(await listings.outcome?.(connection, submissionOf('9000000000', since), [mug])).toMatchObject({
      value: new Map([
        ['MUG-RED', { kind: 'rejected', reasons: [expect.stringContaining('greater than 0') as string] }],
      ]),
    });
  });

  it('is revised by what differs alone: nothing, its price, or its words, and keeps its stock', async () => {
    const { party, connection, settle } = await open();
    const world = { connection, settle };
    const told = async (draft: ListingDraft) => {
      const before = party.calls.length;
      await settledAnswers(listings, world, [draft]);
      return changes(party.calls.slice(before)).map((call) => call.replace('/sell/inventory/v1', ''));
    };
    await told(mug);
    expect(await told(mug)).toEqual([]);
    const cheaper = { ...mug, price: { price: { amount: 1299, currency: 'USD' } } };
    expect(await told(cheaper)).toEqual(['POST /bulk_update_price_quantity']);
    expect([...party.listings.offers.values()][0]?.details.pricingSummary.price.value).toBe('12.99');
    expect(await told({ ...cheaper, content: { ...mug.content, title: 'Mug' } })).toEqual([
      'PUT /inventory_item/MUG-RED',
    ]);
    expect(await told({ ...cheaper, content: { ...mug.content, category: '77' } })).toEqual([
      'PUT /inventory_item/MUG-RED',
      'PUT /offer/9000000000',
    ]);
    expect(party.inventory.items.get('MUG-RED')?.quantity).toBe(5);
  });

  it('that is hidden ends and is published anew; that is gone leaves its item', async () => {
    const { party, connection, settle } = await open();
    const world = { connection, settle };
    const listingIds = () => [...party.listings.offers.values()].map(({ listingId }) => listingId);
    await settledAnswers(listings, world, [mug]);
    await settledAnswers(listings, world, [{ ...mug, visibility: 'hidden' }]);
    expect(listingIds()).toEqual([undefined]);
    await settledAnswers(listings, world, [mug]);
    expect(listingIds()).toEqual(['110500000002']);
    await settledAnswers(listings, world, [{ ...mug, visibility: 'gone' }]);
    expect([listingIds(), party.listings.items.has('MUG-RED')]).toEqual([[], true]);
  });

  it('is rejected with what eBay has against it, at once or when it is published', async () => {
    const { party, connection, settle } = await open();
    party.listings.restricted.add('Oak');
    const answers = await settledAnswers(listings, { connection, settle }, [tray]);
    expect(answers.get(tray.sku)).toEqual({
      kind: 'rejected',
      reasons: ['Cannot publish listing. The item violates a policy of eBay. (error 25019)'],
    });
  });

  it('needs what the channel says of selling, a category and a price; and a site', async () => {
    const { party, connection } = await open({ settings: { paymentPolicyId: '', returnPolicyId: '' } });
    const { price: _price, ...unpriced } = tray;
    const answer = (await listings.publish(connection, [{ ...unpriced, content: { title: 'Tray' } }])).get(tray.sku);
    const reasons = ['paymentPolicyId, returnPolicyId', 'category', 'price'].map(
      (what) => expect.stringContaining(what) as string,
    );
    expect(answer).toMatchObject({ value: { kind: 'rejected', reasons } });
    expect(changes(party.calls)).toEqual([]);
    const euro = await open({ currency: 'EUR' });
    const price = { price: { amount: 4500, currency: 'EUR' } };
    expect((await listings.publish(euro.connection, [{ ...tray, price }])).get(tray.sku)).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('marketplaceId') as string] },
    });
  });

  it('that is revised too often is told tomorrow', async () => {
    const { party, connection } = await open();
    const errors = [
      { errorId: 1, category: 'REQUEST', message: 'You have exceeded the limit of 250 revisions today.' },
    ];
    const call: typeof connection.call = (one) =>
      one.operation === 'listing'
        ? Promise.resolve({
            ok: true,
            value: { status: 400, headers: {}, body: Buffer.from(JSON.stringify({ errors })) },
          })
        : connection.call(one);
    expect((await listings.publish({ ...connection, call }, [mug])).get(mug.sku)).toMatchObject({
      refusal: { code: 'provider-unavailable', facts: { limit: true } },
    });
    expect(party.listings.offers.size).toBe(0);
  });
});

describe('what eBay is told', () => {
  it('keeps of an item what the draft does not say', () => {
    const before = {
      sku: 'A',
      locale: 'en_US',
      condition: 'USED_GOOD',
      availability: { a: 1 },
      product: { title: 'Old', aspects: { Size: ['L'] } },
    };
    expect(itemOf(tray, before)).toEqual({
      condition: 'USED_GOOD',
      availability: { a: 1 },
      product: { title: 'Oak tray', aspects: { Size: ['L'] } },
    });
  });

  it('leaves a price that is not said as it is', () => {
    const { price: _price, ...unpriced } = tray;
    const offer = { offerId: '1', categoryId: '20696', pricingSummary: { price: { value: '9.00', currency: 'USD' } } };
    expect([changeOf(unpriced, offer), changeOf(tray, offer)]).toEqual(['nothing', 'price']);
  });

  it('is an offer on the site of the currency, by what the channel says', () => {
    const channel = channelOf({ channelId: 'e', type: 'ebay', currency: 'GBP', settings: selling });
    expect(newOfferOf(mug, channel)).toMatchObject({
      marketplaceId: 'EBAY_GB',
      listingPolicies: { fulfillmentPolicyId: '6001', paymentPolicyId: '6002', returnPolicyId: '6003' },
    });
  });
});
