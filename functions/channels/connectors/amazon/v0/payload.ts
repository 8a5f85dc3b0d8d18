import * as z from 'zod';
import { decimal, flag, list, text, units } from '../fields.ts';

const money = z
  .object({ CurrencyCode: text, Amount: decimal })
  .nullish()
  .transform((value) =>
    value?.Amount == null || value.CurrencyCode == null
      ? undefined
      : { amount: value.Amount, currency: value.CurrencyCode },
  );

const address = z.object({
  Name: text,
  CompanyName: text,
  AddressLine1: text,
  AddressLine2: text,
  AddressLine3: text,
  City: text,
  County: text,
  District: text,
  StateOrRegion: text,
  Municipality: text,
  PostalCode: text,
  CountryCode: text,
  Phone: text,
  ExtendedFields: z.object({ Neighborhood: text }).nullish(),
});

const buyerInfo = z.object({
  BuyerEmail: text,
  BuyerName: text,
  BuyerTaxInfo: z
    .object({ CompanyLegalName: text, TaxClassifications: list(z.object({ Name: text, Value: text })) })
    .nullish(),
  PurchaseOrderNumber: text,
});

/**
 * An order of the Orders API v0, as far as it is used. `ShippingAddress` and `BuyerInfo` are there for a restricted data token only, and
 * amounts once the order is no longer pending.
 * Source: https://developer-docs.amazon.com/sp-api/docs/orders-api-v0-reference (Order)
 */
export const orderV0 = z.object({
  AmazonOrderId: z.string().min(1),
  SellerOrderId: text,
  PurchaseDate: text,
  LastUpdateDate: z.string(),
  OrderStatus: z.string(),
  FulfillmentChannel: text,
  SalesChannel: text,
  ShipServiceLevel: text,
  ShipmentServiceLevelCategory: text,
  OrderTotal: money,
  NumberOfItemsShipped: units.nullish(),
  NumberOfItemsUnshipped: units.nullish(),
  PaymentExecutionDetail: list(z.object({ Payment: money, PaymentMethod: text })),
  PaymentMethod: text,
  PaymentMethodDetails: list(z.string()),
  MarketplaceId: text,
  OrderType: text,
  EarliestShipDate: text,
  LatestShipDate: text,
  EarliestDeliveryDate: text,
  LatestDeliveryDate: text,
  IsBusinessOrder: flag,
  IsPrime: flag,
  IsPremiumOrder: flag,
  IsReplacementOrder: flag,
  ReplacedOrderId: text,
  IsISPU: flag,
  IsAccessPointOrder: flag,
  HasRegulatedItems: flag,
  EasyShipShipmentStatus: text,
  ElectronicInvoiceStatus: text,
  FulfillmentInstruction: z.object({ FulfillmentSupplySourceId: text }).nullish(),
  ShippingAddress: address.nullish(),
  BuyerInfo: buyerInfo.nullish(),
});

/** An item of such an order. Source: the same page (OrderItem). */
export const itemV0 = z.object({
  OrderItemId: z.string().min(1),
  ASIN: text,
  SellerSKU: text,
  Title: text,
  QuantityOrdered: units,
  QuantityShipped: units.nullish(),
  ItemPrice: money,
  ShippingPrice: money,
  ItemTax: money,
  ShippingTax: money,
  ShippingDiscount: money,
  ShippingDiscountTax: money,
  PromotionDiscount: money,
  PromotionDiscountTax: money,
  PromotionIds: list(z.string()),
  CODFee: money,
  CODFeeDiscount: money,
  IsGift: flag,
  ConditionId: text,
  ConditionSubtypeId: text,
  ConditionNote: text,
  PriceDesignation: text,
  SerialNumbers: list(z.string()),
  IsTransparency: flag,
  SerialNumberRequired: flag,
  IossNumber: text,
  DeemedResellerCategory: text,
  StoreChainStoreId: text,
  ScheduledDeliveryStartDate: text,
  ScheduledDeliveryEndDate: text,
  TaxCollection: z.object({ Model: text, ResponsibleParty: text }).nullish(),
  BuyerInfo: z
    .object({
      BuyerCustomizedInfo: z.object({ CustomizedURL: text }).nullish(),
      GiftMessageText: text,
      GiftWrapPrice: money,
      GiftWrapTax: money,
      GiftWrapLevel: text,
    })
    .nullish(),
  BuyerRequestedCancel: z.object({ IsBuyerRequestedCancel: flag, BuyerCancelReason: text }).nullish(),
});

/** What several calls of v0 come to: the order, its items, and what only calls of their own tell. Each as its `payload` was. */
export const documentV0 = z.object({
  order: orderV0,
  items: z.array(itemV0),
  address: z.object({ ShippingAddress: address.nullish() }).nullish(),
  buyerInfo: buyerInfo.nullish(),
});

/** Such a document. */
export type DocumentV0 = z.output<typeof documentV0>;
/** Its order. */
export type OrderV0 = z.output<typeof orderV0>;
/** One of its items. */
export type ItemV0 = z.output<typeof itemV0>;
