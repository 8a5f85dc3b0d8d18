import { ok } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Tell } from '../../../domain/tell.ts';
import { type CarrierKey, carrierOf } from '../../kit/carriers.ts';
import { needs } from '../needs.ts';
import { fulfill } from './fulfill.ts';
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
 * A parcel becomes a fulfillment of its units. What fulfillments with its tracking number have of them already is not told again, so a repeat
 * after a crash anywhere comes to the same.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/mutations/fulfillmentCreate
 */
export const tellShipped: Tell<'shipped'> = async ({ externalId, facts }, connection) => {
  const work = await orderWork(connection, externalId);
  if (!work.ok) return work;
  const { carrier, trackingNumber, trackingUrl, lines, location } = facts;
  const told = work.value.fulfillments.filter(
    (one) => isLive(one) && one.trackingInfo.some(({ number }) => number === trackingNumber),
  );
  const left = without(lines, told);
  if (left.length === 0) return ok({ ...(told[0] && { reference: told[0].id }) });
  const { key, name } = carrierOf(carrier);
  const company = (key && companies[key]) ?? name;
  return fulfill(
    connection,
    left,
    { orders: work.value.fulfillmentOrders, location },
    {
      trackingInfo: { company, number: trackingNumber, ...(trackingUrl !== undefined && { url: trackingUrl }) },
      notifyCustomer: notifies(connection),
    },
  );
};
