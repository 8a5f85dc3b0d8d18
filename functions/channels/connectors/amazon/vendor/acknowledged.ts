import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Tell } from '../../../domain/tell.ts';
import { needs } from '../needs.ts';
import { callApi, readAnswer, wordsOf } from '../sp-api.ts';
import { type PurchaseOrder, purchaseOrder } from './payload.ts';

/**
 * Accepts a purchase order in full, where the channel is set to (`acknowledge: accept`): which units come, and when, is a promise to Amazon
 * with a penalty, so it is nothing to do unasked. One that is acknowledged already stays so. Orders of buyers need no answer.
 * Refusals: `provider-unavailable`, `invalid-request` in Amazon's words.
 */
export const acknowledged: Tell<'acknowledged'> = async ({ externalId }, connection) => {
  const of = (name: string) => settingOf(connection.channel, needs, name);
  if (of('program') !== 'vendor' || of('acknowledge') !== 'accept') return ok({});
  const order = await orderNow(externalId, connection);
  if (!order.ok) return order;
  if (order.value.purchaseOrderState !== 'New') return ok({});
  const operation = 'submitAcknowledgement';
  const answer = await callApi(connection, {
    operation,
    method: 'POST',
    path: '/vendor/orders/v1/acknowledgements',
    body: { acknowledgements: [accepting(order.value, connection.now())] },
  });
  if (!answer.ok) return answer;
  return answer.value.status < 300
    ? ok({})
    : refuse(
        'invalid-request',
        `Amazon did not take the acknowledgement of ${externalId}: ${wordsOf(answer.value)}. Answer it in Vendor Central.`,
      );
};

async function orderNow(externalId: string, connection: Connection): Promise<Result<PurchaseOrder>> {
  const operation = 'getPurchaseOrder';
  const path = `/vendor/orders/v1/purchaseOrders/${encodeURIComponent(externalId)}`;
  const answer = await callApi(connection, { operation, path });
  if (!answer.ok) return answer;
  const read = readAnswer(answer.value, z.object({ payload: purchaseOrder }), operation);
  return read.ok ? ok(read.value.payload) : read;
}

function accepting({ purchaseOrderNumber, orderDetails: { sellingParty, items } }: PurchaseOrder, now: string) {
  return {
    purchaseOrderNumber,
    sellingParty: { partyId: sellingParty?.partyId },
    acknowledgementDate: now,
    items: items.map(({ itemSequenceNumber, amazonProductIdentifier, vendorProductIdentifier, orderedQuantity }) => ({
      itemSequenceNumber,
      amazonProductIdentifier,
      vendorProductIdentifier,
      orderedQuantity,
      itemAcknowledgements: [{ acknowledgementCode: 'Accepted', acknowledgedQuantity: orderedQuantity }],
    })),
  };
}
