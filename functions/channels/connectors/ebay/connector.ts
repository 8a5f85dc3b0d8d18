import { type Connector } from '../../domain/connector.ts';
import { limits } from './api.ts';
import { availability } from './availability.ts';
import { check } from './check.ts';
import { fetch } from './fetch.ts';
import { listings } from './listings.ts';
import { map } from './map.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { challenge, takeIn } from './signature.ts';
import { cancelled } from './tell/cancelled.ts';
import { refunded } from './tell/refunded.ts';
import { shipped } from './tell/shipped.ts';

/**
 * A seller on eBay: notifications that an order was placed come in, and what changed is asked for; parcels, cancellations and refunds go back,
 * and stock and products go to the Inventory API. eBay has no acknowledgement.
 */
export const ebay: Connector = {
  needs,
  limits,
  takeIn,
  challenge,
  fetch,
  map,
  poll,
  check,
  availability,
  listings,
  tell: { shipped, cancelled, refunded },
};
