import { type Connector } from '../../domain/connector.ts';
import { availability } from './availability.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { listings } from './listings.ts';
import { mapOrder } from './map-order.ts';
import { needs } from './needs.ts';
import { pollPage } from './poll.ts';
import { takeIn } from './signature.ts';
import { tell } from './tell/tell.ts';

/** A WooCommerce shop: its webhooks carry orders, whose refunds are asked for. It documents no rate limit: each shop is its host's. */
export const woocommerce: Connector = {
  needs,
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  fetch: fetchOrder,
  map: mapOrder,
  poll: { everySeconds: 300, overlapSeconds: 600, page: pollPage },
  check,
  availability,
  listings,
  tell,
};
