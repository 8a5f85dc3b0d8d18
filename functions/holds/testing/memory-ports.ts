import { shardOf } from '../../../shared/kernel/ids.ts';
import { expiryShards } from '../../../shared/model/stock/hold.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { type HoldsPorts } from '../ports.ts';

/** The holds capability on a store in memory. */
export const memoryPorts = (store: MemoryStore): HoldsPorts => ({
  channel: (channelId) => store.get('channel', { channelId }),
  location: (locationId) => store.get('location', { locationId }),
  product: (sku) => store.get('product', { sku }),
  share: (sku, pool, channelId) => store.shareOf(sku, pool, channelId),
  hold: (holdId) => store.get('stockHold', { holdId }),
  async *endingBy(shard, moment) {
    await Promise.resolve();
    const holds = store.all('stockHold').toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
    for (const { holdId, state, expiresAt } of holds)
      if (state === 'HELD' && expiresAt <= moment && shardOf(holdId, expiryShards) === shard)
        yield { holdId, expiresAt };
  },
  commit: store.commit,
});
