import { type OrderLineInput } from '../../../shared/contracts/orders/order-input.ts';
import { type SoldLine } from './kit-lines.ts';

/**
 * Lines with the units that somebody else had fulfilled before they came here: nothing of those is left to send, so they take no stock.
 * @param fulfilled units by the channel's line id; of several lines of one id the first ones have them
 */
export function withFulfilled(
  lines: readonly OrderLineInput[],
  fulfilled: ReadonlyMap<string, number> = new Map(),
): readonly SoldLine[] {
  const left = new Map(fulfilled);
  return lines.map((line): SoldLine => {
    const { externalLineId: id, quantity } = line;
    const fulfilledElsewhere = Math.min(quantity, (id === undefined ? undefined : left.get(id)) ?? 0);
    if (id === undefined || fulfilledElsewhere === 0) return line;
    left.set(id, (left.get(id) ?? 0) - fulfilledElsewhere);
    return { ...line, fulfilledElsewhere };
  });
}
