import { fulfillmentOrderAmended, fulfillmentOrderCancelled } from '../../../shared/contracts/fulfillment/events.ts';
import { orderCancelled } from '../../../shared/contracts/orders/events.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type FulfillmentLine, type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, moveLines, openHolds } from '../../../shared/model/orders/order.ts';
import { preorderReason } from '../../../shared/model/orders/launch.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { type Cause } from '../../../shared/model/stock/counters.ts';
import { summed } from '../../../shared/model/stock/demand.ts';
import { inOneWrite } from '../../../shared/model/stock/in-one-write.ts';
import { deallocate, unreserve } from '../../../shared/model/stock/movements.ts';
import { afterForgetting } from '../../../shared/model/stock/promises.ts';
import { forgetBackorder } from '../../../shared/model/stock/queue.ts';
import { type StockChange } from '../../../shared/model/stock/stock-change.ts';

/** Why, when and by whom. */
export interface CancelContext {
  readonly reason: string;
  readonly now: string;
  readonly actor: string;
}

/** Units of an order that are to be cancelled, by where they are. */
export interface UnitsToCancel {
  /** Of fulfillment orders that nobody has picked: some of their lines' units, or all. */
  readonly allocated: readonly { readonly part: FulfillmentOrder; readonly lines: readonly FulfillmentLine[] }[];
  readonly reserved: readonly FulfillmentLine[];
  readonly backordered: readonly FulfillmentLine[];
  /** The queue's entries of SKUs of which some units go on waiting. */
  readonly backorders?: readonly Backorder[];
}

/**
 * The changes that cancel units in one transaction, without the order itself: stock freed, backorders forgotten or made smaller, fulfillment
 * orders made smaller or cancelled. Units that came out of a channel's ring-fence or a checkout's hold are everybody's now.
 */
export function changesOfCancel(order: Order, units: UnitsToCancel, context: CancelContext): Change[] {
  const { actor, now, reason } = context;
  const cause = { operation: 'cancel', reference: order.orderId, actor, at: now, reason };
  const located = units.allocated.flatMap(({ part: { location }, lines }) =>
    lines.map(({ sku, quantity }) => ({ sku, quantity, location })),
  );
  const forgotten = summed(units.backordered).flatMap((demand) => waitsLess(order, demand, units.backorders, cause));
  return [
    ...inOneWrite([
      ...deallocate(located, order.pool, 'none', 'ats', cause),
      ...unreserve(units.reserved, order.pool, cause),
      ...forgotten.filter(isStock),
    ]),
    ...forgotten.filter((change) => !isStock(change)),
    ...units.allocated.map(({ part, lines }) => withoutLines(part, lines, context)),
  ];
}

/** The order's lines with those units cancelled. */
export function linesWithout(order: Order, units: UnitsToCancel): Order['lines'] {
  const moves = [
    ['allocated', units.allocated.flatMap(({ lines }) => lines)],
    ['reserved', units.reserved],
    ['backordered', units.backordered],
  ] as const;
  return moves.reduce(
    (lines, [state, moved]) => moveLines({ ...order, lines }, moved, state, 'cancelled'),
    order.lines,
  );
}

/** What is told of it: each line once, wherever its units were. */
export function cancelledEvent(
  order: Order,
  after: Pick<Order, 'lines'>,
  units: UnitsToCancel,
  context: CancelContext,
) {
  const { orderId, channelId } = order;
  const all = [...units.allocated.flatMap(({ lines }) => lines), ...units.reserved, ...units.backordered];
  const lines = all.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  const complete = statusOf({ ...order, ...after }) === 'CANCELLED';
  return orderCancelled.of(orderId, order.version + 1, context, {
    orderId,
    channelId,
    reason: context.reason,
    lines,
    complete,
  });
}

/** An order that waits for its launch and of which nothing is left waits no more. */
export const preorderOver = (order: Order): Change[] =>
  openHolds(order).some(({ reason }) => reason === preorderReason)
    ? [{ kind: 'delete', entity: 'preorder', id: { orderId: order.orderId } }]
    : [];

const isStock = (change: Change): change is StockChange => change.kind === 'stock';

/** An order that waits for fewer units of a SKU, or for none. */
function waitsLess(
  order: Order,
  demand: { readonly sku: string; readonly quantity: number },
  backorders: readonly Backorder[] = [],
  cause: Cause,
): Change[] {
  const [stock, gone] = forgetBackorder(order, demand, cause);
  const waits = backorders.find(({ sku }) => sku === demand.sku);
  if (stock === undefined || gone === undefined) throw new Error('a backorder is its pool and its entry');
  if (waits === undefined || waits.quantity <= demand.quantity) return [stock, gone];
  const rest = { ...afterForgetting(waits, demand.quantity), version: waits.version + 1, events: [] };
  return [stock, replace('backorder', rest, waits.version)];
}

/** A fulfillment order that becomes less, or is over; its location is told, if it knows of it. */
function withoutLines(part: FulfillmentOrder, taken: readonly FulfillmentLine[], context: CancelContext): Change {
  const { fulfillmentOrderId, orderId, channelId, location, state, amendments = [] } = part;
  const { now: at, actor: by, reason } = context;
  const version = part.version + 1;
  const about = { fulfillmentOrderId, orderId, channelId, location };
  const next = { ...part, version, updatedAt: at };
  const lines = leftOf(part.lines, taken);
  if (lines.length === 0) {
    const event = fulfillmentOrderCancelled.of(fulfillmentOrderId, version, context, {
      ...about,
      lines: [...part.lines],
    });
    return replace('fulfillmentOrder', { ...next, state: 'CANCELLED', events: [event] }, part.version);
  }
  const takenOff = taken.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  const data = { ...about, lines, takenOff, reason };
  const events = state === 'ALLOCATED' ? [] : [fulfillmentOrderAmended.of(fulfillmentOrderId, version, context, data)];
  const amended = [...amendments, { lines: takenOff, reason, at, by }];
  return replace('fulfillmentOrder', { ...next, lines, amendments: amended, events }, part.version);
}

const leftOf = (lines: readonly FulfillmentLine[], taken: readonly FulfillmentLine[]): FulfillmentLine[] =>
  lines.flatMap((line) => {
    const gone = taken.filter(({ lineId }) => lineId === line.lineId).reduce((sum, { quantity }) => sum + quantity, 0);
    return line.quantity > gone ? [{ ...line, quantity: line.quantity - gone }] : [];
  });
