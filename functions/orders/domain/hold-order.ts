import { orderHeld, orderHoldReleased } from '../../../shared/contracts/orders/events.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { countIn, openHolds } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { type OrdersPorts } from '../ports.ts';
import { type ChangeCall, changeOrder } from './change-order.ts';

interface HoldAnswer {
  readonly orderId: string;
  readonly holdId: string;
  readonly version: number;
}

/**
 * Places a hold: what is not routed yet waits until every hold is released.
 * Refusals: `not-found`; `state-conflict` when nothing is left that could wait.
 */
export const holdOrder =
  (ports: Pick<OrdersPorts, 'order' | 'commit'>) =>
  (call: ChangeCall & { readonly reason: string }): Promise<Result<HoldAnswer>> =>
    changeOrder(ports, call, (order) => {
      const { orderId, channelId } = order;
      if (countIn(order, 'reserved', 'backordered') === 0) {
        return refuse(
          'state-conflict',
          `Nothing of this order waits to be routed (it is ${statusOf(order)}); a hold would hold nothing.`,
        );
      }
      const holdId = `hold_${order.holds.length + 1}`;
      const hold = { holdId, reason: call.reason, placedAt: call.now, placedBy: call.actor };
      return ok({
        order: { ...order, holds: [...order.holds, hold] },
        events: (version) => [
          orderHeld.of(orderId, version, call, { orderId, channelId, holdId, reason: call.reason }),
        ],
        reply: (version) => ({ orderId, holdId, version }),
      });
    });

/** Releases a hold; a released one stays released. Refusal: `not-found`. */
export const releaseHold =
  (ports: Pick<OrdersPorts, 'order' | 'commit'>) =>
  (call: ChangeCall & { readonly holdId: string }): Promise<Result<HoldAnswer>> =>
    changeOrder(ports, call, (order) => {
      const { orderId, channelId } = order;
      const { holdId } = call;
      const hold = order.holds.find((one) => one.holdId === holdId);
      if (hold === undefined)
        return refuse('not-found', `Order ${orderId} has no hold ${holdId}.`, {
          facts: { holds: openHolds(order).map((one) => one.holdId) },
        });
      const reply = (version: number) => ({ orderId, holdId, version });
      if (hold.releasedAt !== undefined) return ok({ reply });
      const holds = order.holds.map((one) => (one === hold ? { ...one, releasedAt: call.now } : one));
      const left = openHolds({ holds }).length;
      return ok({
        order: { ...order, holds },
        events: (version) => [
          orderHoldReleased.of(orderId, version, call, { orderId, channelId, holdId, openHolds: left }),
        ],
        reply,
      });
    });
