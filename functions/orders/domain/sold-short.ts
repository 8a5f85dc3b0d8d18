import { type Channel } from '../../../shared/model/network/network.ts';
import { type Order, type OrderException, countIn } from '../../../shared/model/orders/order.ts';
import { type Source } from './capture-sources.ts';

const code = 'sold-short';

/**
 * A channel has sold units that are not there, and its orders are not to wait (`onShortage` is `refuse`, and the product allows no backorders):
 * the order is kept and waits all the same, and a person is told, as nobody may be bringing them.
 */
export function soldShort(
  sources: readonly Source[],
  { onShortage }: Channel,
  { delivered, now }: { readonly delivered?: boolean; readonly now: string },
): OrderException[] {
  if (delivered !== true || onShortage === 'backorder') return [];
  const lines = sources.flatMap(({ sku, open: quantity, waits }) =>
    waits !== undefined && waits.queue.policy === undefined ? [{ sku, quantity }] : [],
  );
  if (lines.length === 0) return [];
  const words = lines.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ');
  const detail = `The channel sold ${words}, and not that many are there. They are reserved when stock comes; if none does, cancel them at the channel.`;
  return [{ code, detail, facts: { lines }, raisedAt: now }];
}

/** The exceptions of an order of which nothing waits any more. */
export const withoutShortage = (order: Order, now: string): Order['exceptions'] =>
  countIn(order, 'backordered') > 0
    ? order.exceptions
    : order.exceptions.map((one) => (one.code === code ? { resolvedAt: now, ...one } : one));
