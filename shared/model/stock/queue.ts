import { type Change, create } from '../changes.ts';
import { type Order } from '../orders/order.ts';
import { type Promised } from './backorder.ts';
import { type Cause } from './counters.ts';
import { type Demand } from './demand.ts';

/** The order that waits, as far as its place in the queue goes. */
export type WaitingOrder = Pick<Order, 'orderId' | 'channelId' | 'pool' | 'capturedAt'>;

/**
 * Capture: units that are not there are promised from what is to come. The changes for one SKU: the pool counts them as backordered, and
 * the order joins the SKU's queue.
 *
 * The pool item is one action of the transaction: where some units of the SKU are reserved at the same time, merge both `add`s.
 * @param plan what `promiseFor` has found
 * @param guards `queued`: `backordered` of the pool as `plan` was made with: the write happens only while it is so, which makes the plan
 *   exact beside other captures, fills and cancels. `limit`: the most units that may wait in the pool (`product.backorder.limit`).
 *   A failed one is a conflict of kind `stock` whose `present.backordered` says how many wait: read again and plan anew.
 */
export function backorderChanges(
  order: WaitingOrder,
  { sku, quantity }: Demand,
  plan: Promised,
  guards: { readonly queued?: number; readonly limit?: number },
  cause: Cause,
): Change[] {
  const { orderId, channelId, pool, capturedAt } = order;
  const { queued, limit } = guards;
  return [
    {
      kind: 'stock',
      key: { level: 'pool', sku, pool },
      add: { backordered: quantity },
      ...(queued !== undefined && { equals: { backordered: queued } }),
      ...(limit !== undefined && { atMost: { backordered: limit - quantity } }),
      mayCreate: true,
      cause,
    },
    create('backorder', {
      sku,
      pool,
      orderId,
      channelId,
      queuedAt: capturedAt,
      quantity,
      ...plan,
      ...(plan.promisedFor !== undefined && { firstPromisedFor: plan.promisedFor }),
      version: 1,
    }),
  ];
}

/**
 * Cancel: an order waits for a SKU no more. The changes for one SKU; the pool item is one action, so merge both `add`s where reserved
 * units of the SKU are freed at the same time. The order's own version makes it happen once.
 * @param demand all units of the SKU that the order has backordered
 */
export const forgetBackorder = (order: WaitingOrder, { sku, quantity }: Demand, cause: Cause): Change[] => [
  {
    kind: 'stock',
    key: { level: 'pool', sku, pool: order.pool },
    add: { backordered: -quantity },
    atLeast: { backordered: quantity },
    cause,
  },
  { kind: 'delete', entity: 'backorder', id: { sku, queuedAt: order.capturedAt, orderId: order.orderId } },
];
