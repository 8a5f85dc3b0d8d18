import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasesOf } from '../../../../shared/model/network/listing-alias.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { readOffer } from '../availability/read-offer.ts';
import { act, channelId, quarantineWorld } from '../../fixtures/quarantine-world.ts';
import { cause } from '../../fixtures/stocked-world.ts';
import { type ListingInput, putListing } from './put-listing.ts';
import { putListings } from './put-listings.ts';
import { findListings, readListing } from './read-listing.ts';

const barcode = '4006381333931';

describe('a listing', () => {
  it('is found by every id, the variant first, and by none that it had before', async () => {
    const { ports, list } = quarantineWorld();
    await list('TEE', { variantId: 'V1', listingId: 'L1', barcode });
    await list('CAP', { variantId: 'V2', listingId: 'L2' });
    expect(await ports.skusOf(channelId, { variantId: 'V1' })).toEqual(['TEE']);
    expect(await ports.skusOf(channelId, { listingId: 'L1' })).toEqual(['TEE']);
    expect(await ports.skusOf(channelId, { barcode: `0${barcode}` })).toEqual(['TEE']);
    expect(await ports.skusOf(channelId, { variantId: 'V2', listingId: 'L1', barcode })).toEqual(['CAP']);
    expect(await ports.skusOf(channelId, { variantId: 'V9', barcode })).toEqual(['TEE']);
    expect(await ports.skusOf('elsewhere', { variantId: 'V1' })).toEqual([]);
    await list('TEE', { listingId: 'L3' });
    expect(await ports.skusOf(channelId, { variantId: 'V1', listingId: 'L1', barcode })).toEqual([]);
    expect(await ports.skusOf(channelId, { listingId: 'L3' })).toEqual(['TEE']);
  });

  it('of another variant is not taken for one that is not listed', async () => {
    const { ports, list } = quarantineWorld();
    await list('TEE-S', { variantId: 'V1', listingId: 'L1' });
    expect(await ports.skusOf(channelId, { variantId: 'V2', listingId: 'L1' })).toEqual([]);
    await list('TEE', { listingId: 'L1' });
    expect(await ports.skusOf(channelId, { variantId: 'V2', listingId: 'L1' })).toEqual(['TEE']);
  });

  it('that is put twice is written once', async () => {
    const { store, list } = quarantineWorld();
    const first = await list('TEE', { variantId: 'V1', barcode });
    const [before] = store.all('listing');
    expect(await list('TEE', { variantId: 'V1', barcode })).toEqual(first);
    expect(store.all('listing')).toEqual([before]);
  });

  it('has an id that another has too: both are found, until it is moved', async () => {
    const { ports, list, store } = quarantineWorld();
    await list('A', { variantId: 'V1', barcode, inventoryItemId: 'I1' });
    await list('B', { variantId: 'V1' });
    expect(await ports.skusOf(channelId, { variantId: 'V1' })).toEqual(['A', 'B']);
    expect(await findListings(ports)(channelId, { variantId: 'V1', limit: 50 })).toMatchObject({
      value: { listings: [{ sku: 'A' }, { sku: 'B' }] },
    });
    await list('B', { variantId: 'V1', inventoryItemId: 'I1', move: true });
    expect(await ports.skusOf(channelId, { variantId: 'V1' })).toEqual(['B']);
    expect(await readListing(ports)({ channelId, sku: 'A' })).toEqual({
      ok: true,
      value: { channelId, sku: 'A', barcode, state: 'LISTED', version: 2 },
    });
    expect(store.all('listingAlias')).toHaveLength(2);
  });

  it('of a kit has its channel told with a component, once that has stock', async () => {
    const { store, list } = quarantineWorld();
    const components = [{ sku: 'MUG', quantity: 2 }];
    store.given('product', { sku: 'SET', title: 'Set', tags: [], components, version: 1, updatedAt: act.now });
    await list('SET', { variantId: 'V1' });
    expect((await store.stockOf('MUG')).pools).toEqual([]);
    const key = { level: 'pool', sku: 'MUG', pool: 'online' } as const;
    await store.commit([{ kind: 'stock', key, add: { ats: 9 }, mayCreate: true, cause }]);
    await list('SET', { variantId: 'V2' });
    expect((await store.stockOf('MUG')).pools).toMatchObject([{ ats: 9, cause: { operation: 'tell' } }]);
  });

  it('is not moved from more SKUs than a transaction can hold', async () => {
    const { list } = quarantineWorld();
    for (let count = 0; count < 16; count += 1) await list(`S${count}`, { listingId: 'L1' });
    expect(await list('NEW', { listingId: 'L1', move: true })).toMatchObject({ refusal: { code: 'limit-exceeded' } });
  });

  it('is found by exactly the ids that it has, whatever was put, moved and put at once', async () => {
    const id = fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined });
    const row = fc.record({
      sku: fc.constantFrom('A', 'B', 'C'),
      ids: fc.record({ variantId: id, listingId: id, move: fc.option(fc.boolean(), { nil: undefined }) }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, { maxLength: 3 }), { maxLength: 6 }), async (rounds) => {
        const { ports, store } = quarantineWorld();
        for (const together of rounds)
          await Promise.all(
            together.map(({ sku, ids }: { sku: string; ids: ListingInput }) =>
              putListing(ports)({ channelId, sku }, ids, act),
            ),
          );
        const wanted = store.all('listing').flatMap(aliasesOf);
        const byText = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
        expect(byText(store.all('listingAlias'))).toEqual(byText(wanted));
      }),
      { numRuns: 60 },
    );
  });
});

