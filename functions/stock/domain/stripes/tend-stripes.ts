import { type PoolName, type StripePorts } from '../../stripe-ports.ts';
import { stripeCause } from './set-stripes.ts';

/** Most stripes of a pool. */
const mostStripes = 64;
/** By how much there are more: four times the sales in one step, so that three steps reach from one to all. */
const factor = 4;
/**
 * Conflicts within the window of ten seconds from which a pool is contended: two a second. A conflict is a sale that waited some ten
 * milliseconds, so fewer are hurt by nothing; one item brings more from about fifty sales a second on.
 */
const contendedFrom = 20;
/**
 * Conflicts within this time after a change say nothing about it: writers believe what they knew for half a minute, and what is told is
 * up to ten seconds old.
 */
const settlingMs = 45_000;

/** A contended pool: how many conflicts there were in a window, and when that was told. */
export interface Contention extends PoolName {
  readonly conflicts: number;
  readonly at: string;
}

/** Gives a contended pool more stripes. Told twice or late, it does so once: the change is younger than what was told. */
export const easeContention =
  (ports: Pick<StripePorts, 'poolNow' | 'setStripes' | 'rebalance'>) =>
  async ({ conflicts, at, ...of }: Contention, now: string): Promise<void> => {
    if (conflicts < contendedFrom) return;
    const found = await ports.poolNow(of);
    if (found === undefined) return;
    const { stripes = 1, stripedAt } = found.pool;
    if (stripes >= mostStripes) return;
    if (stripedAt !== undefined && Date.parse(at) < Date.parse(stripedAt) + settlingMs) return;
    const cause = stripeCause(of, 'tend-stripes', now);
    const set = await ports.setStripes(of, Math.min(mostStripes, stripes * factor), cause);
    if (typeof set === 'object') await ports.rebalance(of, cause);
  };

/** Evens out the stripes of a pool; one that is even already is left alone. */
export const evenStripes =
  (ports: Pick<StripePorts, 'rebalance'>) =>
  async (of: PoolName, now: string): Promise<void> => {
    await ports.rebalance(of, stripeCause(of, 'tend-stripes', now));
  };

/** What was told of a pool: conflicts, or that its stripes are uneven. */
export interface PoolTold extends PoolName {
  readonly id: string;
  readonly at: string;
  readonly conflicts?: number;
}

/** A pool that could not be tended, and the ids of what was told of it. */
export interface Untended extends PoolName {
  readonly ids: readonly string[];
  readonly error: unknown;
}

/** Tends each pool of a batch once, by the newest that was told of it. */
export const tendStripes =
  (ports: Pick<StripePorts, 'poolNow' | 'setStripes' | 'rebalance'>) =>
  async (told: readonly PoolTold[], now: string): Promise<Untended[]> => {
    const byPool = Map.groupBy(told, ({ sku, pool }) => JSON.stringify([sku, pool]));
    const outcomes = await Promise.all([...byPool.values()].map((ofOne) => tendOne(ports, ofOne, now)));
    return outcomes.flat();
  };

async function tendOne(
  ports: Pick<StripePorts, 'poolNow' | 'setStripes' | 'rebalance'>,
  told: readonly PoolTold[],
  now: string,
): Promise<Untended[]> {
  const newest = told.reduce((latest, one) => (one.at >= latest.at ? one : latest));
  const { sku, pool, at } = newest;
  try {
    const conflicts = Math.max(...told.map((one) => one.conflicts ?? 0));
    await easeContention(ports)({ sku, pool, at, conflicts }, now);
    if (told.some((one) => one.conflicts === undefined)) await evenStripes(ports)({ sku, pool }, now);
    return [];
  } catch (error) {
    return [{ sku, pool, ids: told.map(({ id }) => id), error }];
  }
}
