import { type Change, create } from '../../../shared/model/changes.ts';
import { type Entities } from '../../../shared/model/entities.ts';
import { unitsIn } from '../../../shared/model/orders/units.ts';
import { fence } from '../../../shared/model/stock/fencing.ts';
import { holdAtLocation, holdInPool } from '../../../shared/model/stock/holding.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation, allocated, captured, stocked, testNow } from '../../../shared/testing/world.ts';
import { type Names } from './corruptions.ts';

const sku = 'TEE';
/** Nobody has any of it, so that whoever waits for it keeps waiting. */
const waitingSku = 'CAP';
const pool = 'online';
const channel = 'webshop';
const cause = { operation: 'test', reference: 'test', actor: 'test', at: testNow };

/** What is what in the world. */
export const names: Names = {
  sku,
  pool,
  channel,
  location: 'boston',
  orderId: anOrder({ externalId: '1' }).orderId,
  waitingSku,
  waitingOrderId: anOrder({ externalId: '2' }).orderId,
  queuedAt: testNow,
  holdId: 'hold_1',
};

/**
 * Commits what must succeed.
 * @throws Error when it does not
 */
export async function done(store: Pick<MemoryStore, 'commit'>, changes: readonly Change[]): Promise<void> {
  const outcome = await store.commit(changes);
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.conflicts)}`);
}

const aHold = (holdId: string, counted: boolean, location?: string): Entities['stockHold'] => ({
  holdId,
  channelId: channel,
  pool,
  state: 'HELD',
  lines: [{ sku, quantity: 1, ...(location !== undefined && { location }) }],
  createdAt: testNow,
  expiresAt: '2099-01-01T00:00:00.000Z',
  counted,
  version: 1,
  updatedAt: testNow,
  events: [],
});

/** A right world with one of everything: shelves, an order half routed, one that waits, holds in a pool and on a shelf, a ring-fence. */
export async function world(): Promise<MemoryStore> {
  const store = memoryStore();
  store.given('location', aLocation('boston'), aLocation('newark'));
  await stocked(store, sku, 'boston', 10);
  await stocked(store, sku, 'newark', 5);
  const { orderId } = await captured(store, 1, [{ sku, quantity: 3 }]);
  await allocated(store, orderId, 'boston', [{ lineId: '1', quantity: 2 }]);
  await waiting(store);
  await held(store);
  await done(store, fence({ sku, pool, channel }, 2, cause));
  await done(store, [{ kind: 'stock', key: { level: 'share', sku, pool, channel }, add: { held: 1 }, cause }]);
  return store;
}

async function waiting(store: MemoryStore): Promise<void> {
  const order = anOrder({
    externalId: '2',
    lines: [{ sku: waitingSku, quantity: 2, units: unitsIn('backordered', 2) }],
  });
  const { orderId, channelId, capturedAt: queuedAt } = order;
  await done(store, [
    create('order', order),
    create('backorder', { sku: waitingSku, pool, orderId, channelId, queuedAt, quantity: 2, promises: [], version: 1 }),
    { kind: 'stock', key: { level: 'pool', sku: waitingSku, pool }, add: { backordered: 2 }, mayCreate: true, cause },
  ]);
}

async function held(store: MemoryStore): Promise<void> {
  const floor = () => ({ units: 0 });
  await done(store, [
    ...holdInPool([{ sku, quantity: 1 }], pool, floor, cause),
    create('stockHold', aHold('hold_1', true)),
  ]);
  await done(store, [
    ...holdAtLocation([{ sku, quantity: 1, location: 'boston' }], pool, floor, cause),
    create('stockHold', aHold('hold_2', false, 'boston')),
  ]);
}
