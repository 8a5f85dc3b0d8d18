import { type OrdersPorts } from '../ports.ts';
import { releaseHold } from './hold-order.ts';

/**
 * Launches have come: the orders that waited for one may be routed. Run twice or late it does the same; a hold that a person released
 * before, or an order that was cancelled, only leaves the list.
 */
export const releasePreorders =
  (ports: Pick<OrdersPorts, 'order' | 'commit' | 'preordersUntil'>) =>
  async (now: string): Promise<void> => {
    for await (const { orderId, holdId } of ports.preordersUntil(now)) {
      const released = await releaseHold(ports)({ orderId, holdId, now, actor: 'launch' });
      if (!released.ok && released.refusal.code !== 'not-found')
        throw new Error(`the pre-order ${orderId} was not released: ${released.refusal.detail}`);
      await ports.commit([{ kind: 'delete', entity: 'preorder', id: { orderId } }]);
    }
  };
