import { describe, expect, it } from 'vitest';
import { refuse } from '../../../shared/kernel/result.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { allocated, captured, stocked } from '../../../shared/testing/world.ts';
import { acceptFulfillmentOrder } from './accept-and-pack.ts';
import { cancelFulfillmentOrder } from './cancel.ts';
import { deliverFulfillmentOrder } from './deliver.ts';
import { listFulfillmentOrders, readFulfillmentOrder } from './read.ts';
import { shipFulfillmentOrder } from './ship.ts';
import { callFor, operations, parcel, portsOn, workIn } from '../testing/client.ts';

const get = async (store: ReturnType<typeof memoryStore>, id: string) => {
  const work = await store.get('fulfillmentOrder', { fulfillmentOrderId: id });
  const order = await store.get('order', { orderId: work?.orderId ?? '' });
  if (work === undefined || order === undefined) throw new Error('gone');
  return { work, order, units: order.lines.map(({ units }) => units) };
};
const shelf = (store: ReturnType<typeof memoryStore>) => store.stock().positions.find(({ sku }) => sku === 'TEE');

describe('ship', () => {
  it.each(['ACCEPTED', 'PICKED', 'PACKED'] as const)(
    'from %s takes the units off the shelf and keeps the tracking',
    async (state) => {
      const store = memoryStore();
      const id = await workIn(store, state);
      const result = await shipFulfillmentOrder(portsOn(store))(callFor(id), {
        ...parcel,
        trackingUrl: 'https://ups.example/1Z',
      });
      expect(result).toMatchObject({
        ok: true,
        value: {
          state: 'SHIPPED',
          lines: [
            { lineId: '1', quantity: 2 },
            { lineId: '2', quantity: 3 },
          ],
        },
      });
      const { work, order, units } = await get(store, id);
      expect(work.shipment).toEqual({
        ...parcel,
        trackingUrl: 'https://ups.example/1Z',
        shippedAt: expect.any(String) as string,
      });
      expect(work.events[0]).toMatchObject({
        type: 'FulfillmentOrderShipped.v1',
        data: { ...parcel, trackingUrl: 'https://ups.example/1Z' },
      });
      expect(units).toMatchObject([{ shipped: 2, allocated: 0, picked: 0 }, { shipped: 3 }]);
      expect(order.events).toEqual([]);
      expect(shelf(store)).toMatchObject({ onHand: 8, allocated: 0, atf: 8 });
    },
  );
});

describe('deliver', () => {
  it('keeps when the carrier says it arrived', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'SHIPPED');
    await deliverFulfillmentOrder(portsOn(store))(callFor(id), '2026-11-24T10:00:00.000Z');
    const { work, units } = await get(store, id);
    expect(work.shipment?.deliveredAt).toBe('2026-11-24T10:00:00.000Z');
    expect(units).toMatchObject([
      { delivered: 2, shipped: 0 },
      { delivered: 3, shipped: 0 },
    ]);
  });

  it('leaves units that came back before the report where they are', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'SHIPPED');
    const { order } = await get(store, id);
    const lines = order.lines.map((line) =>
      line.lineId === '1' ? { ...line, units: { ...line.units, shipped: 0, returned: 2 } } : line,
    );
    store.given('order', { ...order, lines });
    expect(await deliverFulfillmentOrder(portsOn(store))(callFor(id))).toMatchObject({ ok: true });
    expect((await get(store, id)).units).toMatchObject([{ returned: 2, delivered: 0 }, { delivered: 3 }]);
  });
});

describe('cancel', () => {
  it('frees the stock and tells of the order’s units', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'PACKED');
    expect(await cancelFulfillmentOrder(portsOn(store))(callFor(id), 'parcel lost')).toMatchObject({
      ok: true,
      value: { state: 'CANCELLED' },
    });
    const { work, order, units } = await get(store, id);
    expect(work.events[0]).toMatchObject({ type: 'FulfillmentOrderCancelled.v1' });
    expect(order.events).toMatchObject([
      { type: 'OrderCancelled.v1', version: order.version, data: { reason: 'parcel lost', complete: true } },
    ]);
    expect(units).toMatchObject([
      { cancelled: 2, picked: 0 },
      { cancelled: 3, picked: 0 },
    ]);
    expect(shelf(store)).toMatchObject({ onHand: 10, allocated: 0, atf: 10 });
    expect(store.stock().pools.find(({ sku }) => sku === 'TEE')).toMatchObject({ ats: 10, reserved: 0 });
  });

  it('of one parcel leaves the rest of the order', async () => {
    const store = memoryStore();
    await stocked(store, 'TEE', 'store-boston', 10);
    const order = await captured(store, 1, [{ sku: 'TEE', quantity: 3 }]);
    const first = await allocated(store, order.orderId, 'store-boston', [{ lineId: '1', quantity: 1 }]);
    await allocated(store, order.orderId, 'store-boston', [{ lineId: '1', quantity: 2 }]);
    await cancelFulfillmentOrder(portsOn(store))(callFor(first.fulfillmentOrderId), 'duplicate');
    const after = await get(store, first.fulfillmentOrderId);
    expect(after.units).toMatchObject([{ cancelled: 1, allocated: 2 }]);
    expect(after.order.events).toMatchObject([
      { data: { complete: false, lines: [{ lineId: '1', sku: 'TEE', quantity: 1 }] } },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });
});

