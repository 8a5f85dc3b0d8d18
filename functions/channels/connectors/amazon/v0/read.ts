import { amountsIn } from '../amounts.ts';
import { type AmazonItem, type AmazonOrder, type ItemAmounts } from '../order.ts';
import { type DocumentV0, type ItemV0, type OrderV0 } from './payload.ts';

/** Order states by Amazon's own. `InvoiceUnconfirmed`: all of it has shipped. `Unfulfillable`: Amazon will not fulfill it. */
const states: Readonly<Record<string, AmazonOrder['state']>> = {
  Pending: 'pending',
  PendingAvailability: 'pending',
  Unshipped: 'open',
  PartiallyShipped: 'open',
  Shipped: 'closed',
  InvoiceUnconfirmed: 'closed',
  Canceled: 'cancelled',
  Unfulfillable: 'cancelled',
};

/** What a status of the Orders API v0, or of a notification, says; `undefined` for one that is not documented. */
export const stateV0 = (status: string): AmazonOrder['state'] | undefined =>
  Object.hasOwn(states, status) ? states[status] : undefined;

/**
 * Reads an order of the Orders API v0.
 * @param currency of the channel: for an order whose amounts Amazon does not tell yet
 * @throws RangeError when an amount cannot be read exactly
 */
export function readV0(
  { order, items, address, buyerInfo }: DocumentV0,
  state: AmazonOrder['state'],
  currency: string,
): AmazonOrder {
  const ownCurrency = order.OrderTotal?.currency ?? items.find((one) => one.ItemPrice)?.ItemPrice?.currency ?? currency;
  const amount = amountsIn(ownCurrency);
  const buyer = { ...buyerInfo, ...order.BuyerInfo };
  return {
    orderId: order.AmazonOrderId,
    placedAt: order.PurchaseDate,
    updatedAt: order.LastUpdateDate,
    state,
    fulfilledBy: order.FulfillmentChannel === 'AFN' ? 'channel' : 'us',
    currency: ownCurrency,
    ...(order.OrderTotal && { totalMinor: amount(order.OrderTotal) }),
    ...paymentOf(order, amount),
    marketplaceId: order.MarketplaceId,
    buyer: {
      name: buyer.BuyerName,
      email: buyer.BuyerEmail,
      company: buyer.BuyerTaxInfo?.CompanyLegalName,
      taxId: buyer.BuyerTaxInfo?.TaxClassifications.find(({ Value }) => Value != null)?.Value,
    },
    shipTo: addressOf(order.ShippingAddress ?? address?.ShippingAddress),
    service: order.ShipServiceLevel ?? order.ShipmentServiceLevelCategory,
    pickup: pickupOf(order, items),
    shipWindow: { from: order.EarliestShipDate, to: order.LatestShipDate },
    deliverWindow: { from: order.EarliestDeliveryDate, to: order.LatestDeliveryDate },
    tipMinor: 0,
    items: items.map((item) => itemOf(item, state, order, amount)),
    holds: order.HasRegulatedItems
      ? ['It has regulated items: verify them in Seller Central, Orders, Manage regulated orders, then release.']
      : [],
    attributes: attributesOf(order, buyer.PurchaseOrderNumber),
  };
}

type Read = ReturnType<typeof amountsIn>;

function paymentOf(order: OrderV0, amount: Read) {
  const isCashOnDelivery = order.PaymentMethod === 'COD';
  const others = order.PaymentExecutionDetail.filter(({ PaymentMethod }) => PaymentMethod !== 'COD');
  const details = order.PaymentMethodDetails.join(', ');
  return {
    isCashOnDelivery,
    prepaidMinor: isCashOnDelivery ? others.reduce((sum, { Payment }) => sum + amount(Payment), 0) : 0,
    paymentMethod: details === '' ? (order.PaymentMethod ?? undefined) : details,
  };
}

/** In Brazil a municipality is the city; a district is part of the street. */
function addressOf(to: OrderV0['ShippingAddress']): AmazonOrder['shipTo'] {
  if (to == null) return undefined;
  return {
    name: to.Name,
    company: to.CompanyName,
    lines: [to.AddressLine1, to.AddressLine2, to.AddressLine3, to.District || to.ExtendedFields?.Neighborhood],
    city: to.City || to.Municipality,
    region: to.StateOrRegion || to.County,
    postalCode: to.PostalCode,
    country: to.CountryCode,
    phone: to.Phone,
  };
}

function pickupOf(order: OrderV0, items: readonly ItemV0[]): AmazonOrder['pickup'] {
  if (order.IsISPU) {
    const store = items.find(({ StoreChainStoreId }) => StoreChainStoreId)?.StoreChainStoreId;
    return { kind: 'store', externalId: store ?? order.FulfillmentInstruction?.FulfillmentSupplySourceId ?? undefined };
  }
  return order.IsAccessPointOrder ? { kind: 'access-point' } : undefined;
}

