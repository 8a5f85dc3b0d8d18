import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Pool, type Position, type Terms } from '../../../shared/model/stock/counters.ts';
import { safetyFor } from '../../../shared/model/stock/shelf.ts';
import { type SkuStock } from '../ports.ts';
import { type Rulebook, safetyTargetOf, termsBy } from './rulebook.ts';

/** What floors rest on beside stock, as it is at one moment. */
export interface View {
  readonly book: Rulebook;
  /** By pool. */
  readonly channels: ReadonlyMap<string, readonly Channel[]>;
  /** Groups by location. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** A shelf that is to have another safety stock, or another target of it. */
export interface ShelfPlan {
  readonly position: Position;
  readonly safety: number;
  readonly target: number | undefined;
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
  shelves: positions.flatMap((position) => shelfPlan(position, view, { sku, tags })),
  pools: pools.flatMap((pool) => poolPlan(pool, view, { sku, tags })),
});

function shelfPlan(
  position: Position,
  { book, groups }: View,
  goods: { readonly sku: string; readonly tags: readonly string[] },
): ShelfPlan[] {
  const { location } = position;
  const wanted = safetyTargetOf(book, goods, { location, groups: groups.get(location) ?? [] });
  const ruled = wanted !== undefined || position.safetyTarget !== undefined;
  const safety = ruled ? safetyFor(position, wanted?.target ?? 0) : position.safety;
  if (safety === position.safety && wanted?.target === position.safetyTarget) return [];
  return [{ position, safety, target: wanted?.target, why: wanted ? [wanted.rule] : [] }];
}

function poolPlan(
  pool: Pool,
  { book, channels }: View,
  goods: { readonly sku: string; readonly tags: readonly string[] },
): PoolPlan[] {
  const entries = (channels.get(pool.pool) ?? []).flatMap((channel): [string, Terms][] => {
    const terms = termsBy(book, goods, channel);
    return terms === undefined ? [] : [[channel.channelId, terms]];
  });
  const terms = entries.length === 0 ? undefined : Object.fromEntries(entries);
  if (canonicalJson(terms ?? null) === canonicalJson(pool.terms ?? null)) return [];
  return [{ pool, terms, why: [...new Set(entries.flatMap(([, { rules }]) => rules))] }];
}
