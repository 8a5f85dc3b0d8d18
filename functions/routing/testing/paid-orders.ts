import { type Order } from '../../../shared/model/orders/order.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { type LineInput, aLocation, captured, stocked } from '../../../shared/testing/world.ts';
import { type RoutingPorts } from '../ports.ts';

/** When the tests route, and who does. */
export const context = { now: '2026-11-22T12:00:00.000Z', actor: 'order process' };

/** Routing's ports on a store in memory. */
export const portsOn = (store: MemoryStore): RoutingPorts => ({
  order: (orderId) => store.get('order', { orderId }),
  positionsOf: async (sku) => (await store.stockOf(sku)).positions,
  locations: () => Promise.resolve(store.all('location')),
  async *unroutedOf(sku, pool) {
    await Promise.resolve();
    yield* store.all('unrouted').filter((one) => one.sku === sku && one.pool === pool);
  },
  commit: store.commit,
});

/** Captures an order to Boston whose payment the channel took. */
export async function paidOrder(
  store: MemoryStore,
  number: number,
  lines: readonly LineInput[],
  more: Partial<Order> = {},
): Promise<Order> {
  const order = await captured(store, number, lines);
  const amount = { amount: order.totalMinor, currency: order.currency };
  const paid: Order = {
    ...order,
    shipTo: { lines: ['1 Main Street'], postalCode: '02108', country: 'US' },
    payments: [
      {
        paymentId: 'pay_1',
        provider: 'recorded',
        state: 'captured',
        amount,
        capturedMinor: order.totalMinor,
        refundedMinor: 0,
      },
    ],
    ...more,
  };
  store.given('order', paid);
  return paid;
}

/** A store with locations (id to ZIP code) and what lies there (SKU to units). */
export async function aNetwork(
  places: Readonly<Record<string, { readonly postalCode: string; readonly stock: Readonly<Record<string, number>> }>>,
): Promise<MemoryStore> {
  const store = memoryStore();
  for (const [locationId, { postalCode, stock }] of Object.entries(places)) {
    store.given('location', aLocation(locationId, { postalCode }));
    for (const [sku, units] of Object.entries(stock)) await stocked(store, sku, locationId, units);
  }
  return store;
}

/** The only order of a store. */
export function onlyOrder(store: MemoryStore): Order {
  const [order] = store.all('order');
  if (order === undefined) throw new Error('the store has no order');
  return order;
}
