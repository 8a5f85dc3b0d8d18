import * as z from 'zod';

/** An id of eBay: text; a number only where someone rebuilt the payload. */
const id = z.union([z.string().min(1), z.int().transform(String)]);
const text = z.string().nullish();
const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((all) => all ?? []);

const money = z.looseObject({
  value: z.union([z.string(), z.number()]).nullish(),
  currency: text,
  convertedFromValue: z.union([z.string(), z.number()]).nullish(),
  convertedFromCurrency: text,
});
const amount = money.nullish();
/** An amount of eBay: decimal text in `currency`, and what it was converted from. */
export type EbayAmount = z.infer<typeof amount>;

const contact = z.looseObject({
  fullName: text,
  companyName: text,
  contactAddress: z
    .looseObject({
      addressLine1: text,
      addressLine2: text,
      city: text,
      stateOrProvince: text,
      postalCode: text,
      countryCode: text,
    })
    .nullish(),
  primaryPhone: z.looseObject({ phoneNumber: text }).nullish(),
  email: text,
});
/** A person or shop with its address. */
export type EbayContact = z.infer<typeof contact>;

const tax = z.looseObject({ taxType: text, amount, collectionMethod: text });
/** A tax of a line, or a fee that eBay lists among them. */
export type EbayTax = z.infer<typeof tax>;

const lineItem = z.looseObject({
  lineItemId: id,
  legacyItemId: id.nullish(),
  legacyVariationId: id.nullish(),
  sku: text,
  title: text,
  quantity: z.int().min(1),
  lineItemCost: amount,
  discountedLineItemCost: amount,
  soldFormat: text,
  listingMarketplaceId: text,
  purchaseMarketplaceId: text,
  variationAspects: list(z.looseObject({ name: text, value: text })),
  appliedPromotions: list(z.looseObject({ discountAmount: amount, promotionId: text, description: text })),
  taxes: list(tax),
  ebayCollectAndRemitTaxes: list(tax),
  giftDetails: z.looseObject({ message: text, senderName: text }).nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  lineItemFulfillmentStatus: text,
  lineItemFulfillmentInstructions: z
    .looseObject({ shipByDate: text, minEstimatedDeliveryDate: text, maxEstimatedDeliveryDate: text })
    .nullish(),
  itemLocation: z.looseObject({ location: text, countryCode: text, postalCode: text }).nullish(),
  refunds: list(z.looseObject({ amount, refundDate: text, refundId: text, refundReferenceId: text })),
});
/** One line: money is for all its units. */
export type EbayLine = z.infer<typeof lineItem>;

const instruction = z.looseObject({
  fulfillmentInstructionsType: text,
  minEstimatedDeliveryDate: text,
  maxEstimatedDeliveryDate: text,
  ebaySupportedFulfillment: z.boolean().nullish(),
  finalDestinationAddress: z.looseObject({ countryCode: text }).nullish(),
  pickupStep: z.looseObject({ merchantLocationKey: text }).nullish(),
  shippingStep: z
    .looseObject({
      shipTo: contact.nullish(),
      shippingCarrierCode: text,
      shippingServiceCode: text,
      shipToReferenceId: text,
    })
    .nullish(),
});
/** How, where and by when a parcel goes. */
export type EbayInstruction = z.infer<typeof instruction>;

/**
 * What is used of an order of the Fulfillment API, v1.20: `GET /sell/fulfillment/v1/order/{orderId}`.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:Order
 */
export const ebayOrder = z.looseObject({
  orderId: id,
  legacyOrderId: id.nullish(),
  creationDate: text,
  lastModifiedDate: text,
  orderFulfillmentStatus: text,
  orderPaymentStatus: text,
  sellerId: text,
  buyer: z
    .looseObject({
      username: text,
      taxAddress: z.looseObject({ countryCode: text }).nullish(),
      buyerRegistrationAddress: contact.nullish(),
      taxIdentifier: z.looseObject({ taxpayerId: text }).nullish(),
    })
    .nullish(),
  buyerCheckoutNotes: text,
  pricingSummary: z.looseObject({
    adjustment: amount,
    deliveryCost: amount,
    deliveryDiscount: amount,
    fee: amount,
    priceDiscount: amount,
    priceDiscountSubtotal: amount,
    priceSubtotal: amount,
    tax: amount,
    total: money,
  }),
  cancelStatus: z
    .looseObject({
      cancelState: text,
      cancelledDate: text,
      cancelRequests: list(
        z.looseObject({
          cancelInitiator: text,
          cancelReason: text,
          cancelRequestedDate: text,
          cancelRequestState: text,
          cancelRequestId: id.nullish(),
        }),
      ),
    })
    .nullish(),
  paymentSummary: z
    .looseObject({
      refunds: list(
        z.looseObject({ amount, refundDate: text, refundId: text, refundReferenceId: text, refundStatus: text }),
      ),
      payments: list(
        z.looseObject({ paymentDate: text, paymentMethod: text, paymentReferenceId: text, paymentStatus: text }),
      ),
    })
    .nullish(),
  fulfillmentStartInstructions: list(instruction),
  lineItems: z.array(lineItem).min(1),
  program: z
    .looseObject({
      authenticityVerification: z.looseObject({ status: text }).nullish(),
      ebayInternationalShipping: z.looseObject({ returnsManagedBy: text }).nullish(),
      ebayVault: z.looseObject({ fulfillmentType: text }).nullish(),
      fulfillmentProgram: z.looseObject({ fulfilledBy: text }).nullish(),
    })
    .nullish(),
  salesRecordReference: text,
  totalMarketplaceFee: amount,
});
/** An order of eBay, parsed. */
export type EbayOrder = z.infer<typeof ebayOrder>;

/**
 * What is used of a notification; `data` is the topic's own.
 * Source: https://developer.ebay.com/api-docs/commerce/notification/overview.html
 */
export const ebayNotification = z.looseObject({
  metadata: z.looseObject({ topic: z.string() }),
  notification: z.looseObject({
    notificationId: z.string().min(1).nullish(),
    data: z.looseObject({ order: z.looseObject({ orderId: id }).nullish(), orderId: id.nullish() }).nullish(),
  }),
});
/** A notification of eBay, parsed. */
export type EbayNotification = z.infer<typeof ebayNotification>;

/** The order that a notification is about, if it is about one. */
export const orderIdIn = ({ notification: { data } }: EbayNotification): string | undefined =>
  data?.order?.orderId ?? data?.orderId ?? undefined;

/** A page of `GET /sell/fulfillment/v1/order`; its orders are parsed one by one when they are mapped. */
export const ebayOrderPage = z.looseObject({
  next: text,
  total: z.int().min(0).optional(),
  orders: list(z.looseObject({ orderId: id, lastModifiedDate: text })),
});
/** Such a page. */
export type EbayOrderPage = z.infer<typeof ebayOrderPage>;
