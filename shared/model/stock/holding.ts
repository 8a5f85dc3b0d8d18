import { type Cause, type StockKey } from './counters.ts';
import { type Demand, type LocatedDemand, located, summed } from './demand.ts';
import { type Floor } from './movements.ts';
import { type StockChange } from './stock-change.ts';

const pool = (sku: string, name: string): StockKey => ({ level: 'pool', sku, pool: name });
const position = (sku: string, location: string): StockKey => ({ level: 'position', sku, location });

/** A hold on the network: units of the pool that a checkout has and nobody else can. */
export const holdInPool = (
  demand: readonly Demand[],
  name: string,
  floor: (sku: string) => Floor,
  cause: Cause,
): StockChange[] =>
  summed(demand).map(({ sku, quantity: q }) => {
    const { units, terms } = floor(sku);
    return {
      kind: 'stock',
      key: pool(sku, name),
      add: { ats: -q, held: q },
      atLeast: { ats: q + units },
      ...(terms && { terms }),
      cause,
    };
  });

/** A hold on the network ends (released, expired): everybody may buy the units again. */
export const unholdInPool = (demand: readonly Demand[], name: string, cause: Cause): StockChange[] =>
  summed(demand).map(({ sku, quantity: q }) => ({
    kind: 'stock',
    key: pool(sku, name),
    add: { ats: q, held: -q },
    atLeast: { held: q },
    cause,
  }));

/** A hold on the network becomes an order: what was held is reserved. Nothing can be short. */
export const convertInPool = (demand: readonly Demand[], name: string, cause: Cause): StockChange[] =>
  summed(demand).map(({ sku, quantity: q }) => ({
    kind: 'stock',
    key: pool(sku, name),
    add: { held: -q, reserved: q },
    atLeast: { held: q },
    cause,
  }));

/**
 * A hold at a store: units of one shelf. The pool sells that many fewer, because they are not there for anybody else; they are held on
 * the position and not in the pool.
 */
export const holdAtLocation = (
  demand: readonly LocatedDemand[],
  name: string | undefined,
  floor: (sku: string) => Floor,
  cause: Cause,
): StockChange[] => [
  ...summed(demand, located).map(({ sku, location, quantity: q }): StockChange => ({
    kind: 'stock',
    key: position(sku, location),
    add: { held: q, atf: -q },
    atLeast: { atf: q },
    cause,
  })),
  ...(name === undefined ? [] : perSku(demand)).map(({ sku, quantity: q }): StockChange => {
    const { units, terms } = floor(sku);
    return {
      kind: 'stock',
      key: pool(sku, name ?? ''),
      add: { ats: -q },
      atLeast: { ats: q + units },
      ...(terms && { terms }),
      cause,
    };
  }),
];

/** A hold at a store ends: `to` says whether the pool may sell the units again or an order has them reserved. */
export const unholdAtLocation = (
  demand: readonly LocatedDemand[],
  name: string | undefined,
  to: 'ats' | 'reserved',
  cause: Cause,
): StockChange[] => [
  ...summed(demand, located).map(({ sku, location, quantity: q }): StockChange => ({
    kind: 'stock',
    key: position(sku, location),
    add: { held: -q, atf: q },
    atLeast: { held: q },
    cause,
  })),
  ...(name === undefined ? [] : perSku(demand)).map(({ sku, quantity: q }): StockChange => ({
    kind: 'stock',
    key: pool(sku, name ?? ''),
    add: { [to]: q },
    cause,
  })),
];

const perSku = (demand: readonly Demand[]): Demand[] => summed(demand.map(({ sku, quantity }) => ({ sku, quantity })));
