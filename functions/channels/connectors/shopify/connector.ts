import { type Connector } from '../../domain/connector.ts';
import { publish } from './availability.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { mapDelivery } from './map-order.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { takeIn } from './signature.ts';

/**
 * A Shopify shop: orders and refunds come in by webhook and by polling, the `available` quantity at one of its locations goes out for every
 * SKU that is listed.
 */
export const shopify: Connector = {
  needs,
  // A shop's bucket holds 2,000 points and gets 100 a second; an order costs some 40, and the mutations of stock need the rest.
  limits: { order: { perSecond: 2, burst: 20 }, orders: { perSecond: 1, burst: 5 } },
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  fetch: fetchOrder,
  map: mapDelivery,
  poll,
  check,
  availability: {
    shows: ({ endpoint }, listing) => endpoint.kind === 'shopify' && listing?.inventoryItemId !== undefined,
    publish,
  },
};
