import { type Connector } from '../../domain/connector.ts';
import { check } from './check.ts';
import { fetch } from './fetch.ts';
import { listings } from './listings.ts';
import { mapDocument } from './map-document.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { availability } from './stock/availability.ts';
import { cancelled } from './tell/cancelled.ts';
import { collected, ready } from './tell/pickup.ts';
import { refunded } from './tell/refunded.ts';
import { shipped } from './tell/shipped.ts';
import { acknowledged } from './vendor/acknowledged.ts';

/**
 * A seller's or vendor's account at Amazon, by the Selling Partner API. Notifications name orders, which are asked for; they come by a queue
 * (`intake.ts`), never as webhooks. Limits are Amazon's default usage plans: https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits
 */
export const amazon: Connector = {
  needs,
  limits: {
    getOrder: { perSecond: 0.5, burst: 30 },
    getOrderItems: { perSecond: 0.5, burst: 30 },
    getOrderAddress: { perSecond: 0.5, burst: 30 },
    getOrderBuyerInfo: { perSecond: 0.5, burst: 30 },
    getOrders: { perSecond: 0.0167, burst: 20 },
    searchOrders: { perSecond: 0.0056, burst: 20 },
    createRestrictedDataToken: { perSecond: 1, burst: 10 },
    getMarketplaceParticipations: { perSecond: 0.016, burst: 15 },
    getSubscription: { perSecond: 1, burst: 5 },
    getPurchaseOrders: { perSecond: 10, burst: 10 },
    getPurchaseOrder: { perSecond: 10, burst: 10 },
    submitAcknowledgement: { perSecond: 10, burst: 10 },
    patchListingsItem: { perSecond: 5, burst: 5 },
    putListingsItem: { perSecond: 5, burst: 5 },
    deleteListingsItem: { perSecond: 5, burst: 5 },
    getListingsItem: { perSecond: 5, burst: 5 },
    createFeedDocument: { perSecond: 0.5, burst: 15 },
    createFeed: { perSecond: 0.0083, burst: 15 },
    getFeed: { perSecond: 2, burst: 15 },
    getFeeds: { perSecond: 0.0222, burst: 10 },
    getFeedDocument: { perSecond: 0.0222, burst: 10 },
    confirmShipment: { perSecond: 2, burst: 10 },
    updateShipmentStatus: { perSecond: 5, burst: 15 },
    // Amazon documents none; it answers 429 where it has had enough.
    batchInventory: { perSecond: 5, burst: 5 },
  },
  fetch,
  map: mapDocument,
  poll,
  tell: { acknowledged, shipped, cancelled, refunded, ready, collected },
  check,
  availability,
  listings,
};
