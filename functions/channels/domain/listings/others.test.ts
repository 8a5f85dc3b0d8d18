import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChannelType } from '../../../../shared/contracts/network/channel-types.ts';
import { connectors } from '../../connectors/index.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { targetOf } from './others.ts';
import { type ListingInput, putListing } from './put-listing.ts';
import { putListings } from './put-listings.ts';
import { takeOutListing } from './take-out.ts';

const channelId = 'shop';
const act = { now, actor: 'ops' };

function listedOn(type: ChannelType) {
  const { store, ports } = worldOf(channelOf({ channelId, type }));
  return {
    store,
    ports,
    list: (sku: string, input: ListingInput) => putListing(ports)({ channelId, sku }, input, act),
  };
}
const refused = (sku: string) => ({
  refusal: { code: 'state-conflict', detail: expect.stringContaining(sku) as string, facts: { skus: [sku] } },
});

describe('two SKUs that would be told as one', () => {
  it.each<[ChannelType, ListingInput, ListingInput]>([
    ['woocommerce', { listingId: '11' }, { listingId: '11' }],
    ['woocommerce', { listingId: '11' }, { variantId: '11' }],
    ['woocommerce', { listingId: '11', variantId: '7' }, { listingId: '11', variantId: '7' }],
    ['shopify', { inventoryItemId: '9' }, { variantId: '5', inventoryItemId: '9' }],
    ['bigcommerce', { variantId: '5', listingId: '1' }, { variantId: '5' }],
    ['tiktok', { variantId: '5', listingId: '1' }, { variantId: '5', listingId: '2' }],
    ['square', { variantId: 'V' }, { variantId: 'V' }],
    ['walmart', { inventoryItemId: 'THEIRS' }, { inventoryItemId: 'THEIRS' }],
    ['amazon', {}, { inventoryItemId: 'A' }],
    ['ebay', { inventoryItemId: 'offer-1' }, { inventoryItemId: 'offer-1' }],
  ])('are refused on %s: %j and %j', async (type, first, second) => {
    const { store, list } = listedOn(type);
    expect(await list('A', first)).toMatchObject({ ok: true });
    expect(await list('C', second)).toMatchObject(refused('A'));
    expect(store.all('listing').map(({ sku }) => sku)).toEqual(['A']);
    expect(await list('A', first), 'the first may be put again').toMatchObject({ ok: true });
  });

  it.each<[ChannelType, ListingInput, ListingInput]>([
    ['woocommerce', { listingId: '11', variantId: '7' }, { listingId: '11', variantId: '8' }],
    ['shopify', { listingId: '1', inventoryItemId: '9' }, { listingId: '1', inventoryItemId: '10' }],
    ['shopify', { variantId: '1' }, { variantId: '1' }],
    ['ebay', { listingId: '1' }, { listingId: '1' }],
    ['walmart', { listingId: '1', barcode: '12345678' }, { listingId: '1', barcode: '12345678' }],
    ['webhook', { listingId: '11' }, { listingId: '11' }],
  ])(
    'are not those that the channel tells apart, or is told nothing of, on %s: %j and %j',
    async (type, first, second) => {
      const { list } = listedOn(type);
      expect(await list('A', first)).toMatchObject({ ok: true });
      expect(await list('C', second)).toMatchObject({ ok: true });
    },
  );

  it('in one call: the first is listed, the second refused, whichever way round they are worked on', async () => {
    const { ports } = listedOn('woocommerce');
    const rows = ['A', 'B', 'C'].map((sku) => ({ sku, listingId: sku === 'B' ? '12' : '11' }));
    expect(await putListings(ports)(channelId, rows, act)).toMatchObject({
      value: {
        listed: 2,
        results: [{ status: 'listed' }, { status: 'listed' }, { status: 'refused', code: 'state-conflict' }],
      },
    });
  });

  it('are one with move: the other has the ids no more', async () => {
    const { store, list } = listedOn('shopify');
    await list('A', { variantId: '5', inventoryItemId: '9' });
    expect(await list('C', { inventoryItemId: '9', move: true })).toMatchObject({ ok: true });
    expect(await store.get('listing', { channelId, sku: 'A' })).not.toHaveProperty('inventoryItemId');
    expect(await list('C', { inventoryItemId: '9', move: true }), 'again').toMatchObject({ ok: true });
  });

  it('cannot be moved where the other is known there by its SKU', async () => {
    const { list } = listedOn('walmart');
    await list('A', {});
    expect(await list('C', { inventoryItemId: 'A', move: true })).toMatchObject(refused('A'));
  });

  it('may follow one another: once the first is out, not while it is leaving', async () => {
    const { list, ports, store } = listedOn('walmart');
    await list('A', { inventoryItemId: 'X' });
    await takeOutListing(ports)({ channelId, sku: 'A' }, { now, goneAtChannel: false });
    expect(await store.get('listing', { channelId, sku: 'A' })).toMatchObject({ out: { state: 'LEAVING' } });
    expect(await list('C', { inventoryItemId: 'X' })).toMatchObject(refused('A'));
    await takeOutListing(ports)({ channelId, sku: 'A' }, { now, goneAtChannel: true });
    expect(await list('C', { inventoryItemId: 'X' })).toMatchObject({ ok: true });
    expect(await list('A', { inventoryItemId: 'X' }), 'back again').toMatchObject(refused('C'));
  });

  const id = fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined });
  const deed = fc.record({
    sku: fc.constantFrom('A', 'B', '1'),
    what: fc.constantFrom('put' as const, 'put' as const, 'move' as const, 'out' as const),
    ids: fc.record({ variantId: id, listingId: id, inventoryItemId: id }),
  });
  it.each(['walmart', 'woocommerce'] as const)(
    'are never two, whatever is put, moved, taken out and brought back at once: %s',
    async (type) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(deed, { maxLength: 3 }), { maxLength: 6 }), async (rounds) => {
          const { ports, list, store } = listedOn(type);
          for (const together of rounds)
            await Promise.all(
              together.map(({ sku, what, ids }) =>
                what === 'out'
                  ? takeOutListing(ports)({ channelId, sku }, { now, goneAtChannel: true })
                  : list(sku, { ...ids, move: what === 'move' }),
              ),
            );
          const told = store
            .all('listing')
            .flatMap((one) => (one.out === undefined ? (targetOf(connectors[type].availability, one) ?? []) : []));
          expect(new Set(told).size).toBe(told.length);
        }),
        { numRuns: 150 },
      );
    },
  );
});
