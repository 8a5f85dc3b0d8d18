import { safetyFor, setSafety } from '../../../shared/model/stock/shelf.ts';
import { type RulesPorts } from '../ports.ts';
import { sellableOf } from './plan.ts';
import { walker } from './walk-stock.ts';

const attempts = 20;

/** Which shelf has another safety stock than it can have. */
export interface UnsettledShelf {
  readonly sku: string;
  readonly location: string;
}

/**
 * Makes a shelf's safety stock what its target and its units allow, at the version that was read. What is settled stays as it is, so that
 * an event that comes late or twice changes nothing, and no event follows.
 * @throws Error when others kept changing the shelf: its event comes again
 */
export const settleSafety =
  (ports: Pick<RulesPorts, 'stockOf' | 'commit'>) =>
  async ({ sku, location }: UnsettledShelf, now: string): Promise<void> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { positions, pools } = await ports.stockOf(sku);
      const position = positions.find((one) => one.location === location);
      if (position === undefined) return;
      const { safetyTarget: target, closed = false } = position;
      if (target === undefined && !closed) return;
      const safety = safetyFor(position, target ?? 0, sellableOf(pools, position));
      if (safety === position.safety) return;
      const cause = { operation: 'settle-safety', reference: location, actor: walker, at: now };
      if ((await ports.commit(setSafety(position, position, { safety, target, closed }, cause))).ok) return;
    }
    throw new Error(`${sku} at ${location} was changed by others ${attempts} times while its safety stock was settled`);
  };
