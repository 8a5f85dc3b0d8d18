import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { isSameNumber } from '../../kit/named.ts';
import { callWalmart } from '../api.ts';
import { isTaken, notTaken } from '../errors.ts';
import { type WalmartOrder } from '../payload.ts';
import { carrierOf, methodOf } from './carriers.ts';
import { orderNow } from './order-now.ts';

type Lines = NoticeToTell<'shipped'>['facts']['lines'];

/**
 * Marks units of lines as shipped with their parcel; the buyer is charged by it. Saying it again would ship more units, so after a try that
 * nobody knows the end of, and where Walmart refuses, it is first looked which lines have the parcel already.
 * Source: https://developer.walmart.com/us-marketplace/reference/shippingupdates
 */
export const shipped: Tell<'shipped'> = async (notice, connection) => {
  const { externalId, facts } = notice;
  let lines: Result<Lines> = ok(facts.lines);
  if (notice.tries > 0) lines = await untold(notice, connection);
  if (!lines.ok) return lines;
  if (lines.value.length === 0) return ok({});
  const body = shipmentOf(notice, lines.value);
  if (!body.ok) return body;
  const path = `/v3/orders/${encodeURIComponent(externalId)}/shipping`;
  const answer = await callWalmart(connection, { operation: 'shipping', method: 'POST', path, body: body.value });
  if (!answer.ok) return answer;
  if (isTaken(answer.value)) return ok({});
  const left = answer.value.status === 404 ? lines : await untold(notice, connection);
  if (!left.ok) return left;
  return left.value.length === 0
    ? ok({})
    : notTaken(
        `parcel ${facts.trackingNumber} of order ${externalId}`,
        answer.value,
        'Confirm the shipment in Seller Center.',
      );
};

/** What Walmart is told of a parcel. Refusal: `invalid-request` for a carrier that it takes only with a tracking URL. */
export function shipmentOf({ orderId, facts, snapshot }: NoticeToTell<'shipped'>, lines: Lines): Result<object> {
  const carrier = carrierOf(facts.carrier);
  if (carrier === undefined && facts.trackingUrl === undefined)
    return refuse(
      'invalid-request',
      `Walmart does not know the carrier ${facts.carrier} and takes it only with a tracking URL. Confirm the shipment in Seller Center, and report such parcels with trackingUrl.`,
    );
  const trackingInfo = {
    shipDateTime: Date.parse(facts.shippedAt),
    carrierName: carrier === undefined ? { otherCarrier: facts.carrier } : { carrier },
    methodCode: methodOf(snapshot?.order.delivery?.service),
    trackingNumber: facts.trackingNumber,
    ...(facts.trackingUrl !== undefined && { trackingURL: facts.trackingUrl }),
  };
  const orderLine = lines.map(({ lineId, quantity }) => {
    const statusQuantity = { unitOfMeasurement: 'EACH', amount: String(quantity) };
    return {
      lineNumber: lineId,
      sellerOrderId: orderId,
      orderLineStatuses: { orderLineStatus: [{ status: 'Shipped', statusQuantity, trackingInfo }] },
    };
  });
  return ok({ orderShipment: { orderLines: { orderLine } } });
}

async function untold(notice: NoticeToTell<'shipped'>, connection: Parameters<Tell<'shipped'>>[1]) {
  const order = await orderNow(notice.externalId, connection);
  if (!order.ok) return order;
  const told = linesOfParcel(order.value, notice.facts.trackingNumber);
  return ok(notice.facts.lines.filter(({ lineId }) => !told.has(lineId)));
}

const parcels = z.looseObject({
  orderLineStatus: z.array(z.looseObject({ trackingInfo: z.looseObject({ trackingNumber: z.string() }).nullish() })),
});

/** The lines that have a parcel with this tracking number. */
function linesOfParcel({ orderLines }: WalmartOrder, trackingNumber: string): ReadonlySet<string> {
  const has = (statuses: unknown) =>
    parcels
      .safeParse(statuses)
      .data?.orderLineStatus.some(({ trackingInfo }) => isSameNumber(trackingInfo?.trackingNumber, trackingNumber)) ===
    true;
  return new Set(
    orderLines.orderLine.filter(({ orderLineStatuses }) => has(orderLineStatuses)).map(({ lineNumber }) => lineNumber),
  );
}
