import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ShopifySandbox, startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { type Acknowledgements, type Offer, isToldBy } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { shopify } from './connector.ts';

const location = 'gid://shopify/Location/1';
const item = (id: string) => `gid://shopify/InventoryItem/${id}`;
let shop: ShopifySandbox;
beforeEach(async () => {
  shop = await startShopifySandbox({ accessToken: 'shpat_right' });
  for (const id of ['11', '12', '13']) shop.inventory.stock(item(id), location, 0);
});
afterEach(() => shop.stop());

const channel = (over: Partial<Connection['channel']> = {}) =>
  channelOf({
    channelId: 'shopify-us',
    type: 'shopify',
    endpoint: { kind: 'shopify', url: shop.url, locationId: '1' },
    ...over,
  });
const connection = (accessToken = 'shpat_right', url = shop.url) =>
  connectionOf({ ...channel(), endpoint: { kind: 'shopify', url, locationId: '1' } }, { values: { accessToken } });
const publish = async (on: Connection, offers: readonly Offer[]): Promise<Acknowledgements> =>
  (await shopify.availability?.publish(on, offers)) ?? new Map();
const offer = (sku: string, id: string, quantity: number, previous?: number): Offer => ({
  sku,
  quantity,
  sequence: 1,
  ids: { inventoryItemId: id },
  ...(previous !== undefined && { previous }),
});
const shown = (id: string, at = location) => shop.inventory.available(item(id), at);

describe('the available quantity at Shopify', () => {
  it('is set for many items in one mutation, compared with what was acknowledged', async () => {
    const answers = await publish(connection(), [offer('A', '11', 5), offer('B', item('12'), 7, 0)]);
    expect([...answers.values()].every(({ ok }) => ok)).toBe(true);
    expect([shown('11'), shown('12')]).toEqual([5, 7]);
    expect(shop.calls).toHaveLength(1);
    expect(shop.calls[0]?.variables).toMatchObject({
      input: {
        name: 'available',
        reason: 'correction',
        quantities: [
          { quantity: 5, changeFromQuantity: null },
          { quantity: 7, changeFromQuantity: 0 },
        ],
      },
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('is set without comparing where the comparison is stale; the others keep theirs', async () => {
    shop.inventory.stock(item('11'), location, 3);
    const answers = await publish(connection(), [offer('A', '11', 9, 5), offer('B', '12', 4, 0)]);
    expect([...answers.values()].map(({ ok }) => ok)).toEqual([true, true]);
    expect([shown('11'), shown('12')]).toEqual([9, 4]);
    expect(shop.calls[1]?.variables).toMatchObject({
      input: { quantities: [{ changeFromQuantity: null }, { changeFromQuantity: 0 }] },
    });
  });

  it('goes through for the rest when Shopify does not know one item', async () => {
    const answers = await publish(connection(), [offer('A', '99', 9), offer('B', '12', 4)]);
    expect(answers.get('A')).toMatchObject({
      refusal: { detail: expect.stringContaining('could not be found') as string },
    });
    expect(answers.get('B')).toEqual({ ok: true, value: true });
    expect(shown('12')).toBe(4);
  });

  it('waits for the cost bucket, and gives up for now when it stays empty', async () => {
    shop.throttle(2, 2000);
    expect((await publish(connection(), [offer('A', '11', 5)])).get('A')).toMatchObject({ ok: true });
    expect(shop.calls.map(({ outcome }) => outcome === 'throttled')).toEqual([true, true, false]);
    shop.throttle(3, 2000);
    expect((await publish(connection(), [offer('A', '11', 6)])).get('A')).toMatchObject({
      refusal: { code: 'provider-unavailable', facts: { limit: true } },
    });
  });

  it('names a refused access token, a shop that breaks, one that is gone', async () => {
    expect((await publish(connection('shpat_wrong'), [offer('A', '11', 5)])).get('A')).toMatchObject({
      refusal: { detail: expect.stringContaining('access token') as string },
    });
    shop.fail(1);
    expect((await publish(connection(), [offer('A', '11', 5)])).get('A')).toMatchObject({
      refusal: { detail: expect.stringContaining('answered 500') as string },
    });
    expect((await publish(connection(undefined, 'http://127.0.0.1:9'), [offer('A', '11', 5)])).get('A')).toMatchObject({
      refusal: { code: 'provider-unavailable' },
    });
  });

  it('that no item can have is refused at once, and the rest is told', async () => {
    const answers = await publish(connection(), [offer('A', 'TEE-1', 5), offer('B', '12', 4)]);
    expect(answers.get('A')).toMatchObject({ refusal: { code: 'invalid-request' } });
    expect(answers.get('B')).toMatchObject({ ok: true });
  });

  it('of nothing is there where an item is not stocked; of something it is not', async () => {
    shop.inventory.stock(item('14'), 'gid://shopify/Location/2', 0);
    const answers = await publish(connection(), [offer('A', '14', 0)]);
    expect(answers.get('A')).toMatchObject({ ok: true });
    expect((await publish(connection(), [offer('A', '14', 1)])).get('A')).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('Stock it there') as string },
    });
  });
});

describe('by location', () => {
  const locations = { 1: 'boston', 2: 'austin' };
  const byLocation = () =>
    connectionOf(channel({ stockByLocation: true, locations }), { values: { accessToken: 'shpat_right' } });

  it('each has its part, compared with what it was told before; 250 quantities a mutation', async () => {
    for (let id = 0; id < 130; id += 1)
      for (const place of ['1', '2']) shop.inventory.stock(item(`9${id}`), `gid://shopify/Location/${place}`, 1);
    const offers = Array.from({ length: 130 }, (_, id) => ({
      ...offer(`S${id}`, `9${id}`, 5),
      locations: { 1: 3, 2: 2 },
      previousLocations: { 1: 1 },
    }));
    const answers = await publish(byLocation(), offers);
    expect([...answers.values()].every(({ ok }) => ok)).toBe(true);
    expect([shown('9129'), shown('9129', 'gid://shopify/Location/2')]).toEqual([3, 2]);
    expect(
      shop.calls.map(({ variables }) => (variables['input'] as { quantities: object[] }).quantities.length),
    ).toEqual([250, 10]);
    expect(shop.calls[1]?.variables).toMatchObject({
      input: { quantities: [1, 2, 3, 4, 5].flatMap(() => [{ changeFromQuantity: 1 }, { changeFromQuantity: null }]) },
    });
  });

  it('shows what each has', async () => {
    shop.inventory.stock(item('11'), 'gid://shopify/Location/2', 4);
    const listing = { channelId: 'shopify-us', sku: 'A', inventoryItemId: '11', version: 1 };
    const read = await shopify.availability?.read?.quantities(byLocation(), [listing]);
    expect(read).toEqual({ ok: true, value: new Map([['A', { quantity: 4, locations: { 1: 0, 2: 4 } }]]) });
  });

  it('is told only where the channel maps locations; at one place, where that is known', () => {
    const listing = { channelId: 'shopify-us', sku: 'A', inventoryItemId: '11', version: 1 };
    const shows = (over: Partial<Connection['channel']>) => isToldBy(shopify.availability, channel(over), listing);
    expect(shows({ stockByLocation: true })).toBe(false);
    expect(shows({ stockByLocation: true, locations })).toBe(true);
    expect(shows({ endpoint: { kind: 'none' } })).toBe(false);
    expect(shows({ endpoint: { kind: 'none' }, settings: { locationId: '1' } })).toBe(true);
  });
});

it('what is shown is read; an item that the shop does not know is left out', async () => {
  shop.inventory.stock(item('11'), location, 9);
  const listings = ['11', '99', 'TEE'].map((inventoryItemId) => ({
    ...{ channelId: 'shopify-us', sku: `S-${inventoryItemId}`, inventoryItemId, version: 1 },
  }));
  const read = await shopify.availability?.read?.quantities(connection(), listings);
  expect(read).toEqual({ ok: true, value: new Map([['S-11', { quantity: 9 }]]) });
});

it('any repeats and failures in between: Shopify ends with what was told last', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ quantity: fc.nat({ max: 5 }), fails: fc.constantFrom('no', 'done', 'dropped') }), {
        maxLength: 8,
      }),
      async (plan) => {
        shop.inventory.stock(item('13'), location, 77);
        let previous: number | undefined;
        for (const { quantity, fails } of [...plan, { quantity: 6, fails: 'no' as const }]) {
          if (fails !== 'no') shop.fail(1, fails);
          const answer = (await publish(connection(), [offer('A', '13', quantity, previous)])).get('A');
          previous = answer?.ok === true ? quantity : undefined;
        }
        expect(shown('13')).toBe(6);
      },
    ),
    { numRuns: 40 },
  );
});

