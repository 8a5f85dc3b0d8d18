import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change } from '../../../shared/model/changes.ts';
import { type Order, countIn } from '../../../shared/model/orders/order.ts';
import { setSafety } from '../../../shared/model/stock/shelf.ts';
import { orderWaits } from '../../../shared/model/waits.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { stocked, testNow } from '../../../shared/testing/world.ts';
import { type RoutingPorts } from '../ports.ts';
import { aNetwork, context, paidOrder, portsOn } from '../testing/paid-orders.ts';
import { routeOrder } from './route-order.ts';
import { wakeUnrouted } from './wake-unrouted.ts';

const later = '2026-11-22T13:00:00.000Z';
const cause = { operation: 'test', reference: 'test', actor: 'test', at: testNow };

/** Orders of one pool that are promised units which lie at a location that is closed: none can be sent. */
async function waiting(...quantities: number[]) {
  const all = quantities.reduce((sum, one) => sum + one, 0);
  const store = await aNetwork({ boston: { postalCode: '02108', stock: { TEE: all, CAP: 9 } } });
  const orders: Order[] = [];
  for (const [index, quantity] of quantities.entries())
    orders.push(await paidOrder(store, index + 1, [{ sku: 'TEE', quantity }]));
  await close(store, true);
  for (const [index, { orderId }] of orders.entries()) await route(store, orderId, minute(index));
  return { store, ids: orders.map(({ orderId }) => orderId) };
}

const minute = (index: number): string => `2026-11-22T12:${String(index).padStart(2, '0')}:00.000Z`;

async function close(store: MemoryStore, closed: boolean): Promise<void> {
  const shelf = (await store.stockOf('TEE')).positions.find(({ location }) => location === 'boston');
  if (shelf === undefined) throw new Error('Boston has no TEE');
  const safety = closed ? shelf.atf + shelf.safety : 0;
  const changes: Change[] = setSafety(shelf, shelf, { safety, target: undefined, closed }, cause);
  expect(await store.commit(changes)).toEqual({ ok: true });
}

const route = (store: MemoryStore, orderId: string, now = context.now) =>
  routeOrder(portsOn(store))({ ...context, now, orderId });
const wake = (store: MemoryStore, ports: RoutingPorts = portsOn(store)) => wakeUnrouted(ports)('TEE', 'online', later);
const orderOf = async (store: MemoryStore, orderId: string): Promise<Order> => {
  const order = await store.get('order', { orderId });
  if (order === undefined) throw new Error(`there is no ${orderId}`);
  return order;
};
const isAwake = async (store: MemoryStore, orderId: string): Promise<boolean> =>
  orderWaits['supply']?.(await orderOf(store, orderId)) !== undefined;
const awake = (store: MemoryStore, ids: readonly string[]) => Promise.all(ids.map((id) => isAwake(store, id)));

