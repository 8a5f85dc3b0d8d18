import { type Stripe } from './stripe.ts';

/** Units that come to a stripe (positive) or leave it. */
export interface Move {
  readonly stripe: number;
  readonly units: number;
}

/** A stripe is low below this part of the mean: it will be empty while others still have most of theirs. */
const lowPart = 0.25;
/** With fewer units a stripe than this, buyers that turn to others are cheaper than moving units about. */
const leastMean = 8;

/** True when a stripe is low while others have plenty. */
export function isUneven(stripes: readonly Pick<Stripe, 'ats'>[]): boolean {
  const mean = meanOf(stripes);
  return mean >= leastMean && stripes.some(({ ats }) => ats < mean * lowPart);
}

/** A stripe that gives keeps this part of the mean: the richest give much, so that few have to. */
const keptPart = 0.75;

/**
 * Brings each low stripe (less than half the mean) up to the mean, out of the richest. The others are left alone, because buyers are at
 * them and each stripe more is another to get in the way of. The moves add up to 0 and leave no stripe below zero.
 */
export function rebalancePlan(stripes: readonly Pick<Stripe, 'stripe' | 'ats'>[]): Move[] {
  const mean = Math.floor(meanOf(stripes));
  const low = stripes
    .filter(({ ats }) => ats < mean / 2)
    .map(({ stripe, ats }) => ({ stripe, units: mean - Math.max(0, ats) }));
  let left = low.reduce((sum, { units }) => sum + units, 0);
  const given: Move[] = [];
  for (const { stripe, ats } of [...stripes].sort((a, b) => b.ats - a.ats)) {
    const units = Math.min(left, Math.max(0, ats - Math.ceil(mean * keptPart)));
    if (units === 0) break;
    given.push({ stripe, units: -units });
    left -= units;
  }
  return left === 0 ? [...given, ...low] : [];
}

const meanOf = (stripes: readonly Pick<Stripe, 'ats'>[]): number =>
  stripes.reduce((sum, { ats }) => sum + ats, 0) / stripes.length;
