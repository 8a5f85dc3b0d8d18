import { type LineDraft, type OrderDraft } from '../../domain/connector.ts';
import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { lineMoney, moneyIn, sumOf } from '../kit/amounts.ts';
import { discountParts } from '../kit/discount-parts.ts';
import { fineMinorOf } from '../kit/fine-amounts.ts';
import { clean } from '../kit/texts.ts';
import { type OrderMoney, type PricedLine, netOf } from './money.ts';
import { type WooLine, type WooOrder } from './payload.ts';
import { plain, publicFacts } from './texts.ts';

type Charge = NonNullable<OrderDraft['charges']>[number];

/** SKUs and product ids of the setting `digital`. */
export const digitalOf = (setting: string): ReadonlySet<string> =>
  new Set(setting.split(',').flatMap((one) => clean(one) ?? []));

/**
 * True for what nobody ships: the shop says that nothing of the order is to be processed (all of it virtual and downloadable), the retailer says
 * it of the product, it has no units, or it is a bundle without a SKU, whose products are lines of their own.
 */
export const isUnshipped = (line: WooLine, { needs_processing }: WooOrder, digital: ReadonlySet<string>): boolean =>
  needs_processing === false ||
  line.quantity === 0 ||
  isBundle(line) ||
  [clean(line.sku), line.product_id, line.variation_id].some((one) => one !== undefined && digital.has(one));

const isBundle = ({ sku, bundled_items, composite_children }: WooLine): boolean =>
  clean(sku) === undefined && bundled_items.length + composite_children.length > 0;

/** A line that is shipped. */
export function lineOf({ line, grossMinor, discounts, taxMinor }: PricedLine, order: WooOrder): LineDraft {
  const { quantity } = line;
  const discountMinor = sumOf(discounts.map(({ minor }) => minor));
  const money = lineMoney({ quantity, grossMinor, discountMinor, taxMinor }, order.currency);
  const [parts, taxes] = [discountParts(money.discount, discounts), taxesOf(line, order, taxMinor)];
  const [sku, title, attributes] = [clean(line.sku, 100), plain(line.name, 500), publicFacts(line.meta_data)];
  const barcode = /^\d{8,14}$/.exec((line.global_unique_id ?? '').replaceAll(/[\s-]/g, ''))?.[0];
  return {
    ...(sku !== undefined && { sku }),
    quantity,
    ...(title !== undefined && { title }),
    externalLineId: line.id,
    listing: {
      ...listingOf(line),
      ...(barcode !== undefined && { barcode }),
    },
    ...money,
    ...(parts && { discounts: parts }),
    ...(taxes && { taxes }),
    ...(attributes && { attributes }),
  };
}

/** What is sold is the variation; of a simple product it is the product itself. */
function listingOf({ variation_id: variation, product_id: product }: WooLine) {
  const variantId = variation ?? product;
  return { ...(variantId !== undefined && { variantId }), ...(product !== undefined && { listingId: product }) };
}

/** A line's tax by rate. The amounts by rate are not rounded; they share the line's. */
function taxesOf({ taxes }: WooLine, { tax_lines, currency }: WooOrder, taxMinor: number): LineDraft['taxes'] {
  const rated = taxes
    .map(({ id, total }) => ({
      rate: tax_lines.find(({ rate_id }) => rate_id === id),
      fine: fineMinorOf(total, currency),
    }))
    .filter(({ fine }) => fine.gt(0))
    .slice(0, 20);
  if (taxMinor <= 0 || rated.length === 0) return undefined;
  const shares = allocateMinor(
    taxMinor,
    rated.map(({ fine }) => fine.toNumber()),
  );
  const parts = rated.flatMap(({ rate }, index) => {
    const amount = shares[index] ?? 0;
    const [title, percent] = [plain(rate?.label), String(rate?.rate_percent ?? '')];
    const ratePercent = /^\d{1,3}(\.\d{1,8})?$/.test(percent) ? percent : undefined;
    if (amount <= 0) return [];
    return [
      {
        ...(title !== undefined && { title }),
        ...(ratePercent !== undefined && { ratePercent }),
        amount: moneyIn(currency)(amount),
      },
    ];
  });
  return parts.length === 0 ? undefined : parts;
}

/** Fees by their names: WooCommerce has no kinds of them. */
const kinds = [
  [/\btips?\b|gratuit/i, 'tip'],
  [/gift.?wrap/i, 'gift-wrap'],
  [/donation|donate/i, 'donation'],
  [/handling/i, 'handling'],
  [/\bdut(y|ies)\b|customs/i, 'duty'],
] as const;

/** What is charged besides goods that are shipped, and shipping: fees, and lines that nobody ships. */
export function chargesOf(
  { fees, roundingMinor }: OrderMoney,
  unshipped: readonly PricedLine[],
  { currency }: WooOrder,
): Charge[] {
  const of = moneyIn(currency);
  const own = unshipped.filter((one) => !isBundle(one.line) || netOf(one) + one.taxMinor > 0);
  const digital = own.map((priced): Charge => {
    const { line, taxMinor } = priced;
    const title = plain(`${line.quantity} × ${line.name ?? line.sku ?? ''}`);
    return {
      kind: isBundle(line) || line.quantity === 0 ? 'service' : 'digital',
      ...(title !== undefined && { title }),
      externalLineId: line.id,
      price: of(netOf(priced)),
      ...(taxMinor > 0 && { tax: of(taxMinor) }),
    };
  });
  const charged = fees.map(({ id, name, priceMinor, taxMinor }): Charge => ({
    kind: kinds.find(([pattern]) => pattern.test(name ?? ''))?.[1] ?? 'fee',
    ...(name !== undefined && { title: name }),
    externalLineId: id,
    price: of(priceMinor),
    ...(taxMinor > 0 && { tax: of(taxMinor) }),
  }));
  const rounding: Charge[] = roundingMinor > 0 ? [{ kind: 'rounding', price: of(roundingMinor) }] : [];
  return [...charged, ...digital, ...rounding];
}
