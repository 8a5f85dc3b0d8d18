import { type Connector } from '../../domain/connector.ts';
import { limits } from './api.ts';
import { availability } from './availability.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { listings } from './listings.ts';
import { mapOrder } from './map-order.ts';
import { needs } from './needs.ts';
import { page } from './poll.ts';
import { takeIn } from './signature.ts';
import { tell } from './tell/tell.ts';

/** A BigCommerce store: thin webhooks name orders, which are fetched; orders that no webhook told of are found by when they changed. */
export const bigcommerce: Connector = {
  needs,
  limits,
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  fetch: fetchOrder,
  map: mapOrder,
  poll: { everySeconds: 300, overlapSeconds: 300, page },
  check,
  availability,
  listings,
  tell,
  // Bulk calls of Inventory, Catalog and Orders are not to run beside one another.
  oneAtATime: true,
};
