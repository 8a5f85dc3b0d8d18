import { type Cause, type StockKey } from './counters.ts';
import { type StockChange, mostUnits } from './stock-change.ts';

/** A shelf: a SKU at a location, and the pool that sells from it, if any. */
export interface Shelf {
  readonly sku: string;
  readonly location: string;
  readonly pool?: string;
}

/** Where a unit on a shelf stands: to be sold, or set apart. */
export type ShelfState = 'sellable' | 'damaged' | 'qualityControl';

const positionOf = ({ sku, location }: Shelf): StockKey => ({ level: 'position', sku, location });
const withPool = ({ pool }: Shelf) => (pool === undefined ? {} : { pool });
const inPool = ({ sku, pool }: Shelf, ats: number, cause: Cause, more: Partial<StockChange> = {}): StockChange[] =>
  pool === undefined || ats === 0
    ? []
    : [{ kind: 'stock', key: { level: 'pool', sku, pool }, add: { ats }, cause, ...more }];

/**
 * Sets a shelf to a count, if it still has what the caller believes (`from`): compare and set. What was promised stays promised, so
 * that `atf` and the pool's `ats` may fall below zero: a count is a fact.
 */
export const setOnHand = (shelf: Shelf, from: number, to: number, cause: Cause): StockChange[] => {
  const delta = to - from;
  const mayCreate = from === 0;
  return [
    {
      kind: 'stock',
      key: positionOf(shelf),
      add: { onHand: delta, atf: delta },
      equals: { onHand: from },
      mayCreate,
      ...withPool(shelf),
      cause,
    },
    ...inPool(shelf, delta, cause, { mayCreate: true, ...(delta > 0 && { atMost: { ats: mostUnits - delta } }) }),
  ];
};

/** Moves units of a shelf between states; their sum stays. What is promised from the shelf cannot be set apart. */
export const moveState = (
  shelf: Shelf,
  quantity: number,
  from: ShelfState,
  to: ShelfState,
  cause: Cause,
): StockChange[] => {
  const counter = (state: ShelfState) => (state === 'sellable' ? 'atf' : state);
  const sellable = (to === 'sellable' ? quantity : 0) - (from === 'sellable' ? quantity : 0);
  return [
    {
      kind: 'stock',
      key: positionOf(shelf),
      add: { [counter(from)]: -quantity, [counter(to)]: quantity },
      atLeast: { [counter(from)]: quantity },
      cause,
    },
    // A shelf that never had anything to sell has no pool yet.
    ...inPool(shelf, sellable, cause, { mayCreate: true }),
  ];
};

/** Goods leave for another location: only what is promised to nobody, neither from this shelf nor by its pool. */
export const dispatch = (shelf: Shelf, quantity: number, cause: Cause): StockChange[] => [
  {
    kind: 'stock',
    key: positionOf(shelf),
    add: { onHand: -quantity, atf: -quantity },
    atLeast: { atf: quantity },
    cause,
  },
  ...inPool(shelf, -quantity, cause, { atLeast: { ats: quantity } }),
];

/**
 * Sets a shelf's safety stock from what was read to another value, and keeps what the rule wants as its target. Safety stock is taken from
 * what may be promised: never more than that (`safetyFor`), so that neither shelf nor pool owes for a rule.
 * @param target what the rule in force wants; `undefined` when no rule does
 */
export const setSafety = (
  shelf: Shelf,
  read: { readonly safety: number; readonly version: number },
  to: number,
  target: number | undefined,
  cause: Cause,
): StockChange[] => [
  {
    kind: 'stock',
    key: positionOf(shelf),
    add: { safety: to - read.safety, atf: read.safety - to },
    version: read.version,
    set: { safetyTarget: target },
    cause,
  },
  ...inPool(shelf, read.safety - to, cause, to > read.safety ? { atLeast: { ats: to - read.safety } } : {}),
];

/**
 * The safety stock that a shelf can have: what its target wants, of what is promised to nobody, neither from this shelf nor by its pool.
 * @param ats what the pool can sell, where the shelf sells to one: orders that are not routed yet may be served from this shelf
 */
export const safetyFor = (
  { atf, safety }: { readonly atf: number; readonly safety: number },
  target: number,
  ats = Infinity,
): number => Math.min(target, Math.max(0, atf + safety), safety + Math.max(0, ats));
