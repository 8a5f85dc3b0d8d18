import * as z from 'zod';
import { type NoticeFacts } from '../../../../../shared/contracts/channels/notice.ts';
import { present } from '../../../../../shared/kernel/present.ts';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { readJson } from '../../kit/read-json.ts';
import { callEbay } from '../api.ts';
import { notTaken } from '../errors.ts';
import { carrierCode, plainNumber } from './carriers.ts';
import { orderPath } from './order.ts';

const fulfillments = z.looseObject({
  fulfillments: z
    .array(z.looseObject({ fulfillmentId: z.string().nullish(), shipmentTrackingNumber: z.string().nullish() }))
    .nullish(),
});

/**
 * Tells eBay of a parcel: its lines, carrier and tracking number. Each call makes another parcel of it, so after a try whose answer was lost the
 * order's parcels are looked at first.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/shipping_fulfillment/methods/createShippingFulfillment
 */
export const shipped: Tell<'shipped'> = async (notice, connection) => {
  const known = notice.tries > 0 ? await parcelThere(connection, notice) : ok(undefined);
  if (!known.ok) return known;
  if (known.value !== undefined) return ok({ reference: known.value });
  const answer = await callEbay(connection, {
    operation: 'fulfillment',
    path: `${orderPath(notice)}/shipping_fulfillment`,
    as: 'user',
    body: parcelOf(notice.facts),
  });
  if (!answer.ok) return answer;
  if (answer.value.status !== 201)
    return notTaken(answer.value, `the parcel ${notice.facts.trackingNumber} of order ${notice.externalId}`);
  const reference = answer.value.headers['location']?.split('/').at(-1);
  return ok(present({ reference: reference === '' ? undefined : reference }));
};

/** A parcel as eBay takes it. Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:ShippingFulfillmentDetails */
export function parcelOf({ lines, shippedAt, carrier, trackingNumber }: NoticeFacts['shipped']) {
  const number = plainNumber(trackingNumber);
  return {
    lineItems: lines.map(({ lineId, quantity }) => ({ lineItemId: lineId, quantity })),
    shippedDate: new Date(shippedAt).toISOString(),
    ...(number !== '' && { shippingCarrierCode: carrierCode(carrier), trackingNumber: number }),
  };
}

/** The id of the parcel with this tracking number, where eBay has it. */
async function parcelThere(
  connection: Connection,
  notice: NoticeToTell<'shipped'>,
): Promise<Result<string | undefined>> {
  const path = `${orderPath(notice)}/shipping_fulfillment`;
  const answer = await callEbay(connection, { operation: 'fulfillment', path, as: 'user' });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return notTaken(answer.value, `a question for the parcels of ${notice.externalId}`);
  const json = readJson(answer.value.body);
  const number = plainNumber(notice.facts.trackingNumber);
  const all = fulfillments.safeParse(json.ok ? json.value : undefined).data?.fulfillments ?? [];
  const same = all.find(({ shipmentTrackingNumber: one }) => one != null && plainNumber(one) === number);
  return ok(same && (same.fulfillmentId ?? number));
}
