import { type Stripe } from './stripe.ts';

/** Units that a write claims on one stripe: `take` leave it, `keep` must stay on it. */
export interface Claim {
  readonly stripe: number;
  readonly take: number;
  readonly keep: number;
}

/**
 * Finds units over the stripes: on one alone if any has enough (the first from `preferred` on, so that buyers do not all turn to the same
 * one), else on as few as can be, the richest first. No stripe is ever below zero, so units that must stay for others are safe when each of
 * some stripes keeps a part of them: no version has to be compared.
 * @returns the claims, or `undefined` when all stripes together have too little
 */
export function cover(
  stripes: readonly Pick<Stripe, 'stripe' | 'ats'>[],
  { take, keep }: Omit<Claim, 'stripe'>,
  preferred: number,
): Claim[] | undefined {
  const from = preferred % stripes.length;
  const alone = [...stripes.slice(from), ...stripes.slice(0, from)].find(({ ats }) => ats >= take + keep);
  if (alone !== undefined) return [{ stripe: alone.stripe, take, keep }];
  let [toTake, toKeep] = [take, keep];
  const claims: Claim[] = [];
  for (const { stripe, ats } of [...stripes].sort((a, b) => b.ats - a.ats)) {
    const taken = Math.min(toTake, Math.max(0, ats));
    const kept = Math.min(toKeep, Math.max(0, ats - taken));
    if (taken + kept === 0) break;
    claims.push({ stripe, take: taken, keep: kept });
    toTake -= taken;
    toKeep -= kept;
  }
  return toTake + toKeep === 0 ? claims : undefined;
}
