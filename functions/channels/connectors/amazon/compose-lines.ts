import { type OrderInput } from '../../../../shared/contracts/orders/order-input.ts';
import { type LineDraft } from '../../domain/connector.ts';
import { lineMoney, moneyIn } from '../kit/amounts.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type ItemMoney } from './money.ts';
import { type AmazonItem, type Window } from './order.ts';

/** An item with its money, of an order in a currency. */
export interface PricedItem {
  readonly item: AmazonItem;
  readonly money: ItemMoney;
}

/** An item as a line of ours. */
export function lineOf({ item, money }: PricedItem, currency: string): LineDraft {
  const amounts = lineMoney(
    { quantity: item.quantity, grossMinor: money.goods, discountMinor: money.discount, taxMinor: money.tax },
    currency,
  );
  const title = clean(item.title, 500);
  const promised = promisedOf(item.scheduled);
  const attributes = attributesOf({ ...item.attributes, promotions: item.promotions.join(', ') });
  return {
    sku: item.sku ?? undefined,
    ...(item.asin != null && item.asin !== '' && { listing: { variantId: item.asin } }),
    externalLineId: item.itemId,
    quantity: item.quantity,
    ...(title !== undefined && { title }),
    ...amounts,
    ...partsOf(item, money, amounts, currency),
    ...(item.gift && { gift: giftOf(item.gift, money.giftWrap) }),
    ...(promised && { promised }),
    ...(attributes && { attributes }),
  };
}

/** What the discount and the tax of a line are made of, where that says more than their sums. */
function partsOf(
  { promotions, taxRemittedBy }: AmazonItem,
  money: ItemMoney,
  { discount, tax }: ReturnType<typeof lineMoney>,
  currency: string,
): Pick<LineDraft, 'discounts' | 'taxes'> {
  const of = moneyIn(currency);
  const code = clean(promotions.join(', '), 100);
  const rounding = (discount?.amount ?? 0) - money.discount;
  const title = clean(`collected by ${taxRemittedBy ?? ''}`);
  return {
    ...(discount &&
      money.discount > 0 &&
      code !== undefined && {
        discounts: [
          { code, amount: of(money.discount) },
          ...(rounding > 0 ? [{ title: 'rounding of the unit price', amount: of(rounding) }] : []),
        ],
      }),
    ...(tax &&
      taxRemittedBy !== undefined &&
      title !== undefined && { taxes: [{ title, remittedByChannel: true, amount: tax }] }),
  };
}

function giftOf({ message, wrap }: NonNullable<AmazonItem['gift']>, wrapMinor: number) {
  const text = clean(message, 500);
  return { ...(text !== undefined && { message: text }), wrap: wrapMinor > 0 || clean(wrap) !== undefined };
}

/** When something was promised to arrive; `undefined` where nothing was. */
export function promisedOf(deliver: Window, ship: Window = {}): LineDraft['promised'] {
  const [shipBy, deliverFrom, deliverBy] = [utc(ship.to), utc(deliver.from), utc(deliver.to)];
  const promised = {
    ...(shipBy !== undefined && { shipBy }),
    ...(deliverFrom !== undefined && { deliverFrom }),
    ...(deliverBy !== undefined && { deliverBy }),
  };
  return Object.keys(promised).length === 0 ? undefined : promised;
}

/** What an order costs besides goods and shipping. */
export function chargesOf(items: readonly PricedItem[], tipMinor: number, currency: string): OrderInput['charges'] {
  const of = moneyIn(currency);
  const charge = (kind: 'gift-wrap' | 'fee', title: string, item: AmazonItem, price: number, tax: number) =>
    price + tax === 0
      ? []
      : [{ kind, title, externalLineId: item.itemId, price: of(price), ...(tax > 0 && { tax: of(tax) }) }];
  return [
    ...items.flatMap(({ item, money }) => [
      ...charge('gift-wrap', clean(item.gift?.wrap) ?? 'Gift wrap', item, money.giftWrap, money.giftWrapTax),
      ...charge('fee', 'Cash on delivery', item, money.codFee, money.codFeeTax),
      ...charge('fee', 'Other', item, money.other, money.otherTax),
    ]),
    ...(tipMinor > 0 ? [{ kind: 'tip' as const, title: 'Delivery tip', price: of(tipMinor) }] : []),
  ];
}
