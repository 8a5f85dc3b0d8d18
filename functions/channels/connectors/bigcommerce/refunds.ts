import { present } from '../../../../shared/kernel/present.ts';
import { type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn, sumOf } from '../kit/amounts.ts';
import { fineMinorOf } from '../kit/fine-amounts.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type BigCommerceDocument, type BigCommerceRefund, isShipped } from './payload.ts';
import { hasLeft } from './state.ts';

type Refunds = NonNullable<SnapshotDraft['refunds']>;
type Cancelled = NonNullable<SnapshotDraft['cancelled']>;

/**
 * Units that were refunded before they left, by product: nobody ships them any more. BigCommerce counts what was shipped and what was refunded;
 * of what is both it may be either that came back, so only what goes beyond the shipped units counts.
 */
export function cancelledOf({ order, products }: BigCommerceDocument): Cancelled {
  if (hasLeft(order, false)) return [];
  return products
    .filter(isShipped)
    .flatMap(({ id, quantity, quantity_refunded: refunded, quantity_shipped: shipped }) => {
      const units = Math.min(quantity, (refunded ?? 0) - (shipped ?? 0));
      return units > 0 ? [{ externalLineId: id, quantity: units }] : [];
    });
}

/**
 * What BigCommerce gave back. A refund names products by their units, or an amount without; it never says whether they came back, so nothing
 * is put on a shelf for it. What a payment provider declined was not given back.
 * Source: GET /v3/orders/payment_actions/refunds
 */
export function refundsOf(document: BigCommerceDocument, currency: string): Refunds {
  const { refunds, products } = document;
  const known = new Set(products.map(({ id }) => id));
  const cancelled = new Set(cancelledOf(document).map(({ externalLineId }) => externalLineId));
  return (refunds?.data ?? []).flatMap((refund) => {
    const amountMinor = givenBack(refund, currency);
    const lines = (refund.items ?? []).flatMap(({ item_type: type, item_id: id, quantity }) =>
      type === 'PRODUCT' && id != null && known.has(id) && quantity != null && quantity > 0
        ? [{ externalLineId: id, quantity, restock: cancelled.has(id) ? ('cancel' as const) : ('none' as const) }]
        : [],
    );
    if (amountMinor <= 0) return [];
    return [
      {
        externalId: refund.id,
        amount: moneyIn(currency)(amountMinor),
        lines,
        ...present({ at: utc(refund.created), reason: reasonOf(refund) }),
      },
    ];
  });
}

/** The refund's own, else the first of its items'. */
const reasonOf = ({ reason, items }: BigCommerceRefund): string | undefined =>
  [reason, ...(items ?? []).map((one) => one.reason)].flatMap((words) => clean(words, 500) ?? [])[0];

function givenBack({ payments, total_amount: total }: BigCommerceRefund, currency: string): number {
  const minor = (amount: typeof total) => fineMinorOf(amount, currency).round().toNumber();
  if (payments == null || payments.length === 0) return minor(total);
  return sumOf(payments.filter((one) => one.is_declined !== true).map(({ amount }) => minor(amount)));
}

/** Refunds that are there and may not be read: `fetch` found the scope missing. */
export const refundHolds = ({ refunds }: BigCommerceDocument): string[] =>
  refunds === null
    ? [
        'BigCommerce has refunded this order, and the API account may not read refunds: give it Order transactions, read-only, see what was refunded, then release.',
      ]
    : [];
