import Big from 'big.js';
import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { type LineDraft } from '../../domain/connector.ts';
import { type Amount, lineMoney, minorOf, sumOf } from '../kit/amounts.ts';
import { fineMinorOf } from '../kit/fine-amounts.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { type OnxLine, type OnxOrder } from './payload.ts';

/**
 * The lines of an order, with their shares of the order's discount and tax, which the standard has for the whole order only.
 * @throws RangeError for an amount that cannot be read exactly
 */
export function linesOf(order: OnxOrder, currency: string): LineDraft[] {
  const { lineItems } = order;
  const own = lineItems.map((line) => amountsOf(line, currency));
  const net = own.map(({ grossMinor, discountMinor }) => grossMinor - discountMinor);
  // Some senders write what a discount takes off below zero.
  const orderDiscountMinor = Math.abs(minorOf(order.orderDiscount, currency));
  const discounts = allocateMinor(orderDiscountMinor, net);
  const taxes = allocateMinor(minorOf(order.orderTax, currency), net);
  const isTaxInside = isInside(order, sumOf(net) - orderDiscountMinor, currency);
  return lineItems.map(({ id, sku, quantity, name, customFields }, index) => {
    const { grossMinor = 0, discountMinor = 0 } = own[index] ?? {};
    const [share = 0, taxMinor = 0] = [discounts[index], taxes[index]];
    const amounts = { grossMinor: grossMinor - (isTaxInside ? taxMinor : 0), discountMinor: discountMinor + share };
    const money = lineMoney({ quantity, ...amounts, taxMinor }, currency);
    const title = clean(name, 500);
    const attributes = attributesOf(Object.fromEntries((customFields ?? []).map((one) => [one.name, one.value])));
    return {
      sku,
      // A line without an id of its own is cancelled by its SKU.
      externalLineId: clean(id, 255) ?? sku,
      quantity,
      ...(title && { title }),
      ...money,
      ...(attributes && { attributes }),
    };
  });
}

/** The standard does not say whether prices have the tax in them: they do where they come to the total without it. */
const isInside = ({ orderTax, shippingPrice, totalPrice }: OnxOrder, goodsMinor: number, currency: string): boolean =>
  totalPrice != null &&
  minorOf(orderTax, currency) > 0 &&
  goodsMinor + minorOf(shippingPrice, currency) === minorOf(totalPrice, currency);

/** `totalPrice` is (unitPrice − unitDiscount) × quantity, and counts where it is there: unit prices may be finer than money. */
function amountsOf({ quantity, unitPrice, unitDiscount, totalPrice }: OnxLine, currency: string) {
  const extended = (amount: Amount): number =>
    fineMinorOf(amount, currency).times(quantity).round(0, Big.roundHalfUp).toNumber();
  const discountMinor = extended(unitDiscount);
  if (totalPrice != null) return { grossMinor: minorOf(totalPrice, currency) + discountMinor, discountMinor };
  return { grossMinor: extended(unitPrice), discountMinor };
}
