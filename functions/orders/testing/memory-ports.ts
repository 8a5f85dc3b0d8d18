import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { type OrdersPorts } from '../ports.ts';

/** The orders capability on a store in memory. */
export function memoryPorts(store: MemoryStore): OrdersPorts {
  const timelines = new Map<string, EventMessage>();
  return {
    channel: (channelId) => store.get('channel', { channelId }),
    product: (sku) => store.get('product', { sku }),
    stockHold: (holdId) => store.get('stockHold', { holdId }),
    fencedFor: async (sku, pool, channelId) => (await store.shareOf(sku, pool, channelId))?.fenced ?? 0,
    suppliesOf: (sku, pool) =>
      Promise.resolve(store.all('supply').filter((supply) => supply.sku === sku && supply.pool === pool)),
    order: (orderId) => store.get('order', { orderId }),
    channelOrder: (orderId) => store.get('channelOrder', { orderId }),
    noticesOf: (orderId) => Promise.resolve(store.all('notice').filter((one) => one.orderId === orderId)),
    collection: (orderId) => store.collection(orderId),
    ordersOf: (channelId) =>
      Promise.resolve(
        ok({
          orders: store
            .all('order')
            .filter((order) => order.channelId === channelId)
            .map(({ orderId, placedAt }) => ({ orderId, placedAt })),
        }),
      ),
    timeline: (orderId) =>
      Promise.resolve([...timelines.values()].filter(({ subject }) => subject.startsWith(orderId))),
    keepTimeline: (entries) => {
      for (const { event } of entries) timelines.set(event.id, event);
      return Promise.resolve();
    },
    backordersOf: (sku, pool) =>
      Promise.resolve(store.all('backorder').filter((one) => one.sku === sku && one.pool === pool)),
    backorder: (id) => store.get('backorder', id),
    async *preordersUntil(time) {
      await Promise.resolve();
      yield* store.all('preorder').filter(({ until }) => until <= time);
    },
    commit: store.commit,
  };
}
