import { orderReserved } from '../../../shared/contracts/orders/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type Order, countIn, linesIn, moveLines } from '../../../shared/model/orders/order.ts';
import { reserve } from '../../../shared/model/stock/movements.ts';
import { type OrdersPorts } from '../ports.ts';
import { unknownOrder } from './read-order.ts';

/** Who asks for backordered units to be promised. */
export interface ReserveCall {
  readonly orderId: string;
  readonly now: string;
  readonly actor: string;
}

/**
 * Promises backordered units, SKU by SKU, as far as the pool has them now: each SKU is one transaction of its own, so that one that is
 * still short does not keep back the others. Twice is once: what is reserved already is backordered no more. Refusal: `not-found`.
 */
export const reserveBackorder =
  (ports: Pick<OrdersPorts, 'order' | 'commit'>) =>
  async (call: ReserveCall): Promise<Result<{ backordered: number; reserved: number }>> => {
    const first = await ports.order(call.orderId);
    if (first === undefined) return unknownOrder(call.orderId);
    for (const sku of new Set(linesIn(first, 'backordered').map((line) => line.sku)))
      await reserveSku(ports, call, sku);
    const last = (await ports.order(call.orderId)) ?? first;
    return ok({ backordered: countIn(last, 'backordered'), reserved: countIn(last, 'reserved') });
  };

/** Tries one SKU until it is reserved, is short, or has nothing left to reserve. */
async function reserveSku(ports: Pick<OrdersPorts, 'order' | 'commit'>, call: ReserveCall, sku: string): Promise<void> {
  for (;;) {
    const order = await ports.order(call.orderId);
    const lines = order ? linesIn(order, 'backordered').filter((line) => line.sku === sku) : [];
    if (order === undefined || lines.length === 0) return;
    const outcome = await ports.commit(changesFor(order, lines, call));
    if (outcome.ok || outcome.conflicts.every(({ kind }) => kind === 'stock')) return;
  }
}

function changesFor(order: Order, lines: ReturnType<typeof linesIn>, call: ReserveCall): Change[] {
  const { orderId, channelId, capturedAt, pool, version } = order;
  const event = orderReserved.of(orderId, version + 1, call, { orderId, channelId, lines });
  const next: Order = {
    ...order,
    lines: moveLines(order, lines, 'backordered', 'reserved'),
    version: version + 1,
    updatedAt: call.now,
    events: [event],
  };
  const cause = { operation: 'fill-backorder', reference: orderId, actor: call.actor, at: call.now };
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  return [
    ...reserve(lines, pool, 0, cause),
    replace('order', next, version),
    ...skus.map((sku): Change => ({ kind: 'delete', entity: 'backorder', id: { sku, queuedAt: capturedAt, orderId } })),
  ];
}