describe('every answer', () => {
  const all = Object.entries(operations);
  it.each(all)('%s refuses ids that name nothing', async (_name, operation) => {
    for (const id of ['', 'nonsense', 'ord_00000000000000000000000000-f1', 'ord_00000000000000000000000000-r1']) {
      expect(await operation(portsOn(memoryStore()), callFor(id))).toMatchObject({
        ok: false,
        refusal: { code: 'not-found' },
      });
    }
  });

  it.each(all.filter(([name]) => name !== 'release'))(
    '%s refuses a key that may not act for the location',
    async (_name, operation) => {
      const store = memoryStore();
      const id = await workIn(store, 'RELEASED');
      const before = store.all('fulfillmentOrder');
      const permit = () => refuse('forbidden', 'bound to another location');
      expect(await operation(portsOn(store), callFor(id, { permit }))).toMatchObject({
        ok: false,
        refusal: { code: 'forbidden' },
      });
      expect(store.all('fulfillmentOrder')).toEqual(before);
    },
  );

  it('keeps a waiting process on the fulfillment order', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'PACKED');
    expect((await get(store, id)).work.wait).toEqual({ taskToken: 'token', until: 'left' });
  });

  it('is tried again when others write the order meanwhile', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'ACCEPTED');
    const { order } = await get(store, id);
    const ports = portsOn(store);
    let reads = 0;
    const stale = {
      ...ports,
      order: (orderId: string) =>
        reads++ === 0 ? Promise.resolve({ ...order, version: order.version - 1 }) : ports.order(orderId),
    };
    expect(await shipFulfillmentOrder(stale)(callFor(id), parcel)).toMatchObject({ ok: true });
    expect(reads).toBe(2);
  });

  it('reads again when another’s commit fell between its two reads', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'ACCEPTED');
    const { work: old } = await get(store, id);
    await operations.pick(portsOn(store), callFor(id));
    const ports = portsOn(store);
    let reads = 0;
    const torn = {
      ...ports,
      fulfillmentOrder: (one: string) => (reads++ === 0 ? Promise.resolve(old) : ports.fulfillmentOrder(one)),
    };
    expect(await shipFulfillmentOrder(torn)(callFor(id), parcel)).toMatchObject({
      ok: true,
      value: { state: 'SHIPPED' },
    });
  });

  it('throws when the order does not hold the units at all', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'ACCEPTED');
    const { order } = await get(store, id);
    store.given('order', { ...order, lines: [] });
    await expect(operations.ship(portsOn(store), callFor(id))).rejects.toThrow('does not hold the units');
  });
});

describe('twice and late', () => {
  const once = { key: 'acceptFulfillmentOrder#ann#1', requestHash: 'a' };

  it('answers the same key with the first answer and writes nothing', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'RELEASED');
    const first = await acceptFulfillmentOrder(portsOn(store))(callFor(id, { once }));
    const version = (await get(store, id)).work.version;
    // A retry whose first call was committed while this one had read the state before.
    const work = { ...(await get(store, id)).work, state: 'RELEASED' as const, version: version - 1 };
    const late = { ...portsOn(store), fulfillmentOrder: () => Promise.resolve(work) };
    expect(await acceptFulfillmentOrder(late)(callFor(id, { once }))).toEqual(first);
    expect((await store.getOnce(once.key))?.reply).toEqual(first.ok && first.value);
    expect((await get(store, id)).work.version).toBe(version);
  });

  it('refuses the same key for another request', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'RELEASED');
    const other = await workIn(store, 'RELEASED', 2);
    await acceptFulfillmentOrder(portsOn(store))(callFor(id, { once }));
    const second = await acceptFulfillmentOrder(portsOn(store))(
      callFor(other, { once: { ...once, requestHash: 'b' } }),
    );
    expect(second).toMatchObject({ ok: false, refusal: { code: 'idempotency-key-reused' } });
    expect((await get(store, other)).work.state).toBe('RELEASED');
  });

  it('refuses a second accept under another key, and says what is allowed', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'ACCEPTED');
    expect(await acceptFulfillmentOrder(portsOn(store))(callFor(id, { once }))).toMatchObject({
      ok: false,
      refusal: { code: 'state-conflict', facts: { state: 'ACCEPTED', allowed: ['reject', 'pick', 'ship', 'cancel'] } },
    });
  });
});

describe('reading', () => {
  it('shows everything but the process behind it', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'SHIPPED');
    const result = await readFulfillmentOrder(portsOn(store))(id, () => ({ ok: true, value: true }));
    expect(result).toMatchObject({
      ok: true,
      value: { state: 'SHIPPED', shipTo: { country: 'US' }, shipment: parcel, rejections: [] },
    });
    expect(result.ok && Object.keys(result.value)).not.toContain('wait');
  });

  it('lists a location’s open work', async () => {
    const store = memoryStore();
    const open = await workIn(store, 'RELEASED');
    await workIn(store, 'SHIPPED', 2);
    const page = await listFulfillmentOrders(portsOn(store))('store-boston', { limit: 50 });
    expect(page).toMatchObject({
      ok: true,
      value: { fulfillmentOrders: [{ fulfillmentOrderId: open, state: 'RELEASED' }] },
    });
    expect(await listFulfillmentOrders(portsOn(store))('nowhere', { limit: 50 })).toEqual({
      ok: true,
      value: { fulfillmentOrders: [] },
    });
  });
});
