import { type Cause, type StockKey, type Terms } from './counters.ts';
import { type Demand, type LocatedDemand, located, summed } from './demand.ts';
import { type Shelf, freeOn } from './shelf.ts';
import { type StockChange, mostUnits } from './stock-change.ts';

const pool = (sku: string, name: string): StockKey => ({ level: 'pool', sku, pool: name });
const position = (sku: string, location: string): StockKey => ({ level: 'position', sku, location });

/** What must stay of a SKU for others when a channel sells it, and the terms on the pool that say so. */
export interface Floor {
  readonly units: number;
  readonly terms?: { readonly channel: string; readonly expect?: Terms };
}

/** Units of which `fenced` come out of the channel's own ring-fence. */
export interface FencedDemand extends Demand {
  readonly fenced?: number;
}

/**
 * Capture: promises units of the pool to an order. The floor is what must stay for others. Fenced units were set apart before, so they
 * need no floor; the channel's share gives them up in the same transaction (`consumeFences`).
 */
export function reserve(
  demand: readonly FencedDemand[],
  name: string,
  floor: number | ((sku: string) => Floor),
  cause: Cause,
): StockChange[] {
  const fenced = new Map<string, number>();
  for (const one of demand) fenced.set(one.sku, (fenced.get(one.sku) ?? 0) + (one.fenced ?? 0));
  return summed(demand).map(({ sku, quantity: q }) => {
    const own = fenced.get(sku) ?? 0;
    const { units, terms } = typeof floor === 'number' ? { units: floor } : floor(sku);
    return {
      kind: 'stock',
      key: pool(sku, name),
      add: { ...(q > own && { ats: own - q }), reserved: q, ...(own > 0 && { fenced: -own }) },
      ...(q > own ? { atLeast: { ats: q - own + units } } : {}),
      ...(terms && { terms }),
      cause,
    };
  });
}

/** The shares' side of selling fenced units: what a channel has sold of its ring-fence. */
export const consumeFences = (
  demand: readonly FencedDemand[],
  name: string,
  channel: string,
  cause: Cause,
): StockChange[] =>
  summed(demand.flatMap(({ sku, fenced = 0 }) => (fenced > 0 ? [{ sku, quantity: fenced }] : []))).map(
    ({ sku, quantity: q }) => ({
      kind: 'stock',
      key: { level: 'share', sku, pool: name, channel },
      add: { fenced: -q, consumed: q },
      atLeast: { fenced: q },
      cause,
    }),
  );

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
  target: Shelf,
  delta: number,
  arrival: Arrival,
  cause: Cause,
  evenIfPromised = false,
): StockChange[] {
  const { sku, location } = target;
  const counter = arrival === 'sellable' ? freeOn(target) : arrival;
  const shelf = { [counter]: delta };
  const guard = delta < 0 && !evenIfPromised ? { atLeast: { [counter]: -delta } } : {};
  const change: StockChange = {
    kind: 'stock',
    key: position(sku, location),
    add: { onHand: delta, ...shelf },
    mayCreate: delta > 0 || evenIfPromised,
    ...(target.pool === undefined ? {} : { pool: target.pool }),
    ...guard,
    ...(delta > 0 && { atMost: { onHand: mostUnits - delta } }),
    cause,
  };
  if (target.pool === undefined || counter !== 'atf') return [change];
  const sellable: StockChange = {
    kind: 'stock',
    key: pool(sku, target.pool),
    add: { ats: delta },
    mayCreate: delta > 0 || evenIfPromised,
    ...(delta > 0 && { atMost: { ats: mostUnits - delta } }),
    cause,
  };
  return [change, sellable];
}
