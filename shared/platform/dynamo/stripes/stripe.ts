import { type Pool } from '../../../model/stock/counters.ts';

/** Most stripes of a pool: with the rest of an order they fit one transaction, and they take some thousand sales a second. */
export const maximumStripes = 64;

/** Counters that lie on every stripe; the others, and the pool's settings, are on the first only (its terms are on all). */
export const spreadCounters = ['ats', 'reserved', 'held'] as const;
/** A counter that lies on every stripe, in units. */
export type SpreadCounter = (typeof spreadCounters)[number];
/** True for a counter that lies on every stripe. */
export const isSpread = (counter: string): counter is SpreadCounter =>
  (spreadCounters as readonly string[]).includes(counter);

/**
 * One stripe's part of a pool. While a pool has several, none has an `ats` below zero, so what one of them has is there for sure; its
 * `reserved` and `held` may be of either sign, as units are promised on one and given back on another. Only sums mean something.
 */
export interface Stripe extends Readonly<Record<SpreadCounter, number>> {
  readonly stripe: number;
  readonly version: number;
}

/** A pool with what it is made of. */
export interface StripedPool {
  /** The sums, and what the first stripe has for all; the version is the sum of the versions and never falls. */
  readonly pool: Pool;
  /** In order, the first at 0; one for a pool that is not striped. */
  readonly stripes: readonly Stripe[];
}

/** Adds up a pool's stripes. @param items the first stripe's item at 0 */
export function striped(first: Pool, others: readonly (Pool & { readonly stripe: number })[]): StripedPool {
  const stripes = [{ ...first, stripe: 0 }, ...others].map(({ stripe, ats, reserved, held, version }) => ({
    stripe,
    ats,
    reserved,
    held,
    version,
  }));
  const sum = (counter: SpreadCounter | 'version') => stripes.reduce((total, one) => total + one[counter], 0);
  const newest = others.reduce((latest, one) => (one.cause.at > latest.cause.at ? one : latest), first);
  return {
    pool: {
      ...first,
      ats: sum('ats'),
      reserved: sum('reserved'),
      held: sum('held'),
      version: sum('version'),
      cause: newest.cause,
    },
    stripes,
  };
}

/** True when nothing was written to either reading's stripes between them: both are then how the pool was at one moment. */
export const isSameMoment = (one: StripedPool, two: StripedPool): boolean =>
  one.stripes.length === two.stripes.length &&
  one.stripes.every(({ version }, index) => version === two.stripes[index]?.version);
