import { type Preorder } from '../../../shared/model/orders/preorder.ts';
import { type OrdersPorts } from '../ports.ts';
import { releaseHold } from './hold-order.ts';

type ReleasePorts = Pick<OrdersPorts, 'order' | 'commit' | 'preordersUntil'>;

/**
 * Launches have come: the orders that waited for one may be routed. Run twice or late it does the same; a hold that a person released
 * before, or an order that was cancelled, only leaves the list.
 * @throws AggregateError with what went wrong, after every order had its turn: the next run tries those again
 */
export const releasePreorders =
  (ports: ReleasePorts) =>
  async (now: string): Promise<void> => {
    const failures: unknown[] = [];
    for await (const preorder of ports.preordersUntil(now))
      await releaseOne(ports, preorder, now).catch((error: unknown) => failures.push(error));
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of the pre-orders that are due were not released`);
  };

async function releaseOne(ports: ReleasePorts, { orderId, holdId }: Preorder, now: string): Promise<void> {
  const released = await releaseHold(ports)({ orderId, holdId, now, actor: 'launch' });
  if (!released.ok && released.refusal.code !== 'not-found')
    throw new Error(`the pre-order ${orderId} was not released: ${released.refusal.detail}`);
  await ports.commit([{ kind: 'delete', entity: 'preorder', id: { orderId } }]);
}
