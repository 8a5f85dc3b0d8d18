const money = 'shopMoney { amount currencyCode } presentmentMoney { amount currencyCode }';
const address = 'name firstName lastName company address1 address2 city province provinceCode zip countryCodeV2 phone';
const taxes = `taxLines { title rate channelLiable priceSet { ${money} } }`;
const discounts = `discountAllocations {
  allocatedAmountSet { ${money} }
  discountApplication {
    ... on DiscountCodeApplication { code }
    ... on AutomaticDiscountApplication { title }
    ... on ManualDiscountApplication { title description }
    ... on ScriptDiscountApplication { title }
  }
}`;

/** The most lines that are asked for at once; an order of ours has 90 at most. */
export const linesAsked = 100;

/** An order with everything that the webhook has. Source: https://shopify.dev/docs/api/admin-graphql/2026-04/objects/Order */
export const orderQuery = `query CrossdockOrder($id: ID!) {
  order(id: $id) {
    id name createdAt processedAt updatedAt closedAt cancelledAt cancelReason confirmed confirmationNumber test
    currencyCode presentmentCurrencyCode taxesIncluded dutiesIncluded displayFinancialStatus displayFulfillmentStatus
    totalPriceSet { ${money} } totalOutstandingSet { ${money} } totalTipReceivedSet { ${money} }
    originalTotalDutiesSet { ${money} } originalTotalAdditionalFeesSet { ${money} }
    paymentGatewayNames paymentTerms { paymentTermsName } email phone note customAttributes { key value } tags poNumber
    sourceName retailLocation { id } customerLocale customerAcceptsMarketing
    customer { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
    shippingAddress { ${address} } billingAddress { ${address} }
    lineItems(first: ${linesAsked}) {
      pageInfo { hasNextPage }
      nodes {
        id sku name title quantity currentQuantity requiresShipping isGiftCard taxable vendor variant { id } product { id }
        originalUnitPriceSet { ${money} } customAttributes { key value } ${taxes} ${discounts}
      }
    }
    shippingLines(first: 20) {
      nodes { title code deliveryCategory isRemoved originalPriceSet { ${money} } ${taxes} ${discounts} }
    }
    refunds(first: 50) {
      id createdAt note totalRefundedSet { ${money} }
      refundLineItems(first: ${linesAsked}) {
        nodes { quantity restockType location { id } lineItem { id requiresShipping isGiftCard } }
      }
    }
    fulfillments(first: 50) { status fulfillmentLineItems(first: ${linesAsked}) { nodes { quantity lineItem { id } } } }
  }
}`;

/**
 * How it is handed over. By itself, since it takes a scope that an app may lack: read_merchant_managed_fulfillment_orders.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/objects/FulfillmentOrder
 */
export const handoverQuery = `query CrossdockHandover($id: ID!) {
  order(id: $id) {
    fulfillmentOrders(first: 10) {
      nodes {
        status fulfillBy
        assignedLocation { name address1 address2 city province zip countryCode phone location { id } }
        deliveryMethod { methodType minDeliveryDateTime maxDeliveryDateTime }
      }
    }
  }
}`;
