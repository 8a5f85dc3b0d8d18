import { present } from '../../../../shared/kernel/present.ts';
import { type LineDraft, type Mapped, type OrderDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { lineMoney, moneyIn, sumOf } from '../kit/amounts.ts';
import { fulfilledPart } from '../kit/fulfilled.ts';
import { readingAmounts } from '../kit/outcomes.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type Priced, type PricedLine, amountIn, priced } from './money.ts';
import { type EbayInstruction, type EbayLine, type EbayOrder } from './payload.ts';
import { billToOf, customerOf, isPickup, shipToOf } from './people.ts';
import { refundsOf } from './refunds.ts';
import { cancelRequestOf, fulfilledByOf, holdsOf, instructionOf, isPaid, stateOf } from './state.ts';

/** Maps an order of the Fulfillment API, in the currency of its total; `asOf` is when eBay last changed it. */
export const mapOrder = (order: EbayOrder, asOf: string): Mapped =>
  readingAmounts(() => {
    const currency = order.pricingSummary.total.currency ?? '';
    const money = priced(order, currency);
    const snapshot: SnapshotDraft = {
      asOf,
      state: stateOf(order),
      fulfilledBy: fulfilledByOf(order),
      order: orderOf(order, money, currency),
      ...fulfilledPart(
        order.lineItems.map((line) => [
          line.lineItemId,
          line.lineItemFulfillmentStatus === 'FULFILLED' ? line.quantity : 0,
        ]),
      ),
      refunds: refundsOf(order, currency, money.totalMinor),
      ...present({ cancelRequest: cancelRequestOf(order) }),
    };
    return { kind: 'order', snapshot };
  });

function orderOf(order: EbayOrder, money: Priced, currency: string): OrderDraft {
  const of = moneyIn(currency);
  const instruction = instructionOf(order);
  const fees = money.fees.map(({ title, minor }) => ({ kind: 'fee' as const, title, price: of(minor) }));
  return {
    externalId: order.orderId,
    currency,
    shipTo: shipToOf(order, instruction),
    lines: order.lineItems.map((line, index) => lineOf(line, money.lines[index], currency)),
    channelTotal: of(money.totalMinor),
    ...(money.shippingMinor !== 0 && { shipping: { price: of(money.shippingMinor) } }),
    ...(fees.length > 0 && { charges: fees }),
    ...(isPaid(order) && money.totalMinor > 0 && { payments: [paymentOf(order, of(money.totalMinor))] }),
    ...present({
      placedAt: utc(order.creationDate),
      customer: customerOf(order),
      billTo: billToOf(order),
      delivery: deliveryOf(instruction),
      promised: promisedOf(order, instruction),
      presentment: presentmentOf(order, money),
      holds: holdsOf(order),
      note: clean(order.buyerCheckoutNotes, 500),
      attributes: factsOf(order, instruction),
    }),
  };
}

function lineOf(line: EbayLine, money: PricedLine | undefined, currency: string): LineDraft {
  const of = moneyIn(currency);
  const { grossMinor, discounts, taxes } = money ?? { grossMinor: 0, discounts: [], taxes: [] };
  const amounts = lineMoney(
    {
      quantity: line.quantity,
      grossMinor,
      discountMinor: sumOf(discounts.map(({ minor }) => minor)),
      taxMinor: sumOf(taxes.map(({ minor }) => minor)),
    },
    currency,
  );
  const rounding = (amounts.discount?.amount ?? 0) - sumOf(discounts.map(({ minor }) => minor));
  const parts = [...discounts, ...(rounding > 0 ? [{ title: 'Rounding of the unit price', minor: rounding }] : [])];
  return {
    quantity: line.quantity,
    externalLineId: line.lineItemId,
    ...amounts,
    ...(parts.length > 0 && {
      discounts: parts.map(({ title, minor }) => ({ ...present({ title: clean(title) }), amount: of(minor) })),
    }),
    ...(taxes.length > 0 && {
      taxes: taxes.map(({ title, minor, remitted }) => ({
        title,
        amount: of(minor),
        ...(remitted && { remittedByChannel: true }),
      })),
    }),
    ...present({
      sku: line.sku?.trim() || undefined,
      title: clean(line.title, 500),
      listing: listingOf(line),
      gift: giftOf(line),
      promised: promisedLine(line),
      attributes: lineFacts(line),
    }),
  };
}

/** A listing without variations has none, or `0`. */
function listingOf({ legacyVariationId, legacyItemId }: EbayLine): LineDraft['listing'] {
  const variantId = legacyVariationId === '0' ? undefined : (legacyVariationId ?? undefined);
  return variantId === undefined && legacyItemId == null
    ? undefined
    : present({ variantId, listingId: legacyItemId ?? undefined });
}

const giftOf = ({ giftDetails }: EbayLine): LineDraft['gift'] =>
  giftDetails == null
    ? undefined
    : present({ message: clean(giftDetails.message, 500), from: clean(giftDetails.senderName) });

function promisedLine({ lineItemFulfillmentInstructions: at }: EbayLine): LineDraft['promised'] {
  const found = present({
    shipBy: utc(at?.shipByDate),
    deliverFrom: utc(at?.minEstimatedDeliveryDate),
    deliverBy: utc(at?.maxEstimatedDeliveryDate),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

/** By when the first line must leave, and when the buyer expects the parcel. */
function promisedOf({ lineItems }: EbayOrder, instruction: EbayInstruction | undefined): OrderDraft['promised'] {
  const shipBy = lineItems.flatMap((line) => promisedLine(line)?.shipBy ?? []).sort()[0];
  const found = present({
    shipBy,
    deliverFrom: utc(instruction?.minEstimatedDeliveryDate),
    deliverBy: utc(instruction?.maxEstimatedDeliveryDate),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

/**
 * eBay takes the buyer's money and states what the seller gets of it, its fees and remitted taxes taken off; once it says PAID, the buyer
 * has paid the whole total.
 */
function paymentOf({ paymentSummary }: EbayOrder, amount: { amount: number; currency: string }) {
  const payments = paymentSummary?.payments ?? [];
  const methods = [...new Set(payments.flatMap(({ paymentMethod }) => clean(paymentMethod, 50) ?? []))];
  return {
    provider: 'recorded' as const,
    amount,
    ...present({
      reference: payments.flatMap(({ paymentReferenceId }) => clean(paymentReferenceId) ?? [])[0],
      method: clean(methods.join(' + '), 100),
    }),
  };
}

function deliveryOf(instruction: EbayInstruction | undefined): OrderDraft['delivery'] {
  if (instruction === undefined) return undefined;
  const key = clean(instruction.pickupStep?.merchantLocationKey);
  const service = clean(instruction.shippingStep?.shippingServiceCode);
  return {
    method: isPickup(instruction) ? 'pickup' : 'ship',
    ...present({ service, pickupPoint: key === undefined ? undefined : { externalId: key } }),
  };
}

/** What the buyer saw, where eBay converted the total from another currency; taxes on top of it are not converted. */
function presentmentOf({ pricingSummary: { total } }: EbayOrder, money: Priced): OrderDraft['presentment'] {
  const { convertedFromCurrency: currency, convertedFromValue } = total;
  if (currency == null || convertedFromValue == null || currency === total.currency) return undefined;
  const isWhole = money.totalMinor === amountIn(total.currency ?? '', total);
  return isWhole
    ? { total: { amount: amountIn(currency, { value: convertedFromValue, currency }), currency } }
    : undefined;
}

function factsOf(order: EbayOrder, instruction: EbayInstruction | undefined): OrderDraft['attributes'] {
  const { program, legacyOrderId } = order;
  return attributesOf({
    legacyOrderId: legacyOrderId === order.orderId ? undefined : legacyOrderId,
    salesRecordReference: order.salesRecordReference,
    sellerId: order.sellerId,
    shippingCarrierCode: instruction?.shippingStep?.shippingCarrierCode,
    shipToReferenceId: instruction?.shippingStep?.shipToReferenceId,
    ebaySupportedFulfillment: instruction?.ebaySupportedFulfillment === true ? true : undefined,
    finalDestinationCountry: instruction?.finalDestinationAddress?.countryCode,
    authenticityVerification: program?.authenticityVerification?.status,
    internationalReturnsManagedBy: program?.ebayInternationalShipping?.returnsManagedBy,
    ebayVault: program?.ebayVault?.fulfillmentType,
  });
}

function lineFacts(line: EbayLine): LineDraft['attributes'] {
  const flags = Object.entries(line.properties ?? {}).filter(([, value]) => typeof value === 'boolean');
  return attributesOf({
    ...Object.fromEntries(line.variationAspects.map(({ name, value }) => [name ?? '', value])),
    soldFormat: line.soldFormat,
    listingMarketplaceId: line.listingMarketplaceId,
    purchaseMarketplaceId: line.purchaseMarketplaceId,
    itemLocation: [line.itemLocation?.location, line.itemLocation?.countryCode].filter(Boolean).join(', '),
    ...Object.fromEntries(flags.map(([name, value]) => [name, String(value)])),
  });
}
