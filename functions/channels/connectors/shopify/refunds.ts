import { type ChangeDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type MoneySet, type ShopifyRefund, isShipped } from './payload.ts';
import { refundedMinor } from './refund-amount.ts';

type Refund = NonNullable<SnapshotDraft['refunds']>[number];
type RefundLine = NonNullable<Refund['lines']>[number];
type ShopifyRefundLine = ShopifyRefund['refund_line_items'][number];

/**
 * A refund in our form: what was given back, by its transactions, and what came back for it. `total` is the order's, in the shop's currency and
 * the buyer's, where it is known.
 * @throws RangeError when what was given back cannot be read in the shop's currency
 */
export function refundOf(
  refund: ShopifyRefund,
  currency: string,
  { fulfilled, total }: { readonly fulfilled?: ReadonlyMap<string, number>; readonly total?: MoneySet } = {},
): Refund {
  const minor = refundedMinor(refund, currency, total);
  if (minor === undefined) throw new RangeError(`refund ${refund.id} does not say what it is in ${currency}`);
  const at = utc(refund.created_at);
  const reason = clean(refund.note, 500);
  return {
    externalId: refund.id,
    ...(at && { at }),
    amount: moneyIn(currency)(minor),
    ...(reason && { reason }),
    lines: refund.refund_line_items.flatMap((line) => lineOf(refund, line, fulfilled)),
  };
}

/** A refund that came by itself, as a change of its order. */
export const refundChange = (refund: ShopifyRefund, orderId: string, currency: string): ChangeDraft => {
  const told = refundOf(refund, currency);
  return { kind: 'refund', externalId: orderId, changeId: refund.id, ...(told.at && { at: told.at }), refund: told };
};

function lineOf(refund: ShopifyRefund, line: ShopifyRefundLine, fulfilled?: ReadonlyMap<string, number>): RefundLine[] {
  if (line.quantity === 0 || !isShipped(line.line_item ?? {})) return [];
  return [
    {
      externalLineId: line.line_item_id,
      quantity: line.quantity,
      restock: restockOf(refund, line, fulfilled),
      ...(line.location_id != null && { location: line.location_id }),
    },
  ];
}

/**
 * `return` came back, `cancel` never left. `legacy_restock`, and a refund from before there were types, say only that units were put back:
 * where they had left, they came back.
 */
export function restockOf(
  { restock }: ShopifyRefund,
  { restock_type: type, line_item_id, line_item }: ShopifyRefundLine,
  fulfilled: ReadonlyMap<string, number> = new Map(),
): RefundLine['restock'] {
  if (type === 'return' || type === 'cancel') return type;
  const isPutBack = type === 'legacy_restock' || (type == null && restock === true);
  if (!isPutBack) return 'none';
  const hasLeft = (fulfilled.get(line_item_id) ?? 0) > 0 || line_item?.fulfillment_status === 'fulfilled';
  return hasLeft ? 'return' : 'cancel';
}
