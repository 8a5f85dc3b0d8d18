import { expect, it } from 'vitest';
import { now } from '../../fixtures/now.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { findListings } from './read-listing.ts';

const channelId = 'shop';

function listedWorld() {
  const { store, ports } = worldOf(
    channelOf({ channelId, type: 'webhook' }),
    channelOf({ channelId: 'other', type: 'webhook' }),
  );
  const refused = { at: now, code: 'invalid-request', detail: 'It is gone there.' };
  const offer = { wanted: 3, wantedVersion: 1, wantedPool: 'online', wantedAt: now, published: 5, publishedAt: now };
  store.given('listing', { channelId, sku: 'B', version: 1, variantId: 'V1', offer: { ...offer, refused } });
  for (const sku of ['C', 'A']) store.given('listing', { channelId, sku, version: 1 });
  for (const sku of ['A', 'B', 'C']) store.given('listing', { channelId: 'other', sku, version: 1 });
  return { find: findListings(ports), refused };
}

it('everything that is listed on a channel is listed in the order of SKUs, page by page', async () => {
  const { find, refused } = listedWorld();
  const first = await find(channelId, { limit: 2 });
  expect(first).toMatchObject({
    value: {
      listings: [
        { channelId, sku: 'A' },
        { channelId, sku: 'B', variantId: 'V1', wanted: 3, published: 5, publishedAt: now, refused },
      ],
    },
  });
  const cursor = first.ok ? first.value.cursor : undefined;
  expect(cursor).toBeDefined();
  expect(await find(channelId, { cursor, limit: 2 })).toEqual({
    ok: true,
    value: { listings: [{ channelId, sku: 'C', state: 'LISTED' }] },
  });
  for (const foreign of ['B', cursor])
    expect(await find('other', { cursor: foreign, limit: 2 })).toMatchObject({ refusal: { code: 'invalid-request' } });
});

it('nothing is listed on a channel that is none', async () => {
  const { find } = listedWorld();
  for (const ids of [{}, { variantId: 'V1' }])
    expect(await find('nowhere', { ...ids, limit: 2 })).toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringContaining('no channel nowhere') as unknown },
    });
});
