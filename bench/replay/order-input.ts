import { type OrderInput } from '../../shared/contracts/orders/order-input.ts';
import { currency, type ItemRow } from './olist-rows.ts';
import { type OlistOrder, groupBy } from './olist.ts';

/** How payments stand to what items and freight cost. */
export type Balance = 'exact' | 'paid-more' | 'paid-less' | 'unpaid';

/** An order as it is captured, and what had to be done to its money. */
export interface ReplayOrder {
  readonly input: OrderInput;
  readonly balance: Balance;
  readonly cancel: boolean;
}

/** The most payments that an order may state. */
const maximumPayments = 10;
const money = (amount: number) => ({ amount, currency });
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/**
 * An order of the data set as the API takes it: units of one product at one price are one line, freight is the order's shipping, and the
 * payments are recorded as taken by the channel.
 *
 * Where the buyer paid more than items and freight (interest on installments), what is beyond is left out; where less (a cent or two of
 * rounding), the difference becomes a discount, as the channel asks for no more. The order's note says so.
 */
export function replayOrder(order: OlistOrder, channelId: string): ReplayOrder {
  const { order_id: externalId, customer, items } = order;
  const totalMinor = sum(items.map(({ price, freight_value }) => price + freight_value));
  const paidMinor = sum(order.payments.map(({ payment_value }) => payment_value));
  const balance = balanceOf(totalMinor, paidMinor);
  const lines = linesOf(items);
  const linesMinor = sum(lines.map(({ quantity, unitPrice }) => quantity * unitPrice.amount));
  const missing = balance === 'paid-less' ? Math.min(totalMinor - paidMinor, linesMinor) : 0;
  const input: OrderInput = {
    channelId,
    externalId,
    placedAt: order.order_purchase_timestamp,
    currency,
    customer: { externalId: customer.customer_unique_id },
    shipTo: {
      lines: [],
      city: customer.customer_city,
      region: customer.customer_state,
      postalCode: customer.customer_zip_code_prefix,
      country: 'BR',
    },
    lines: discounted(lines, missing),
    shipping: { price: money(sum(items.map(({ freight_value }) => freight_value))) },
    total: money(totalMinor - missing),
    payments: paymentsOf(order, totalMinor),
    holds: [],
    ...noteOf(balance, paidMinor - totalMinor),
  };
  return { input, balance, cancel: order.order_status === 'canceled' };
}

const balanceOf = (total: number, paid: number): Balance =>
  paid === total ? 'exact' : paid > total ? 'paid-more' : paid === 0 ? 'unpaid' : 'paid-less';

type Line = OrderInput['lines'][number];

const linesOf = (items: readonly ItemRow[]): Line[] =>
  [...groupBy(items, ({ product_id, price }) => `${product_id} ${price}`).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ sku: first.product_id, quantity: same.length, unitPrice: money(first.price) }];
  });

/** Takes what was not paid off the lines, one after the other, no line below zero. */
function discounted(lines: readonly Line[], missing: number): Line[] {
  let left = missing;
  return lines.map((line) => {
    const off = Math.min(left, line.quantity * line.unitPrice.amount);
    left -= off;
    return off === 0 ? line : { ...line, discount: money(off) };
  });
}

/** By type once there are too many (vouchers come by the dozen); never more than the order costs. */
function paymentsOf({ payments }: OlistOrder, totalMinor: number): OrderInput['payments'] {
  const stated = payments.map(({ payment_type, payment_value, payment_sequential }) => ({
    reference: `${payment_type}-${payment_sequential}`,
    type: payment_type,
    amount: payment_value,
  }));
  const merged = [...groupBy(stated, ({ type }) => type)].map(([type, same]) => ({
    reference: `${type} (${same.length})`,
    amount: sum(same.map(({ amount }) => amount)),
  }));
  let left = totalMinor;
  return (stated.length > maximumPayments ? merged : stated).flatMap(({ reference, amount }) => {
    const taken = Math.min(amount, left);
    left -= taken;
    return taken === 0 ? [] : [{ provider: 'recorded' as const, amount: money(taken), reference }];
  });
}

function noteOf(balance: Balance, difference: number): { note?: string } {
  if (balance === 'paid-more')
    return { note: `The buyer paid ${difference} minor units more (installments); left out.` };
  if (balance === 'paid-less') return { note: `The buyer paid ${-difference} minor units less; discounted.` };
  return {};
}
