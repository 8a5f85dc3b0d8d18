import { type ChangeDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn, sumOf } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { readerOf } from './money.ts';
import { type ShopifyRefund, isShipped } from './payload.ts';

type Refund = NonNullable<SnapshotDraft['refunds']>[number];
type RefundLine = NonNullable<Refund['lines']>[number];
type ShopifyRefundLine = ShopifyRefund['refund_line_items'][number];

/** A refund in our form: what was given back, by its transactions, and what came back for it. */
export function refundOf(refund: ShopifyRefund, currency: string, fulfilled?: ReadonlyMap<string, number>): Refund {
  const minor = readerOf(currency);
  const given = refund.transactions.filter(
    ({ kind, status }) => (kind ?? 'refund') === 'refund' && status !== 'failure' && status !== 'error',
  );
  const at = utc(refund.created_at);
  const reason = clean(refund.note, 500);
  return {
    externalId: refund.id,
    ...(at && { at }),
    amount: moneyIn(currency)(sumOf(given.map((one) => minor(one.amount, one.amount_set)))),
    ...(reason && { reason }),
    lines: refund.refund_line_items.flatMap((line) => lineOf(refund, line, fulfilled)),
  };
}

/** The currency of a refund that came by itself; `undefined` where it gives no money and does not say. */
export const currencyOf = ({ transactions }: ShopifyRefund): string | undefined =>
  transactions
    .map(({ amount_set, currency }) => amount_set?.shop_money.currency_code ?? currency ?? undefined)
    .find((code) => code !== undefined);

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
