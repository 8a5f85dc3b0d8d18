import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Decision, type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { isOpen } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { countIn } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { type OrderCollection, type OrdersPorts } from '../ports.ts';
import { cancellationOf, fitsOneTransaction } from './cancellation.ts';
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

type CancelPorts = Pick<OrdersPorts, 'collection' | 'commit'>;

/**
 * Cancels an order of which nothing was picked or shipped: backordered units are forgotten, reserved and allocated ones are free to sell
 * again, its open fulfillment orders are cancelled — in one transaction. An order too large for one is cancelled fulfillment order by
 * fulfillment order, each complete in itself, and the rest at the end; a repeat goes on where a crash left it.
 * A cancelled order stays cancelled. Refusals: `not-found`, `state-conflict` with the fulfillment orders in the way.
 */
export const cancelOrder =
  (ports: CancelPorts) =>
  async (call: CancelCall): Promise<Result<CancelAnswer>> => {
    for (;;) {
      const part = await decideAndCommit(ports.commit, () => whatDoesNotFit(ports, call));
      if (!part.ok) return part;
      if (!part.value.more) break;
    }
    return decideAndCommit(ports.commit, () => theRest(ports, call), call.once);
  };

async function whatDoesNotFit(
  ports: CancelPorts,
  call: CancelCall,
): Promise<Result<Decision<{ readonly more: boolean }>>> {
  const collection = await ports.collection(call.orderId);
  if (collection === undefined) return unknownOrder(call.orderId);
  const open = collection.fulfillmentOrders.filter(isOpen);
  const [first] = open;
  if (first === undefined) return ok({ changes: [], reply: { more: false } });
  const allowed = mayBeCancelled(collection);
  if (!allowed.ok) return allowed;
  if (fitsOneTransaction(collection.order, open)) return ok({ changes: [], reply: { more: false } });
  return ok({ changes: cancellationOf(collection.order, [first], false, call).changes, reply: { more: true } });
}

async function theRest(ports: CancelPorts, call: CancelCall): Promise<Result<Decision<CancelAnswer>>> {
  const collection = await ports.collection(call.orderId);
  if (collection === undefined) return unknownOrder(call.orderId);
  const { order, fulfillmentOrders } = collection;
  const { orderId } = order;
  if (statusOf(order) === 'CANCELLED')
    return ok({ changes: [], reply: { orderId, status: 'CANCELLED', version: order.version } });
  const allowed = mayBeCancelled(collection);
  if (!allowed.ok) return allowed;
  const { changes, cancelled } = cancellationOf(order, fulfillmentOrders.filter(isOpen), true, call);
  return ok({ changes, reply: { orderId, status: statusOf(cancelled), version: cancelled.version } });
}

function mayBeCancelled({ order, fulfillmentOrders }: OrderCollection): Result<true> {
  if (countIn(order, 'picked', 'shipped', 'delivered', 'returned') === 0) return ok(true);
  const inTheWay = fulfillmentOrders
    .filter(({ state }) => state === 'PICKED' || state === 'PACKED' || state === 'SHIPPED' || state === 'DELIVERED')
    .map(({ fulfillmentOrderId, location, state }) => ({ fulfillmentOrderId, location, state }));
  return refuse(
    'state-conflict',
    'Units of this order are picked or gone. Cancel the fulfillment orders that can be, and return the rest.',
    {
      facts: { inTheWay },
    },
  );
}
