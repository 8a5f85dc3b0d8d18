import { atMost } from '../../../shared/kernel/at-most.ts';
import { type RulesPorts } from '../ports.ts';
import { applyTo } from './apply.ts';
import { walker } from './walk-stock.ts';
import { viewOf } from './view.ts';

/** SKUs that are worked on at once. */
const width = 8;

/**
 * Gives SKUs whose first position or pool has appeared what the rules in force want. Done twice, the second time changes nothing. Where no
 * rule is in force and no location closed nothing else is read: a rule that comes afterwards brings a walk that finds them.
 * @throws Error when a SKU kept changing: the events come again
 */
export const ruleNewStock =
  (ports: RulesPorts) =>
  async (skus: readonly string[], now: string): Promise<void> => {
    const { book, closed } = await viewOf(ports, now);
    if (book.safety.length + book.sell.length + closed.size === 0) return;
    const stocks = await atMost(width, [...new Set(skus)], async (sku) => ({ sku, ...(await ports.stockOf(sku)) }));
    await applyTo(ports, stocks, width, { now, actor: walker });
  };
