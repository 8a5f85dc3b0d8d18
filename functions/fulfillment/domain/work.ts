import { orderIdFrom } from '../../../shared/kernel/ids.ts';
import { type FulfillmentOrder, unitStateWhile } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type FulfillmentPorts } from '../ports.ts';

/** A fulfillment order and the order that it is part of. */
export interface Work {
  readonly fulfillmentOrder: FulfillmentOrder;
  readonly order: Order;
}

/** How often two items are read again that a commit of another fell in between. */
const attempts = 10;

/**
 * Reads a fulfillment order with its order; nothing when there is none of that id. The two reads are not one moment: where another's
 * commit fell in between, they do not fit each other and are read again.
 * @throws Error when they never fit: the order does not hold the units that its fulfillment order does
 */
export async function readWork(ports: FulfillmentPorts, fulfillmentOrderId: string): Promise<Work | undefined> {
  const orderId = orderIdFrom(fulfillmentOrderId);
  if (orderId === undefined) return undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const [order, fulfillmentOrder] = await Promise.all([
      ports.order(orderId),
      ports.fulfillmentOrder(fulfillmentOrderId),
    ]);
    if (fulfillmentOrder === undefined) return undefined;
    if (order !== undefined && fits(fulfillmentOrder, order)) return { order, fulfillmentOrder };
  }
  throw new Error(`order ${orderId} does not hold the units of ${fulfillmentOrderId}`);
}

/** True when the order counts at least the units that the fulfillment order still holds, where it should. */
function fits({ state, lines }: FulfillmentOrder, order: Order): boolean {
  const place = unitStateWhile[state];
  return lines.every(({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    return line !== undefined && (place === undefined || line.units[place] >= quantity);
  });
}
