import { type Cause, type PoolCounter, type PositionCounter, type StockKey } from './counters.ts';

/** One conditional write to one position or pool: counters to add to, and floors that must hold before. */
export interface StockChange {
  readonly kind: 'stock';
  readonly key: StockKey;
  readonly add: Readonly<Partial<Record<PositionCounter | PoolCounter, number>>>;
  /** The write happens only if each of these counters is at least this much before it. */
  readonly atLeast?: Readonly<Partial<Record<PositionCounter | PoolCounter, number>>>;
  /** The write happens only on this version: for a change that rests on counters read before. */
  readonly version?: number;
  /** Whether the item may come into being by this write; otherwise an unknown SKU is refused. */
  readonly mayCreate?: boolean;
  /** Kept on a position, so that a reader knows where it counts. */
  readonly pool?: string;
  readonly cause: Cause;
}

/** Units of one SKU. */
export interface Demand {
  readonly sku: string;
  readonly quantity: number;
}
/** Units of one SKU at one location. */
export interface LocatedDemand extends Demand {
  readonly location: string;
}

/** Sums demand per key, so that two lines of one SKU are one action: DynamoDB refuses two actions on one item, and so would the shelf. */
export function summed<D extends Demand>(demand: readonly D[], keyOf: (d: D) => string = (d) => d.sku): D[] {
  const sums = new Map<string, D>();
  for (const one of demand) {
    const key = keyOf(one);
    sums.set(key, { ...one, quantity: one.quantity + (sums.get(key)?.quantity ?? 0) });
  }
  return [...sums.values()];
}

const located = (d: LocatedDemand): string => `${d.location} ${d.sku}`;
const pool = (sku: string, name: string): StockKey => ({ level: 'pool', sku, pool: name });
const position = (sku: string, location: string): StockKey => ({ level: 'position', sku, location });

/** Capture: promises units of the pool to an order. `floor` is what must stay for others: buffer less backorder limit. */
export const reserve = (demand: readonly Demand[], name: string, floor: number, cause: Cause): StockChange[] =>
  summed(demand).map(({ sku, quantity: q }) => ({
    kind: 'stock',
    key: pool(sku, name),
    add: { ats: -q, reserved: q },
    atLeast: { ats: q + floor },
    cause,
  }));

/** Cancel before routing: gives reserved units back to the pool. */
export const unreserve = (demand: readonly Demand[], name: string, cause: Cause): StockChange[] =>
  summed(demand).map(({ sku, quantity: q }) => ({
    kind: 'stock',
    key: pool(sku, name),
    add: { ats: q, reserved: -q },
    atLeast: { reserved: q },
    cause,
  }));

/** Routing: pins reserved units to locations that have them. */
export function allocate(demand: readonly LocatedDemand[], name: string, cause: Cause): StockChange[] {
  const pools = summed(demand.map(({ sku, quantity }) => ({ sku, quantity }))).map(
    ({ sku, quantity: q }): StockChange => ({
      kind: 'stock',
      key: pool(sku, name),
      add: { reserved: -q },
      atLeast: { reserved: q },
      cause,
    }),
  );
  const positions = summed(demand, located).map(({ sku, location, quantity: q }): StockChange => ({
    kind: 'stock',
    key: position(sku, location),
    add: { allocated: q, atf: -q },
    atLeast: { atf: q },
    cause,
  }));
  return [...pools, ...positions];
}

/** What a location's rejection says about the goods themselves. */
export type StockEffect = 'none' | 'missing' | 'damaged';

/**
 * Rejection: a location gives its allocated units back to the promise. With effect `none` they are still on its shelf; `missing` takes
 * them off the books and `damaged` sets them apart, and then the pool can sell that many fewer: its `ats` may fall below zero, because
 * the promise to this order stays while the unit behind it is gone.
 */
export function deallocate(
  demand: readonly LocatedDemand[],
  name: string,
  effect: StockEffect,
  to: 'reserved' | 'ats',
  cause: Cause,
): StockChange[] {
  const positions = summed(demand, located).map(({ sku, location, quantity: q }): StockChange => {
    const shelf = effect === 'none' ? { atf: q } : effect === 'missing' ? { onHand: -q } : /* damaged */ { damaged: q };
    return {
      kind: 'stock',
      key: position(sku, location),
      add: { allocated: -q, ...shelf },
      atLeast: { allocated: q },
      cause,
    };
  });
  const pools = summed(demand.map(({ sku, quantity }) => ({ sku, quantity }))).map(
    ({ sku, quantity: q }): StockChange => {
      const sellable = (to === 'ats' ? q : 0) - (effect === 'none' ? 0 : q);
      return {
        kind: 'stock',
        key: pool(sku, name),
        add: { ...(sellable === 0 ? {} : { ats: sellable }), ...(to === 'reserved' ? { reserved: q } : {}) },
        cause,
      };
    },
  );
  return [...positions, ...pools.filter(({ add }) => Object.keys(add).length > 0)];
}

/** Ship or hand over: allocated units leave the building. */
export const ship = (demand: readonly LocatedDemand[], cause: Cause): StockChange[] =>
  summed(demand, located).map(({ sku, location, quantity: q }) => ({
    kind: 'stock',
    key: position(sku, location),
    add: { onHand: -q, allocated: -q },
    atLeast: { allocated: q },
    cause,
  }));

/** Where arriving goods come to stand. */
export type Arrival = 'sellable' | 'damaged' | 'qualityControl';

/**
 * Receive, restock or adjust: a shelf's count changes by `delta` (units, either sign), and with it what its pool can sell.
 * `delta < 0` takes only what is not promised, unless `evenIfPromised`: a count or a sale that already happened is never refused.
 */
export function adjust(
  target: { readonly sku: string; readonly location: string; readonly pool?: string },
  delta: number,
  arrival: Arrival,
  cause: Cause,
  evenIfPromised = false,
): StockChange[] {
  const { sku, location } = target;
  const shelf = arrival === 'sellable' ? { atf: delta } : { [arrival]: delta };
  const guard =
    delta < 0 && !evenIfPromised ? { atLeast: arrival === 'sellable' ? { atf: -delta } : { [arrival]: -delta } } : {};
  const change: StockChange = {
    kind: 'stock',
    key: position(sku, location),
    add: { onHand: delta, ...shelf },
    mayCreate: delta > 0,
    ...(target.pool === undefined ? {} : { pool: target.pool }),
    ...guard,
    cause,
  };
  if (target.pool === undefined || arrival !== 'sellable') return [change];
  return [change, { kind: 'stock', key: pool(sku, target.pool), add: { ats: delta }, mayCreate: delta > 0, cause }];
}