describe('many listings in one call', () => {
  it('are each answered by itself', async () => {
    const { ports } = quarantineWorld();
    const rows = [
      { sku: 'A', variantId: 'V1' },
      { sku: 'B', barcode: 'no digits' },
      'nothing',
      { sku: 'C', listingId: 'L1' },
    ];
    expect(await putListings(ports)(channelId, rows, act)).toMatchObject({
      value: {
        listed: 2,
        refused: 2,
        results: [
          { row: 0, status: 'listed', listing: { sku: 'A', variantId: 'V1' } },
          { row: 1, status: 'refused', code: 'invalid-request', errors: [{ pointer: '/listings/1/barcode' }] },
          { row: 2, status: 'refused', code: 'invalid-request', errors: [{ pointer: '/listings/2' }] },
          { row: 3, status: 'listed', listing: { sku: 'C', listingId: 'L1' } },
        ],
      },
    });
    expect(await ports.skusOf(channelId, { listingId: 'L1' })).toEqual(['C']);
  });

  it('state a SKU once: the first row of it counts, a repeat is refused with where that is', async () => {
    const { ports } = quarantineWorld();
    const rows = [{ sku: 'A', variantId: 'V1' }, { sku: 'B' }, { sku: 'A', variantId: 'V2', move: true }];
    expect(await putListings(ports)(channelId, rows, act)).toMatchObject({
      value: {
        listed: 2,
        refused: 1,
        results: [
          { status: 'listed' },
          { status: 'listed' },
          { row: 2, status: 'refused', code: 'invalid-request', errors: [{ pointer: '/listings/2/sku' }] },
        ],
      },
    });
    expect(await readListing(ports)({ channelId, sku: 'A' })).toMatchObject({ value: { variantId: 'V1', version: 1 } });
  });

  it('of which none can be read, or on no channel, are refused as a whole', async () => {
    const { ports } = quarantineWorld();
    expect(await putListings(ports)(channelId, [{}, 7], act)).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/listings/0/sku' }, { pointer: '/listings/1' }] },
    });
    expect(await putListings(ports)('nowhere', [{ sku: 'A' }], act)).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });
});

describe('a listing without the id that its stock goes by', () => {
  it('is taken, with a word of what comes of that, and the offer of it says so too', async () => {
    const { store, ports } = worldOf(
      channelOf({ channelId: 'shopify-us', type: 'shopify', settings: { locationId: '1' } }),
    );
    const key = { channelId: 'shopify-us', sku: 'A1' };
    const lacking = 'give inventoryItemId';
    expect(await putListing(ports)(key, {}, act)).toMatchObject({
      value: { ...key, warnings: [`shopify-us will not be told of the stock of A1: ${lacking}.`] },
    });
    expect(store.all('listing')[0]).not.toHaveProperty('warnings');
    expect(await readOffer(ports)(key)).toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringContaining(lacking) as string },
    });
    expect(await putListing(ports)(key, { inventoryItemId: '7' }, act)).toEqual(
      ok({ ...key, inventoryItemId: '7', state: 'LISTED' }),
    );
  });
});
