import { fulfillmentOrderIdOf } from '../kernel/ids.ts';
import { type Change, create, replace } from '../model/changes.ts';
import { type FulfillmentOrder, type FulfillmentState } from '../model/fulfillment/fulfillment-order.ts';
import { type Channel, type Location } from '../model/network/network.ts';
import { type LineUnits, type Order, moveLines } from '../model/orders/order.ts';
import { adjust, allocate, reserve } from '../model/stock/movements.ts';
import { anOrder } from './an-order.ts';
import { type MemoryStore } from './memory-store.ts';

/** When everything in a test world happens, unless it says otherwise. */
export const testNow = '2026-11-22T09:30:00.000Z';
const pool = 'online';
const cause = (operation: string) => ({ operation, reference: 'test', actor: 'test', at: testNow });

async function done(store: MemoryStore, changes: readonly Change[]): Promise<void> {
  const outcome = await store.commit(changes);
  if (!outcome.ok) throw new Error(`the test world could not be made: ${JSON.stringify(outcome.conflicts)}`);
}

/** A location of the pool `online`. */
export const aLocation = (locationId: string, more: Partial<Location> = {}): Location => ({
  locationId,
  name: locationId,
  type: 'store',
  pool,
  country: 'US',
  active: true,
  version: 1,
  updatedAt: testNow,
  ...more,
});

/** A channel that sells from the pool `online` and takes no backorders. */
export const aChannel = (channelId = 'webshop', more: Partial<Channel> = {}): Channel => ({
  channelId,
  name: channelId,
  type: 'api',
  pool,
  currency: 'USD',
  buffer: 0,
  onShortage: 'refuse',
  endpoint: { kind: 'none' },
  active: true,
  version: 1,
  updatedAt: testNow,
  ...more,
});

/** Puts units on a location's shelf, to be sold from the pool `online`. */
export const stocked = (store: MemoryStore, sku: string, location: string, quantity: number): Promise<void> =>
  done(store, adjust({ sku, location, pool }, quantity, 'sellable', cause('receive')));

/** A line of a test order: 21.99 a unit, unless it says otherwise. */
export type LineInput = { readonly sku: string; readonly quantity: number } & Partial<
  Pick<Order['lines'][number], 'unitPriceMinor' | 'discountMinor' | 'taxMinor'>
>;

/** The n-th order of channel `webshop`, as it is right after its capture: every unit reserved, nothing to pay. */
const theOrder = (number: number, lines: readonly LineInput[]): Order =>
  anOrder({
    externalId: String(number),
    shipTo: { lines: ['1 Main Street'], country: 'US' },
    lines: lines.map((line) => ({ unitPriceMinor: 2199, ...line })),
    payments: [],
  });

/** Captures an order: reserves its units and stores it. */
export async function captured(store: MemoryStore, number: number, lines: readonly LineInput[]): Promise<Order> {
  const order = theOrder(number, lines);
  await done(store, [...reserve(order.lines, pool, 0, cause('capture')), create('order', order)]);
  return order;
}

/** Routes reserved units of an order to a location: what is there afterwards is its next fulfillment order, ALLOCATED. */
export async function allocated(
  store: MemoryStore,
  orderId: string,
  location: string,
  units: readonly LineUnits[],
): Promise<FulfillmentOrder> {
  const order = await store.get('order', { orderId });
  if (order === undefined) throw new Error(`the test world has no order ${orderId}`);
  const lines = units.map(({ lineId, quantity }) => ({
    lineId,
    sku: order.lines.find((line) => line.lineId === lineId)?.sku ?? '',
    quantity,
  }));
  const number = order.fulfillmentOrders + 1;
  const fulfillmentOrder = anAllocation(order, number, location, lines);
  const routed = moveLines(order, units, 'reserved', 'allocated');
  await done(store, [
    ...allocate(
      lines.map((line) => ({ ...line, location })),
      order.pool,
      cause('allocate'),
    ),
    create('fulfillmentOrder', fulfillmentOrder),
    replace('order', { ...order, version: order.version + 1, fulfillmentOrders: number, lines: routed }, order.version),
  ]);
  return fulfillmentOrder;
}

const anAllocation = (
  order: Order,
  number: number,
  location: string,
  lines: FulfillmentOrder['lines'],
): FulfillmentOrder => ({
  fulfillmentOrderId: fulfillmentOrderIdOf(order.orderId, number),
  orderId: order.orderId,
  channelId: order.channelId,
  pool: order.pool,
  location,
  state: 'ALLOCATED' satisfies FulfillmentState,
  lines,
  shipTo: order.shipTo,
  rejections: [],
  createdAt: testNow,
  version: 1,
  updatedAt: testNow,
  events: [],
});
