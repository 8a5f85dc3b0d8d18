import { type SnapshotDraft } from '../../domain/connector.ts';
import { minorOf, moneyIn } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { fromEpoch } from '../kit/times.ts';
import { type ItemGroup, unitsOf } from './lines.ts';
import { type Cancellation, type OrderDocument, type ReturnOrder } from './payload.ts';

type Aftersales = Pick<SnapshotDraft, 'cancelled' | 'fulfilled' | 'cancelRequest' | 'refunds'>;
type Refund = NonNullable<SnapshotDraft['refunds']>[number];

/** A cancellation that was accepted, with its refund still to come or made. */
const accepted = new Set(['CANCELLATION_REQUEST_SUCCESS', 'CANCELLATION_REQUEST_COMPLETE']);
/** Returns whose money was given back; before that a request is only asked, shipped, or judged. */
const refunded = new Set(['RETURN_OR_REFUND_REQUEST_COMPLETE', 'REPLACEMENT_REQUEST_REFUND_SUCCESS']);

/**
 * What became of an order after it was placed: units that are cancelled by now, a buyer who asks for it (which cancels nothing), and money that
 * TikTok gave back.
 * @throws RangeError when an amount cannot be read exactly
 */
export function aftersalesOf(document: OrderDocument, groups: readonly ItemGroup[]): Aftersales {
  const { order, cancellations, returns } = document;
  const cancelled = [
    ...order.line_items.filter(({ display_status }) => isCancelled(display_status)).map(({ id }) => id),
    ...cancellations.filter(({ cancel_status }) => accepted.has(cancel_status)).flatMap((one) => one.cancel_line_items),
  ];
  const left = order.line_items.filter(({ display_status }) => hasLeft.has(display_status ?? '')).map(({ id }) => id);
  const cancelRequest = requestOf(document);
  return {
    cancelled: unitsOf(groups, cancelled),
    ...(left.length > 0 && { fulfilled: unitsOf(groups, left) }),
    ...(cancelRequest && { cancelRequest }),
    refunds: [
      ...cancellations.flatMap((one) => refundOfCancel(one, order.payment.currency, groups)),
      ...returns.flatMap((one) => refundOfReturn(one, order.payment.currency, groups)),
    ],
  };
}

/** Statuses of a unit that a carrier has, or the buyer. */
const hasLeft = new Set(['IN_TRANSIT', 'DELIVERED', 'COMPLETED']);
const isCancelled = (status: string | null | undefined): boolean => status === 'CANCELLED' || status === 'CANCEL';

function requestOf({ order, cancellations }: OrderDocument): Aftersales['cancelRequest'] {
  const pending = cancellations.find(
    ({ cancel_status, role }) => cancel_status === 'CANCELLATION_REQUEST_PENDING' && role === 'BUYER',
  );
  if (pending === undefined && order.is_buyer_request_cancel !== true) return undefined;
  const at = fromEpoch(order.request_cancel_time, 'seconds') ?? fromEpoch(pending?.create_time, 'seconds');
  const reason = clean(pending?.cancel_reason_text, 500) ?? clean(order.cancel_reason, 500);
  return { ...(at !== undefined && { at }), ...(reason !== undefined && { reason }) };
}

/** A cancellation's refund is made when it is complete; nothing was paid where it is 0. */
function refundOfCancel(one: Cancellation, currency: string, groups: readonly ItemGroup[]): Refund[] {
  if (one.cancel_status !== 'CANCELLATION_REQUEST_COMPLETE') return [];
  return refundOf(one, currency, {
    externalId: one.cancel_id,
    reason: one.cancel_reason_text,
    lines: unitsOf(groups, one.cancel_line_items).map((line) => ({ ...line, restock: 'cancel' as const })),
  });
}

/** Goods come back where that was asked for and the buyer may not keep them. */
function refundOfReturn(one: ReturnOrder, currency: string, groups: readonly ItemGroup[]): Refund[] {
  if (!refunded.has(one.return_status)) return [];
  const comesBack = one.return_type === 'RETURN_AND_REFUND' && one.can_buyer_keep_item !== true;
  const restock = comesBack ? ('return' as const) : ('none' as const);
  return refundOf(one, currency, {
    externalId: one.return_id,
    reason: one.return_reason_text,
    lines: unitsOf(groups, one.return_line_items).map((line) => ({ ...line, restock })),
  });
}

function refundOf(
  { refund_amount, update_time, create_time }: Pick<Cancellation, 'refund_amount' | 'update_time' | 'create_time'>,
  currency: string,
  about: Pick<Refund, 'externalId' | 'lines'> & { readonly reason: string | null | undefined },
): Refund[] {
  const amount = minorOf(refund_amount?.refund_total, currency);
  if (amount === 0) return [];
  const at = fromEpoch(update_time, 'seconds') ?? fromEpoch(create_time, 'seconds');
  const reason = clean(about.reason, 500);
  return [
    {
      externalId: about.externalId,
      ...(at !== undefined && { at }),
      amount: moneyIn(currency)(amount),
      ...(reason !== undefined && { reason }),
      lines: about.lines,
    },
  ];
}
