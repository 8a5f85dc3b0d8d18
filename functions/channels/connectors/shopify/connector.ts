import { type Connector } from '../../domain/connector.ts';
import { availability } from './availability.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { listings } from './listings.ts';
import { mapDelivery } from './map-order.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { takeIn } from './signature.ts';
import { tell } from './tell/tell.ts';

/**
 * A Shopify shop: orders and refunds come in by webhook and by polling; the `available` quantities of listed SKUs go out, and what becomes of its
 * orders.
 */
export const shopify: Connector = {
  needs,
  // A shop's bucket holds 2,000 points and gets 100 a second; an order costs some 40, and the mutations of stock need the rest.
  limits: {
    order: { perSecond: 2, burst: 20 },
    orders: { perSecond: 1, burst: 5 },
    // A mutation of up to 250 quantities costs some 13 points. Together these may be more than the bucket gets: its throttling is obeyed.
    inventory: { perSecond: 2, burst: 40 },
    orderWrites: { perSecond: 1, burst: 20 },
    listings: { perSecond: 2, burst: 20 },
  },
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  fetch: fetchOrder,
  map: mapDelivery,
  poll,
  check,
  availability,
  listings,
  tell,
};
