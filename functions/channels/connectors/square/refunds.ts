import { type ChangeDraft, type Mapped, type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn, sumOf } from '../kit/amounts.ts';
import { ignored, quarantined } from '../kit/outcomes.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { currencyOf, minorOf } from './money.ts';
import { type SquareDocument, type SquareOrder } from './payload.ts';
import { isGoods, unitsOf } from './units.ts';

type Refund = NonNullable<SnapshotDraft['refunds']>[number];

/**
 * What was returned, as a refund of the order that it was bought with. Every refund makes an order of its own at Square (a return order), whose
 * id is the refund's here: so its order event and its refund event are one. Money that is still on its way back is waited for.
 * Source: https://developer.squareup.com/docs/orders-api/order-returns-exchanges
 */
export function mapReturn(document: SquareDocument): Mapped {
  const { order, refund } = document;
  const returned = order?.returns ?? [];
  const sourceId = returned.find((one) => one.source_order_id != null)?.source_order_id ?? document.paid_order_id;
  const changeId = order?.id ?? refund?.id;
  if (sourceId == null || changeId === undefined)
    return ignored('the refund names no order that it is of: it was given without a sale');
  const waits = notDone(document);
  if (waits !== undefined) return ignored(waits);
  const currency = refund?.amount_money?.currency ?? (order && currencyOf(order)) ?? undefined;
  if (currency === undefined)
    return quarantined('not-as-documented', 'The refund says no currency. Record it with a return of the order.');
  const given: Refund = {
    externalId: changeId,
    ...about(document),
    amount: moneyIn(currency)(amountOf(document)),
    lines: linesOf(document),
  };
  const change: ChangeDraft = {
    kind: 'refund',
    externalId: sourceId,
    changeId,
    ...(given.at && { at: given.at }),
    refund: given,
  };
  return { kind: 'change', change };
}

/** Refunds say COMPLETED, an order's own list APPROVED: https://developer.squareup.com/reference/square/objects/PaymentRefund#definition__property-status */
function notDone({ order, refund }: SquareDocument): string | undefined {
  const statuses = refund == null ? (order?.refunds ?? []).map(({ status }) => status) : [refund.status];
  if (statuses.some((status) => status === 'REJECTED' || status === 'FAILED'))
    return 'the refund was rejected or failed: no money went back';
  return statuses.includes('PENDING') ? 'the refund is pending: refund.updated tells when it is done' : undefined;
}

function amountOf({ order, refund }: SquareDocument): number {
  if (refund != null) return minorOf(refund.amount_money);
  if (order == null) return 0;
  return order.refunds.length > 0
    ? sumOf(order.refunds.map(({ amount_money }) => minorOf(amount_money)))
    : minorOf(order.return_amounts?.total_money);
}

function about({ order, refund }: SquareDocument): Pick<Refund, 'at' | 'reason'> {
  const at = utc(order?.created_at) ?? utc(refund?.created_at);
  const reason = clean(refund?.reason ?? order?.refunds.find((one) => one.reason != null)?.reason, 500);
  return { ...(at && { at }), ...(reason && { reason }) };
}

/** What came back, at the location that took it; of an order whose goods had not left, nothing did. */
function linesOf({ order, source }: SquareDocument): NonNullable<Refund['lines']> {
  const hasLeft = source == null || !isWaiting(source);
  return (order?.returns ?? []).flatMap(({ return_line_items }) =>
    return_line_items.flatMap(({ source_line_item_uid: uid, quantity, item_type }) => {
      const units = unitsOf(quantity) ?? 0;
      if (uid == null || units === 0 || !isGoods({ item_type })) return [];
      const location = hasLeft ? clean(order?.location_id) : undefined;
      return [
        {
          externalLineId: uid,
          quantity: units,
          restock: hasLeft ? ('return' as const) : ('cancel' as const),
          ...(location && { location }),
        },
      ];
    }),
  );
}

const isWaiting = ({ fulfillments }: SquareOrder): boolean =>
  fulfillments.length > 0 && fulfillments.every(({ state }) => state !== 'COMPLETED');
