import { orderExceptionRaised } from '../../../shared/contracts/orders/events.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { replace } from '../../../shared/model/changes.ts';
import { type Order, linesIn } from '../../../shared/model/orders/order.ts';
import { promiseMovedCode } from '../../../shared/model/orders/promise-moved.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { type OrdersPorts } from '../ports.ts';
import { withPromises } from './order-promises.ts';

/** How often it is written before the message goes back to its queue. */
const rounds = 10;

/**
 * Makes an order say what its backorders say: the promise of each line that waits, and an exception while one is too late. It looks again
 * after it wrote, until there is nothing left to write: a promise that moved meanwhile is not overlooked.
 * @throws Error when others kept changing it
 */
export const settlePromises =
  (ports: Pick<OrdersPorts, 'order' | 'backorder' | 'commit'>) =>
  async (orderId: string, now: string): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      const order = await ports.order(orderId);
      if (order === undefined) return;
      const next = withPromises(order, await backordersOf(ports, order), now);
      if (canonicalJson(next) === canonicalJson(order)) return;
      const version = order.version + 1;
      const events = raised(order, next, version, now);
      await ports.commit([replace('order', { ...next, version, updatedAt: now, events }, order.version)]);
    }
    throw new Error(`order ${orderId} kept changing`);
  };

async function backordersOf(ports: Pick<OrdersPorts, 'backorder'>, order: Order): Promise<Backorder[]> {
  const { orderId, capturedAt: queuedAt } = order;
  const skus = [...new Set(linesIn(order, 'backordered').map(({ sku }) => sku))];
  const found = await Promise.all(skus.map((sku) => ports.backorder({ sku, queuedAt, orderId })));
  return found.filter((one) => one !== undefined);
}

function raised(before: Order, after: Order, version: number, now: string) {
  const { orderId, channelId } = after;
  return after.exceptions
    .slice(before.exceptions.length)
    .map(({ detail, facts }) =>
      orderExceptionRaised.of(
        orderId,
        version,
        { now, actor: 'supply' },
        { orderId, channelId, code: promiseMovedCode, detail, ...(facts && { facts: { ...facts } }) },
      ),
    );
}
