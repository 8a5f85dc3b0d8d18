import { type Change, create } from '../changes.ts';
import { type Product } from '../network/product.ts';
import { type Hold, type Order } from './order.ts';

/** The reason of the hold that keeps a pre-order from leaving before its launch. */
export const preorderReason = 'PREORDER';

/** The launch that a product waits for, if it is sold before it. */
export const launchOf = (product: Pick<Product, 'backorder'> | undefined, now: string): string | undefined => {
  const { mode, availableFrom } = product?.backorder ?? {};
  return mode === 'preorder' && availableFrom !== undefined && Date.parse(availableFrom) > Date.parse(now)
    ? new Date(availableFrom).toISOString()
    : undefined;
};

/**
 * Capture: an order with units that are sold before their launch is not routed until the last of these launches. Stock that comes before
 * is reserved for it in turn; nothing leaves.
 * @param launches of the SKUs that are backordered (`launchOf`); none: nothing to hold
 * @returns the hold for `order.holds`, and what goes into the transaction with the order
 */
export function preorderHold(
  order: Pick<Order, 'orderId' | 'holds'>,
  launches: readonly string[],
  { now, actor }: { readonly now: string; readonly actor: string },
): { readonly holds: readonly Hold[]; readonly changes: readonly Change[] } {
  const until = [...launches].sort().at(-1);
  if (until === undefined) return { holds: [], changes: [] };
  const holdId = `hold_${order.holds.length + 1}`;
  const hold = { holdId, reason: preorderReason, placedAt: now, placedBy: actor, until };
  return { holds: [hold], changes: [create('preorder', { orderId: order.orderId, holdId, until })] };
}
