import { type Order } from '../../../shared/model/orders/order.ts';
import { type SkuUnits } from '../../../shared/model/orders/asked-lines.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { type OrderReturns, type ReturnsPorts } from '../ports.ts';

/**
 * Units that may still be sent back, per line: those shipped or delivered, less those that open returns hold. An authorized return holds
 * what it expects, a received one what came; an inspected one holds nothing, as its units are returned or were missing.
 */
export const returnable = (order: Pick<Order, 'lines'>, returns: readonly Return[]): SkuUnits[] =>
  order.lines.map(({ lineId, sku, units }) => ({
    lineId,
    sku,
    quantity: units.shipped + units.delivered - heldOf(returns, lineId),
  }));

const heldOf = (returns: readonly Return[], lineId: string): number =>
  returns.reduce((sum, one) => sum + heldBy(one, lineId), 0);

function heldBy({ state, lines }: Return, lineId: string): number {
  const line = lines.find((one) => one.lineId === lineId);
  if (line === undefined) return 0;
  return state === 'AUTHORIZED' ? line.quantity : state === 'RECEIVED' ? line.receivedQuantity : 0;
}

/** How often an order is read again whose returns were not all seen. */
const attempts = 10;

/**
 * An order with all of its returns. Reading them is not one moment; fewer returns than the order counts are read again, and anything that
 * changes later is caught by the order's version.
 * @throws Error when they are never all there
 */
export async function readOrderReturns(ports: ReturnsPorts, orderId: string): Promise<OrderReturns | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await ports.orderReturns(orderId);
    if (found === undefined || found.returns.length >= found.order.returns) return found;
  }
  throw new Error(`order ${orderId} has fewer returns than it counts`);
}
