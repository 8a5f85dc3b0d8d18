import { amountsIn } from '../amounts.ts';
import { type AmazonItem, type AmazonOrder } from '../order.ts';
import { itemAmounts } from './amounts.ts';
import { type ItemV2026, type OrderV2026 } from './payload.ts';

/** Order states by Amazon's own. `INVOICE_UNCONFIRMED`: all of it has shipped. `UNFULFILLABLE`: Amazon will not fulfill it. */
const states: Readonly<Record<string, AmazonOrder['state']>> = {
  PENDING: 'pending',
  PENDING_AVAILABILITY: 'pending',
  UNSHIPPED: 'open',
  PARTIALLY_SHIPPED: 'open',
  SHIPPED: 'closed',
  INVOICE_UNCONFIRMED: 'closed',
  CANCELLED: 'cancelled',
  UNFULFILLABLE: 'cancelled',
};

/** What a status of the Orders API 2026-01-01 says; `undefined` for one that is not documented. */
export const stateV2026 = (status: string): AmazonOrder['state'] | undefined =>
  Object.hasOwn(states, status) ? states[status] : undefined;

/**
 * Reads an order of the Orders API 2026-01-01.
 * @param currency of the channel: for an order whose amounts Amazon does not tell yet
 * @throws RangeError when an amount cannot be read exactly
 */
export function readV2026(order: OrderV2026, state: AmazonOrder['state'], currency: string): AmazonOrder {
  const total = order.proceeds?.grandTotal;
  const ownCurrency = total?.currency ?? currencyOf(order.orderItems) ?? currency;
  const amount = amountsIn(ownCurrency);
  const tips = (order.proceeds?.breakdowns ?? []).filter(({ type }) => type === 'DELIVERY_TIP');
  const { fulfillment, recipient } = order;
  return {
    orderId: order.orderId,
    placedAt: order.createdTime,
    updatedAt: order.lastUpdatedTime,
    state,
    fulfilledBy: fulfillment.fulfilledBy === 'AMAZON' ? 'channel' : 'us',
    currency: ownCurrency,
    ...(total && { totalMinor: amount(total) }),
    isCashOnDelivery: order.orderItems.some((item) => constraintsOf(item)['cashOnDelivery'] !== undefined),
    prepaidMinor: 0,
    marketplaceId: order.salesChannel?.marketplaceId,
    buyer: {
      name: order.buyer?.buyerName,
      email: order.buyer?.buyerEmail,
      company: order.buyer?.buyerCompanyName,
      taxId: order.tax?.taxRegistrations.find(({ entityType }) => entityType === 'BUYER')?.taxRegistrationNumber,
    },
    shipTo: addressOf(recipient?.deliveryAddress),
    service: fulfillment.fulfillmentServiceLevel,
    pickup: pickupOf(order),
    instructions: [recipient?.deliveryPreference?.dropOffLocation, recipient?.deliveryPreference?.addressInstruction]
      .filter(Boolean)
      .join('. '),
    shipWindow: windowOf(fulfillment.shipByWindow),
    deliverWindow: windowOf(fulfillment.deliverByWindow),
    tipMinor: tips.reduce((sum, { subtotal }) => sum + amount(subtotal), 0),
    items: order.orderItems.map((item) => itemOf(item, state, amount)),
    holds: [],
    attributes: attributesOf(order),
  };
}

const currencyOf = (items: readonly ItemV2026[]): string | undefined =>
  items.flatMap(({ product, proceeds }) => proceeds?.proceedsTotal ?? product.price?.unitPrice ?? [])[0]?.currency;

const constraintsOf = (item: ItemV2026): Readonly<Record<string, unknown>> =>
  item.fulfillment?.shipping?.shippingConstraints ?? {};

const windowOf = (window: OrderV2026['fulfillment']['shipByWindow']) => ({
  from: window?.earliestDateTime,
  to: window?.latestDateTime,
});

