import { afterAll, describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import * as z from 'zod';
import { type AmazonSandbox, startAmazonSandbox } from '../../../../tests/sandboxes/amazon.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listingsContract, settledAnswers } from '../../testing/listings-contract.ts';
import { mug, tray } from './fixtures/listings.ts';
import { attributesOf } from './listings-attributes.ts';
import { submissionOf } from './listings-outcome.ts';
import { changeOf, creationOf } from './listings-requests.ts';
import { listings } from './listings.ts';

const credentials = { clientId: 'amzn1.app', clientSecret: 'a-client-secret', refreshToken: 'Atzr|refresh' };
const running: AmazonSandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.stop())));

async function open(over: Partial<Channel> = {}) {
  const party = await startAmazonSandbox(credentials);
  running.push(party);
  party.book.listings.list('MUG-BLUE');
  const place = { apiUrl: party.url, lwaUrl: party.lwaUrl, sellerId: 'A1TESTSELLER', marketplaceIds: 'ATVPDKIKX0DER' };
  const channel = channelOf({
    channelId: 'amazon-us',
    type: 'amazon',
    ...over,
    settings: { ...place, ...over.settings },
  });
  const connection = connectionOf(channel, { values: { ...credentials } });
  const settle = () => {
    party.book.catalog.workThrough(now);
    party.refill();
  };
  return { party, connection, settle };
}

listingsContract({
  listings,
  open: async () => {
    const { party, connection, settle } = await open();
    const stock = () => [mug, tray].map(({ sku }) => party.book.listings.shown(sku));
    const said = () =>
      [...party.book.catalog.items].map(([sku, { attributes, productType }]) => [sku, productType, attributes]);
    return { connection, settle, fail: party.fail, state: () => [stock(), said()] };
  },
  drafts: [mug, tray],
  bad: {
    draft: { ...tray, sku: 'BARE', content: { title: 'No brand', category: 'TRAY' } },
    reason: "'brand' is required",
  },
  secrets: [...Object.values(credentials), 'Atza|'],
});

