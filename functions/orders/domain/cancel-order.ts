import { fulfillmentOrderCancelled } from '../../../shared/contracts/fulfillment/events.ts';
import { orderCancelled } from '../../../shared/contracts/orders/events.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type Decision, type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type FulfillmentOrder, isOpen } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, countIn, linesIn, moveLines } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { type Cause } from '../../../shared/model/stock/counters.ts';
import { deallocate, unreserve } from '../../../shared/model/stock/movements.ts';
import { type OrderCollection, type OrdersPorts } from '../ports.ts';
import { unknownOrder } from './read-order.ts';

/** A request to cancel a whole order. */
export interface CancelCall {
  readonly orderId: string;
  readonly reason: string;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

interface CancelAnswer {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
}

/**
 * Cancels an order of which nothing was picked or shipped: backordered units are forgotten, reserved and allocated ones are free to sell
 * again, its open fulfillment orders are cancelled — all in one transaction.
 * A cancelled order stays cancelled. Refusals: `not-found`, `state-conflict` with the fulfillment orders in the way.
 */
export const cancelOrder =
  (ports: Pick<OrdersPorts, 'collection' | 'commit'>) =>
  (call: CancelCall): Promise<Result<CancelAnswer>> =>
    decideAndCommit<CancelAnswer>(
      ports.commit,
      async () => {
        const collection = await ports.collection(call.orderId);
        return collection === undefined ? unknownOrder(call.orderId) : decide(collection, call);
      },
      call.once,
    );

function decide({ order, fulfillmentOrders }: OrderCollection, call: CancelCall): Result<Decision<CancelAnswer>> {
  if (countIn(order, 'picked', 'shipped', 'delivered', 'returned') > 0) {
    const inTheWay = fulfillmentOrders
      .filter(({ state }) => state === 'PICKED' || state === 'PACKED' || state === 'SHIPPED' || state === 'DELIVERED')
      .map(({ fulfillmentOrderId, location, state }) => ({ fulfillmentOrderId, location, state }));
    return refuse(
      'state-conflict',
      'Units of this order are picked or gone. Cancel the fulfillment orders that can be, and return the rest.',
      { facts: { inTheWay } },
    );
  }
  const { orderId } = order;
  if (statusOf(order) === 'CANCELLED')
    return ok({ changes: [], reply: { orderId, status: 'CANCELLED', version: order.version } });
  const cancelled = cancelledOrder(order, call);
  const open = fulfillmentOrders.filter(isOpen);
  const cause: Cause = {
    operation: 'cancel',
    reference: orderId,
    actor: call.actor,
    at: call.now,
    reason: call.reason,
  };
  const changes = [
    ...stockChanges(order, open, cause),
    ...open.map((one) => cancelledPart(one, call)),
    replace('order', cancelled, order.version),
  ];
  return ok({ changes, reply: { orderId, status: statusOf(cancelled), version: cancelled.version } });
}

function stockChanges(order: Order, open: readonly FulfillmentOrder[], cause: Cause): Change[] {
  const allocated = open.flatMap(({ location, lines }) =>
    lines.map(({ sku, quantity }) => ({ sku, quantity, location })),
  );
  const backordered = new Set(linesIn(order, 'backordered').map(({ sku }) => sku));
  const freed = [
    ...deallocate(allocated, order.pool, 'none', 'ats', cause),
    ...unreserve(linesIn(order, 'reserved'), order.pool, cause),
  ];
  return [
    ...mergedPools(freed),
    ...[...backordered].map((sku): Change => ({
      kind: 'delete',
      entity: 'backorder',
      id: { sku, placedAt: order.placedAt, orderId: order.orderId },
    })),
  ];
}

/** One SKU may be partly allocated and partly reserved: both touch its pool, and one item takes one action. */
function mergedPools(changes: ReturnType<typeof unreserve>): Change[] {
  const merged = new Map<string, (typeof changes)[number]>();
  for (const change of changes) {
    const key = JSON.stringify(change.key);
    const other = merged.get(key);
    const add: Record<string, number> = { ...other?.add };
    for (const [counter, delta] of Object.entries(change.add)) add[counter] = (add[counter] ?? 0) + delta;
    merged.set(key, { ...other, ...change, add, atLeast: { ...other?.atLeast, ...change.atLeast } });
  }
  return [...merged.values()];
}

function cancelledOrder(order: Order, call: CancelCall): Order {
  const { orderId, channelId } = order;
  const states = ['backordered', 'reserved', 'allocated'] as const;
  const moved = states.flatMap((state) => linesIn(order, state));
  const lines = states.reduce(
    (current, state) => moveLines({ ...order, lines: current }, linesIn(order, state), state, 'cancelled'),
    order.lines,
  );
  const version = order.version + 1;
  const event = orderCancelled.of(orderId, version, call, {
    orderId,
    channelId,
    reason: call.reason,
    lines: moved,
    complete: true,
  });
  return { ...order, lines, version, updatedAt: call.now, events: [event] };
}

function cancelledPart(part: FulfillmentOrder, call: CancelCall): Change {
  const { fulfillmentOrderId, orderId, channelId, location, lines } = part;
  const version = part.version + 1;
  const event = fulfillmentOrderCancelled.of(fulfillmentOrderId, version, call, {
    fulfillmentOrderId,
    orderId,
    channelId,
    location,
    lines: [...lines],
  });
  return replace(
    'fulfillmentOrder',
    { ...part, state: 'CANCELLED', version, updatedAt: call.now, events: [event] },
    part.version,
  );
}