function itemOf(item: ItemV0, state: AmazonOrder['state'], order: OrderV0, amount: Read): AmazonItem {
  const { BuyerInfo: buyer, BuyerRequestedCancel: asked, TaxCollection: tax } = item;
  const wrap = unlessNone(buyer?.GiftWrapLevel);
  const hasGift = item.IsGift || Boolean(buyer?.GiftMessageText) || wrap !== undefined;
  return {
    itemId: item.OrderItemId,
    sku: item.SellerSKU,
    asin: item.ASIN,
    title: item.Title,
    quantity: item.QuantityOrdered,
    cancelled: cancelledOf(item, state, order),
    shipped: item.QuantityShipped,
    amounts: itemAmounts(item, amount),
    taxRemittedBy: remitterOf(tax?.Model, tax?.ResponsibleParty, item.DeemedResellerCategory),
    promotions: item.PromotionIds,
    ...(hasGift && { gift: { message: buyer?.GiftMessageText, wrap } }),
    scheduled: { from: item.ScheduledDeliveryStartDate, to: item.ScheduledDeliveryEndDate },
    ...(asked?.IsBuyerRequestedCancel && { cancelRequest: { reason: asked.BuyerCancelReason } }),
    attributes: {
      condition: [item.ConditionId, item.ConditionSubtypeId].filter(Boolean).join(' / '),
      conditionNote: item.ConditionNote,
      priceDesignation: item.PriceDesignation,
      serialNumbers: item.SerialNumbers.join(', '),
      serialNumberRequired: item.SerialNumberRequired || undefined,
      transparency: item.IsTransparency || undefined,
      customizedUrl: buyer?.BuyerCustomizedInfo?.CustomizedURL,
      iossNumber: item.IossNumber,
      storeChainStoreId: item.StoreChainStoreId,
    },
  };
}

/** Text that says something: tools write `None` where Amazon says nothing. */
const unlessNone = (text: string | null | undefined): string | undefined =>
  !text || text.toLowerCase() === 'none' ? undefined : text;

/** Once nothing of the order waits to be shipped, what of an item has not shipped was cancelled; before, v0 does not tell. */
function cancelledOf(
  { QuantityOrdered, QuantityShipped }: ItemV0,
  state: AmazonOrder['state'],
  order: OrderV0,
): number {
  if (state !== 'closed' || order.NumberOfItemsUnshipped !== 0 || QuantityShipped == null) return 0;
  return Math.max(0, QuantityOrdered - QuantityShipped);
}

/** The marketplace where it collects the tax, or is the seller before the tax law (IOSS, UK). */
function remitterOf(
  model: string | null | undefined,
  party: string | null | undefined,
  deemed: string | null | undefined,
) {
  if (model === 'MarketplaceFacilitator') return party ?? 'Amazon';
  const category = unlessNone(deemed);
  return category === undefined ? undefined : `Amazon (${category})`;
}

function itemAmounts(item: ItemV0, amount: Read): ItemAmounts {
  return {
    goods: amount(item.ItemPrice),
    discount: Math.abs(amount(item.PromotionDiscount)),
    tax: amount(item.ItemTax),
    discountTax: Math.abs(amount(item.PromotionDiscountTax)),
    shipping: amount(item.ShippingPrice),
    shippingDiscount: Math.abs(amount(item.ShippingDiscount)),
    shippingTax: amount(item.ShippingTax),
    shippingDiscountTax: Math.abs(amount(item.ShippingDiscountTax)),
    giftWrap: amount(item.BuyerInfo?.GiftWrapPrice),
    giftWrapTax: amount(item.BuyerInfo?.GiftWrapTax),
    codFee: amount(item.CODFee) - Math.abs(amount(item.CODFeeDiscount)),
    codFeeTax: 0,
    other: 0,
    otherTax: 0,
  };
}

const attributesOf = (order: OrderV0, purchaseOrder: string | null | undefined): AmazonOrder['attributes'] => ({
  orderStatus: order.OrderStatus,
  marketplaceId: order.MarketplaceId,
  salesChannel: order.SalesChannel,
  orderType: order.OrderType,
  sellerOrderId: order.SellerOrderId,
  purchaseOrderNumber: purchaseOrder,
  earliestShipDate: order.EarliestShipDate,
  business: order.IsBusinessOrder || undefined,
  prime: order.IsPrime || undefined,
  premium: order.IsPremiumOrder || undefined,
  accessPoint: order.IsAccessPointOrder || undefined,
  replacementOf: order.IsReplacementOrder ? (order.ReplacedOrderId ?? 'another order') : undefined,
  easyShip: order.EasyShipShipmentStatus,
  electronicInvoice: order.ElectronicInvoiceStatus,
  supplySource: order.FulfillmentInstruction?.FulfillmentSupplySourceId,
});
