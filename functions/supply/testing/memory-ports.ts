import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { type SupplyPorts } from '../ports.ts';

/** The supply capability on a store in memory. */
export function memoryPorts(store: MemoryStore): SupplyPorts {
  return {
    location: (locationId) => store.get('location', { locationId }),
    channel: (channelId) => store.get('channel', { channelId }),
    product: (sku) => store.get('product', { sku }),
    purchaseOrder: (reference) => store.get('purchaseOrder', { reference }),
    linesOf: async ({ reference, location }, skus) => {
      const lines = await Promise.all(skus.map((sku) => store.get('supply', { sku, location, reference })));
      return lines.filter((line) => line !== undefined);
    },
    transferLines: (reference) =>
      Promise.resolve(store.all('supply').filter((one) => one.reference === reference && one.kind === 'transfer')),
    isAwaited: (sku) => Promise.resolve(store.all('backorder').some((one) => one.sku === sku)),
    outlook: async (sku) => ({
      pools: (await store.stockOf(sku)).pools,
      supplies: store.all('supply').filter((one) => one.sku === sku),
      backorders: store.all('backorder').filter((one) => one.sku === sku),
    }),
    commit: store.commit,
  };
}
