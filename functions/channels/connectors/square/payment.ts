import { type OrderDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { minorOf } from './money.ts';
import { type SquareOrder } from './payload.ts';

/** The most payments that an order keeps. */
const mostPayments = 10;
type Tender = SquareOrder['tenders'][number];

/** Cash and gift cards have no status: they are received at once. */
const statusOf = (tender: Tender): string | undefined =>
  (
    tender.card_details?.status ??
    tender.bank_account_details?.status ??
    tender.buy_now_pay_later_details?.status ??
    tender.square_account_details?.status
  )?.toUpperCase();

/** Source: https://developer.squareup.com/reference/square/objects/Tender, by what its details call their status */
const isReceived = (tender: Tender): boolean => ['CAPTURED', 'COMPLETED', undefined].includes(statusOf(tender));
const isAuthorized = (tender: Tender): boolean => statusOf(tender) === 'AUTHORIZED';
const isPending = (tender: Tender): boolean => statusOf(tender) === 'PENDING';

/** True once nothing is due any more. Where Square does not say what is due, the tenders that it received tell. */
export function isPaid(order: SquareOrder): boolean {
  if (order.state === 'COMPLETED') return true;
  if (order.net_amount_due_money != null) return minorOf(order.net_amount_due_money) <= 0;
  const tendered = order.tenders.filter((one) => isReceived(one) || isAuthorized(one) || isPending(one));
  return tendered.reduce((sum, one) => sum + minorOf(one.amount_money), 0) >= minorOf(order.total_money);
}

/** What was received, up to what the order costs, and the hold of money that is only authorized. */
export function paymentOf(order: SquareOrder, currency: string): Required<Pick<OrderDraft, 'payments' | 'holds'>> {
  let leftMinor = minorOf(order.total_money);
  const payments = order.tenders.filter(isReceived).flatMap((tender): OrderDraft['payments'] & object => {
    const amount = Math.min(minorOf(tender.amount_money), leftMinor);
    if (amount <= 0) return [];
    leftMinor -= amount;
    const method = clean(tender.card_details?.card?.card_brand ?? tender.type, 100);
    const reference = clean(tender.payment_id ?? tender.id, 255);
    return [
      {
        provider: 'recorded',
        amount: moneyIn(currency)(amount),
        ...(reference && { reference }),
        ...(method && { method }),
      },
    ];
  });
  return {
    payments: payments.slice(0, mostPayments),
    holds: [
      ...(order.tenders.some(isAuthorized)
        ? [{ reason: 'payment is authorized at the channel and not captured' }]
        : []),
      ...(order.tenders.some(isPending)
        ? [{ reason: 'payment is on its way from the bank: release once Square has received it' }]
        : []),
    ],
  };
}
