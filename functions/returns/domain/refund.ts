import { lineShareMinor } from '../../../shared/model/orders/money.ts';
import { type OrderLine } from '../../../shared/model/orders/order.ts';
import { type Inspection } from '../../../shared/model/returns/return.ts';
import { dispositionRules } from './disposition-rules.ts';

/** How many of a line's inspected units have a disposition of which this is true. */
export const countOf = (inspections: readonly Inspection[], lineId: string, rule: 'refunded' | 'cameBack'): number =>
  inspections.reduce(
    (sum, one) => sum + (one.lineId === lineId && dispositionRules[one.disposition][rule] ? one.quantity : 0),
    0,
  );

/**
 * What an inspected return gives back, in minor units: the price, less discount, plus tax of each unit whose disposition is refunded. A
 * line's units are priced after those that were returned before, by the rule that charged them, so that however many returns bring a line
 * back, its refunds add up exactly to what was paid for it. Shipping is not refunded.
 * @param lines the order's lines as they were before this inspection
 */
export const refundOf = (lines: readonly OrderLine[], inspections: readonly Inspection[]): number =>
  lines.reduce((sum, line) => {
    const before = line.units.returned;
    const units = countOf(inspections, line.lineId, 'refunded');
    return sum + lineShareMinor(line, before + units) - lineShareMinor(line, before);
  }, 0);
