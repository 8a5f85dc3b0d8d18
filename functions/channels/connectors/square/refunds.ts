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
  const changeId = (returned.length > 0 ? order?.id : undefined) ?? refund?.id;
  if (sourceId == null || changeId === undefined)
    return ignored('the refund names no order that it is of: it was given without a sale');
  const all = refundsOf(document);
  const given = all.filter(({ status }) => !isFailed(status));
  const waits = notDone(all, given);
  if (waits !== undefined) return ignored(waits);
  const currency = refund?.amount_money?.currency ?? (order && currencyOf(order)) ?? undefined;
  if (currency === undefined)
    return quarantined('not-as-documented', 'The refund says no currency. Record it with a return of the order.');
  const whole: Refund = {
    externalId: changeId,
    ...about(document),
    amount: moneyIn(currency)(sumOf(given.map(({ amount_money }) => minorOf(amount_money)))),
    lines: linesOf(document),
  };
  const change: ChangeDraft = {
    kind: 'refund',
    externalId: sourceId,
    changeId,
    ...(whole.at && { at: whole.at }),
    refund: whole,
  };
  return { kind: 'change', change };
}

/**
 * What came back in an exchange for which no money went back, as what is swapped costs as much or more: its goods, and nothing of money. Where
 * money went back, its refund tells of the goods too.
 */
export function mapExchange(document: SquareDocument): Mapped {
  const { order } = document;
  const sourceId = order?.returns.find((one) => one.source_order_id != null)?.source_order_id;
  if (order == null || order.line_items.length === 0 || sourceId == null) return ignored('nothing was exchanged in it');
  const currency = currencyOf(order);
  if (order.refunds.length > 0 || netOf(order) < 0)
    return ignored('money went back in the exchange: its refund tells of the goods');
  if (currency === undefined)
    return quarantined('not-as-documented', 'The exchange says no currency. Record it with a return of the order.');
  const { at } = about(document);
  const refund: Refund = {
    externalId: order.id,
    ...(at && { at }),
    reason: 'exchanged',
    amount: moneyIn(currency)(0),
    lines: linesOf(document),
  };
  const change: ChangeDraft = { kind: 'refund', externalId: sourceId, changeId: order.id, ...(at && { at }), refund };
  return { kind: 'change', change };
}

/** What the buyer paid in the end: less than zero where the seller did. Source: Order.net_amounts */
const netOf = ({ net_amounts, total_money, return_amounts }: SquareOrder): number =>
  net_amounts == null ? minorOf(total_money) - minorOf(return_amounts?.total_money) : minorOf(net_amounts.total_money);

type Paid = Pick<SquareOrder['refunds'][number], 'id' | 'status' | 'amount_money'>;

/**
 * Every payment that went back for it: a return of what two cards paid has a refund to each, and they are told one by one. The refund that the
 * delivery is about knows its own state best. Where no payment is known, the return itself says what it came to.
 */
function refundsOf({ order, refund }: SquareDocument): readonly Paid[] {
  const listed =
    order != null && order.returns.length > 0 ? order.refunds.filter(({ amount_money }) => amount_money != null) : [];
  if (refund != null)
    return listed.length < 2 ? [refund] : listed.map((one) => (isSame(one, refund) ? { ...one, ...refund } : one));
  const status = order?.refunds.find((one) => one.status != null)?.status;
  return listed.length > 0 ? listed : [{ status, amount_money: order?.return_amounts?.total_money }];
}

/** A refund's id is its payment's and its own: an order lists it by either. */
const isSame = ({ id }: Paid, refund: Paid): boolean =>
  id != null && (refund.id === id || refund.id?.endsWith(`_${id}`) === true);

const isFailed = (status: string | null | undefined): boolean => status === 'REJECTED' || status === 'FAILED';

/** Refunds say COMPLETED, an order's own list APPROVED: https://developer.squareup.com/reference/square/objects/PaymentRefund#definition__property-status */
function notDone(all: readonly Paid[], given: readonly Paid[]): string | undefined {
  if (all.length > 0 && given.length === 0) return 'the refund was rejected or failed: no money went back';
  return given.some(({ status }) => status === 'PENDING')
    ? 'the refund is pending: refund.updated tells when it is done'
    : undefined;
}

function about({ order, refund }: SquareDocument): Pick<Refund, 'at' | 'reason'> {
  const at = utc(order != null && order.returns.length > 0 ? order.created_at : undefined) ?? utc(refund?.created_at);
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
