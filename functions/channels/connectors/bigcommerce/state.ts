import { type SnapshotDraft } from '../../domain/connector.ts';
import { type BigCommerceDocument } from './payload.ts';

type State = NonNullable<SnapshotDraft['state']>;

/**
 * The order statuses of BigCommerce, by id. 0 is an order whose buyer has not finished the checkout; it is not mapped.
 * Source: GET /v2/order_statuses
 */
const states: Readonly<Record<number, State>> = {
  1: 'pending', // Pending: the payment is not complete
  2: 'closed', // Shipped
  3: 'open', // Partially Shipped
  4: 'closed', // Refunded: cancelled, where nothing had left
  5: 'cancelled', // Cancelled
  6: 'cancelled', // Declined: the seller does not sell it
  7: 'pending', // Awaiting Payment
  8: 'open', // Awaiting Pickup
  9: 'open', // Awaiting Shipment
  10: 'closed', // Completed
  11: 'open', // Awaiting Fulfillment
  12: 'open', // Manual Verification Required
  13: 'open', // Disputed
  14: 'open', // Partially Refunded
};

/** The id of the status of an order whose buyer is still at the checkout. */
export const incomplete = 0;

/** The ids of the statuses of an order that was paid back, and of those that say that all of it has left. */
const refunded = 4;
const gone = [2, 10];

/** True where goods have left, by the order's status or its date; `some`: a part of them counts. */
export const hasLeft = (
  { status_id: status, date_shipped, items_shipped }: BigCommerceDocument['order'],
  some: boolean,
) => gone.includes(status) || (date_shipped ?? '') !== '' || (some && (items_shipped ?? 0) > 0);

/** How far an order is at BigCommerce. An archived one is closed, whatever its status. */
export function stateOf({ order }: Pick<BigCommerceDocument, 'order'>): State {
  const isUndone = order.status_id === refunded && !hasLeft(order, true);
  const state = isUndone ? 'cancelled' : (states[order.status_id] ?? 'open');
  return order.is_deleted === true && state !== 'cancelled' ? 'closed' : state;
}

/** Why the order is not to go out yet, in words, where BigCommerce says so by its status. */
export function statusHolds({ status_id: status, status: name }: BigCommerceDocument['order']): string[] {
  if (status === 12) return ['BigCommerce asks for manual verification of this order: check it there, then release.'];
  if (status === 13) return ['The buyer disputes this order at BigCommerce: settle it there, then release.'];
  if (states[status] === undefined)
    return [`BigCommerce has this order in status ${status} (${name ?? 'without a name'}), which is not documented.`];
  return [];
}
