import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { minorOf, sumOf } from '../kit/amounts.ts';
import { type EbayAmount, type EbayLine, type EbayOrder, type EbayTax } from './payload.ts';

/** An amount with what it was for, in minor units. */
interface Part {
  readonly title: string;
  readonly minor: number;
}

/** A tax; `remitted` where eBay collects it and pays it to the authority. */
interface TaxPart extends Part {
  readonly remitted: boolean;
}

/** What a line comes to, all its units together. */
export interface PricedLine {
  readonly grossMinor: number;
  readonly discounts: readonly Part[];
  readonly taxes: readonly TaxPart[];
}

/** What an order comes to. */
export interface Priced {
  readonly lines: readonly PricedLine[];
  /** Net of eBay's delivery discount. */
  readonly shippingMinor: number;
  /** Recycling fees and the like, an adjustment upwards. */
  readonly fees: readonly Part[];
  /** What the buyer pays, taxes that eBay remits included. */
  readonly totalMinor: number;
}

/**
 * An amount in minor units of a currency: its own, or what it was converted from where that is the currency asked for (payouts are in the
 * seller's, sales in the marketplace's).
 * @throws RangeError when it is in neither, or is no exact amount of it
 */
export function amountIn(currency: string, amount: EbayAmount): number {
  if (amount?.value == null || amount.currency == null || amount.currency === currency)
    return minorOf(amount?.value, currency);
  if (amount.convertedFromCurrency === currency) return minorOf(amount.convertedFromValue, currency);
  throw new RangeError(`${String(amount.value)} ${amount.currency} stands where ${currency} is expected`);
}

/** eBay lists fees that a state asks for (recycling, disposal, retail delivery) among the taxes. */
const isFee = ({ taxType }: EbayTax): boolean => /FEE$|DISPOSAL/.test(taxType ?? '');

/**
 * The money of an order. `pricingSummary` is what counts; what it has beyond its lines (a discount or tax that no line shows) is spread over
 * them by what they cost. Collect-and-remit taxes are in the total only where eBay lists them among the line's `taxes` too (field group
 * TAX_BREAKDOWN): elsewhere the buyer pays them on top of it.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:LineItem (`total`)
 * @throws RangeError for an amount that is not exact
 */
export function priced({ pricingSummary: summary, lineItems }: EbayOrder, currency: string): Priced {
  const read = (amount: EbayAmount) => amountIn(currency, amount);
  const bare = lineItems.map((line) => pricedLine(line, read));
  const weights = bare.map(({ grossMinor }) => grossMinor);
  const adjustment = read(summary.adjustment);
  const discount = Math.abs(read(summary.priceDiscount ?? summary.priceDiscountSubtotal));
  const unsaid = Math.max(0, discount - sumOf(bare.flatMap(({ discounts }) => discounts.map(({ minor }) => minor))));
  const feesMinor = sumOf(bare.flatMap(({ fees }) => fees.map(({ minor }) => minor)));
  const taxes = taxedBy(bare, read(summary.tax), Math.max(0, feesMinor - read(summary.fee)));
  const spread = (title: string, minor: number) =>
    allocateMinor(minor, weights).map((part) => ({ title, minor: part }));
  const [further, lowered] = [spread('Order discount', unsaid), spread('Adjustment', Math.max(0, -adjustment))];
  const rest = spread('Tax', taxes.unsaidMinor);
  const lines = bare.map(({ grossMinor, discounts, listed, extra }, index) => ({
    grossMinor,
    discounts: [...discounts, ...partsAt(further, index), ...partsAt(lowered, index)],
    taxes: [...listed, ...extra, ...partsAt(rest, index).map((part) => ({ ...part, remitted: false }))],
  }));
  return {
    lines,
    shippingMinor: read(summary.deliveryCost) - Math.abs(read(summary.deliveryDiscount)),
    fees: feesOf(bare, read(summary.fee), adjustment),
    totalMinor: read(summary.total) + taxes.onTopMinor,
  };
}

const partsAt = <T extends Part>(parts: readonly T[], index: number): T[] =>
  parts.slice(index, index + 1).filter(({ minor }) => minor > 0);

type BareLine = ReturnType<typeof pricedLine>;

function pricedLine(line: EbayLine, read: (amount: EbayAmount) => number) {
  const part = (one: EbayTax): Part => ({ title: one.taxType ?? 'Tax', minor: read(one.amount) });
  const nonZero = ({ minor }: Part) => minor !== 0;
  const remitted = line.ebayCollectAndRemitTaxes.map(part).filter(nonZero);
  const charged = line.taxes
    .filter((one) => !isFee(one))
    .map(part)
    .filter(nonZero);
  const fees = line.taxes.filter(isFee).map(part).filter(nonZero);
  const left = [...remitted];
  const listed = charged.map((one): TaxPart => {
    const place = left.findIndex(
      ({ minor, title }) => minor === one.minor && (one.title === title || one.title === 'Tax'),
    );
    const [found] = place < 0 ? [] : left.splice(place, 1);
    return { ...(found ?? one), remitted: found !== undefined };
  });
  const extra = left
    .filter(({ minor, title }) => !fees.some((fee) => fee.minor === minor && fee.title === title))
    .map((one): TaxPart => ({ ...one, remitted: true }));
  return { grossMinor: read(line.lineItemCost), discounts: discountsOf(line, read), listed, extra, fees };
}

/** A line's discount is what its cost fell by; its promotions name it where they come to as much. */
function discountsOf(line: EbayLine, read: (amount: EbayAmount) => number): Part[] {
  if (line.discountedLineItemCost == null) return [];
  const minor = read(line.lineItemCost) - read(line.discountedLineItemCost);
  if (minor <= 0) return [];
  const named = line.appliedPromotions.map(({ description, promotionId, discountAmount }) => ({
    title: description ?? promotionId ?? 'Promotion',
    minor: Math.abs(read(discountAmount)),
  }));
  return sumOf(named.map((one) => one.minor)) === minor ? named : [{ title: 'Discount', minor }];
}

/**
 * Which of the taxes are in the total: eBay's sum of them says so.
 * @param feesMinor fees that eBay lists among the taxes and has no sum of their own for: its sum of taxes may have them
 */
function taxedBy(lines: readonly BareLine[], saidMinor: number, feesMinor: number) {
  const minorOfAll = (pick: (line: BareLine) => readonly Part[]) =>
    sumOf(lines.flatMap(pick).map(({ minor }) => minor));
  const extraMinor = minorOfAll(({ extra }) => extra);
  const beyondMinor = Math.max(0, saidMinor - minorOfAll(({ listed }) => listed) - feesMinor);
  return beyondMinor > 0 && beyondMinor >= extraMinor
    ? { unsaidMinor: beyondMinor - extraMinor, onTopMinor: 0 }
    : { unsaidMinor: 0, onTopMinor: extraMinor };
}

function feesOf(lines: readonly BareLine[], saidMinor: number, adjustmentMinor: number): Part[] {
  const listed = lines.flatMap(({ fees }) => fees);
  const rest = saidMinor - sumOf(listed.map(({ minor }) => minor));
  return [
    ...listed,
    ...(rest > 0 ? [{ title: 'Fee', minor: rest }] : []),
    ...(adjustmentMinor > 0 ? [{ title: 'Adjustment', minor: adjustmentMinor }] : []),
  ];
}
