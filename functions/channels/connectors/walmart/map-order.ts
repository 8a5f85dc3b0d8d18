import { present } from '../../../../shared/kernel/present.ts';
import { type LineDraft, type Mapped, type OrderDraft } from '../../domain/connector.ts';
import { lineMoney, moneyIn, sumOf } from '../kit/amounts.ts';
import { quarantined, readingAmounts } from '../kit/outcomes.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { type WalmartEvent } from './event.ts';
import { momentOf } from './moments.ts';
import { type PricedLine, currencyOf, pricedLine, saidTotal } from './money.ts';
import { type WalmartLine, type WalmartOrder } from './payload.ts';
import { customerOf, shipToOf } from './people.ts';
import { refundsOf } from './refunds.ts';
import { cancelledOf, fulfilledOf, isCancelAsked, orderedUnits, stateOf } from './units.ts';

/**
 * Maps a purchase order. It has no time of its last change: that is the latest of its lines' status dates. A buyer's wish to cancel changes
 * none of them, so it makes a snapshot later than one without it.
 */
export function mapOrder(order: WalmartOrder, event?: WalmartEvent): Mapped {
  const changedAt = changeOf(order);
  if (changedAt === undefined)
    return quarantined(
      'not-as-documented',
      'The order has neither orderDate nor a statusDate, so its age is unknown. Retry, or capture it with POST /v1/orders.',
    );
  const asksNow = event?.type === 'INTENT_TO_CANCEL' && stateOf(order) === 'open';
  const isAsked = asksNow || isCancelAsked(order);
  return readingAmounts(() => {
    const currency = currencyOf(order);
    return {
      kind: 'order',
      snapshot: {
        asOf: isAsked ? `${changedAt}~cancel-asked` : changedAt,
        state: stateOf(order),
        fulfilledBy: /^WFS/i.test(order.shipNode?.type ?? '') ? 'channel' : 'us',
        order: orderOf(order, currency),
        cancelled: cancelledOf(order),
        ...fulfilledOf(order),
        refunds: refundsOf(order, currency),
        ...(isAsked && { cancelRequest: present({ at: asksNow ? event.at : undefined, reason: reasonIn(order) }) }),
      },
    };
  });
}

const changeOf = ({ orderDate, orderLines }: WalmartOrder): string | undefined =>
  [momentOf(orderDate), ...orderLines.orderLine.map(({ statusDate }) => momentOf(statusDate))]
    .filter((moment) => moment !== undefined)
    .sort()
    .at(-1);

const reasonIn = ({ orderLines }: WalmartOrder): string | undefined =>
  clean(orderLines.orderLine.flatMap(({ intentToCancel }) => clean(intentToCancel) ?? [])[0], 500);

function orderOf(order: WalmartOrder, currency: string): OrderDraft {
  const of = moneyIn(currency);
  const priced = order.orderLines.orderLine.map((line) => ({ line, money: pricedLine(line, currency) }));
  const money = priced.map((one) => one.money);
  const total = saidTotal(order, money, currency);
  const charges = priced.flatMap(({ line, money: { others } }) => chargesOf(line, others, currency));
  const state = stateOf(order);
  return {
    externalId: order.purchaseOrderId,
    currency,
    shipTo: shipToOf(order, currency),
    lines: priced.map((one) => lineOf(one.line, one.money, currency)),
    channelTotal: of(total),
    ...shippingOf(money, currency),
    ...(charges.length > 0 && { charges }),
    ...((state === 'open' || state === 'closed') && total > 0 && { payments: [paymentOf(order, of(total))] }),
    ...present({
      externalNumber: order.customerOrderId ?? undefined,
      placedAt: momentOf(order.orderDate),
      customer: customerOf(order),
      delivery: deliveryOf(order),
      promised: promisedOf(order),
      attributes: factsOf(order),
    }),
  };
}

