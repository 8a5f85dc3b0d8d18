import { type Connector } from '../../domain/connector.ts';
import { check } from './check.ts';
import { fetch } from './fetch.ts';
import { listings } from './listings.ts';
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
 * Limits a minute: 5,000 for orders and feed states, 900 for items, 200 for stock, 60 for each thing said of an order; ten feeds an hour, of each
 * kind of products too. None is told for prices: https://developer.walmart.com/us-marketplace/docs/item-management-available-requests,
 * https://developer.walmart.com/us-marketplace/docs/rate-limiting. In no minute, and no hour, do the calls at once and those that follow come to more.
 */
export const walmart: Connector = {
  needs,
  limits: {
    orders: { perSecond: 83, burst: 100 },
    order: { perSecond: 83, burst: 100 },
    readFeed: { perSecond: 83, burst: 100 },
    putInventory: { perSecond: 3, burst: 10 },
    readInventory: { perSecond: 3, burst: 10 },
    submitFeed: { perSecond: 0.00138, burst: 5 },
    readItem: { perSecond: 15, burst: 20 },
    retireItem: { perSecond: 15, burst: 20 },
    putPrice: { perSecond: 3.33, burst: 10 },
    submitItems: { perSecond: 0.00277, burst: 5 },
    submitMaintenance: { perSecond: 0.00277, burst: 5 },
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
  listings,
};
