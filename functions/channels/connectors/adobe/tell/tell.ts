import * as z from 'zod';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connector } from '../../../domain/connector.ts';
import { type Tell } from '../../../domain/tell.ts';
import { post } from '../api.ts';
import { judged } from '../judge.ts';
import { documentsOf, readOrder, shipments, unshipped } from './order.ts';
import { tellRefunded } from './refunded.ts';
import { tellCollected, tellShipped } from './ship.ts';

/** A store cancels an order whole, and only while it is not invoiced; then a credit memo takes the units off. Source: POST /V1/orders/{id}/cancel */
const cancelled: Tell<'cancelled'> = async ({ externalId, facts }, connection) => {
  const order = await readOrder(connection, externalId);
  if (!order.ok) return order;
  if (['canceled', 'closed'].includes(order.value.state ?? '')) return ok({});
  if (!facts.complete)
    return refuse(
      'state-conflict',
      'Adobe Commerce cancels orders only whole: let a credit memo take the units off, which their refund makes; then dismiss this.',
    );
  const answer = await post(connection, `V1/orders/${encodeURIComponent(externalId)}/cancel`, {});
  const came = answer.ok ? judged(answer.value, 'cancel the order', z.boolean()) : answer;
  if (!came.ok) return came;
  return came.value
    ? ok({})
    : refuse(
        'state-conflict',
        'Adobe Commerce cannot cancel this order any more, as a rule because it is invoiced: its refund closes it by a credit memo; then dismiss this.',
      );
};

const notified = z.looseObject({
  successful: z.boolean().nullish(),
  failed: z.array(z.looseObject({ message: z.string().nullish() })).nullish(),
});

/**
 * Ready: the store writes to the buyer and makes a shipment of the whole order, so a part of one is refused in words. On a repeat, a shipment that
 * is there says that it did.
 * Source: POST /V1/order/notify-orders-are-ready-for-pickup
 */
const ready: Tell<'ready'> = async ({ externalId, facts, tries, snapshot }, connection) => {
  if (tries > 0) {
    const made = await documentsOf(connection, 'shipments', externalId, shipments);
    if (!made.ok) return made;
    if ((made.value.items ?? []).length > 0) return ok({});
  }
  const order = await readOrder(connection, externalId);
  if (!order.ok) return order;
  const here = new Map(facts.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const sold = new Set(snapshot?.order.lines.map(({ externalLineId }) => externalLineId));
  if (order.value.items.some((one) => sold.has(one.item_id) && unshipped(one) > (here.get(one.item_id) ?? 0)))
    return refuse(
      'state-conflict',
      'Adobe Commerce says of whole orders alone that they are ready, and ships them by that: other units of this one are still to come. Write to the buyer, then dismiss this.',
    );
  const body = { orderIds: [Number(externalId)] };
  const answer = await post(connection, 'V1/order/notify-orders-are-ready-for-pickup', body);
  const came = answer.ok ? judged(answer.value, 'say that the order is ready', notified) : answer;
  if (!came.ok) return came;
  const said = (came.value.failed ?? []).map(({ message }) => message ?? '').join(' ');
  return came.value.successful === true
    ? ok({})
    : refuse('state-conflict', `Adobe Commerce did not say that the order is ready: ${said.slice(0, 300)}`);
};

/** What a store is told of its orders. */
export const tell: Connector['tell'] = {
  shipped: tellShipped,
  cancelled,
  refunded: tellRefunded,
  ready,
  collected: tellCollected,
};
