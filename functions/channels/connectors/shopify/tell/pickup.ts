import * as z from 'zod';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { mutate } from '../mutate.ts';
import { fulfill, isOpen, referenceOf } from './fulfill.ts';
import { type Fulfillment, type FulfillmentOrder, type Units, isLive, orderWork, without } from './order-work.ts';

const query = `mutation CrossdockReady($input: FulfillmentOrderLineItemsPreparedForPickupInput!) {
  fulfillmentOrderLineItemsPreparedForPickup(input: $input) { userErrors { field message } }
}`;

const isPickup = ({ deliveryMethod }: FulfillmentOrder): boolean => deliveryMethod?.methodType === 'PICK_UP';
const isAbout = ({ lineItems }: FulfillmentOrder, units: readonly Units[]): boolean =>
  lineItems.some(({ lineItem }) => units.some(({ lineId }) => lineId === lineItem.id));

/**
 * Ready: the fulfillment orders with its units are marked as prepared, and Shopify writes to the buyer. They are marked whole, and are in
 * progress from then on: on a repeat those are not marked again.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/mutations/fulfillmentOrderLineItemsPreparedForPickup
 */
export const tellReady: Tell<'ready'> = async ({ externalId, facts, tries }, connection) => {
  const work = await orderWork(connection, externalId);
  if (!work.ok) return work;
  const about = work.value.fulfillmentOrders.filter((one) => isPickup(one) && isAbout(one, facts.lines));
  if (about.length === 0)
    return refuse('state-conflict', 'Shopify has none of these units for pickup: tell the buyer by other means.');
  const unprepared = about.filter((one) => one.status === 'OPEN' || (tries === 0 && isOpen(one)));
  if (unprepared.length === 0) return ok({});
  const input = { lineItemsByFulfillmentOrder: unprepared.map(({ id }) => ({ fulfillmentOrderId: id })) };
  const came = await mutate(
    connection,
    'fulfillmentOrderLineItemsPreparedForPickup',
    { query, variables: { input } },
    z.looseObject({}),
  );
  return came.ok ? ok({}) : came;
};

/**
 * Collected: a fulfillment without a parcel. A fulfillment of the same units that was made since it happened, or units of which nothing is open
 * any more, were told before.
 */
export const tellCollected: Tell<'collected'> = async (notice, connection) => {
  const { externalId, facts } = notice;
  const work = await orderWork(connection, externalId);
  if (!work.ok) return work;
  const theirs = work.value.fulfillments.filter((one) => isLive(one) && !notice.others?.includes(one.id));
  const told = toldBefore(notice, theirs);
  if (told !== undefined) return ok({ reference: told });
  const orders = work.value.fulfillmentOrders.filter(isPickup);
  const isGone = orders.every(({ lineItems }) => lineItems.every((one) => one.remainingQuantity === 0));
  if (orders.length > 0 && isGone && without(facts.lines, theirs).length === 0) return ok({});
  const from = { orders: orders.length > 0 ? orders : work.value.fulfillmentOrders, location: facts.location };
  const came = await fulfill(connection, facts.lines, from, { notifyCustomer: false });
  return came.ok ? ok(referenceOf(came.value)) : came;
};

/** The fulfillment that an earlier try made, if it did: of those that no other notice made. */
function toldBefore(
  { tries, facts, happenedAt }: NoticeToTell<'collected'>,
  fulfillments: readonly Fulfillment[],
): string | undefined {
  if (tries === 0) return undefined;
  return fulfillments.find(
    (one) =>
      Date.parse(one.createdAt) >= Math.floor(Date.parse(happenedAt) / 1000) * 1000 &&
      one.trackingInfo.every(({ number }) => number == null) &&
      one.fulfillmentLineItems.length === facts.lines.length &&
      without(facts.lines, [one]).length === 0,
  )?.id;
}
