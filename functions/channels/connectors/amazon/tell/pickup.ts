import { ok } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { callApi, notTaken, wordsOf } from '../sp-api.ts';
import { marketplaceOf, vendorRefusal } from './marketplace-of.ts';

/** Amazon's statuses of an order that its buyer collects in a store. */
export type PickupStatus = 'ReadyForPickup' | 'PickedUp';

/** What Amazon is told of it. */
export const statusOf = (
  { facts }: Pick<NoticeToTell<'ready' | 'collected'>, 'facts'>,
  marketplaceId: string,
  shipmentStatus: PickupStatus,
) => ({
  marketplaceId,
  shipmentStatus,
  orderItems: facts.lines.map(({ lineId, quantity }) => ({ orderItemId: lineId, quantity })),
});

/**
 * Says how far an order is that its buyer collects in a store (in-store pickup). It is a state, so that saying it again changes nothing; Amazon
 * refuses what it has already in these words. Source: https://developer-docs.amazon.com/sp-api/docs/orders-api-v0-reference
 */
const telling =
  <K extends 'ready' | 'collected'>(status: PickupStatus): Tell<K> =>
  async (notice, connection) => {
    const marketplaceId = vendorRefusal(notice, connection) ?? marketplaceOf(notice, connection);
    if (!marketplaceId.ok) return marketplaceId;
    const answer = await callApi(connection, {
      operation: 'updateShipmentStatus',
      method: 'POST',
      path: `/orders/v0/orders/${encodeURIComponent(notice.externalId)}/shipment`,
      body: statusOf(notice, marketplaceId.value, status),
    });
    if (!answer.ok) return answer;
    if (answer.value.status < 300 || /already/i.test(wordsOf(answer.value))) return ok({});
    return notTaken(`${status} of order ${notice.externalId}`, answer.value, 'Say it in Seller Central.');
  };

/** It can be collected. */
export const ready: Tell<'ready'> = telling('ReadyForPickup');
/** It was collected. */
export const collected: Tell<'collected'> = telling('PickedUp');
