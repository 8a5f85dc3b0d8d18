import { type Result, ok } from '../../../shared/kernel/result.ts';
import { isOpenCount } from '../../../shared/model/stock/count.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation, testNow } from '../../../shared/testing/world.ts';
import { type StockPorts } from '../ports.ts';

/** The stock capability on a store in memory. */
export const portsOn = (store: MemoryStore): StockPorts => ({
  location: (locationId) => store.get('location', { locationId }),
  channel: (channelId) => store.get('channel', { channelId }),
  channelOrder: (orderId) => store.get('channelOrder', { orderId }),
  product: (sku) => store.get('product', { sku }),
  position: (sku, location) => store.positionOf(sku, location),
  positionsAt: async (location, skus) =>
    (await Promise.all(skus.map((sku) => store.positionOf(sku, location)))).flatMap((found) => found ?? []),
  stockOf: (sku) => store.stockOf(sku),
  count: (countId) => store.get('stockCount', { countId }),
  openCounts: (location) =>
    Promise.resolve(
      ok({ items: store.all('stockCount').filter((count) => count.location === location && isOpenCount(count)) }),
    ),
  transfer: (transferId) => store.get('transfer', { transferId }),
  transfersTo: (location) =>
    Promise.resolve(
      ok({ items: store.all('transfer').filter(({ to, state }) => to === location && state === 'DISPATCHED') }),
    ),
  supply: (id) => store.get('supply', id),
  exception: (exceptionId) => store.get('stockException', { exceptionId }),
  openExceptions: () =>
    Promise.resolve(ok({ items: store.all('stockException').filter(({ resolvedAt }) => resolvedAt === undefined) })),
  getOnce: (key) => store.getOnce(key),
  commit: store.commit,
});

const closed = ({ pool: _pool, ...location }: Location): Location => location;

/** Two stores and a warehouse of the pool `online`, and an outlet that sells to no pool. */
export function stockWorld() {
  const store = memoryStore();
  store.given('location', aLocation('boston'), aLocation('newark'), aLocation('depot'), closed(aLocation('outlet')));
  return { store, ports: portsOn(store) };
}

/** A caller who may act everywhere. */
export const caller = { now: testNow, actor: 'test', permit: (): Result<true> => ok(true) };

/** Stops the world at the n-th commit, as a crash would: what was committed before it stays. */
export function crashingAt(ports: StockPorts, nth: number, when: 'before' | 'after' = 'before'): StockPorts {
  let commits = 0;
  return {
    ...ports,
    commit: async (changes, once) => {
      const isTheOne = (commits += 1) === nth;
      if (isTheOne && when === 'before') throw new Error('crash');
      const outcome = await ports.commit(changes, once);
      if (isTheOne) throw new Error('crash');
      return outcome;
    },
  };
}
