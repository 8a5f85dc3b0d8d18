import { type OrderInput } from '../../../shared/contracts/orders/order-input.ts';
import { chargesMinor } from '../../../shared/model/orders/money.ts';
import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Channel } from '../../../shared/model/network/network.ts';

/** The most that an order may cost, in minor units: what any amount may be. */
const mostMinor = 1_000_000_000_000;

/** What an order costs by its parts, in minor units: price times units, less discounts, plus taxes, shipping and charges. */
export const totalOf = (input: Pick<OrderInput, 'lines' | 'shipping' | 'charges'>): number =>
  input.lines.reduce(
    (sum, { quantity, unitPrice, discount, tax }) =>
      sum + quantity * unitPrice.amount - (discount?.amount ?? 0) + (tax?.amount ?? 0),
    (input.shipping?.price.amount ?? 0) + (input.shipping?.tax?.amount ?? 0) + chargesMinor(input),
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
    ['/channelTotal', input.channelTotal],
    ['/shipping/price', input.shipping?.price],
    ['/shipping/tax', input.shipping?.tax],
    ...input.lines.flatMap(({ unitPrice, discount, tax }, index): [string, { currency: string } | undefined][] => [
      [`/lines/${index}/unitPrice`, unitPrice],
      [`/lines/${index}/discount`, discount],
      [`/lines/${index}/tax`, tax],
    ]),
    ...(input.charges ?? []).flatMap(({ price, tax }, index): [string, { currency: string } | undefined][] => [
      [`/charges/${index}/price`, price],
      [`/charges/${index}/tax`, tax],
    ]),
    ...input.payments.map(({ amount }, index): [string, { currency: string }] => [`/payments/${index}/amount`, amount]),
  ];
  return amounts
    .filter(([, money]) => money !== undefined && money.currency !== channel.currency)
    .map(([pointer]) => ({ pointer: `${pointer}/currency`, detail: `must be ${channel.currency}` }));
}

/** Where a line says what its discount or tax is made of, the parts must make it. */
const partErrors = ({ lines }: OrderInput): FieldError[] =>
  lines.flatMap(({ discount, discounts, tax, taxes }, index) =>
    (
      [
        ['discounts', discounts, discount],
        ['taxes', taxes, tax],
      ] as const
    ).flatMap(([name, parts, whole]) => {
      const sum = parts?.reduce((total, { amount }) => total + amount.amount, 0);
      const detail = `add up to ${sum}, and the line says ${whole?.amount ?? 0}`;
      return sum === undefined || sum === (whole?.amount ?? 0) ? [] : [{ pointer: `/lines/${index}/${name}`, detail }];
    }),
  );

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
  return [...discounts, ...partErrors(input), ...over, ...beyond];
}
