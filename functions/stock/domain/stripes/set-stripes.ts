import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Cause } from '../../../../shared/model/stock/counters.ts';
import { type PoolName, type StripePorts } from '../../stripe-ports.ts';

/** How long a number that a person chose is not lowered: a launch is prepared days before, and forgotten after. */
const keptSeconds = 7 * 24 * 3600;

/** Why the stripes of a pool change; the ledger's entry. */
export const stripeCause = ({ sku, pool }: PoolName, actor: string, at: string): Cause => ({
  operation: 'stripe',
  reference: `${sku}@${pool}`,
  actor,
  at,
});

/**
 * Spreads a pool over so many stripes, or folds it, while it is sold from. The same wish again only prolongs it.
 * Refusals: `not-found` for a pool without that SKU, `state-conflict` for one that owes units.
 */
export const setStripes =
  (ports: Pick<StripePorts, 'setStripes' | 'rebalance'>) =>
  async (
    of: PoolName,
    stripes: number,
    { now, actor }: { readonly now: string; readonly actor: string },
  ): Promise<Result<PoolName & { before: number; stripes: number }>> => {
    const { sku, pool } = of;
    const cause = stripeCause(of, actor, now);
    const set = await ports.setStripes(of, stripes, cause, plusSeconds(now, keptSeconds));
    if (set === 'unknown')
      return refuse('not-found', `No stock of ${sku} was ever recorded in pool ${pool}. Receive some first.`);
    if (set === 'owes')
      return refuse(
        'state-conflict',
        `Pool ${pool} has promised more of ${sku} than it has. Receive what is missing, then spread it.`,
        { facts: { sku, pool } },
      );
    if (set.stripes > set.before) await ports.rebalance(of, cause);
    return ok({ sku, pool, ...set });
  };
