import { type OrderDraft } from '../../domain/connector.ts';
import { moneyIn, sumOf } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { costOfLine, readerOf, taxesByLine } from './money.ts';
import { type ShopifyLine, type ShopifyOrder, isShipped } from './payload.ts';

type Charge = NonNullable<OrderDraft['charges']>[number];

/** What an order costs besides goods and shipping: lines that nobody ships, tips, duties that are not in the prices, fees. */
export function chargesOf(order: ShopifyOrder): Charge[] {
  const minor = readerOf(order.currency);
  const of = moneyIn(order.currency);
  const taxes = taxesByLine(order);
  const lines = order.line_items.flatMap((line, index) =>
    isShipped(line) || line.quantity === 0 ? [] : [chargeOf(order, line, taxes[index])],
  );
  const tipsMinor = sumOf(lines.map(({ kind, price }) => (kind === 'tip' ? price.amount : 0)));
  const others = [
    // A tip is a line of its own in some API versions and only a sum in others.
    { kind: 'tip', minor: minor(order.total_tip_received) - tipsMinor },
    { kind: 'duty', minor: order.duties_included === true ? 0 : minor(undefined, order.original_total_duties_set) },
    { kind: 'fee', minor: minor(undefined, order.original_total_additional_fees_set) },
  ] as const;
  return [...lines, ...others.flatMap((one) => (one.minor > 0 ? [{ kind: one.kind, price: of(one.minor) }] : []))];
}

function chargeOf(order: ShopifyOrder, line: ShopifyLine, taxLines: Parameters<typeof costOfLine>[2]): Charge {
  const title = clean(line.name ?? line.title);
  return { kind: kindOf(line), ...(title && { title }), externalLineId: line.id, ...costOfLine(order, line, taxLines) };
}

function kindOf({ gift_card, tip, title, variant_id }: ShopifyLine): Charge['kind'] {
  if (gift_card === true) return 'gift-card';
  if (tip != null || (title === 'Tip' && variant_id == null)) return 'tip';
  return variant_id == null ? 'service' : 'digital';
}
