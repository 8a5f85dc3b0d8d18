import { type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { fineMinorOf } from '../kit/fine-amounts.ts';
import { clean } from '../kit/texts.ts';
import { type BigCommerceOrder } from './payload.ts';
import { stateOf } from './state.ts';

type Payments = NonNullable<SnapshotDraft['order']['payments']>;

/**
 * Payment statuses whose money BigCommerce has received, refunded since or not. An order without one was paid outside of BigCommerce, or by a
 * method that it does not follow (cash, cheque): its status alone says that it is paid.
 * Source: Orders V2, `payment_status`
 */
const received = ['captured', 'paid', 'partially refunded', 'refunded', ''];

/** What the buyer has paid by now: the gift certificates and store credit that were redeemed, and the rest if BigCommerce received it. */
export function paymentsOf(order: BigCommerceOrder, totalMinor: number, currency: string): Payments {
  const of = moneyIn(currency);
  const minor = (amount: BigCommerceOrder['store_credit_amount']) => fineMinorOf(amount, currency).round().toNumber();
  const certificates = Math.min(totalMinor, minor(order.gift_certificate_amount));
  const credit = Math.min(totalMinor - certificates, minor(order.store_credit_amount));
  const rest = isReceived(order) ? totalMinor - certificates - credit : 0;
  const method = clean(order.payment_method, 100);
  const reference = clean(order.payment_provider_id, 255);
  const named = { ...(method !== undefined && { method }), ...(reference !== undefined && { reference }) };
  const all: Payments = [
    { provider: 'recorded', amount: of(certificates), method: 'gift certificate' },
    { provider: 'recorded', amount: of(credit), method: 'store credit' },
    { provider: 'recorded', amount: of(rest), ...named },
  ];
  return all.filter(({ amount }) => amount.amount > 0);
}

/** Why the order is not to go out yet for what BigCommerce says of its payment. An order that is pending says so by its state. */
export function paymentHolds(order: BigCommerceOrder): string[] {
  if (isReceived(order) || stateOf({ order }) !== 'open') return [];
  return [
    order.payment_status === 'authorized'
      ? 'The payment is authorized at BigCommerce and not captured: capture it there, then release.'
      : `The payment is "${order.payment_status ?? ''}" at BigCommerce: settle it there, then release.`,
  ];
}

const isReceived = (order: BigCommerceOrder): boolean =>
  stateOf({ order }) !== 'pending' && received.includes((order.payment_status ?? '').trim().toLowerCase());
