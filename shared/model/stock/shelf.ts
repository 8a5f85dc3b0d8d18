import { type Cause, type StockKey } from './counters.ts';
import { type StockChange, mostUnits } from './stock-change.ts';

/** A shelf: a SKU at a location, and the pool that sells from it, if any. */
export interface Shelf {
  readonly sku: string;
  readonly location: string;
  readonly pool?: string;
  /** All that is free here counts as safety stock, because its location is not active (`closed-shelves.ts`). */
  readonly closed?: true;
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

/**
 * The counter of what is free on a shelf, and whether its pool sells that: what a closed shelf has is safety stock.
 */
export const freeOn = ({ closed }: Pick<Shelf, 'closed'>): 'atf' | 'safety' => (closed === true ? 'safety' : 'atf');
const soldFrom = ({ closed, ...shelf }: Shelf, ats: number, cause: Cause, more: Partial<StockChange> = {}) =>
  closed === true ? [] : inPool(shelf, ats, cause, more);

/** Moves units of a shelf between states; their sum stays. What is promised from the shelf cannot be set apart. */
export const moveState = (
  shelf: Shelf,
  quantity: number,
  from: ShelfState,
  to: ShelfState,
  cause: Cause,
): StockChange[] => {
  const counter = (state: ShelfState) => (state === 'sellable' ? freeOn(shelf) : state);
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
    ...soldFrom(shelf, sellable, cause, { mayCreate: true }),
  ];
};

/** Goods leave for another location: only what is promised to nobody, neither from this shelf nor by its pool. */
export const dispatch = (shelf: Shelf, quantity: number, cause: Cause): StockChange[] => [
  {
    kind: 'stock',
    key: positionOf(shelf),
    add: { onHand: -quantity, [freeOn(shelf)]: -quantity },
    atLeast: { [freeOn(shelf)]: quantity },
    cause,
  },
  ...soldFrom(shelf, -quantity, cause, { atLeast: { ats: quantity } }),
];

/** What is to be kept on a shelf. */
export interface Keeping {
  /** Units that count as safety stock. */
  readonly safety: number;
  /** What the rule in force wants; `undefined` when no rule does. */
  readonly target: number | undefined;
  /** Whether its location is closed, so that all that is free is kept. */
  readonly closed: boolean;
}

/**
 * Sets a shelf's safety stock from what was read to another value, and keeps why: the target that a rule wants, and whether the shelf is
 * closed. What a rule keeps is taken from what may be promised, never more (`safetyFor`), so that neither shelf nor pool owes for a rule.
 * A closed shelf keeps all: what its pool has promised of it cannot leave, and the pool owes it until it finds it elsewhere.
 */
export const setSafety = (
  shelf: Shelf,
  read: { readonly safety: number; readonly version: number },
  { safety, target, closed }: Keeping,
  cause: Cause,
): StockChange[] => [
  {
    kind: 'stock',
    key: positionOf(shelf),
    add: { safety: safety - read.safety, atf: read.safety - safety },
    version: read.version,
    set: { safetyTarget: target, closed: closed ? true : undefined },
    cause,
  },
  ...inPool(
    shelf,
    read.safety - safety,
    cause,
    safety > read.safety && !closed ? { atLeast: { ats: safety - read.safety } } : {},
  ),
];

/**
 * The safety stock that a shelf can have: what its target wants, of what is promised to nobody, neither from this shelf nor by its pool. A
 * closed shelf keeps all that is promised to nobody from it.
 * @param ats what the pool can sell, where the shelf sells to one: orders that are not routed yet may be served from this shelf
 */
export const safetyFor = (
  { atf, safety, closed = false }: { readonly atf: number; readonly safety: number; readonly closed?: boolean },
  target: number,
  ats = Infinity,
): number => {
  const there = Math.max(0, atf + safety);
  return closed ? there : Math.min(target, there, safety + Math.max(0, ats));
};
