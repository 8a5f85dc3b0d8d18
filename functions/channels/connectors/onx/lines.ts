import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { type LineDraft } from '../../domain/connector.ts';
import { lineMoney, minorOf } from '../kit/amounts.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { type OnxLine, type OnxOrder } from './payload.ts';

/** What a cancel names a line by: its id, else its SKU (of a second line of one SKU: `SKU#2`). */
export function lineIdsOf(lines: readonly Pick<OnxLine, 'id' | 'sku'>[]): string[] {
  const times = new Map<string, number>();
  return lines.map(({ id, sku }) => {
    if (id != null && id !== '') return id;
    const time = (times.get(sku) ?? 0) + 1;
    times.set(sku, time);
    return time === 1 ? sku : `${sku}#${time}`;
  });
}

/**
 * The lines of an order, with their shares of the order's discount and tax, which the standard has for the whole order only.
 * @throws RangeError for an amount that cannot be read exactly
 */
export function linesOf({ lineItems, orderDiscount, orderTax }: OnxOrder, currency: string): LineDraft[] {
  const ids = lineIdsOf(lineItems);
  const own = lineItems.map((line) => amountsOf(line, currency));
  const net = own.map(({ grossMinor, discountMinor }) => grossMinor - discountMinor);
  const discounts = allocateMinor(minorOf(orderDiscount, currency), net);
  const taxes = allocateMinor(minorOf(orderTax, currency), net);
  return lineItems.map(({ sku, quantity, name, customFields }, index) => {
    const { grossMinor = 0, discountMinor = 0 } = own[index] ?? {};
    const share = discounts[index] ?? 0;
    const money = lineMoney(
      { quantity, grossMinor, discountMinor: discountMinor + share, taxMinor: taxes[index] ?? 0 },
      currency,
    );
    const title = clean(name, 500);
    const attributes = attributesOf(Object.fromEntries((customFields ?? []).map((one) => [one.name, one.value])));
    return {
      sku,
      externalLineId: ids[index] ?? sku,
      quantity,
      ...(title && { title }),
      ...money,
      ...(attributes && { attributes }),
    };
  });
}

/** `totalPrice` is (unitPrice − unitDiscount) × quantity, and counts where it is there: unit prices may be finer than money. */
function amountsOf({ quantity, unitPrice, unitDiscount, totalPrice }: OnxLine, currency: string) {
  const discountMinor = quantity * minorOf(unitDiscount, currency);
  if (totalPrice != null) return { grossMinor: minorOf(totalPrice, currency) + discountMinor, discountMinor };
  return { grossMinor: quantity * minorOf(unitPrice, currency), discountMinor };
}
