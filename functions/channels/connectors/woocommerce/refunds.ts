import { type SnapshotDraft } from '../../domain/connector.ts';
import { minorOf, moneyIn } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type OrderDocument, type WooOrder, type WooRefund } from './payload.ts';
import { plain } from './texts.ts';

type Refund = NonNullable<SnapshotDraft['refunds']>[number];
type RefundLine = NonNullable<Refund['lines']>[number];

/**
 * Refunds, and the units that they cancel. What is refunded before the order is completed will not be shipped; afterwards goods may come back or
 * not, which WooCommerce does not say. Of refunds that were not asked for there are totals alone, below zero.
 * @throws RangeError when an amount cannot be read exactly
 */
export function refundsOf({ order, refunds }: OrderDocument): Pick<SnapshotDraft, 'refunds' | 'cancelled'> {
  const lines = new Set(order.line_items.map(({ id }) => id));
  const read =
    refunds === undefined
      ? order.refunds.flatMap(({ id, total, reason }) => refundOf(order, { id, amount: total, reason, lines: [] }))
      : refunds.flatMap((one) => refundOf(order, { ...one, lines: linesOf(one, lines, isBefore(one, order)) }));
  const cancelled = new Map<string, number>();
  for (const { externalLineId, quantity, restock } of read.flatMap((one) => one.lines ?? []))
    if (restock === 'cancel') cancelled.set(externalLineId, (cancelled.get(externalLineId) ?? 0) + quantity);
  return {
    refunds: read,
    cancelled: [...cancelled].map(([externalLineId, quantity]) => ({ externalLineId, quantity })),
  };
}

interface ReadRefund {
  readonly id: string;
  readonly date_created_gmt?: string | undefined;
  readonly amount?: WooRefund['amount'];
  readonly reason?: string | undefined;
  readonly lines: readonly RefundLine[];
}

function refundOf({ currency }: WooOrder, { id, date_created_gmt, amount, reason, lines }: ReadRefund): Refund[] {
  const minor = Math.abs(minorOf(amount, currency));
  const [at, why] = [utc(date_created_gmt), plain(reason, 500)];
  if (minor === 0 && lines.length === 0) return [];
  return [
    {
      externalId: id,
      ...(at !== undefined && { at }),
      amount: moneyIn(currency)(minor),
      ...(why !== undefined && { reason: why }),
      lines: [...lines],
    },
  ];
}

/** True for a refund that was made while the goods had not left: the shop had not completed the order. */
function isBefore({ date_created_gmt: made }: WooRefund, { date_completed_gmt: completed }: WooOrder): boolean {
  const [at, done] = [utc(made), utc(completed)];
  return done === undefined || (at !== undefined && at < done);
}

/** Lines that give units back; a line of money alone has quantity 0. */
function linesOf({ line_items }: WooRefund, known: ReadonlySet<string>, cancels: boolean): RefundLine[] {
  return line_items.flatMap(({ quantity, meta_data }) => {
    const of = meta_data.find(({ key }) => key === '_refunded_item_id')?.value;
    const externalLineId = typeof of === 'string' || typeof of === 'number' ? clean(String(of)) : undefined;
    const units = Math.abs(quantity);
    if (externalLineId === undefined || !known.has(externalLineId) || !Number.isInteger(units) || units === 0)
      return [];
    return [{ externalLineId, quantity: units, restock: cancels ? ('cancel' as const) : ('none' as const) }];
  });
}
