import { type PutChange, replace } from '../changes.ts';
import { type Demand, summed } from './demand.ts';
import { type HeldLine, type StockHold, expiredHold, nextHold, splitLine, stateAt } from './hold.ts';
import { giveBackLines, handOverLines } from './holding.ts';
import { inOneWrite } from './in-one-write.ts';
import { type StockChange } from './stock-change.ts';

/** What an order takes over of a hold. */
export interface Conversion {
  /** Units that these changes reserve for the order, per SKU and never more than it wants; what is wanted beyond them it reserves itself. */
  readonly covered: readonly Demand[];
  /** The stock's side of it; to be written as one with what the order reserves itself: `inOneWrite([...stock, ...reserve(…)])`. */
  readonly stock: readonly StockChange[];
  /** The hold, which ends here; absent when it ended before. */
  readonly hold?: PutChange;
}

/** Who takes a hold over, when, and what it wants: units of SKUs that have stock, kits as their components. */
export interface Takeover {
  readonly orderId: string;
  readonly wanted: readonly Demand[];
  /** RFC 3339 UTC. */
  readonly now: string;
  readonly actor: string;
}

/**
 * An order takes a hold over. All of it is one transaction with the capture, so a hold becomes at most one order, and only if that order
 * is taken. It refuses nothing:
 *
 * - A live hold ends CONVERTED. Of each SKU the order gets what it wants and the hold has; a surplus goes back on sale.
 * - A hold whose time is over and that the sweep has not come to ends EXPIRED here: its units go back on sale and the order reserves in the
 *   same write, so that a customer who is a moment late still gets them unless the channel's floor forbids it.
 * - A hold that has ended before (expired, released, become an order) gives nothing: the order reserves all it wants, as one without a hold.
 *
 * The caller has made sure that the hold is its channel's.
 */
export function conversionOf(hold: StockHold, takeover: Takeover): Conversion {
  const { orderId, wanted, now, actor } = takeover;
  if (hold.state !== 'HELD') return { covered: [], stock: [] };
  const cause = { operation: 'convert', reference: hold.holdId, actor, at: now };
  if (stateAt(hold, now) === 'EXPIRED') {
    const stock = giveBackLines(hold, hold.lines, { ...cause, operation: 'expire' });
    return { covered: [], stock, hold: replace('stockHold', expiredHold(hold, takeover), hold.version) };
  }
  const { covered, surplus } = divided(hold.lines, wanted);
  return {
    covered: summed(covered.map(({ sku, quantity }) => ({ sku, quantity }))),
    stock: inOneWrite([...handOverLines(hold, covered, cause), ...giveBackLines(hold, surplus, cause)]),
    hold: replace('stockHold', nextHold(hold, { state: 'CONVERTED', orderId }, now), hold.version),
  };
}

/** What the order still has to reserve itself. */
export function uncovered(wanted: readonly Demand[], covered: readonly Demand[]): Demand[] {
  const had = new Map(covered.map(({ sku, quantity }) => [sku, quantity]));
  return summed(wanted.map(({ sku, quantity }) => ({ sku, quantity })))
    .map(({ sku, quantity }) => ({ sku, quantity: quantity - (had.get(sku) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

function divided(lines: readonly HeldLine[], wanted: readonly Demand[]) {
  const left = new Map(summed(wanted).map(({ sku, quantity }) => [sku, quantity]));
  const covered: HeldLine[] = [];
  const surplus: HeldLine[] = [];
  for (const line of lines) {
    const open = left.get(line.sku) ?? 0;
    const taken = Math.min(open, line.quantity);
    left.set(line.sku, open - taken);
    const { first, rest } = splitLine(line, taken);
    if (taken > 0) covered.push(first);
    if (taken < line.quantity) surplus.push(rest);
  }
  return { covered, surplus };
}
