/** How much is measured. */
export interface Sizes {
  /** Webhooks of one round of `accept`, or the seconds that it takes at most. */
  readonly webhooks: number;
  readonly roundSeconds: number;
  /** Orders of the burst: two in five are updated, one in five is cancelled, and a quarter of those webhooks comes twice. */
  readonly orders: number;
  /** Orders of each way in that are counted for the bill. */
  readonly counted: number;
}

/** All of it, unless `BENCH_ORDERS=500` and the like say less. */
export const full: Sizes = { webhooks: 600, roundSeconds: 8, orders: 5_000, counted: 200 };
