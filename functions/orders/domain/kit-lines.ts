import { type OrderInput } from '../../../shared/contracts/orders/order-input.ts';
import { allocateMinor } from '../../../shared/kernel/money.ts';
import { present } from '../../../shared/kernel/present.ts';
import { type Kit } from '../../../shared/model/network/product.ts';
import { type OrderLine } from '../../../shared/model/orders/order.ts';

/** A line of an order before its units are anywhere. */
export type NewLine = Omit<OrderLine, 'units' | 'promisedFor'>;
/** A line that was sold, and how many of its units somebody else has fulfilled. */
export type SoldLine = OrderInput['lines'][number] & { readonly fulfilledElsewhere?: number };

/**
 * The lines that an order is stored with: those that were ordered, numbered from 1 (or on from those that it has), and in the place of a kit
 * its components, numbered below it. From here on a component is a line like any other: routed, shipped, returned and refunded by itself.
 */
export const linesOf = (lines: readonly SoldLine[], kits: ReadonlyMap<string, Kit>, numbered = 0): NewLine[] =>
  lines.flatMap((line, index) => {
    const lineId = String(numbered + index + 1);
    const kit = kits.get(line.sku);
    return kit === undefined ? [plainLine(line, lineId)] : componentLines(line, lineId, kit);
  });

const plainLine = (line: SoldLine, lineId: string): NewLine => ({
  lineId,
  sku: line.sku,
  ...(line.title !== undefined && { title: line.title }),
  ...(line.externalLineId !== undefined && { externalLineId: line.externalLineId }),
  quantity: line.quantity,
  unitPriceMinor: line.unitPrice.amount,
  discountMinor: line.discount?.amount ?? 0,
  taxMinor: line.tax?.amount ?? 0,
  ...saidOf(line),
  ...elsewhere(line),
});

const elsewhere = ({ fulfilledElsewhere = 0 }: SoldLine, perKit = 1) =>
  fulfilledElsewhere === 0 ? {} : { fulfilledElsewhere: fulfilledElsewhere * perKit };

/** What a channel said of a line besides, kept as it is. */
const saidOf = ({ listing, discounts, taxes, gift, promised, attributes }: SoldLine) =>
  present({ listing, discounts, taxes, gift, promised, attributes });

/**
 * A kit's money is shared out by weight, largest remainders first, so that the components cost together what the kit does: their taxes add
 * up to its tax, and their prices less discounts to its own. A component's share may not be a whole price times its units; then the price
 * is the next higher one and the difference is discount.
 */
function componentLines(line: SoldLine, lineId: string, { components, title }: Kit): NewLine[] {
  const { sku, quantity: kits, externalLineId } = line;
  const shown = line.title ?? title;
  const shares = sharesOf(line, components);
  return components.map(({ sku: component, quantity: perKit }, index): NewLine => {
    const { grossMinor = 0, discountMinor = 0, taxMinor = 0 } = shares[index] ?? {};
    const quantity = kits * perKit;
    const unitPriceMinor = Math.ceil(grossMinor / quantity);
    return {
      lineId: `${lineId}.${index + 1}`,
      sku: component,
      ...(externalLineId !== undefined && { externalLineId }),
      quantity,
      unitPriceMinor,
      discountMinor: quantity * unitPriceMinor - grossMinor + discountMinor,
      taxMinor,
      ...present({ listing: line.listing, gift: line.gift, promised: line.promised, attributes: line.attributes }),
      ...elsewhere(line, perKit),
      kit: { sku, ...(shown !== undefined && { title: shown }), lineId, quantity: kits, perKit },
    };
  });
}

/** Discount and tax follow the price, so that no component is discounted below nothing. */
function sharesOf(line: SoldLine, components: Kit['components']) {
  const weights = components.map(({ priceWeight = 1 }) => priceWeight);
  const gross = allocateMinor(line.quantity * line.unitPrice.amount, weights);
  const discounts = allocateMinor(line.discount?.amount ?? 0, gross);
  const net = gross.map((amount, index) => amount - (discounts[index] ?? 0));
  const taxes = allocateMinor(line.tax?.amount ?? 0, net);
  return gross.map((grossMinor, index) => ({
    grossMinor,
    discountMinor: discounts[index] ?? 0,
    taxMinor: taxes[index] ?? 0,
  }));
}
