import { type Connector } from '../../domain/connector.ts';
import { check } from './check.ts';
import { fetch } from './fetch.ts';
import { map } from './map.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { challenge, takeIn } from './signature.ts';

/**
 * A seller on eBay: notifications that an order was placed come in, and what changed is asked for; eBay has no acknowledgement.
 * Limits: 100,000 calls a day to the Fulfillment API, 10,000 to the Notification API: https://developer.ebay.com/develop/get-started/api-call-limits
 */
export const ebay: Connector = {
  needs,
  limits: {
    order: { perSecond: 0.9, burst: 100 },
    orders: { perSecond: 0.2, burst: 20 },
    'public-key': { perSecond: 0.05, burst: 20 },
    notification: { perSecond: 0.05, burst: 20 },
  },
  takeIn,
  challenge,
  fetch,
  map,
  poll,
  check,
};
