import { expect, it } from 'vitest';
import { listingStateOf, released } from './listing-state.ts';
import { type Listing } from './network.ts';
import { type ListingOffer } from './offer.ts';

const at = '2026-11-22T09:30:00.000Z';
const offer: ListingOffer = { wanted: 0, wantedVersion: 3, wantedPool: 'online', wantedAt: at, published: 0 };
const leaving = (more: Partial<ListingOffer> = {}): Listing => ({
  ...{ channelId: 'shop', sku: 'A', variantId: 'V1', version: 4 },
  offer: { ...offer, ...more },
  out: { state: 'LEAVING', since: at },
});

it.each([
  ['a call is due', { due: { urgency: 'now', at, since: at } }, 'LEAVING'],
  ['a feed may yet put an older quantity over it', { feed: { feedId: 'F1', quantity: 5, since: at } }, 'LEAVING'],
  ['the channel refused it', { refused: { at, code: 'invalid-request', detail: 'No.' } }, 'LEAVING'],
  ['the channel does not know it', { refused: { at, code: 'not-found', detail: 'No such item.' } }, 'OUT'],
  ['nothing is to be told', {}, 'OUT'],
] as const)('a listing that leaves, where %s', (_, more, state) => {
  const after = released(leaving(more));
  expect(listingStateOf(after)).toBe(state);
  expect(after).toEqual(
    state === 'OUT'
      ? { channelId: 'shop', sku: 'A', variantId: 'V1', version: 4, out: { state, since: at } }
      : leaving(more),
  );
});

it('no other goes', () => {
  const { out: _out, ...listed } = leaving();
  expect(released(listed)).toBe(listed);
});