describe('a listing at Amazon', () => {
  it('keeps what it is not told of: stock, handling time, business prices', async () => {
    const { party, connection, settle } = await open();
    const business = { marketplace_id: 'ATVPDKIKX0DER', currency: 'USD', audience: 'B2B' };
    party.book.catalog.patch('MUG-BLUE', {
      productType: 'DRINKING_CUP',
      patches: [{ op: 'replace', path: '/attributes/purchasable_offer', value: [business] }],
    });
    await settledAnswers(listings, { connection, settle }, [mug]);
    const offers = party.book.catalog.items.get('MUG-BLUE')?.attributes['purchasable_offer'];
    expect(offers).toMatchObject([
      business,
      { audience: 'ALL', our_price: [{ schedule: [{ value_with_tax: 19.99 }] }] },
    ]);
    expect(party.book.listings.shown('MUG-BLUE')).toEqual({ quantity: 0, handlingDays: 3 });
  });

  it('that is new is put whole, and has its ASIN once Amazon has looked at it', async () => {
    const { party, connection, settle } = await open();
    const [answer] = [...(await listings.publish(connection, [tray])).values()];
    const submission = answer?.ok === true && answer.value.kind === 'pending' ? answer.value.submission : '';
    expect(await listings.outcome?.(connection, submission, [tray])).toEqual({ ok: true, value: 'pending' });
    settle();
    expect(await listings.outcome?.(connection, submission, [tray])).toEqual({
      ok: true,
      value: new Map([['TRAY/OAK 2', { kind: 'live', ids: { variantId: expect.stringMatching(/^B0/) as string } }]]),
    });
    expect(party.calls).toEqual(['getListingsItem', 'putListingsItem', 'getListingsItem', 'getListingsItem']);
  });

  it('is rejected with what Amazon finds after it has taken it', async () => {
    const { party, connection, settle } = await open();
    party.book.catalog.restricted.add('Oak');
    const answers = await settledAnswers(listings, { connection, settle }, [tray]);
    expect(answers.get(tray.sku)).toEqual({
      kind: 'rejected',
      reasons: ['Restricted Products Policy Violation (18742)'],
    });
  });

  it('that nobody may buy has ended, and is open again when it is shown, its price unchanged', async () => {
    const { party, connection, settle } = await open();
    const { price: _price, ...unpriced } = mug;
    const offerAfter = async (draft: ListingDraft) => {
      await settledAnswers(listings, { connection, settle }, [draft]);
      return JSON.stringify(party.book.catalog.items.get(mug.sku)?.attributes['purchasable_offer']);
    };
    expect(await offerAfter(mug)).toContain('19.99');
    expect(await offerAfter({ ...unpriced, visibility: 'hidden' })).toContain(`"end_at":{"value":"${now}"}`);
    const shown = await offerAfter(unpriced);
    expect([shown.includes('19.99'), shown.includes('end_at')]).toEqual([true, false]);
  });

  it('needs a category where it is new, and a channel that says where it sells', async () => {
    const { party, connection } = await open();
    const { category: _category, ...content } = tray.content;
    const [answer] = [...(await listings.publish(connection, [{ ...tray, content }])).values()];
    expect(answer).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('product type') as string] },
    });
    const nowhere = await open({ settings: { program: 'vendor' } });
    const [other] = [...(await listings.publish(nowhere.connection, [tray])).values()];
    expect(other).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('sellerId') as string] },
    });
    expect([party.calls, nowhere.party.calls]).toEqual([['getListingsItem'], []]);
  });

  it('is waited for: old issues do not count before Amazon has touched it, and what never appears is given up after a day', async () => {
    const { connection } = await open();
    const ago = (minutes: number) =>
      submissionOf('s', new Date(Date.parse(now) - minutes * 60_000).toISOString(), 'shown');
    const outcome = async (minutes: number, draft: ListingDraft) => {
      const came = await listings.outcome?.(connection, ago(minutes), [draft]);
      return came?.ok === true && (came.value === 'pending' ? 'pending' : came.value.get(draft.sku)?.kind);
    };
    expect([await outcome(9, mug), await outcome(11, mug)]).toEqual(['pending', 'live']);
    expect([await outcome(60, tray), await outcome(24 * 60, tray)]).toEqual(['pending', 'rejected']);
  });
});

describe('the attributes of a listing', () => {
  const shelf = { marketplaceId: 'ATVPDKIKX0DER', currency: 'USD', now };

  it('are the draft, with what a merchant says by Amazon’s own names on top', () => {
    const attributes = { color: null, item_name: [{ value: 'By hand', marketplace_id: 'ATVPDKIKX0DER' }] };
    const own = attributesOf({ ...mug, content: { ...mug.content, attributes } }, shelf);
    expect([own['color'], own['item_name']]).toEqual([undefined, attributes.item_name]);
    expect(attributesOf(mug, shelf)).toMatchObject({
      list_price: [{ currency: 'USD', value: 24.5 }],
      externally_assigned_product_identifier: [{ type: 'ean', value: '4006381333931' }],
      item_package_weight: [{ unit: 'grams', value: 410 }],
    });
  });

  it('write amounts to the digit of their currency, and the list price by the name of the marketplace', () => {
    const yen = {
      ...mug,
      price: { price: { amount: 1500, currency: 'JPY' }, compareAt: { amount: 1800, currency: 'JPY' } },
    };
    const japan = attributesOf(yen, { ...shelf, marketplaceId: 'A1VC38T7YXB528' });
    expect(japan).toMatchObject({
      purchasable_offer: [{ currency: 'JPY', our_price: [{ schedule: [{ value_with_tax: 1500 }] }] }],
    });
    expect(japan['list_price']).toBeUndefined();
    const euro = {
      ...mug,
      price: { price: { amount: 1005, currency: 'EUR' }, compareAt: { amount: 1100, currency: 'EUR' } },
    };
    expect(attributesOf(euro, { ...shelf, marketplaceId: 'A1PA6795UKMFR9' })).toMatchObject({
      item_name: [{ language_tag: 'de_DE' }],
      list_price: [{ value_with_tax: 11, currency: 'EUR' }],
    });
  });

  it('are the offer alone for a product of Amazon’s catalog, and name the parent where the theme is known', () => {
    const asin = { merchant_suggested_asin: [{ value: 'B07N4M94X4', marketplace_id: 'ATVPDKIKX0DER' }] };
    const alone = creationOf({ ...mug, content: { ...mug.content, attributes: asin } }, 'PRODUCT', shelf);
    expect(alone.requirements).toBe('LISTING_OFFER_ONLY');
    expect(Object.keys(alone.attributes).sort()).toEqual([
      'condition_type',
      'list_price',
      'merchant_suggested_asin',
      'purchasable_offer',
    ]);
    const variant = { ...mug, parent: 'MUG' };
    expect(attributesOf(variant, shelf)).not.toHaveProperty('child_parent_sku_relationship');
    const themed = { ...variant, content: { ...mug.content, attributes: { variation_theme: [{ name: 'COLOR' }] } } };
    expect(attributesOf(themed, shelf)).toMatchObject({ child_parent_sku_relationship: [{ parent_sku: 'MUG' }] });
  });
});