describe('goods that come', () => {
  it('wake the order that waits for them, once, and it is routed', async () => {
    const { store, ids } = await waiting(2);
    const [orderId = ''] = ids;
    expect(await isAwake(store, orderId)).toBe(false);
    await stocked(store, 'TEE', 'boston', 2);
    await wake(store);
    const woken = await orderOf(store, orderId);
    expect(woken).toMatchObject({ unrouted: { skus: ['TEE'], since: minute(0), wokenAt: later }, events: [] });
    expect(await isAwake(store, orderId)).toBe(true);
    await wake(store);
    expect(await orderOf(store, orderId)).toEqual(woken);
    expect(await route(store, orderId)).toMatchObject({ ok: true, value: { fulfillmentOrders: 1 } });
    expect(store.all('unrouted')).toEqual([]);
    await wake(store);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('wake nobody else than they can serve: the longest waiting first, whole lines only', async () => {
    const { store, ids } = await waiting(1, 5, 2, 1, 1);
    await stocked(store, 'TEE', 'boston', 4);
    await wake(store);
    expect(await awake(store, ids)).toEqual([true, false, true, true, false]);
  });

  it('of another SKU, of another pool, or that it cannot be sent from, wake nobody', async () => {
    const { store, ids } = await waiting(1);
    await stocked(store, 'CAP', 'boston', 3);
    await wakeUnrouted(portsOn(store))('CAP', 'online', later);
    await stocked(store, 'TEE', 'boston', 1);
    await wakeUnrouted(portsOn(store))('TEE', 'stores', later);
    expect(await awake(store, ids)).toEqual([false]);
    const order = await orderOf(store, ids[0] ?? '');
    store.given('order', { ...order, rejectedBy: [{ location: 'boston', sku: 'TEE', reason: 'not-found' }] });
    await wake(store);
    expect(await awake(store, ids)).toEqual([false]);
  });

  it('are reached again when the location is active again', async () => {
    const { store, ids } = await waiting(3);
    await close(store, false);
    await wake(store);
    expect(await awake(store, ids)).toEqual([true]);
    expect(await route(store, ids[0] ?? '')).toMatchObject({ ok: true });
  });

  it('take an order that was cancelled meanwhile out of line, and serve who is behind it', async () => {
    const { store, ids } = await waiting(1, 1);
    const { unrouted: _unrouted, ...cancelled } = await orderOf(store, ids[0] ?? '');
    const lines = cancelled.lines.map((line) => ({ ...line, units: { ...line.units, reserved: 0, cancelled: 1 } }));
    store.given('order', { ...cancelled, lines });
    await stocked(store, 'TEE', 'boston', 1);
    await wake(store);
    expect(store.all('unrouted').map(({ orderId }) => orderId)).toEqual([ids[1]]);
    expect(await awake(store, ids)).toEqual([true, true]);
  });

  it('wake it also when the first try died right after its write, and put it back in line when the goods were gone again', async () => {
    const { store, ids } = await waiting(1);
    const [orderId = ''] = ids;
    await stocked(store, 'TEE', 'boston', 1);
    const crashing = {
      ...portsOn(store),
      commit: async (...call: Parameters<MemoryStore['commit']>) => {
        await store.commit(...call);
        throw new Error('crash');
      },
    };
    await expect(wake(store, crashing)).rejects.toThrow('crash');
    await wake(store);
    expect(await isAwake(store, orderId)).toBe(true);
    await close(store, true);
    expect(await route(store, orderId, later)).toMatchObject({ ok: false, refusal: { code: 'no-plan' } });
    expect(await isAwake(store, orderId)).toBe(false);
    expect((await orderOf(store, orderId)).unrouted).toEqual({ skus: ['TEE'], since: minute(0) });
  });

  it('cost one query where nobody waits, and an order that never waits costs nothing more', async () => {
    const store = await aNetwork({ boston: { postalCode: '02108', stock: { TEE: 5 } } });
    const order = await paidOrder(store, 1, [{ sku: 'TEE', quantity: 2 }]);
    const asked: string[] = [];
    const ports = portsOn(store);
    const counting: RoutingPorts = {
      order: (id) => (asked.push('order'), ports.order(id)),
      positionsOf: (sku) => (asked.push('positions'), ports.positionsOf(sku)),
      locations: (shelves) => (asked.push('locations'), ports.locations(shelves)),
      unroutedOf: (sku, pool) => (asked.push('line'), ports.unroutedOf(sku, pool)),
      commit: (changes) => (asked.push(`${changes.length} writes`), ports.commit(changes)),
    };
    await wake(store, counting);
    expect(asked.splice(0)).toEqual(['line']);
    await routeOrder(counting)({ ...context, orderId: order.orderId });
    expect(asked).toEqual(['order', 'positions', 'locations', '4 writes']);
  });
});

it('whenever goods come while an order is routed, it does not sleep while they are there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { store, ids } = await waiting(1, 1);
      for (const orderId of ids) {
        const { unrouted: _unrouted, ...order } = await orderOf(store, orderId);
        store.given('order', { ...order, exceptions: [] });
      }
      for (const line of store.all('unrouted')) await store.commit([{ kind: 'delete', entity: 'unrouted', id: line }]);
      const ports = portsOn(store);
      const slow: RoutingPorts = {
        ...ports,
        order: scheduler.scheduleFunction((orderId: string) => ports.order(orderId)),
        positionsOf: scheduler.scheduleFunction((sku: string) => ports.positionsOf(sku)),
        commit: scheduler.scheduleFunction(ports.commit),
      };
      const live = async (orderId: string): Promise<void> => {
        await routeOrder(slow)({ ...context, orderId });
      };
      const goods = async (): Promise<void> => {
        await scheduler.schedule(Promise.resolve());
        await stocked(store, 'TEE', 'boston', 2);
        await wakeUnrouted(slow)('TEE', 'online', later);
      };
      await scheduler.waitFor(Promise.all([...ids.map(live), goods()]));
      for (const orderId of ids) while (await isToldToRoute(store, orderId)) await route(store, orderId);
      for (const orderId of ids) expect(countIn(await orderOf(store, orderId), 'reserved')).toBe(0);
      expect(store.all('unrouted')).toEqual([]);
      expect(violatedIdentities(store)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

/** True of an order that has something to route and whose process is told so. */
const isToldToRoute = async (store: MemoryStore, orderId: string): Promise<boolean> =>
  countIn(await orderOf(store, orderId), 'reserved') > 0 && (await isAwake(store, orderId));
