import { type ShopifyOrder } from './payload.ts';
import { type OrderMoney } from './money.ts';

/** What Shopify holds of an order's money, in minor units, and why the order is not to go out yet, if so. */
export interface PaymentAtChannel {
  readonly receivedMinor: number;
  readonly holdReason?: string;
}

/**
 * Shopify's financial status in our words: only `paid` lets goods go; anything else holds the order, with what was received recorded.
 * Source: https://shopify.dev/docs/api/admin-rest/latest/resources/order (financial_status)
 */
export function paymentAt({ financial_status: status }: ShopifyOrder, money: OrderMoney): PaymentAtChannel {
  const { totalMinor, outstandingMinor } = money;
  switch (status) {
    case 'paid':
      return { receivedMinor: totalMinor };
    case 'partially_paid':
      return { receivedMinor: totalMinor - outstandingMinor, holdReason: 'payment is partial at the channel' };
    case 'partially_refunded':
      return { receivedMinor: totalMinor, holdReason: 'payment was refunded in part at the channel' };
    case 'authorized':
      return { receivedMinor: 0, holdReason: 'payment is authorized at the channel and not captured' };
    case 'refunded':
    case 'voided':
      return { receivedMinor: 0, holdReason: `payment was ${status} at the channel` };
    default:
      return { receivedMinor: 0, holdReason: 'payment pending at channel' };
  }
}
