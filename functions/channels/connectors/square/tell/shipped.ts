import { type NoticeFacts } from '../../../../../shared/contracts/channels/notice.ts';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Tell } from '../../../domain/tell.ts';
import { type SquareFulfillment } from '../payload.ts';
import { changeOrder, orderNow } from './order.ts';
import { openOf, progressOf } from './progress.ts';

/**
 * Puts a parcel's carrier and tracking into the order's shipment, and completes that with the last parcel. Square keeps one tracking number:
 * that of the newest parcel. What was told is marked in the order, so that again is harmless.
 * Source: https://developer.squareup.com/docs/orders-api/fulfillments
 */
export const shipped: Tell<'shipped'> = async (notice, connection) => {
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  const { isTold, isAll, metadata } = progressOf(order.value, notice);
  if (isTold) return ok({});
  const open = openOf(order.value, 'SHIPMENT', 'DELIVERY');
  if (open.length === 0)
    return order.value.fulfillments.some(({ state }) => state === 'COMPLETED')
      ? ok({})
      : refuse(
          'state-conflict',
          `Order ${notice.externalId} has no open shipment at Square. It may be cancelled there: look at it in the Square Dashboard.`,
        );
  const fulfillments = open.map((one) => fulfillmentOf(one, notice.facts, isAll));
  return changeOrder(connection, notice, order.value, { fulfillments, metadata });
};

/** A shipment with its parcel. */
export const fulfillmentOf = (
  { uid, type, state }: SquareFulfillment,
  { carrier, trackingNumber, trackingUrl, shippedAt }: NoticeFacts['shipped'],
  isAll: boolean,
) => ({
  uid,
  state: isAll ? 'COMPLETED' : state === 'PROPOSED' ? 'RESERVED' : state,
  ...(type === 'SHIPMENT' && {
    shipment_details: {
      carrier,
      tracking_number: trackingNumber,
      ...(trackingUrl !== undefined && { tracking_url: trackingUrl }),
      ...(isAll && { shipped_at: new Date(shippedAt).toISOString() }),
    },
  }),
});
