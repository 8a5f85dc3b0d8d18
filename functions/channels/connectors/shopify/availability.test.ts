import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ShopifySandbox, startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { type Offer } from '../../domain/connector.ts';
import { publishAvailability } from '../../domain/availability/publish-availability.ts';
import { putListing } from '../../domain/listings/put-listing.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { availability, channelOf, worldOf } from '../../fixtures/world.ts';
import { publish } from './availability.ts';

const act = { now, actor: 'test' };
const location = 'gid://shopify/Location/1';
const item = (id: string) => `gid://shopify/InventoryItem/${id}`;
let shop: ShopifySandbox;
beforeEach(async () => {
  shop = await startShopifySandbox({ accessToken: 'shpat_right' });
  for (const id of ['11', '12', '13']) shop.inventory.stock(item(id), location, 0);
});
afterEach(() => shop.stop());

const channel = () =>
  channelOf({
    channelId: 'shopify-us',
    type: 'shopify',
    endpoint: { kind: 'shopify', url: shop.url, locationId: '1' },
  });
const connection = (accessToken = 'shpat_right', url = shop.url) =>
  connectionOf({ ...channel(), endpoint: { kind: 'shopify', url, locationId: '1' } }, { values: { accessToken } });
/** The capability, with the shop's access token. */
const world = () => {
  const { store, ports } = worldOf(channel());
  const values = { accessToken: 'shpat_right' };
  return { store, ports: { ...ports, connection: () => Promise.resolve(connectionOf(channel(), { values })) } };
};
const offer = (sku: string, id: string, quantity: number, previous?: number): Offer => ({
  sku,
  quantity,
  sequence: 1,
  inventoryItemId: id,
  ...(previous !== undefined && { previous }),
});
const shown = (id: string) => shop.inventory.available(item(id), location);

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
      refusal: { code: 'too-busy' },
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

  it('is told for listed SKUs only, and again after a call whose answer was lost', async () => {
    const { ports, store } = world();
    await putListing(ports)({ channelId: 'shopify-us', sku: 'A' }, { inventoryItemId: '11' }, act);
    const tell = publishAvailability(ports, { now: () => now });
    expect(await tell([availability('A', 1, 5), availability('NOT-LISTED', 1, 5)])).toEqual([]);
    shop.fail(1, 'done');
    expect(await tell([availability('A', 2, 4)])).toHaveLength(1);
    expect(shown('11')).toBe(4);
    expect(await tell([availability('A', 2, 4)])).toEqual([]);
    expect(shown('11')).toBe(4);
    expect(store.all('listing')).toMatchObject([{ sku: 'A', published: 4, publishedVersion: 2 }]);
  });

  it('is told anew when the listing names another item', async () => {
    const { ports } = world();
    const list = putListing(ports);
    await list({ channelId: 'shopify-us', sku: 'A' }, { inventoryItemId: '11' }, act);
    const tell = publishAvailability(ports, { now: () => now });
    await tell([availability('A', 1, 5)]);
    await list({ channelId: 'shopify-us', sku: 'A' }, { inventoryItemId: '12' }, act);
    await tell([availability('A', 2, 5)]);
    expect(shown('12')).toBe(5);
  });
});

it('any order, any repeats, any failures: Shopify, which keeps whatever comes last, ends with the newest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 5 }), { maxLength: 10 }), fc.nat({ max: 3 }), async (plan, failures) => {
      shop.inventory.stock(item('13'), location, 77);
      const { ports, store } = world();
      await putListing(ports)({ channelId: 'shopify-us', sku: 'A' }, { inventoryItemId: '13' }, act);
      const tell = publishAvailability(ports, { now: () => now });
      shop.fail(failures, failures % 2 === 0 ? 'dropped' : 'done');
      shop.delay(() => Math.floor(Math.random() * 3));
      const queue = async (version: number) => {
        for (let attempt = 0; attempt < 20; attempt += 1) {
          // 5, 6, 7, 5, 6, 7…: quantities come back, so that a comparison alone would not tell late from early.
          if ((await tell([availability('A', version, 5 + (version % 3))])).length === 0) return;
        }
        throw new Error('a message went to the dead-letter queue');
      };
      await Promise.all([...plan, 6].map((version) => queue(version)));
      shop.fail(0);
      expect(shown('13')).toBe(5);
      expect(store.all('listing')).toMatchObject([{ wantedVersion: 6, publishedVersion: 6, published: 5 }]);
    }),
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
