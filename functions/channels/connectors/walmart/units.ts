import { type SnapshotDraft } from '../../domain/connector.ts';
import { fulfilledPart } from '../kit/fulfilled.ts';
import { type WalmartLine, type WalmartOrder } from './payload.ts';

/** How many units of a line were ordered; whatever becomes of them, this stays. `undefined` when it is no whole number above 0. */
export function orderedUnits({ orderLineQuantity }: WalmartLine): number | undefined {
  const units = Number(orderLineQuantity.amount ?? Number.NaN);
  return Number.isSafeInteger(units) && units > 0 ? units : undefined;
}

/**
 * Units of a line by status, in lower case. Walmart counts units per status, and keeps the status that units had before next to the one they
 * have: the last ones count, up to what was ordered. A status without a quantity has all that are left.
 */
export function unitsByStatus(line: WalmartLine): ReadonlyMap<string, number> {
  let left = orderedUnits(line) ?? 0;
  const units = new Map<string, number>();
  for (const { status, statusQuantity } of (line.orderLineStatuses?.orderLineStatus ?? []).toReversed()) {
    const said = Number(statusQuantity?.amount ?? left);
    const taken = Math.max(0, Math.min(left, Number.isSafeInteger(said) ? said : 0));
    const name = (status ?? '').toLowerCase().replace('canceled', 'cancelled');
    if (taken > 0) units.set(name, (units.get(name) ?? 0) + taken);
    left -= taken;
  }
  return units;
}

const linesOf = ({ orderLines }: WalmartOrder) =>
  orderLines.orderLine.map((line) => ({ line, units: unitsByStatus(line), ordered: orderedUnits(line) ?? 0 }));

/** Every unit that is cancelled by now, by line. */
export const cancelledOf = (order: WalmartOrder): NonNullable<SnapshotDraft['cancelled']> =>
  linesOf(order).flatMap(({ line, units }) => {
    const quantity = units.get('cancelled') ?? 0;
    return quantity > 0 ? [{ externalLineId: line.lineNumber, quantity }] : [];
  });

/** Every unit that has left by now, by line. */
export const fulfilledOf = (order: WalmartOrder): Pick<SnapshotDraft, 'fulfilled'> =>
  fulfilledPart(
    linesOf(order).map(({ line, units }) => [
      line.lineNumber,
      (units.get('shipped') ?? 0) + (units.get('delivered') ?? 0),
    ]),
  );

const isOver = new Set(['shipped', 'delivered', 'cancelled', 'refund', 'refunded']);

/**
 * An order of Walmart has no state of its own, its units have: all cancelled; all gone or cancelled; some on hold (payment or fraud check:
 * nothing is to be done yet); else open.
 * Source: https://developer.walmart.com/us-marketplace/docs/order-management-api-overview (statuses)
 */
export function stateOf(order: WalmartOrder): NonNullable<SnapshotDraft['state']> {
  const lines = linesOf(order);
  const sum = (pick: (status: string) => boolean) =>
    lines.reduce((total, { units }) => total + [...units].reduce((all, [name, n]) => all + (pick(name) ? n : 0), 0), 0);
  const ordered = lines.reduce((total, line) => total + line.ordered, 0);
  if (sum((name) => name === 'cancelled') === ordered) return 'cancelled';
  if (sum((name) => isOver.has(name)) === ordered) return 'closed';
  return sum((name) => name === 'onhold') > 0 ? 'pending' : 'open';
}

/** True where the buyer wishes to cancel a line that still has units to ship. */
export const isCancelAsked = (order: WalmartOrder): boolean =>
  linesOf(order).some(
    ({ line, units }) =>
      !/^(|n|no|false)$/i.test(line.intentToCancel?.trim() ?? '') && [...units].some(([name]) => !isOver.has(name)),
  );
