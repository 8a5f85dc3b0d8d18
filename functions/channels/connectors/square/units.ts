import { type SnapshotDraft } from '../../domain/connector.ts';
import { sumOf } from '../kit/amounts.ts';
import { fulfilledPart } from '../kit/fulfilled.ts';
import { type SquareLine, type SquareOrder } from './payload.ts';
import { isPaid } from './payment.ts';

/** Whole units of a line; `undefined` for a part of one (0.75 of a pound), which no stock counts. */
export function unitsOf(quantity: string | null | undefined): number | undefined {
  const units = Number(quantity ?? Number.NaN);
  return Number.isSafeInteger(units) && units >= 0 ? units : undefined;
}

/** True for what is a thing; gift cards and amounts that were typed in at the till have no stock. */
export const isGoods = ({ item_type }: Pick<SquareLine, 'item_type'>): boolean =>
  item_type !== 'GIFT_CARD' && item_type !== 'CUSTOM_AMOUNT';

/** How far an order is at Square. Nobody works on a draft, nor on one that is not paid: Square shows its own staff neither. */
export function stateOf(order: SquareOrder): NonNullable<SnapshotDraft['state']> {
  if (order.state === 'CANCELED') return 'cancelled';
  if (order.state === 'COMPLETED') return 'closed';
  return order.state === 'DRAFT' || !isPaid(order) ? 'pending' : 'open';
}

/** Units of fulfillments that were cancelled or failed, by line, all of them absolute. */
export const cancelledUnits = (order: SquareOrder): NonNullable<SnapshotDraft['cancelled']> =>
  unitsIn(order, ['CANCELED', 'FAILED']);

/** Units of fulfillments that are done: sent, or handed over. */
export const fulfilledUnits = (order: SquareOrder): Pick<SnapshotDraft, 'fulfilled'> =>
  fulfilledPart(unitsIn(order, ['COMPLETED']).map(({ externalLineId, quantity }) => [externalLineId, quantity]));

/** Units of fulfillments that are in one of some states. One without entries is of all lines. */
function unitsIn(order: SquareOrder, states: readonly string[]): NonNullable<SnapshotDraft['cancelled']> {
  const over = order.fulfillments.filter(({ state }) => states.includes(state ?? ''));
  const isAllOver = over.length > 0 && over.length === order.fulfillments.length;
  return order.line_items.filter(isGoods).flatMap((line) => {
    const all = unitsOf(line.quantity) ?? 0;
    const entries = over.flatMap((one) => one.entries.filter((entry) => entry.line_item_uid === line.uid));
    const named = sumOf(entries.map((entry) => unitsOf(entry.quantity) ?? 0));
    const units = Math.min(all, isAllOver && over.some(({ entries: of }) => of.length === 0) ? all : named);
    return units > 0 ? [{ externalLineId: line.uid, quantity: units }] : [];
  });
}