/** Units that are no whole number leave a quantity of 0, which the contract refuses in words. */
function lineOf(line: WalmartLine, { grossMinor, discounts, taxes }: PricedLine, currency: string): LineDraft {
  const of = moneyIn(currency);
  const quantity = orderedUnits(line) ?? 0;
  const discountMinor = sumOf(discounts.map(({ minor }) => minor));
  const taxMinor = sumOf(taxes.map(({ minor }) => minor));
  const amounts = lineMoney({ quantity: Math.max(1, quantity), grossMinor, discountMinor, taxMinor }, currency);
  const rounding = (amounts.discount?.amount ?? 0) - discountMinor;
  const parts = [...discounts, ...(rounding > 0 ? [{ title: 'Rounding of the unit price', minor: rounding }] : [])];
  return {
    quantity,
    externalLineId: line.lineNumber,
    ...amounts,
    ...(parts.length > 0 && {
      discounts: parts.map(({ title, minor }) => ({ ...present({ title: clean(title) }), amount: of(minor) })),
    }),
    ...(taxes.length > 0 && {
      // In the United States Walmart is the marketplace facilitator of every state: it collects the tax and remits it.
      taxes: taxes.map(({ title, minor }) => ({
        ...present({ title: clean(title) }),
        amount: of(minor),
        ...(currency === 'USD' && { remittedByChannel: true }),
      })),
    }),
    ...present({
      sku: line.item.sku?.trim() || undefined,
      title: clean(line.item.productName, 500),
      listing: barcodeOf(line),
      attributes: lineFacts(line),
    }),
  };
}

function barcodeOf({ item }: WalmartLine): LineDraft['listing'] {
  const barcode = [item.gtin, item.upc].find((code) => /^\d{8,14}$/.test(code ?? ''));
  return barcode == null ? undefined : { barcode };
}

function shippingOf(lines: readonly PricedLine[], currency: string): Pick<OrderDraft, 'shipping'> {
  const of = moneyIn(currency);
  const price = sumOf(lines.map(({ shippingMinor }) => shippingMinor));
  const tax = sumOf(lines.map(({ shippingTaxMinor }) => shippingTaxMinor));
  return price === 0 && tax === 0 ? {} : { shipping: { price: of(price), ...(tax !== 0 && { tax: of(tax) }) } };
}

function chargesOf(line: WalmartLine, others: PricedLine['others'], currency: string) {
  const of = moneyIn(currency);
  return others.map(({ kind, title, minor, taxMinor }) => ({
    kind,
    externalLineId: line.lineNumber,
    price: of(minor),
    ...(taxMinor !== 0 && { tax: of(taxMinor) }),
    ...present({ title: clean(title) }),
  }));
}

/** Walmart has taken the buyer's money before it releases an order; of a replacement nobody pays again. */
function paymentOf(order: WalmartOrder, amount: { amount: number; currency: string }) {
  const replaced = order.originalCustomerOrderID;
  const isReplacement = order.orderType?.toUpperCase() === 'REPLACEMENT';
  const method = isReplacement ? `replacement of ${replaced ?? 'an order'}` : order.paymentTypes.join(' + ');
  return {
    provider: 'recorded' as const,
    amount,
    ...present({ reference: order.customerOrderId ?? undefined, method: clean(method, 100) }),
  };
}

/** `S2S`: to a store, where the buyer collects it. Anything else goes home. */
function deliveryOf({ shippingInfo, orderLines }: WalmartOrder): OrderDraft['delivery'] {
  const fulfillment = orderLines.orderLine[0]?.fulfillment;
  const storeId = fulfillment?.storeId;
  const toStore = fulfillment?.fulfillmentOption === 'S2S';
  return {
    method: toStore ? 'ship-to-store' : 'ship',
    ...present({
      service: clean(shippingInfo?.methodCode ?? fulfillment?.shipMethod),
      pickupPoint: toStore && storeId != null ? { externalId: storeId } : undefined,
    }),
  };
}

function promisedOf({ shippingInfo }: WalmartOrder): OrderDraft['promised'] {
  const found = present({
    shipBy: momentOf(shippingInfo?.estimatedShipDate),
    deliverBy: momentOf(shippingInfo?.estimatedDeliveryDate),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

const factsOf = (order: WalmartOrder): OrderDraft['attributes'] =>
  attributesOf({
    orderType: order.orderType,
    originalCustomerOrderID: order.originalCustomerOrderID,
    sellerOrderId: order.sellerOrderId,
    shipNodeType: order.shipNode?.type,
    shipNodeName: order.shipNode?.name,
    shipNodeId: order.shipNode?.id,
    addressType: order.shippingInfo?.postalAddress?.addressType,
  });

const lineFacts = (line: WalmartLine): LineDraft['attributes'] =>
  attributesOf({
    fulfillmentOption: line.fulfillment?.fulfillmentOption,
    shipMethod: line.fulfillment?.shipMethod,
    shippingProgramType: line.fulfillment?.shippingProgramType,
    originalCarrierMethod: line.originalCarrierMethod,
    referenceLineId: line.referenceLineId,
    configId: line.configId,
    sellerOrderId: line.sellerOrderId,
  });
