/** How often an operation may be called: a bucket of `burst` calls that fills at `perSecond`. */
interface Plan {
  readonly perSecond: number;
  readonly burst: number;
}

/** Amazon's default usage plans: https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits */
const plans: Readonly<Record<string, Plan>> = {
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
};

/** The buckets of one seller. */
export class UsagePlans {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** The rate of an operation, as the header `x-amzn-RateLimit-Limit` tells it. */
  rateOf = (operation: string): string => String(plans[operation]?.perSecond ?? 1);

  /** Fills every bucket, as time does. */
  refill(): void {
    this.#buckets.clear();
  }

  /** Takes a call from an operation's bucket; false when it is empty. */
  take(operation: string, now = Date.now()): boolean {
    const plan = plans[operation];
    if (plan === undefined) return true;
    const bucket = this.#buckets.get(operation) ?? { tokens: plan.burst, at: now };
    const tokens = Math.min(plan.burst, bucket.tokens + ((now - bucket.at) / 1000) * plan.perSecond);
    const isThere = tokens >= 1;
    this.#buckets.set(operation, { tokens: isThere ? tokens - 1 : tokens, at: now });
    return isThere;
  }
}
