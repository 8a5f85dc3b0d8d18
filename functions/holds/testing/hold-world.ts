import { type Channel } from '../../../shared/model/network/network.ts';
import { type Terms } from '../../../shared/model/stock/counters.ts';
import { fence } from '../../../shared/model/stock/fencing.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { aChannel, aLocation, stocked, testNow } from '../../../shared/testing/world.ts';
import { type PlaceCall } from '../domain/place-hold.ts';

/** A SKU with ten units in the warehouse and three in the store of Boston. */
export const tee = 'TEE';
/** A SKU with five units in the warehouse. */
export const mug = 'MUG';

/** A webshop on the pool `online` with a warehouse and a store, and stock in both. */
export async function holdWorld(channel: Partial<Channel> = {}): Promise<MemoryStore> {
  const store = memoryStore();
  store.given('channel', aChannel('webshop', channel));
  store.given('location', aLocation('warehouse'), aLocation('boston'));
  await stocked(store, tee, 'warehouse', 10);
  await stocked(store, tee, 'boston', 3);
  await stocked(store, mug, 'warehouse', 5);
  return store;
}

/** What rules and planners do. */
export const given = {
  /** Sets units of a SKU apart for the webshop. */
  fence: async (store: MemoryStore, sku: string, quantity: number): Promise<void> => {
    const cause = { operation: 'fence', reference: 'fence', actor: 'test', at: testNow };
    await store.commit(fence({ sku, pool: 'online', channel: 'webshop' }, quantity, cause));
  },
  /** Puts the terms of a rule on the pool. */
  terms: async (store: MemoryStore, sku: string, terms: Readonly<Record<string, Terms>>): Promise<void> => {
    const key = { level: 'pool', sku, pool: 'online' } as const;
    const cause = { operation: 'rule', reference: 'rule', actor: 'test', at: testNow };
    await store.commit([{ kind: 'stock', key, add: {}, set: { terms }, cause }]);
  },
};

/** A call that holds two tees for the webshop, unless it says otherwise. */
export const aPlaceCall = (more: Partial<PlaceCall> = {}): PlaceCall => ({
  holdId: 'hold_1',
  channelId: 'webshop',
  lines: [{ sku: tee, quantity: 2 }],
  now: testNow,
  actor: 'checkout',
  ...more,
});

/** Counters of a SKU: of its pool `online`, and what is held on the shelf of Boston. */
export async function countersOf(store: MemoryStore, sku: string) {
  const { pools, positions } = await store.stockOf(sku);
  const [pool] = pools;
  const boston = positions.find(({ location }) => location === 'boston');
  return { ats: pool?.ats, held: pool?.held, reserved: pool?.reserved, boston: boston?.held ?? 0 };
}
