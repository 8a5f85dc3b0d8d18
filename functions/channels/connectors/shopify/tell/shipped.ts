import { ok } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Tell } from '../../../domain/tell.ts';
import { type CarrierKey, carrierOf } from '../../kit/carriers.ts';
import { isSameNumber } from '../../kit/named.ts';
import { needs } from '../needs.ts';
import { fulfill, referenceOf } from './fulfill.ts';
import { moveToSender } from './move.ts';
import { isLive, orderWork, without } from './order-work.ts';

/** Names that Shopify makes tracking links of, where they are not the usual ones. Source: FulfillmentTrackingInfo.company */
const companies: Partial<Record<CarrierKey, string>> = {
  'dhl-parcel': 'Deutsche Post (DE)',
  purolator: 'Purolator',
  lasership: 'LaserShip',
};

/** True where Shopify is to write to the buyer. */
export const notifies = ({ channel }: Connection): boolean => settingOf(channel, needs, 'notifyCustomer') !== 'no';

/**
 * A parcel becomes a fulfillment of its units, at the location that sent it. What fulfillments with its tracking number have of them already, and that no other notice made,
 * is not told again, so a repeat after a crash anywhere comes to the same.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/mutations/fulfillmentCreate
 */
export const tellShipped: Tell<'shipped'> = async ({ externalId, facts, others = [] }, connection) => {
  const work = await orderWork(connection, externalId);
  if (!work.ok) return work;
  const { carrier, trackingNumber, trackingUrl, lines, location } = facts;
  const told = work.value.fulfillments.filter(
    (one) =>
      isLive(one) &&
      !others.includes(one.id) &&
      one.trackingInfo.some(({ number }) => isSameNumber(number, trackingNumber)),
  );
  const left = without(lines, told);
  const made = told.map(({ id }) => id);
  if (left.length === 0) return ok(referenceOf(made));
  const { key, name } = carrierOf(carrier);
  const company = (key && companies[key]) ?? name;
  const orders = await moveToSender(connection, left, { orders: work.value.fulfillmentOrders, location });
  if (!orders.ok) return orders;
  const came = await fulfill(
    connection,
    left,
    { orders: orders.value, location },
    {
      trackingInfo: { company, number: trackingNumber, ...(trackingUrl !== undefined && { url: trackingUrl }) },
      notifyCustomer: notifies(connection),
    },
  );
  return came.ok ? ok(referenceOf([...made, ...came.value])) : came;
};
