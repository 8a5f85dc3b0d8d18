import { type OrderInput, type orderInput } from '../../../../shared/contracts/orders/resources.ts';
import type * as z from 'zod';
import { type Money } from '../../../../shared/kernel/money.ts';
import { type PricedLine, lineTotal, moneyOf } from './money.ts';
import { type ShopifyOrder, isShipped } from './payload.ts';
import { paymentAt } from './payment.ts';
import { clean, customerOf, shipToOf } from './people.ts';
import { type Reconciled, reconcile } from './totals.ts';

/** A title longer than this only fills the item. */
const longestTitle = 200;
const longestNote = 500;

/** An order in our form, before its contract's parser has judged it. */
export type Candidate = Omit<z.input<typeof orderInput>, 'shipTo' | 'customer'> & {
  readonly shipTo: object;
  readonly customer?: object;
};

/**
 * Puts an order together: what is shipped, with its money to the minor unit; what the buyer paid; and every doubt as a hold.
 * @param skus SKU by line id, of every line that is shipped
 * @throws RangeError when an amount cannot be read exactly
 */
export function composeOrder(channelId: string, order: ShopifyOrder, skus: ReadonlyMap<string, string>): Candidate {
  const { currency } = order;
  const money = moneyOf(order);
  const left = money.lines.filter(({ line }) => !isShipped(line));
  const leftOutMinor = left.reduce((sum, line) => sum + lineTotal(line), 0);
  const sum = reconcile(
    money,
    money.lines.filter(({ line }) => isShipped(line)),
    leftOutMinor,
    currency,
  );
  const of = (amount: number): Money => ({ amount, currency });
  const payment = paymentAt(order, money);
  const note = noteOf(order, sum, left);
  const customer = customerOf(order);
  return {
    channelId,
    externalId: order.id,
    placedAt: new Date(order.created_at).toISOString(),
    currency,
    ...(customer && { customer }),
    shipTo: shipToOf(order.shipping_address ?? {}, order.email),
    lines: sum.lines.map((line) => lineOf(line, skus.get(line.line.id) ?? '', of)),
    ...(money.shipping && { shipping: shippingOf(money.shipping, of) }),
    ...(sum.totalMinor === money.totalMinor && { total: of(sum.totalMinor) }),
    payments: paymentsOf(order, Math.min(payment.receivedMinor, sum.totalMinor), of),
    holds: [payment.holdReason, changedReason(order), sum.doubt].flatMap((reason) =>
      reason === undefined ? [] : [{ reason }],
    ),
    ...(note !== undefined && { note }),
  };
}

type Of = (amount: number) => Money;

function lineOf({ line, quantity, money }: PricedLine, sku: string, of: Of): OrderInput['lines'][number] {
  const title = clean(line.name ?? line.title)?.slice(0, longestTitle);
  return {
    sku,
    quantity,
    ...(title !== undefined && { title }),
    externalLineId: line.id,
    unitPrice: of(money.unitPriceMinor),
    ...(money.discountMinor > 0 && { discount: of(money.discountMinor) }),
    ...(money.taxMinor > 0 && { tax: of(money.taxMinor) }),
  };
}

const shippingOf = ({ priceMinor, taxMinor }: { priceMinor: number; taxMinor: number }, of: Of) => ({
  price: of(priceMinor),
  ...(taxMinor > 0 && { tax: of(taxMinor) }),
});

function paymentsOf(
  { payment_gateway_names: gateways }: ShopifyOrder,
  receivedMinor: number,
  of: Of,
): OrderInput['payments'] {
  if (receivedMinor <= 0) return [];
  const reference = clean(gateways.join(', '))?.slice(0, 255);
  return [{ provider: 'recorded', amount: of(receivedMinor), ...(reference !== undefined && { reference }) }];
}

/** An order that was edited or refunded before it came here: the money is that of the order as placed, the units are to be looked at. */
function changedReason({ line_items: lines }: ShopifyOrder): string | undefined {
  const changed = lines.some(
    ({ quantity, current_quantity }) => current_quantity != null && current_quantity !== quantity,
  );
  return changed
    ? 'the order was changed at the channel before it came here: check its quantities, then release'
    : undefined;
}

/** What we left out and why, then what the buyer wrote. */
function noteOf(order: ShopifyOrder, { note }: Reconciled, left: readonly PricedLine[]): string | undefined {
  const names = left.map(({ line, quantity }) => `${quantity} × ${clean(line.name ?? line.title) ?? line.id}`);
  const leftOut = names.length > 0 ? `Not shipped by us: ${names.join(', ')}.` : undefined;
  const parts = [note, leftOut, clean(order.note)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ').slice(0, longestNote).toWellFormed();
}
