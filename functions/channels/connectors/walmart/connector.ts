import { type Connector } from '../../domain/connector.ts';
import { acknowledge } from './acknowledge.ts';
import { check } from './check.ts';
import { fetch } from './fetch.ts';
import { map } from './map.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { takeIn } from './signature.ts';

/**
 * A seller on Walmart Marketplace: events name orders and returns, which are asked for; orders are acknowledged.
 * Limits: 5,000 calls a minute for orders: https://developer.walmart.com/us-marketplace/docs/rate-limiting
 */
export const walmart: Connector = {
  needs,
  limits: { orders: { perSecond: 83, burst: 100 }, order: { perSecond: 83, burst: 100 } },
  takeIn,
  fetch,
  map,
  poll,
  acknowledge,
  check,
};
