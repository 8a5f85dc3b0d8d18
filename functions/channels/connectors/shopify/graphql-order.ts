import * as z from 'zod';

/** The number of a global id (`gid://shopify/Order/5001`), which is the id that webhooks use. */
const gid = z.string().transform((id) => id.slice(id.lastIndexOf('/') + 1).replace(/\?.*$/, ''));
const text = z.string().nullish();
const one = z.object({ amount: z.union([z.string(), z.number()]), currencyCode: z.string() });
const bag = z.object({ shopMoney: one, presentmentMoney: one.nullish() });
const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((list) => list ?? []);
const nodesOf = <T extends z.ZodType>(element: T) =>
  z
    .object({ nodes: z.array(element) })
    .nullish()
    .transform((connection) => connection?.nodes ?? []);

const address = z
  .object({
    name: text,
    firstName: text,
    lastName: text,
    company: text,
    address1: text,
    address2: text,
    city: text,
    province: text,
    provinceCode: text,
    zip: text,
    countryCodeV2: text,
    phone: text,
  })
  .nullish();
const taxLines = listOf(
  z.object({ title: text, rate: z.number().nullish(), channelLiable: z.boolean().nullish(), priceSet: bag }),
);
const discountAllocations = listOf(
  z.object({
    allocatedAmountSet: bag,
    discountApplication: z.object({ title: text, description: text, code: text }).nullish(),
  }),
);
const attributes = listOf(z.object({ key: z.string(), value: text }));

/** An order as the API answers `orderQuery`. Source: https://shopify.dev/docs/api/admin-graphql/2026-04/objects/Order */
export const graphqlOrder = z.object({
  id: gid,
  name: text,
  createdAt: z.iso.datetime({ offset: true }),
  processedAt: text,
  updatedAt: text,
  closedAt: text,
  cancelledAt: text,
  cancelReason: text,
  confirmed: z.boolean().nullish(),
  confirmationNumber: text,
  test: z.boolean().nullish(),
  currencyCode: z.string(),
  presentmentCurrencyCode: text,
  taxesIncluded: z.boolean().nullish(),
  dutiesIncluded: z.boolean().nullish(),
  displayFinancialStatus: text,
  displayFulfillmentStatus: text,
  totalPriceSet: bag,
  totalOutstandingSet: bag.nullish(),
  totalTipReceivedSet: bag.nullish(),
  originalTotalDutiesSet: bag.nullish(),
  originalTotalAdditionalFeesSet: bag.nullish(),
  paymentGatewayNames: listOf(z.string()),
  paymentTerms: z.object({ paymentTermsName: text }).nullish(),
  email: text,
  phone: text,
  note: text,
  customAttributes: attributes,
  tags: listOf(z.string()),
  poNumber: text,
  sourceName: text,
  retailLocation: z.object({ id: gid }).nullish(),
  customerLocale: text,
  customerAcceptsMarketing: z.boolean().nullish(),
  customer: z
    .object({
      id: gid,
      firstName: text,
      lastName: text,
      defaultEmailAddress: z.object({ emailAddress: text }).nullish(),
      defaultPhoneNumber: z.object({ phoneNumber: text }).nullish(),
    })
    .nullish(),
  shippingAddress: address,
  billingAddress: address,
  lineItems: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean() }).nullish(),
    nodes: z.array(
      z.object({
        id: gid,
        sku: text,
        name: text,
        title: text,
        quantity: z.int().min(0),
        currentQuantity: z.int().nullish(),
        requiresShipping: z.boolean().nullish(),
        isGiftCard: z.boolean().nullish(),
        taxable: z.boolean().nullish(),
        vendor: text,
        variant: z.object({ id: gid }).nullish(),
        product: z.object({ id: gid }).nullish(),
        originalUnitPriceSet: bag,
        customAttributes: attributes,
        taxLines,
        discountAllocations,
      }),
    ),
  }),
  shippingLines: nodesOf(
    z.object({
      title: text,
      code: text,
      deliveryCategory: text,
      isRemoved: z.boolean().nullish(),
      originalPriceSet: bag,
      taxLines,
      discountAllocations,
    }),
  ),
  refunds: listOf(
    z.object({
      id: gid,
      createdAt: text,
      note: text,
      totalRefundedSet: bag,
      refundLineItems: nodesOf(
        z.object({
          quantity: z.int().min(0),
          restockType: text,
          location: z.object({ id: gid }).nullish(),
          lineItem: z.object({
            id: gid,
            requiresShipping: z.boolean().nullish(),
            isGiftCard: z.boolean().nullish(),
          }),
        }),
      ),
    }),
  ),
  fulfillments: listOf(
    z.object({
      status: text,
      fulfillmentLineItems: nodesOf(z.object({ quantity: z.int().nullish(), lineItem: z.object({ id: gid }) })),
    }),
  ),
});
/** An order as the API answers it, parsed. */
export type GraphqlOrder = z.output<typeof graphqlOrder>;

/** How an order is handed over, as the API answers `handoverQuery`. */
export const graphqlHandover = z.object({
  fulfillmentOrders: z.object({
    nodes: z.array(
      z.object({
        status: text,
        fulfillBy: text,
        assignedLocation: z
          .object({
            name: text,
            address1: text,
            address2: text,
            city: text,
            province: text,
            zip: text,
            countryCode: text,
            phone: text,
            location: z.object({ id: gid }).nullish(),
          })
          .nullish(),
        deliveryMethod: z
          .object({ methodType: z.string(), minDeliveryDateTime: text, maxDeliveryDateTime: text })
          .nullish(),
      }),
    ),
  }),
});
