/** How much is measured. */
export interface Sizes {
  readonly skus: number;
  /** How long everything is used a little before it is measured. */
  readonly warmUpSeconds: number;
  /** Stock changes a second: at the peak, and on a steady day, where a machine of two cores keeps up. */
  readonly changesPerSecond: number;
  readonly steadyPerSecond: number;
  /** For how long. */
  readonly seconds: number;
  /** Changes a second of one SKU, and for how long. */
  readonly hotPerSecond: number;
  readonly hotSeconds: number;
  /** Changes that are counted for the bill. */
  readonly counted: number;
  /** How long a channel works on a feed. */
  readonly feedSeconds: number;
  /** How long channels are given to show what came last, once nothing changes any more. */
  readonly settleSeconds: number;
}

/** All of it, unless `BENCH_SKUS=200` and the like say less. */
export const full: Sizes = {
  skus: 5_000,
  warmUpSeconds: 20,
  changesPerSecond: 100,
  steadyPerSecond: 20,
  seconds: 40,
  hotPerSecond: 50,
  hotSeconds: 30,
  counted: 1_000,
  feedSeconds: 900,
  settleSeconds: 2_100,
};
