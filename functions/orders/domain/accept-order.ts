import { type OrderInput } from '../../../shared/contracts/orders/resources.ts';
import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Channel } from '../../../shared/model/network/network.ts';

/** The most that an order may cost, in minor units: what any amount may be. */
const mostMinor = 1_000_000_000_000;

/** What an order costs by its lines, in minor units: price times units, less discounts, plus taxes and shipping. */
export const totalOf = (input: Pick<OrderInput, 'lines' | 'shipping'>): number =>
  input.lines.reduce(
    (sum, { quantity, unitPrice, discount, tax }) =>
      sum + quantity * unitPrice.amount - (discount?.amount ?? 0) + (tax?.amount ?? 0),
    (input.shipping?.price.amount ?? 0) + (input.shipping?.tax?.amount ?? 0),
  );

/**
 * Checks what a schema cannot: one currency throughout and the channel's own, discounts within their lines, totals and payments that add up.
 * Refusals: `currency-mismatch`, `total-mismatch`, `invalid-request`, each naming every field at fault.
 */
export function checkOrder(input: OrderInput, channel: Channel): Result<{ readonly totalMinor: number }> {
  const currency = currencyErrors(input, channel);
  if (currency.length > 0) {
    return refuse(
      'currency-mismatch',
      `Every amount must be in ${channel.currency}, the currency of channel ${channel.channelId}.`,
      {
        errors: currency,
        facts: { currency: channel.currency },
      },
    );
  }
  const amounts = amountErrors(input);
  if (amounts.length > 0)
    return refuse('invalid-request', amounts.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '), {
      errors: amounts,
    });
  const totalMinor = totalOf(input);
  if (input.total !== undefined && input.total.amount !== totalMinor) {
    return refuse(
      'total-mismatch',
      `The lines and shipping add up to ${totalMinor}, and total says ${input.total.amount}.`,
      {
        errors: [{ pointer: '/total/amount', detail: `must be ${totalMinor}` }],
        facts: { expected: totalMinor, given: input.total.amount },
      },
    );
  }
  return ok({ totalMinor });
}

function currencyErrors(input: OrderInput, channel: Channel): FieldError[] {
  const amounts: [string, { readonly currency: string } | undefined][] = [
    ['', input],
    ['/total', input.total],
    ['/shipping/price', input.shipping?.price],
    ['/shipping/tax', input.shipping?.tax],
    ...input.lines.flatMap(({ unitPrice, discount, tax }, index): [string, { currency: string } | undefined][] => [
      [`/lines/${index}/unitPrice`, unitPrice],
      [`/lines/${index}/discount`, discount],
      [`/lines/${index}/tax`, tax],
    ]),
    ...input.payments.map(({ amount }, index): [string, { currency: string }] => [`/payments/${index}/amount`, amount]),
  ];
  return amounts
    .filter(([, money]) => money !== undefined && money.currency !== channel.currency)
    .map(([pointer]) => ({ pointer: `${pointer}/currency`, detail: `must be ${channel.currency}` }));
}

function amountErrors(input: OrderInput): FieldError[] {
  const discounts = input.lines.flatMap(({ quantity, unitPrice, discount }, index) =>
    (discount?.amount ?? 0) > quantity * unitPrice.amount
      ? [{ pointer: `/lines/${index}/discount/amount`, detail: 'is more than the line costs' }]
      : [],
  );
  const paid = input.payments.reduce((sum, { amount }) => sum + amount.amount, 0);
  const over =
    paid > totalOf(input)
      ? [{ pointer: '/payments', detail: `add up to ${paid}, more than the order costs (${totalOf(input)})` }]
      : [];
  const gross = input.lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  const beyond =
    Math.max(gross, totalOf(input)) <= mostMinor
      ? []
      : [{ pointer: '/lines', detail: `add up to more than the ${mostMinor} that an order may cost` }];
  return [...discounts, ...over, ...beyond];
}
