import { describe, expect, it } from 'vitest';
import { type Order } from '../../../shared/model/orders/order.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation, stocked } from '../../../shared/testing/world.ts';
import { aNetwork, context, onlyOrder, paidOrder, portsOn } from '../testing/paid-orders.ts';
import { routeOrder } from './route-order.ts';

const boston = { postalCode: '02108', stock: { TEE: 5, CAP: 1 } };
const seattle = { postalCode: '98101', stock: { TEE: 9, CAP: 9 } };
const route = (store: MemoryStore, { orderId }: Pick<Order, 'orderId'>) =>
  routeOrder(portsOn(store))({ ...context, orderId });
const work = (store: MemoryStore) =>
  store.all('fulfillmentOrder').map(({ location, lines, state }) => ({
    location,
    state,
    lines: lines.map(({ sku, quantity }) => `${quantity} ${sku}`),
  }));

describe('a plan that covers everything', () => {
  it('is allocated with its fulfillment orders, events and reasons in one transaction', async () => {
    const store = await aNetwork({ boston, seattle, empty: { postalCode: '10001', stock: {} } });
    const order = await paidOrder(store, 1, [
      { sku: 'TEE', quantity: 2 },
      { sku: 'CAP', quantity: 1 },
    ]);
    expect(await route(store, order)).toEqual({ ok: true, value: { orderId: order.orderId, fulfillmentOrders: 1 } });
    expect(work(store)).toEqual([{ location: 'boston', state: 'ALLOCATED', lines: ['2 TEE', '1 CAP'] }]);
    const [work1] = store.all('fulfillmentOrder');
    expect(work1).toMatchObject({
      fulfillmentOrderId: `${order.orderId}-f1`,
      version: 1,
      events: [{ type: 'FulfillmentOrderAllocated.v1', version: 1 }],
    });
    expect(work1?.distanceKm).toBeLessThan(20);
    const routed = onlyOrder(store);
    expect(routed).toMatchObject({
      version: 2,
      fulfillmentOrders: 1,
      events: [{ type: 'OrderRouted.v1', version: 2 }],
    });
    expect(routed.events[0]?.data).toMatchObject({
      parcels: 1,
      explanation: {
        rule: 'fewest parcels, then fewest split lines, then nearest',
        excluded: [{ location: 'empty', reason: 'has no stock of what is to be sent' }],
      },
    });
    expect(routed.lines.map(({ units }) => [units.reserved, units.allocated])).toEqual([
      [0, 2],
      [0, 1],
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is done once, however often it is asked for', async () => {
    const store = await aNetwork({ boston });
    const order = await paidOrder(store, 1, [{ sku: 'TEE', quantity: 2 }]);
    await route(store, order);
    const before = [...store.all('order'), ...store.all('fulfillmentOrder')];
    expect(await route(store, order)).toEqual({ ok: true, value: { orderId: order.orderId, fulfillmentOrders: 0 } });
    expect([...store.all('order'), ...store.all('fulfillmentOrder')]).toEqual(before);
  });

  it('is done once when its answer was lost', async () => {
    const store = await aNetwork({ boston });
    const order = await paidOrder(store, 1, [{ sku: 'TEE', quantity: 2 }]);
    const crashing = {
      ...portsOn(store),
      commit: async (...call: Parameters<MemoryStore['commit']>) => {
        await store.commit(...call);
        throw new Error('crash');
      },
    };
    await expect(routeOrder(crashing)({ ...context, orderId: order.orderId })).rejects.toThrow('crash');
    expect(await route(store, order)).toMatchObject({ ok: true });
    expect(work(store)).toEqual([{ location: 'boston', state: 'ALLOCATED', lines: ['2 TEE'] }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('never asks a location again that rejected the SKU, nor one that is not active or of another pool', async () => {
    const store = await aNetwork({ boston, seattle, closed: boston, elsewhere: boston });
    store.given(
      'location',
      aLocation('closed', { postalCode: '02108', active: false }),
      aLocation('elsewhere', { postalCode: '02108', pool: 'stores' }),
    );
    const order = await paidOrder(store, 1, [{ sku: 'TEE', quantity: 2 }], {
      rejectedBy: [{ location: 'boston', sku: 'TEE', reason: 'not-found' }],
    });
    await route(store, order);
    expect(work(store)).toEqual([{ location: 'seattle', state: 'ALLOCATED', lines: ['2 TEE'] }]);
    expect(onlyOrder(store).events[0]?.data).toMatchObject({
      explanation: {
        excluded: [
          { location: 'boston', reason: 'rejected TEE for this order: not-found' },
          { location: 'closed', reason: 'is not active' },
        ],
      },
    });
  });
});

describe('what keeps an order from being routed', () => {
  it('is an order that is not there, a payment, a hold', async () => {
    const store = await aNetwork({ boston });
    expect(await route(store, { orderId: 'ord_none' })).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    const unpaid = await paidOrder(store, 1, [{ sku: 'TEE', quantity: 1 }], { payments: [] });
    expect(await route(store, unpaid)).toMatchObject({ ok: false, refusal: { code: 'payment-not-secured' } });
    const held = await paidOrder(store, 2, [{ sku: 'TEE', quantity: 1 }], {
      holds: [{ holdId: 'h1', reason: 'address', placedAt: context.now, placedBy: 'a person' }],
    });
    expect(await route(store, held)).toMatchObject({
      ok: false,
      refusal: { code: 'on-hold', facts: { holds: [{ holdId: 'h1' }] } },
    });
    expect(work(store)).toEqual([]);
  });
});

describe('a plan that does not cover everything', () => {
  /** Two orders promised one pool's five units; shelves lost three of them since. */
  const shortOf = async () => {
    const store = await aNetwork({ boston: { postalCode: '02108', stock: { TEE: 5, CAP: 5 } } });
    const order = await paidOrder(
      store,
      1,
      [
        { sku: 'TEE', quantity: 3 },
        { sku: 'CAP', quantity: 2 },
      ],
      { rejectedBy: [{ location: 'boston', sku: 'TEE', reason: 'not-found' }] },
    );
    return { store, order };
  };

  it('sends the lines that it can, raises one exception and refuses, and again only refuses', async () => {
    const { store, order } = await shortOf();
    const refusal = { code: 'no-plan', facts: { short: [{ sku: 'TEE', wanted: 3, available: 0, locations: [] }] } };
    const told: string[] = [];
    const telling = {
      ...portsOn(store),
      commit: async (...call: Parameters<MemoryStore['commit']>) => {
        const outcome = await store.commit(...call);
        told.push(...onlyOrder(store).events.map(({ type }) => type));
        return outcome;
      },
    };
    expect(await routeOrder(telling)({ ...context, orderId: order.orderId })).toMatchObject({ ok: false, refusal });
    expect(told).toEqual(['OrderRouted.v1', 'OrderExceptionRaised.v1']);
    expect(work(store)).toEqual([{ location: 'boston', state: 'ALLOCATED', lines: ['2 CAP'] }]);
    const routed = onlyOrder(store);
    expect(routed).toMatchObject({
      exceptions: [{ code: 'no-plan' }],
      unrouted: { skus: ['TEE'], since: context.now },
      events: [],
    });
    expect(await route(store, order)).toMatchObject({ ok: false, refusal });
    expect(onlyOrder(store)).toEqual(routed);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('goes on when stock has come, and resolves its exception', async () => {
    const { store, order } = await shortOf();
    await route(store, order);
    store.given('location', aLocation('newark', { postalCode: '07102' }));
    await stocked(store, 'TEE', 'newark', 4);
    expect(await route(store, order)).toMatchObject({ ok: true, value: { fulfillmentOrders: 1 } });
    expect(onlyOrder(store)).toMatchObject({
      fulfillmentOrders: 2,
      exceptions: [{ code: 'no-plan', resolvedAt: context.now }],
    });
    expect(onlyOrder(store)).not.toHaveProperty('unrouted');
    expect(store.all('unrouted')).toEqual([]);
    expect(work(store)).toMatchObject([{ location: 'boston' }, { location: 'newark', lines: ['3 TEE'] }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('closes the exception when nothing waits any more', async () => {
    const { store, order } = await shortOf();
    await route(store, order);
    const now = onlyOrder(store);
    store.given('order', {
      ...now,
      lines: now.lines.map((line) => ({
        ...line,
        units: { ...line.units, reserved: 0, cancelled: line.units.reserved },
      })),
    });
    expect(await route(store, order)).toMatchObject({ ok: true, value: { fulfillmentOrders: 0 } });
    expect(store.all('unrouted')).toEqual([]);
    expect(onlyOrder(store)).toMatchObject({ version: 4, events: [], exceptions: [{ resolvedAt: context.now }] });
  });
});

it('plans anew when another order took the units meanwhile', async () => {
  const store = await aNetwork({ boston: { postalCode: '02108', stock: { TEE: 3 } }, seattle });
  const [order, other] = [
    await paidOrder(store, 1, [{ sku: 'TEE', quantity: 2 }]),
    await paidOrder(store, 2, [{ sku: 'TEE', quantity: 2 }]),
  ];
  let raced = false;
  const racing = {
    ...portsOn(store),
    commit: async (...call: Parameters<MemoryStore['commit']>) => {
      if (!raced) {
        raced = true;
        await route(store, other);
      }
      return store.commit(...call);
    },
  };
  expect(await routeOrder(racing)({ ...context, orderId: order.orderId })).toMatchObject({ ok: true });
  expect(
    work(store)
      .map(({ location }) => location)
      .sort(),
  ).toEqual(['boston', 'seattle']);
  expect(violatedIdentities(store)).toEqual([]);
});

it('allocates ninety different SKUs of one location in transactions of at most a hundred actions', async () => {
  const skus = Array.from({ length: 90 }, (_, index) => `SKU-${index}`);
  const store = await aNetwork({
    boston: { postalCode: '02108', stock: Object.fromEntries(skus.map((sku) => [sku, 2])) },
  });
  const order = await paidOrder(
    store,
    1,
    skus.map((sku) => ({ sku, quantity: 2 })),
  );
  const sizes: number[] = [];
  const counting = {
    ...portsOn(store),
    commit: (...call: Parameters<MemoryStore['commit']>) => (sizes.push(call[0].length), store.commit(...call)),
  };
  expect(await routeOrder(counting)({ ...context, orderId: order.orderId })).toMatchObject({
    ok: true,
    value: { fulfillmentOrders: 2 },
  });
  expect(sizes).toEqual([98, 86]);
  expect(onlyOrder(store)).toMatchObject({ version: 3, fulfillmentOrders: 2 });
  expect(violatedIdentities(store)).toEqual([]);
});
