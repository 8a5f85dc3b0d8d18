import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Connector } from '../../../domain/connector.ts';
import { type Tell } from '../../../domain/tell.ts';
import { carrierOf } from '../../kit/carriers.ts';
import { needs } from '../needs.ts';
import { handOver } from './handed-over.ts';
import { changeOrder, noteOnce, readOrder } from './order.ts';
import { tellRefunded } from './refunded.ts';

const mails = ({ channel }: Connection): boolean => settingOf(channel, needs, 'notifyCustomer') !== 'no';

/**
 * A parcel is a note with its tracking, and counts towards the order's completion: what WooCommerce has without a plugin. The note comes first,
 * so that the buyer reads it before the mail that the order is complete.
 */
const shipped: Tell<'shipped'> = async (notice, connection) => {
  const { externalId, facts } = notice;
  const order = await readOrder(connection, externalId);
  if (!order.ok) return order;
  const { trackingNumber: mark, trackingUrl } = facts;
  const by = `${carrierOf(facts.carrier).name}, tracking number ${mark}`;
  const note = `Your parcel is on its way with ${by}${trackingUrl === undefined ? '' : `: ${trackingUrl}`}.`;
  const noted = await noteOnce(connection, externalId, { note, mark, mailed: mails(connection) });
  if (!noted.ok) return noted;
  const kept = await handOver(notice, order.value, connection);
  return kept.ok ? ok({ reference: noted.value }) : kept;
};

/** WooCommerce cancels an order whole, and puts its units back into its own stock, which the next quantity told sets right. */
const cancelled: Tell<'cancelled'> = async ({ externalId, facts }, connection) => {
  const order = await readOrder(connection, externalId);
  if (!order.ok) return order;
  if (['cancelled', 'refunded', 'trash'].includes(order.value.status)) return ok({});
  if (!facts.complete)
    return refuse(
      'state-conflict',
      'WooCommerce cancels orders only whole: take the units out of the order in the shop, or let their refund do it; then dismiss this.',
    );
  const changed = await changeOrder(connection, externalId, { status: 'cancelled' });
  return changed.ok ? ok({}) : changed;
};

/** That it can be collected, WooCommerce does not know: the buyer is told by a note. */
const ready: Tell<'ready'> = async ({ externalId, facts }, connection) => {
  const mark = facts.fulfillmentOrderId;
  const note = `Your order is ready to be collected (${mark}).`;
  const noted = await noteOnce(connection, externalId, { note, mark, mailed: mails(connection) });
  return noted.ok ? ok({ reference: noted.value }) : noted;
};

const collected: Tell<'collected'> = async (notice, connection) => {
  const order = await readOrder(connection, notice.externalId);
  if (!order.ok) return order;
  const kept = await handOver(notice, order.value, connection);
  return kept.ok ? ok({}) : kept;
};

/** What a shop is told of its orders, without any plugin. That an order is worked on, it says itself: processing. */
export const tell: Connector['tell'] = { shipped, cancelled, refunded: tellRefunded, ready, collected };
