import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Tell } from '../../../domain/tell.ts';
import { changeOrder, orderNow } from './order.ts';

/**
 * Cancels the fulfillments of an order, and the order itself where nobody has paid: Square keeps a paid order open, and its money goes back by a
 * refund. It cancels fulfillments whole.
 * Source: https://developer.squareup.com/docs/orders-api/manage-orders/cancel-orders
 */
export const cancelled: Tell<'cancelled'> = async (notice, connection) => {
  if (!notice.facts.complete)
    return refuse(
      'state-conflict',
      `Square cancels a fulfillment whole, and of order ${notice.externalId} something is left. Refund these lines (a refund is told to Square), then dismiss this.`,
    );
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  const { state, fulfillments, tenders } = order.value;
  const open = fulfillments.filter(
    (one) => one.uid != null && !['COMPLETED', 'CANCELED', 'FAILED'].includes(one.state ?? ''),
  );
  const isUnpaid = tenders.length === 0;
  if (state === 'CANCELED' || (open.length === 0 && !isUnpaid)) return ok({});
  return changeOrder(connection, notice, order.value, {
    ...(open.length > 0 && { fulfillments: open.map(({ uid }) => ({ uid, state: 'CANCELED' })) }),
    ...(isUnpaid && { state: 'CANCELED' }),
  });
};
