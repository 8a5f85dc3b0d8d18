import { type Pool } from '../../../model/stock/counters.ts';
import { type Counters, type StockChange, mostUnits } from '../../../model/stock/stock-change.ts';
import { type OnStripe } from '../compile-stock.ts';
import { type Claim } from './cover.ts';
import { isSpread, maximumStripes } from './stripe.ts';

/** A part of a change, and the stripe that it is for. */
export interface StripeAction {
  readonly change: StockChange;
  readonly on: OnStripe;
}

/**
 * What a change needs of the sum of `ats`: units to take, and units that must be there besides. A change without a floor needs what it
 * takes, so that no stripe falls below zero.
 */
export function needOf({ add, atLeast }: StockChange): Omit<Claim, 'stripe'> {
  const take = Math.max(0, -(add.ats ?? 0));
  return { take, keep: Math.max(0, (atLeast?.ats ?? 0) - take) };
}

/** True for a change whose conditions speak of the sum: no stripe can answer them alone. */
export const restsOnSum = ({ equals = {}, atMost = {}, version }: StockChange): boolean =>
  version !== undefined || Object.keys(equals).some(isSpread) || Object.keys(ofSum(atMost)).length > 0;

/** Whether those conditions hold. */
export const holdsForSum = ({ equals, atMost, version }: StockChange, pool: Pool): boolean =>
  (version === undefined || version === pool.version) &&
  every(only(equals, isSpread), pool, (now, value) => now === value) &&
  every(ofSum(atMost), pool, (now, limit) => now <= limit);

const ofSum = (atMost: Counters | undefined): Counters =>
  Object.fromEntries(
    Object.entries(atMost ?? {}).filter(
      ([counter, limit]) => isSpread(counter) && !(counter === 'ats' && isOverflowGuard(limit)),
    ),
  );

/** A ceiling that is there only to keep sums exact; each stripe keeps its part of it. */
const isOverflowGuard = (limit: number): boolean => limit > mostUnits / 2;

/**
 * A change of a striped pool as one action for each stripe that it concerns: what is spread goes to the claimed stripes, what is kept for
 * all to the first, terms to every one (so that a seller finds them wherever it buys). Reserved and held units are given back on any
 * stripe: that they are there is what the version of the order or hold says that gives them back.
 * @param versions what each stripe's version must be, for a change that rests on what was read
 */
export function onStripes(
  change: StockChange,
  stripes: number,
  claims: readonly Claim[],
  versions: readonly number[] = [],
): StripeAction[] {
  const parts = new Map<number, StockChange>();
  const put = (stripe: number, part: Partial<StockChange>) =>
    parts.set(stripe, merged(change, parts.get(stripe), part));
  const { add, atLeast, atMost, equals, terms, termsWere, set } = change;
  const first = {
    add: only(add, isKeptOnce),
    atLeast: only(atLeast, isKeptOnce),
    atMost: only(atMost, isKeptOnce),
    equals: only(equals, isKeptOnce),
  };
  if (touchesSpread(change))
    claims.forEach(({ stripe, take, keep }, index) =>
      put(stripe, {
        add: { ...(index === 0 && only(add, isGiven)), ...(take > 0 && { ats: -take }) },
        ...(take + keep > 0 && { atLeast: { ats: take + keep } }),
        ...(index === 0 && { ...ceiling(change), ...(terms && { terms }) }),
      }),
    );
  if (Object.values(first).some((counters) => Object.keys(counters).length > 0)) put(0, first);
  if (terms && !touchesSpread(change)) put(0, { terms });
  if (set) for (let stripe = 0; stripe < stripes; stripe += 1) put(stripe, { set, ...(termsWere && { termsWere }) });
  versions.forEach((version, stripe) => put(stripe, { version }));
  return [...parts].map(([stripe, part]) => ({
    change: part,
    on: {
      stripe,
      ...(set && stripe === 0 && { of: stripes }),
      ...(Object.keys(part.add).length === 0 && part.set === undefined && { checkOnly: true }),
    },
  }));

  /** A counter whose units come; those of `ats` that leave are the claims'. */
  function isGiven(counter: string): boolean {
    return isSpread(counter) && !(counter === 'ats' && (add.ats ?? 0) < 0);
  }
}

const isKeptOnce = (counter: string): boolean => !isSpread(counter);
const touchesSpread = ({ add, atLeast }: StockChange): boolean =>
  Object.keys(add).some(isSpread) || atLeast?.ats !== undefined;

const only = (counters: Counters | undefined, wanted: (counter: string) => boolean): Counters =>
  Object.fromEntries(Object.entries(counters ?? {}).filter(([counter]) => wanted(counter)));

const ceiling = ({ add, atMost }: StockChange): Pick<StockChange, 'atMost'> =>
  atMost?.ats === undefined || !isOverflowGuard(atMost.ats)
    ? {}
    : { atMost: { ats: Math.floor(atMost.ats / maximumStripes) - Math.max(0, add.ats ?? 0) } };

/** Both parts in one, as two actions on one item are not allowed. */
function merged(
  { kind, key, cause }: StockChange,
  one: StockChange | undefined,
  two: Partial<StockChange>,
): StockChange {
  return {
    ...one,
    ...two,
    kind,
    key,
    cause,
    add: { ...one?.add, ...two.add },
    atLeast: { ...one?.atLeast, ...two.atLeast },
    atMost: { ...one?.atMost, ...two.atMost },
    equals: { ...one?.equals, ...two.equals },
  };
}

/** Whether the conditions hold that are asked of the first stripe, or of any: those that no other stripe can make good. */
export const holdsForAll = ({ atLeast, atMost, equals, terms }: StockChange, pool: Pool): boolean =>
  every(only(atLeast, isKeptOnce), pool, (now, limit) => now >= limit) &&
  every(only(atMost, isKeptOnce), pool, (now, limit) => now <= limit) &&
  every(only(equals, isKeptOnce), pool, (now, value) => now === value) &&
  (terms === undefined || pool.terms?.[terms.channel]?.buffer === terms.expect?.buffer);

function every(counters: Counters, pool: Pool, holds: (now: number, limit: number) => boolean): boolean {
  const present: Readonly<Record<string, unknown>> = { ...pool };
  return Object.entries(counters).every(([counter, limit]) => holds(Number(present[counter] ?? 0), limit));
}
