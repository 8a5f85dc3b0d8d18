import { type Connector } from '../../domain/connector.ts';
import { check } from './check.ts';
import { fetch } from './fetch.ts';
import { map } from './map.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { takeIn } from './signature.ts';
import { availability } from './stock/availability.ts';
import { acknowledged } from './tell/acknowledged.ts';
import { cancelled } from './tell/cancelled.ts';
import { refunded } from './tell/refunded.ts';
import { shipped } from './tell/shipped.ts';

/**
 * A seller on Walmart Marketplace: events name orders and returns, which are asked for; Walmart is told of stock and of what became of orders.
 * Limits a minute: 5,000 for orders and feed states, 200 for stock, 60 for each thing said of an order; ten feeds an hour:
 * https://developer.walmart.com/us-marketplace/docs/rate-limiting
 */
export const walmart: Connector = {
  needs,
  limits: {
    orders: { perSecond: 83, burst: 100 },
    order: { perSecond: 83, burst: 100 },
    readFeed: { perSecond: 83, burst: 100 },
    putInventory: { perSecond: 3.33, burst: 10 },
    readInventory: { perSecond: 3.33, burst: 10 },
    submitFeed: { perSecond: 0.00277, burst: 5 },
    acknowledge: { perSecond: 1, burst: 10 },
    shipping: { perSecond: 1, burst: 10 },
    cancel: { perSecond: 1, burst: 10 },
    refund: { perSecond: 1, burst: 10 },
  },
  takeIn,
  fetch,
  map,
  poll,
  tell: { acknowledged, shipped, cancelled, refunded },
  check,
  availability,
};
