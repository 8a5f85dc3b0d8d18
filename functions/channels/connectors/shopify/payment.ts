import { type OrderDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { readerOf } from './money.ts';
import { type ShopifyOrder } from './payload.ts';

/** What Shopify holds of an order's money, in minor units, and why the order is not to go out yet, if so. */
interface PaymentAtChannel {
  readonly receivedMinor: number;
  readonly holdReason?: string;
}

/**
 * Shopify's financial status in our words: only what is paid lets goods go, refunded in part or not; anything else holds the order, with what was received recorded.
 * What was refunded had been received: it is told by the refunds.
 * Source: https://shopify.dev/docs/api/admin-rest/latest/resources/order (financial_status)
 */
function paymentAt(order: ShopifyOrder): PaymentAtChannel {
  const minor = readerOf(order.currency);
  const totalMinor = minor(order.total_price, order.total_price_set);
  const outstandingMinor = order.total_outstanding == null ? totalMinor : minor(order.total_outstanding);
  const terms = clean(order.payment_terms?.payment_terms_name);
  switch (order.financial_status) {
    // What is left of an order that was refunded in part is shipped: the refund says which units are not.
    case 'paid':
    case 'partially_refunded':
      return { receivedMinor: totalMinor };
    case 'partially_paid':
      return { receivedMinor: totalMinor - outstandingMinor, holdReason: 'payment is partial at the channel' };
    case 'refunded':
      return { receivedMinor: totalMinor, holdReason: 'payment was refunded at the channel' };
    case 'authorized':
      return { receivedMinor: 0, holdReason: 'payment is authorized at the channel and not captured' };
    case 'voided':
    case 'expired':
      return { receivedMinor: 0, holdReason: `payment was ${order.financial_status} at the channel` };
    default:
      return { receivedMinor: 0, holdReason: `payment pending at channel${terms === undefined ? '' : ` (${terms})`}` };
  }
}

/** What was received, and the hold of an order that is not paid. A cancelled order needs none. */
export function paymentOf(order: ShopifyOrder): Required<Pick<OrderDraft, 'payments' | 'holds'>> {
  const { receivedMinor, holdReason } = paymentAt(order);
  const minor = readerOf(order.currency);
  const amount = moneyIn(order.currency)(Math.min(receivedMinor, minor(order.total_price, order.total_price_set)));
  const method = clean(order.payment_gateway_names.join(', '), 100);
  return {
    payments: amount.amount > 0 ? [{ provider: 'recorded', amount, ...(method && { method }) }] : [],
    holds: holdReason === undefined || order.cancelled_at != null ? [] : [{ reason: holdReason }],
  };
}
