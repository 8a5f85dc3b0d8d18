import { orderReserved } from '../../../shared/contracts/orders/events.ts';
import { type Change, type Conflict, replace } from '../../../shared/model/changes.ts';
import { type EntityIds } from '../../../shared/model/entities.ts';
import { type Order, linesIn, moveLines } from '../../../shared/model/orders/order.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { inOneWrite } from '../../../shared/model/stock/in-one-write.ts';
import { reserve } from '../../../shared/model/stock/movements.ts';
import { afterFill } from '../../../shared/model/stock/promises.ts';
import { type OrdersPorts } from '../ports.ts';
import { withPromise } from './order-promises.ts';
import { withoutShortage } from './sold-short.ts';

/** When, and in whose name. */
interface FillContext {
  readonly now: string;
  readonly actor: string;
}

type OrderLines = ReturnType<typeof linesIn>;

/**
 * Reserves units that an order waits for: all of them, or as many as the pool has. One transaction moves the units in the pool and in the
 * order and takes them off the queue. Twice is once: what is reserved waits no more.
 * @returns `served`: nothing of it waits any more; `short`: the pool has nothing left for it, nor for who comes after it
 */
export const reserveBackorder =
  (ports: Pick<OrdersPorts, 'order' | 'backorder' | 'commit'>) =>
  async (id: EntityIds['backorder'], context: FillContext): Promise<'served' | 'short'> => {
    let most = Infinity;
    for (;;) {
      const [order, backorder] = await Promise.all([ports.order(id.orderId), ports.backorder(id)]);
      if (order === undefined || backorder === undefined) return 'served';
      const waiting = linesIn(order, 'backordered').filter(({ sku }) => sku === id.sku);
      if (waiting.length === 0) return 'served';
      const lines = firstUnits(waiting, Math.min(most, backorder.quantity));
      const outcome = await ports.commit(changesFor(order, backorder, lines, context));
      if (outcome.ok) return unitsOf(lines) === unitsOf(waiting) ? 'served' : 'short';
      if (outcome.conflicts.every(({ kind }) => kind === 'stock')) most = leftIn(outcome.conflicts);
      if (most <= 0) return 'short';
    }
  };

/** The first units of some lines. */
function firstUnits(lines: OrderLines, most: number): OrderLines {
  let left = most;
  return lines.flatMap((line) => {
    const quantity = Math.min(left, line.quantity);
    left -= quantity;
    return quantity === 0 ? [] : [{ ...line, quantity }];
  });
}

const unitsOf = (lines: OrderLines): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** What the pool has, as the refused write found it. */
const leftIn = (conflicts: readonly Conflict[]): number =>
  Math.min(...conflicts.map((conflict) => (conflict.kind === 'stock' ? (conflict.present?.['ats'] ?? 0) : 0)));

function changesFor(order: Order, backorder: Backorder, lines: OrderLines, context: FillContext): Change[] {
  const { orderId, channelId, pool, version } = order;
  const { sku } = backorder;
  const filled = unitsOf(lines);
  const rest = { ...afterFill(backorder, filled), version: backorder.version + 1, events: [] };
  const event = orderReserved.of(orderId, version + 1, context, { orderId, channelId, lines });
  const next = withPromise(
    { ...order, lines: moveLines(order, lines, 'backordered', 'reserved') },
    sku,
    rest.promisedFor,
  );
  const cause = { operation: 'fill-backorder', reference: orderId, actor: context.actor, at: context.now };
  return [
    ...inOneWrite([
      ...reserve([{ sku, quantity: filled }], pool, 0, cause),
      { kind: 'stock', key: { level: 'pool', sku, pool }, add: { backordered: -filled }, cause },
    ]),
    replace(
      'order',
      {
        ...next,
        exceptions: withoutShortage(next, context.now),
        version: version + 1,
        updatedAt: context.now,
        events: [event],
      },
      version,
    ),
    rest.quantity === 0
      ? { kind: 'delete', entity: 'backorder', id: backorder }
      : replace('backorder', rest, backorder.version),
  ];
}
