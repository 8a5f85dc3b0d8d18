import * as z from 'zod';
import { decimal, list, text, units } from '../fields.ts';

const money = z
  .object({ amount: decimal, currencyCode: text })
  .nullish()
  .transform((value) =>
    value?.amount == null || value.currencyCode == null
      ? undefined
      : { amount: value.amount, currency: value.currencyCode },
  );
const window = z.object({ earliestDateTime: text, latestDateTime: text }).nullish();

/** Types: ITEM, SHIPPING, GIFT_WRAP, COD_FEE, OTHER, TAX, DISCOUNT; of an order DELIVERY_TIP besides. The last two are broken down by subtype. */
const breakdown = z.object({
  type: text,
  status: text,
  subtotal: money,
  detailedBreakdowns: list(z.object({ subtype: text, value: money })),
});

const address = z.object({
  name: text,
  companyName: text,
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  city: text,
  districtOrCounty: text,
  stateOrRegion: text,
  municipality: text,
  postalCode: text,
  countryCode: text,
  phone: text,
  extendedFields: z.object({ neighborhood: text }).nullish(),
  addressType: text,
});

const constraints = z.record(z.string(), z.unknown()).nullish();

const item = z.object({
  orderItemId: z.string().min(1),
  quantityOrdered: units,
  programs: list(z.string()),
  measurement: z.object({ unit: text, value: decimal }).nullish(),
  product: z.object({
    asin: text,
    title: text,
    sellerSku: text,
    condition: z.object({ conditionType: text, conditionSubtype: text, conditionNote: text }).nullish(),
    price: z.object({ unitPrice: money, priceDesignation: text }).nullish(),
    serialNumbers: list(z.string()),
    customization: z.object({ customizedUrl: text }).nullish(),
  }),
  proceeds: z.object({ proceedsTotal: money, breakdowns: list(breakdown) }).nullish(),
  promotion: z.object({ breakdowns: list(z.object({ promotionId: text })) }).nullish(),
  cancellation: z
    .object({ cancellationRequest: z.object({ requester: text, cancelReason: text }).nullish() })
    .nullish(),
  fulfillment: z
    .object({
      quantityFulfilled: units.nullish(),
      quantityUnfulfilled: units.nullish(),
      packing: z.object({ giftOption: z.object({ giftMessage: text, giftWrapLevel: text }).nullish() }).nullish(),
      shipping: z
        .object({
          scheduledDeliveryWindow: window,
          shippingConstraints: constraints,
          internationalShipping: z.object({ iossNumber: text }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  tax: z.object({ taxCollections: list(z.object({ model: text, responsibleParty: text })) }).nullish(),
});

/**
 * An order of the Orders API 2026-01-01, as far as it is used. Which parts are there depends on `includedData` and on the app's roles;
 * amounts come once the order is no longer pending.
 * Source: https://github.com/amzn/selling-partner-api-models/blob/main/models/orders-api-model/orders_2026-01-01.json
 */
export const orderV2026 = z.object({
  orderId: z.string().min(1),
  orderAliases: list(z.object({ aliasId: text, aliasType: text })),
  createdTime: text,
  lastUpdatedTime: z.string(),
  programs: list(z.string()),
  associatedOrders: list(z.object({ orderId: text, associationType: text })),
  salesChannel: z.object({ channelName: text, marketplaceId: text, marketplaceName: text }).nullish(),
  buyer: z
    .object({ buyerName: text, buyerEmail: text, buyerCompanyName: text, buyerPurchaseOrderNumber: text })
    .nullish(),
  recipient: z
    .object({
      deliveryAddress: address.nullish(),
      deliveryPreference: z.object({ dropOffLocation: text, addressInstruction: text }).nullish(),
    })
    .nullish(),
  proceeds: z.object({ grandTotal: money, breakdowns: list(breakdown) }).nullish(),
  fulfillment: z.object({
    fulfillmentStatus: z.string(),
    fulfilledBy: text,
    fulfillmentServiceLevel: text,
    shipByWindow: window,
    deliverByWindow: window,
  }),
  tax: z.object({ taxRegistrations: list(z.object({ entityType: text, taxRegistrationNumber: text })) }).nullish(),
  orderItems: z.array(item),
});

/** An order as version 2026-01-01 has it. */
export type OrderV2026 = z.output<typeof orderV2026>;
/** One of its items. */
export type ItemV2026 = OrderV2026['orderItems'][number];