describe.skipIf(!inputsPresent)("what Amazon is told, by Amazon's own schema (skipped where it is not)", () => {
  it('a listing with issues is live while it can be bought, or is hidden; else what keeps it from that are the reasons', async () => {
    const sample = z
      .looseObject({ summaries: z.array(z.looseObject({ marketplaceId: z.string() })) })
      .parse(JSON.parse(inputBytes('amazon/listings/getListingsItem.200.application-json.json').toString()));
    const { connection } = await open();
    const outcomeOf = async (status: readonly string[], visibility: ListingDraft['visibility']) => {
      const body = Buffer.from(
        JSON.stringify({ ...sample, summaries: sample.summaries.map((one) => ({ ...one, status })) }),
      );
      const call: typeof connection.call = (one) =>
        one.operation === 'getListingsItem'
          ? Promise.resolve({ ok: true, value: { status: 200, headers: {}, body } })
          : connection.call(one);
      const came = await listings.outcome?.(
        { ...connection, call },
        submissionOf('s', '2021-02-01T00:00:00Z', visibility),
        [mug],
      );
      return came?.ok === true && came.value !== 'pending' ? came.value.get(mug.sku) : undefined;
    };
    const live = { kind: 'live', ids: { variantId: 'B071VG5N9D' } };
    expect([await outcomeOf(['BUYABLE'], 'shown'), await outcomeOf([], 'hidden')]).toEqual([live, live]);
    const reasons = ['size', '18155', '18742'].map((what) => expect.stringContaining(what) as string);
    expect(await outcomeOf(['DISCOVERABLE'], 'shown')).toEqual({ kind: 'rejected', reasons });
  });

  it('a listing and its change keep the form of messages of JSON_LISTINGS_FEED, which are the same', () => {
    const schema = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(inputBytes('amazon/feeds/listings-feed-schema-v2.json').toString()));
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    const shelf = { marketplaceId: 'ATVPDKIKX0DER', currency: 'USD', now };
    const header = { sellerId: 'A1TESTSELLER', version: '2.0', issueLocale: 'en_US' };
    const messages = [
      { messageId: 1, sku: tray.sku, operationType: 'UPDATE', ...creationOf(tray, 'TRAY', shelf) },
      { messageId: 2, sku: mug.sku, operationType: 'PATCH', ...changeOf(mug, 'DRINKING_CUP', shelf) },
    ];
    expect([validate({ header, messages }), validate.errors]).toEqual([true, null]);
    expect(validate({ header, messages: [{ ...messages[0], operationType: 'PATCH' }] })).toBe(false);
  });
});
