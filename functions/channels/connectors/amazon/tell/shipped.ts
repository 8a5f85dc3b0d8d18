import * as z from 'zod';
import { sha256Hex } from '../../../../../shared/kernel/ids.ts';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { isSameNumber } from '../../kit/named.ts';
import { list, text } from '../fields.ts';
import { needs } from '../needs.ts';
import { callApi, notTaken, readAnswer } from '../sp-api.ts';
import { carrierOf } from './carriers.ts';
import { marketplaceOf, vendorRefusal } from './marketplace-of.ts';

/**
 * Confirms a parcel. Its reference is made of the parcel itself, and confirming under the same reference again only edits it, so that saying it
 * twice is the same. Where Amazon refuses, the order is looked at: a parcel that is there has been confirmed.
 * Source: https://developer-docs.amazon.com/sp-api/docs/confirm-the-shipment-status
 */
export const shipped: Tell<'shipped'> = async (notice, connection) => {
  const marketplaceId = vendorRefusal(notice, connection) ?? marketplaceOf(notice, connection);
  if (!marketplaceId.ok) return marketplaceId;
  const body = confirmationOf(notice, marketplaceId.value);
  const answer = await callApi(connection, {
    operation: 'confirmShipment',
    method: 'POST',
    path: `/orders/v0/orders/${encodeURIComponent(notice.externalId)}/shipmentConfirmation`,
    body,
  });
  if (!answer.ok) return answer;
  const reference = body.packageDetail.packageReferenceId;
  if (answer.value.status < 300) return ok({ reference });
  const isThere = answer.value.status === 400 ? await hasParcel(notice, connection) : ok(false);
  if (!isThere.ok) return isThere;
  const { trackingNumber } = notice.facts;
  const what = `parcel ${trackingNumber} of order ${notice.externalId}`;
  return isThere.value ? ok({ reference }) : notTaken(what, answer.value, 'Confirm the shipment in Seller Central.');
};

/** What Amazon is told of a parcel. */
export const confirmationOf = ({ facts }: NoticeToTell<'shipped'>, marketplaceId: string) => ({
  marketplaceId,
  packageDetail: {
    packageReferenceId: referenceOf(facts),
    ...carrierOf(facts.carrier),
    trackingNumber: facts.trackingNumber,
    shipDate: facts.shippedAt,
    orderItems: facts.lines.map(({ lineId, quantity }) => ({ orderItemId: lineId, quantity })),
  },
});

/** A number above zero, as text, which is how Amazon wants it. */
const referenceOf = ({ fulfillmentOrderId, trackingNumber }: NoticeToTell<'shipped'>['facts']): string =>
  String((Number.parseInt(sha256Hex(`${fulfillmentOrderId} ${trackingNumber}`).slice(0, 8), 16) >>> 1) + 1);

const parcels = z.object({ order: z.object({ packages: list(z.object({ trackingNumber: text })) }) });

/** Whether the order has the parcel. The Orders API v0 does not tell of parcels. */
async function hasParcel(notice: NoticeToTell<'shipped'>, connection: Connection): Promise<Result<boolean>> {
  if (settingOf(connection.channel, needs, 'ordersApi') === 'v0') return ok(false);
  const operation = 'getOrder';
  const path = `/orders/2026-01-01/orders/${encodeURIComponent(notice.externalId)}`;
  const answer = await callApi(connection, { operation, path, query: { includedData: 'PACKAGES' } });
  if (!answer.ok || answer.value.status >= 400) return answer.ok ? ok(false) : answer;
  const read = readAnswer(answer.value, parcels, operation);
  if (!read.ok) return read;
  return ok(
    read.value.order.packages.some(({ trackingNumber }) => isSameNumber(trackingNumber, notice.facts.trackingNumber)),
  );
}
