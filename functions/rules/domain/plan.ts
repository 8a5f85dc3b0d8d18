import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Pool, type Position, type Terms } from '../../../shared/model/stock/counters.ts';
import { type Keeping, safetyFor } from '../../../shared/model/stock/shelf.ts';
import { type SkuStock } from '../ports.ts';
import { type Goods, type Rulebook, safetyTargetOf, termsBy } from './rulebook.ts';

/** What floors rest on beside stock, as it is at one moment. */
export interface View {
  readonly book: Rulebook;
  /** By pool. */
  readonly channels: ReadonlyMap<string, readonly Channel[]>;
  /** Groups by location. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Locations that are not active. */
  readonly closed: ReadonlySet<string>;
  /** Another one as soon as any of it is other. */
  readonly mark: string;
}

/** A shelf that is to have another safety stock, or another reason for it. */
export interface ShelfPlan extends Keeping {
  readonly position: Position;
  /** Ids of the rules that say so; none where no rule does any more. */
  readonly why: readonly string[];
}

/** A pool that is to have other terms. */
export interface PoolPlan {
  readonly pool: Pool;
  readonly terms: Pool['terms'];
  readonly why: readonly string[];
}

/** What is to change of a SKU so that it is as the rules want it. */
export interface Plan {
  readonly shelves: readonly ShelfPlan[];
  readonly pools: readonly PoolPlan[];
}

/** What is to change of a SKU. The same for what is only previewed and for what is done. */
export const planOf = ({ sku, positions, pools }: SkuStock, view: View, tags: readonly string[]): Plan => ({
  shelves: shelfPlans(positions, pools, view, { sku, tags }),
  pools: pools.flatMap((pool) => poolPlan(pool, view, { sku, tags })),
});

/** What the pool of a shelf can sell; nothing to say where it sells to none. */
export const sellableOf = (pools: readonly Pool[], { pool: name }: Position): number | undefined =>
  name === undefined ? undefined : (pools.find(({ pool }) => pool === name)?.ats ?? 0);

/** Shelves that give back come first: what they give, others may take. Closed ones take before those that take what is left. */
function shelfPlans(positions: readonly Position[], pools: readonly Pool[], view: View, goods: Goods): ShelfPlan[] {
  const taken = new Map<string | undefined, number>();
  const wishes = positions.map((position) => ({ position, wanted: wantedOn(position, view, goods) }));
  return wishes
    .sort((a, b) => turnOf(a) - turnOf(b))
    .flatMap(({ position, wanted }) => {
      const ats = sellableOf(pools, position);
      const left = ats === undefined ? undefined : ats - (taken.get(position.pool) ?? 0);
      const plan = shelfPlan(position, wanted, left);
      for (const { safety } of plan)
        taken.set(position.pool, (taken.get(position.pool) ?? 0) + safety - position.safety);
      return plan;
    });
}

/** What is wanted of a shelf: by the first rule that speaks of it, if any does, and because its location is closed. */
interface Wanted {
  readonly target: number | undefined;
  readonly closed: boolean;
  readonly rule?: string;
}

const wantedOn = ({ location }: Position, { book, groups, closed }: View, goods: Goods): Wanted => ({
  target: undefined,
  ...safetyTargetOf(book, goods, { location, groups: groups.get(location) ?? [] }),
  closed: closed.has(location),
});

const turnOf = ({ position, wanted }: { readonly position: Position; readonly wanted: Wanted }): number =>
  wanted.closed ? 0 : Math.sign((wanted.target ?? 0) - position.safety);

function shelfPlan(position: Position, { target, closed, rule }: Wanted, ats: number | undefined): ShelfPlan[] {
  const wasClosed = position.closed === true;
  const isKept = closed || wasClosed || target !== undefined || position.safetyTarget !== undefined;
  const safety = isKept ? safetyFor({ ...position, closed }, target ?? 0, ats) : position.safety;
  if (safety === position.safety && target === position.safetyTarget && closed === wasClosed) return [];
  return [{ position, safety, target, closed, why: rule === undefined ? [] : [rule] }];
}

function poolPlan(pool: Pool, { book, channels }: View, goods: Goods): PoolPlan[] {
  const entries = (channels.get(pool.pool) ?? []).flatMap((channel): [string, Terms][] => {
    const terms = termsBy(book, goods, channel);
    return terms === undefined ? [] : [[channel.channelId, terms]];
  });
  const terms = entries.length === 0 ? undefined : Object.fromEntries(entries);
  if (canonicalJson(terms ?? null) === canonicalJson(pool.terms ?? null)) return [];
  return [{ pool, terms, why: [...new Set(entries.flatMap(([, { rules }]) => rules))] }];
}
