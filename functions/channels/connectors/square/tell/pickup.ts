import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Tell } from '../../../domain/tell.ts';
import { type SquareOrder } from '../payload.ts';
import { changeOrder, orderNow } from './order.ts';
import { openOf, progressOf } from './progress.ts';

/** Says that an order can be collected: Square tells the buyer. Source: https://developer.squareup.com/docs/orders-api/fulfillments */
export const ready: Tell<'ready'> = async (notice, connection) => {
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  const waiting = openOf(order.value, 'PICKUP').filter(({ state }) => state !== 'PREPARED');
  if (waiting.length > 0)
    return changeOrder(connection, notice, order.value, {
      fulfillments: waiting.map(({ uid }) => ({ uid, state: 'PREPARED' })),
    });
  return isPickup(order.value, ['PREPARED', 'COMPLETED']) ? ok({}) : noPickup(notice.externalId);
};

/** Says that an order was collected; of one that is collected in parts, with the last of them. */
export const collected: Tell<'collected'> = async (notice, connection) => {
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  const { isTold, isAll, metadata } = progressOf(order.value, notice);
  if (isTold || isPickup(order.value, ['COMPLETED'])) return ok({});
  const open = openOf(order.value, 'PICKUP');
  if (open.length === 0) return noPickup(notice.externalId);
  return changeOrder(connection, notice, order.value, {
    ...(isAll && { fulfillments: open.map(({ uid }) => ({ uid, state: 'COMPLETED' })) }),
    metadata,
  });
};

const isPickup = ({ fulfillments }: SquareOrder, states: readonly string[]): boolean =>
  fulfillments.some(({ type, state }) => type === 'PICKUP' && states.includes(state ?? ''));

const noPickup = (orderId: string) =>
  refuse(
    'state-conflict',
    `Order ${orderId} has no open pickup at Square. It may be cancelled there: look at it in the Square Dashboard.`,
  );
