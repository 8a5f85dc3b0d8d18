import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type FulfillmentLine, type FulfillmentOrder } from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, type OrderLine } from '../../../../shared/model/orders/order.ts';
import { type Backorder } from '../../../../shared/model/stock/backorder.ts';
import { type UnitsToCancel } from '../cancel-units.ts';
import { cancelledByLine } from './wanted-units.ts';

/** States in which a location has not touched the goods yet. */
const untouched: readonly FulfillmentOrder['state'][] = ['ALLOCATED', 'RELEASED', 'ACCEPTED'];

/** What the channel cancelled and we have not yet: what can be, and what is picked or gone already. */
export interface CancelledAtChannel {
  readonly units: UnitsToCancel;
  readonly tooLate: readonly FulfillmentLine[];
}

/**
 * The units that the channel has cancelled beyond what is cancelled here: those that wait first, then those that no location has, then those at
 * locations. Absolute: an order that is so already has none.
 */
export function cancelledAtChannel(
  order: Order,
  parts: readonly FulfillmentOrder[],
  backorders: readonly Backorder[],
  at: OrderAtChannel,
): CancelledAtChannel {
  const open = parts.filter(({ state }) => untouched.includes(state));
  const wanted = cancelledByLine(order, at);
  const found = order.lines.map((line) => ofLine(line, open, wanted.get(line.lineId) ?? 0));
  const allocated = open
    .map((part) => ({ part, lines: found.flatMap(({ at: places }) => places.get(part.fulfillmentOrderId) ?? []) }))
    .filter(({ lines }) => lines.length > 0);
  const reserved = found.flatMap((one) => one.reserved);
  const backordered = found.flatMap((one) => one.backordered);
  return {
    units: { allocated, reserved, backordered, backorders },
    tooLate: found.flatMap((one) => one.tooLate),
  };
}

function ofLine(line: OrderLine, open: readonly FulfillmentOrder[], wanted: number) {
  let left = Math.max(0, wanted - line.units.cancelled);
  const take = (most: number): FulfillmentLine[] => {
    const quantity = Math.min(left, most);
    left -= quantity;
    return quantity === 0 ? [] : [{ lineId: line.lineId, sku: line.sku, quantity }];
  };
  const backordered = take(line.units.backordered);
  const reserved = take(line.units.reserved);
  const at = new Map(
    open.map(({ fulfillmentOrderId, lines }) => [
      fulfillmentOrderId,
      lines.filter(({ lineId }) => lineId === line.lineId).flatMap(({ quantity }) => take(quantity)),
    ]),
  );
  return { backordered, reserved, at, tooLate: take(left) };
}
