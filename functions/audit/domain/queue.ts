import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { linesIn } from '../../../shared/model/orders/order.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { type AuditPorts } from '../ports.ts';
import { type SkuReading } from './correction.ts';

/** What puts the queue of a SKU right: an order stands in it with what it waits for, and nobody else does. */
export async function queueCorrections(
  ports: Pick<AuditPorts, 'order'>,
  { items, findings }: SkuReading,
): Promise<Change[]> {
  const wrong = findings.filter(({ identity }) => identity === 'backorders-queued').map(({ subject }) => subject);
  const queued = items.flatMap((one) => (one.kind === 'backorder' ? [one.item] : []));
  const changes = await Promise.all(
    wrong.map(async ({ orderId = '', sku = '' }) => {
      const mine = queued.filter((one) => one.orderId === orderId && one.sku === sku);
      return inQueue(ports, orderId, sku, mine);
    }),
  );
  return changes.flat();
}

async function inQueue(
  ports: Pick<AuditPorts, 'order'>,
  orderId: string,
  sku: string,
  queued: readonly Backorder[],
): Promise<Change[]> {
  const order = await ports.order({ orderId });
  const lines = order === undefined ? [] : linesIn(order, 'backordered').filter((line) => line.sku === sku);
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  const gone = (one: Backorder): Change => ({ kind: 'delete', entity: 'backorder', id: one });
  if (order === undefined || quantity === 0) return queued.map(gone);
  const [first, ...others] = queued;
  if (first !== undefined)
    return [
      replace('backorder', { ...first, quantity, version: first.version + 1 }, first.version),
      ...others.map(gone),
    ];
  const { pool, channelId, capturedAt: queuedAt } = order;
  return [create('backorder', { sku, pool, orderId, channelId, queuedAt, quantity, promises: [], version: 1 })];
}
