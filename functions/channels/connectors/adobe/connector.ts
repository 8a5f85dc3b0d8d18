import { type Connector } from '../../domain/connector.ts';
import { availability } from './availability.ts';
import { check } from './check.ts';
import { fetchCreditMemos } from './fetch.ts';
import { listings } from './listings.ts';
import { mapOrder } from './map-order.ts';
import { needs } from './needs.ts';
import { page } from './poll.ts';
import { tell } from './tell/tell.ts';

/**
 * An Adobe Commerce or Magento store: it sends nothing by itself, so its orders are asked for by when they changed. It documents no rate limit: each
 * store is its host's.
 */
export const adobe: Connector = {
  needs,
  fetch: fetchCreditMemos,
  map: mapOrder,
  poll: { everySeconds: 60, overlapSeconds: 300, page },
  check,
  availability,
  listings,
  tell,
};
