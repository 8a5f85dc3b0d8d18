import { fulfillmentOrderCancelled } from '../../../shared/contracts/fulfillment/events.ts';
import { orderCancelled } from '../../../shared/contracts/orders/events.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, linesIn, moveLines, openHolds } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { preorderReason } from '../../../shared/model/orders/launch.ts';
import { forgetBackorder } from '../../../shared/model/stock/queue.ts';
import { summed } from '../../../shared/model/stock/demand.ts';
import { inOneWrite } from '../../../shared/model/stock/in-one-write.ts';
import { deallocate, unreserve } from '../../../shared/model/stock/movements.ts';
import { type StockChange } from '../../../shared/model/stock/stock-change.ts';

/** Why, when and by whom. */
interface CancelContext {
  readonly reason: string;
  readonly now: string;
  readonly actor: string;
}

/** Stays below the hundred actions of one transaction, with the idempotency record among them. */
const maximumChanges = 99;

/** True when all of an order can be cancelled in one transaction. */
export const fitsOneTransaction = (order: Order, open: readonly FulfillmentOrder[]): boolean =>
  cancellationOf(order, open, true, { reason: '', now: order.updatedAt, actor: '' }).changes.length <= maximumChanges;

/**
 * The changes that cancel some fulfillment orders and, if `unrouted`, the units that no location has yet: stock freed, backorders
 * forgotten, the order's units moved — one transaction. Nothing that was cancelled needs a person any more.
 */
export function cancellationOf(
  order: Order,
  parts: readonly FulfillmentOrder[],
  unrouted: boolean,
  context: CancelContext,
): { readonly changes: Change[]; readonly cancelled: Order } {
  const moves = [
    { state: 'allocated' as const, lines: parts.flatMap(({ lines }) => lines) },
    ...(unrouted
      ? (['reserved', 'backordered'] as const).map((state) => ({ state, lines: linesIn(order, state) }))
      : []),
  ];
  const lines = moves.reduce(
    (current, { state, lines: moved }) => moveLines({ ...order, lines: current }, moved, state, 'cancelled'),
    order.lines,
  );
  const cancelled = cancelledOrder(
    order,
    { ...order, lines },
    moves.flatMap((move) => move.lines),
    context,
  );
  return {
    changes: [
      ...freed(order, parts, unrouted, context),
      ...parts.map((part) => cancelledPart(part, context)),
      replace('order', cancelled, order.version),
    ],
    cancelled,
  };
}

function cancelledOrder(
  before: Order,
  after: Order,
  lines: { lineId: string; sku: string; quantity: number }[],
  context: CancelContext,
): Order {
  const { orderId, channelId } = before;
  const version = before.version + 1;
  const complete = statusOf(after) === 'CANCELLED';
  const told = lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  const event = orderCancelled.of(orderId, version, context, {
    orderId,
    channelId,
    reason: context.reason,
    lines: told,
    complete,
  });
  const exceptions = complete ? after.exceptions.map((one) => ({ resolvedAt: context.now, ...one })) : after.exceptions;
  return { ...after, exceptions, version, updatedAt: context.now, events: [event] };
}

/**
 * What the units were promised from, given back. A SKU may be partly allocated, reserved and waited for: all touch its pool. Units that
 * came out of a channel's ring-fence or a checkout's hold are everybody's now.
 */
function freed(
  order: Order,
  parts: readonly FulfillmentOrder[],
  unrouted: boolean,
  { actor, now, reason }: CancelContext,
): Change[] {
  const cause = { operation: 'cancel', reference: order.orderId, actor, at: now, reason };
  const allocated = parts.flatMap(({ location, lines }) =>
    lines.map(({ sku, quantity }) => ({ sku, quantity, location })),
  );
  const waiting = unrouted ? summed(linesIn(order, 'backordered')) : [];
  const forgotten = waiting.flatMap((demand) => forgetBackorder(order, demand, cause));
  return [
    ...inOneWrite([
      ...deallocate(allocated, order.pool, 'none', 'ats', cause),
      ...(unrouted ? unreserve(linesIn(order, 'reserved'), order.pool, cause) : []),
      ...forgotten.filter(isStock),
    ]),
    ...forgotten.filter((change) => !isStock(change)),
    ...(unrouted && openHolds(order).some(({ reason: why }) => why === preorderReason)
      ? [{ kind: 'delete' as const, entity: 'preorder' as const, id: { orderId: order.orderId } }]
      : []),
  ];
}

const isStock = (change: Change): change is StockChange => change.kind === 'stock';

function cancelledPart(part: FulfillmentOrder, context: CancelContext): Change {
  const { fulfillmentOrderId, orderId, channelId, location } = part;
  const version = part.version + 1;
  const lines = [...part.lines];
  const event = fulfillmentOrderCancelled.of(fulfillmentOrderId, version, context, {
    fulfillmentOrderId,
    orderId,
    channelId,
    location,
    lines,
  });
  return replace(
    'fulfillmentOrder',
    { ...part, state: 'CANCELLED', version, updatedAt: context.now, events: [event] },
    part.version,
  );
}