function addressOf(to: NonNullable<OrderV2026['recipient']>['deliveryAddress']): AmazonOrder['shipTo'] {
  if (to == null) return undefined;
  return {
    name: to.name,
    company: to.companyName,
    lines: [to.addressLine1, to.addressLine2, to.addressLine3, to.districtOrCounty || to.extendedFields?.neighborhood],
    city: to.city || to.municipality,
    region: to.stateOrRegion,
    postalCode: to.postalCode,
    country: to.countryCode,
    phone: to.phone,
  };
}

function pickupOf({ programs, recipient }: OrderV2026): AmazonOrder['pickup'] {
  if (programs.includes('IN_STORE_PICK_UP')) return { kind: 'store' };
  return recipient?.deliveryAddress?.addressType === 'PICKUP_POINT' ? { kind: 'access-point' } : undefined;
}

function itemOf(item: ItemV2026, state: AmazonOrder['state'], amount: ReturnType<typeof amountsIn>): AmazonItem {
  const { product, fulfillment } = item;
  const gift = fulfillment?.packing?.giftOption;
  const asked = item.cancellation?.cancellationRequest;
  const collection = item.tax?.taxCollections.find(({ model }) => model === 'MARKETPLACE_FACILITATOR');
  return {
    itemId: item.orderItemId,
    sku: product.sellerSku,
    asin: product.asin,
    title: product.title,
    quantity: item.quantityOrdered,
    cancelled: cancelledOf(item, state),
    shipped: fulfillment?.quantityFulfilled,
    amounts: itemAmounts(item, amount),
    taxRemittedBy: collection && (collection.responsibleParty ?? 'Amazon'),
    promotions: (item.promotion?.breakdowns ?? []).flatMap(({ promotionId }) => promotionId ?? []),
    ...(gift && { gift: { message: gift.giftMessage, wrap: gift.giftWrapLevel } }),
    scheduled: windowOf(fulfillment?.shipping?.scheduledDeliveryWindow),
    ...(asked?.requester === 'BUYER' && { cancelRequest: { reason: asked.cancelReason } }),
    attributes: {
      condition: [product.condition?.conditionType, product.condition?.conditionSubtype].filter(Boolean).join(' / '),
      conditionNote: product.condition?.conditionNote,
      priceDesignation: product.price?.priceDesignation,
      serialNumbers: product.serialNumbers.join(', '),
      programs: item.programs.join(', '),
      measurement: item.measurement && `${item.measurement.value ?? ''} ${item.measurement.unit ?? ''}`,
      customizedUrl: product.customization?.customizedUrl,
      iossNumber: fulfillment?.shipping?.internationalShipping?.iossNumber,
      constraints: Object.keys(constraintsOf(item)).join(', '),
    },
  };
}

/** Units that are neither fulfilled nor to be: before an order is released, nothing is. */
function cancelledOf({ quantityOrdered, fulfillment }: ItemV2026, state: AmazonOrder['state']): number {
  const { quantityFulfilled, quantityUnfulfilled } = fulfillment ?? {};
  if (state === 'pending' || quantityFulfilled == null || quantityUnfulfilled == null) return 0;
  return Math.max(0, quantityOrdered - quantityFulfilled - quantityUnfulfilled);
}

const attributesOf = (order: OrderV2026): AmazonOrder['attributes'] => ({
  orderStatus: order.fulfillment.fulfillmentStatus,
  marketplaceId: order.salesChannel?.marketplaceId,
  salesChannel: order.salesChannel?.marketplaceName ?? order.salesChannel?.channelName,
  programs: order.programs.join(', '),
  sellerOrderId: order.orderAliases.find(({ aliasType }) => aliasType === 'SELLER_ORDER_ID')?.aliasId,
  purchaseOrderNumber: order.buyer?.buyerPurchaseOrderNumber,
  earliestShipDate: order.fulfillment.shipByWindow?.earliestDateTime,
  associatedOrders: order.associatedOrders
    .map(({ associationType, orderId }) => `${associationType ?? ''} ${orderId ?? ''}`)
    .join(', '),
  tipStatus: order.proceeds?.breakdowns.find(({ type }) => type === 'DELIVERY_TIP')?.status,
});
