import { type Backorder, type Promised, type SupplyPromise } from './backorder.ts';
import { type Demand } from './demand.ts';
import { type Supply, openOf } from './supply.ts';
import { confidences } from '../../contracts/supply/terms.ts';

/** What a plan rests on besides supply and queue. */
export interface PlanTerms {
  /**
   * What the pool can sell now. Units that are there go to the front of the queue: who they cover keeps what he was promised, because he
   * is served from them in a moment. Below zero, supply makes up for that first.
   */
  readonly ats?: number;
  /** Of a pre-order: no promise is for a day before it. RFC 3339. */
  readonly notBefore?: string | undefined;
}

/** Supplies of one SKU and pool in the order in which they are promised: the soonest, then the surest. Those with nothing to come are left out. */
export const inOrderOfArrival = (supplies: readonly Supply[]): readonly Supply[] =>
  supplies.filter((supply) => openOf(supply) > 0).sort((a, b) => (arrivalOf(a) < arrivalOf(b) ? -1 : 1));

const arrivalOf = ({ eta, confidence, reference, location }: Supply): string =>
  JSON.stringify([
    new Date(eta).toISOString(),
    confidences.length - confidences.indexOf(confidence),
    reference,
    location,
  ]);

/** Backorders of one SKU and pool in the order in which they are served: who came first, then by order id. */
export const inOrderOfQueue = <B extends Pick<Backorder, 'queuedAt' | 'orderId'>>(
  backorders: readonly B[],
): readonly B[] => [...backorders].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

const placeOf = ({ queuedAt, orderId }: Pick<Backorder, 'queuedAt' | 'orderId'>): string => `${queuedAt}#${orderId}`;

/**
 * Who of a queue rests on which supply: first come, first served, the soonest supply first. Pure and the same for the same input, so a
 * plan that is made again changes nothing.
 * @param supplies what is to come of the SKU for the pool, in any order
 * @param backorders the pool's whole queue, in any order
 * @returns the queue in its order, each with its promise
 */
export function planPromises(
  supplies: readonly Supply[],
  backorders: readonly Backorder[],
  { ats = 0, notBefore }: PlanTerms = {},
): readonly Backorder[] {
  const stream = supplyStream(supplies, Math.max(0, -ats));
  let there = Math.max(0, ats);
  return inOrderOfQueue(backorders).map((backorder) => {
    const covered = Math.min(there, backorder.quantity);
    there -= covered;
    if (covered === backorder.quantity) return backorder;
    const wanted = backorder.quantity - covered;
    const { promises: _promises, promisedFor: _promisedFor, ...rest } = backorder;
    return { ...rest, ...promised(stream.take(wanted), wanted, notBefore) };
  });
}

/**
 * What an order can be promised that is captured now: it joins the queue at its end. Units that the pool can sell are not counted on:
 * reserve those, and ask here for the rest.
 * @param demand units that are not there
 */
export function promiseFor(
  { quantity }: Pick<Demand, 'quantity'>,
  supplies: readonly Supply[],
  backorders: readonly Pick<Backorder, 'quantity'>[],
  { ats = 0, notBefore }: PlanTerms = {},
): Promised {
  const stream = supplyStream(supplies, queuedUnits(backorders) + Math.max(0, -ats));
  return promised(stream.take(quantity), quantity, notBefore);
}

/** What can be promised from one moment on: units in all, not per day. */
export interface AvailableFrom {
  /** RFC 3339; absent for what is there now. */
  readonly date?: string;
  readonly available: number;
}

/**
 * What can be promised when: what is there now less who waits for it, and at each arrival what is to come by then. Never falls with time.
 * @param ats what the pool can sell now: what is reserved and held is out of it already
 */