describe('the sandbox answers as the recorded shop does', () => {
  const quantities = [{ inventoryItemId: item('11'), locationId: location, quantity: 5, changeFromQuantity: 0 }];
  const input = { name: 'available', reason: 'correction', quantities };

  it('a key is needed, and a comparison', () => {
    expect(shop.inventory.set(input, undefined)).toMatchObject({ kind: 'error', code: 'BAD_REQUEST' });
    const { changeFromQuantity: _, ...bare } = quantities[0] ?? { changeFromQuantity: 0 };
    expect(shop.inventory.set({ ...input, quantities: [bare] }, 'k')).toMatchObject({
      kind: 'error',
      code: 'INVALID_FIELD_ARGUMENTS',
    });
    expect(shop.inventory.set({ ...input, ignoreCompareQuantity: true }, 'k')).toMatchObject({
      kind: 'error',
      code: 'INVALID_VARIABLE',
    });
  });

  it('the same key is the same call; with other input it is refused', () => {
    const first = shop.inventory.set(input, 'k');
    shop.inventory.stock(item('11'), location, 1);
    expect(shop.inventory.set(input, 'k')).toEqual(first);
    expect(shown('11')).toBe(1);
    expect(shop.inventory.set({ ...input, reason: 'restock' }, 'k')).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' }],
    });
  });

  it('a stale comparison and a quantity out of bounds are userErrors', () => {
    expect(
      shop.inventory.set({ ...input, quantities: [{ ...quantities[0], changeFromQuantity: 3 }] }, 'a'),
    ).toMatchObject({ group: null, userErrors: [{ code: 'CHANGE_FROM_QUANTITY_STALE' }] });
    expect(shop.inventory.set({ ...input, quantities: [{ ...quantities[0], quantity: -1 }] }, 'b')).toMatchObject({
      userErrors: [{ code: 'INVALID_QUANTITY_NEGATIVE' }],
    });
  });
});
