import { type SnapshotDraft } from '../../domain/connector.ts';
import { sumOf } from '../kit/amounts.ts';
import { type ShopifyOrder, isShipped } from './payload.ts';
import { restockOf } from './refunds.ts';

/** How far an order is at Shopify. Archived and all shipped are both done: nothing of it is left to ship. */
export function stateOf(order: ShopifyOrder): NonNullable<SnapshotDraft['state']> {
  if (order.cancelled_at != null) return 'cancelled';
  if (order.closed_at != null || order.fulfillment_status === 'fulfilled') return 'closed';
  return order.confirmed === false ? 'pending' : 'open';
}

/** Units that have left, by line, as the order's fulfillments tell. */
export function fulfilledUnits({ fulfillments, line_items: lines }: ShopifyOrder): ReadonlyMap<string, number> {
  const gone = fulfillments.filter(({ status }) => !['cancelled', 'error', 'failure'].includes(status ?? ''));
  const units = new Map<string, number>();
  for (const { id, quantity } of gone.flatMap(({ line_items }) => line_items))
    units.set(id, (units.get(id) ?? 0) + (quantity ?? 0));
  for (const { id, quantity, fulfillment_status } of lines)
    if (fulfillment_status === 'fulfilled' && !units.has(id)) units.set(id, quantity);
  return units;
}

/**
 * Units that will not be shipped any more, by line. `current_quantity` falls with an edit, a cancel and every refund; of what it fell by, the
 * units that came back had left, and so had refunded units that stay with the buyer, as far as any had left.
 */
export function cancelledUnits(order: ShopifyOrder): NonNullable<SnapshotDraft['cancelled']> {
  const fulfilled = fulfilledUnits(order);
  return order.line_items.filter(isShipped).flatMap(({ id, quantity, current_quantity }) => {
    const refunded = unitsByRestock(order, id, fulfilled);
    const left = Math.max(0, (fulfilled.get(id) ?? 0) - refunded.return);
    const stayed = refunded.return + Math.min(refunded.none, left);
    const units = Math.min(quantity, current_quantity == null ? refunded.cancel : quantity - current_quantity - stayed);
    return units > 0 ? [{ externalLineId: id, quantity: units }] : [];
  });
}

function unitsByRestock({ refunds }: ShopifyOrder, lineId: string, fulfilled: ReadonlyMap<string, number>) {
  const lines = refunds.flatMap((refund) =>
    refund.refund_line_items
      .filter((line) => line.line_item_id === lineId)
      .map((line) => ({ restock: restockOf(refund, line, fulfilled), quantity: line.quantity })),
  );
  const of = (restock: string) => sumOf(lines.filter((one) => one.restock === restock).map(({ quantity }) => quantity));
  return { return: of('return'), cancel: of('cancel'), none: of('none') };
}