export function availableToPromise(
  ats: number,
  supplies: readonly Supply[],
  backorders: readonly Pick<Backorder, 'quantity'>[],
  notBefore?: string,
): readonly AvailableFrom[] {
  let sum = ats - queuedUnits(backorders);
  const steps = new Map<string | undefined, number>([[undefined, Math.max(0, sum)]]);
  for (const supply of inOrderOfArrival(supplies)) {
    sum += openOf(supply);
    steps.set(latest([supply.eta], notBefore), Math.max(0, sum));
  }
  return [...steps].map(([date, available]) => ({ ...(date !== undefined && { date }), available }));
}

/** The units of a queue. */
export const queuedUnits = (backorders: readonly Pick<Backorder, 'quantity'>[]): number =>
  backorders.reduce((sum, { quantity }) => sum + quantity, 0);

/** The promise as it stands once units of it were served from stock: they were the first of it. */
export function afterFill(backorder: Backorder, filled: number): Backorder {
  const quantity = backorder.quantity - filled;
  const { promises, promisedFor, ...rest } = backorder;
  const surplus = promises.reduce((sum, one) => sum + one.quantity, 0) - quantity;
  const left = surplus > 0 ? withoutFirst(promises, surplus) : promises;
  return { ...rest, quantity, ...promised(left, quantity, promisedFor) };
}

function withoutFirst(promises: readonly SupplyPromise[], units: number): readonly SupplyPromise[] {
  let gone = units;
  return promises.flatMap((promise) => {
    const taken = Math.min(gone, promise.quantity);
    gone -= taken;
    return taken === promise.quantity ? [] : [{ ...promise, quantity: promise.quantity - taken }];
  });
}

/** Promises for some units as a whole: there is a day only if every unit has one. */
function promised(promises: readonly SupplyPromise[], units: number, notBefore: string | undefined): Promised {
  const covered = promises.reduce((sum, { quantity }) => sum + quantity, 0);
  const last = latest(
    promises.map(({ eta }) => eta),
    notBefore,
  );
  return { promises, ...(covered === units && last !== undefined && { promisedFor: last }) };
}

const latest = (times: readonly string[], notBefore: string | undefined): string | undefined =>
  [...times, ...(notBefore === undefined ? [] : [notBefore])].reduce<string | undefined>(
    (last, time) => (last === undefined || Date.parse(time) > Date.parse(last) ? time : last),
    undefined,
  );

/** Units in the order of their arrival, each given once. */
function supplyStream(supplies: readonly Supply[], spokenFor: number) {
  const left = inOrderOfArrival(supplies).map((supply) => ({ supply, units: openOf(supply) }));
  const take = (units: number): SupplyPromise[] => {
    const taken: SupplyPromise[] = [];
    let wanted = units;
    for (const source of left) {
      const quantity = Math.min(wanted, source.units);
      if (quantity === 0) continue;
      source.units -= quantity;
      wanted -= quantity;
      const { reference, location, eta } = source.supply;
      taken.push({ reference, location, quantity, eta });
    }
    return taken;
  };
  take(spokenFor);
  return { take };
}

/** A backorder of which some units are wanted no more: its latest promises go, as the earliest are the best. */
export function afterForgetting(backorder: Backorder, units: number): Backorder {
  const quantity = backorder.quantity - units;
  const { promises, promisedFor, ...rest } = backorder;
  const surplus = promises.reduce((sum, one) => sum + one.quantity, 0) - quantity;
  const left = surplus > 0 ? withoutFirst(promises.toReversed(), surplus).toReversed() : promises;
  return { ...rest, quantity, ...promised(left, quantity, promisedFor) };
}

/** A backorder with more units, promised from what comes after its own: it keeps its place, and what the customer was told first. */
export function joined(
  backorder: Backorder,
  more: Pick<Backorder, 'quantity' | 'promises' | 'promisedFor'>,
): Backorder {
  const { promises, promisedFor, ...rest } = backorder;
  const quantity = backorder.quantity + more.quantity;
  const all = [...promises, ...more.promises].sort((a, b) => Date.parse(a.eta) - Date.parse(b.eta));
  const last = latest(
    [promisedFor, more.promisedFor].filter((day) => day !== undefined),
    undefined,
  );
  return { ...rest, quantity, ...promised(all, quantity, last), events: [] };
}
