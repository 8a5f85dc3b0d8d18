import { type GraphqlOrder } from './graphql-order.ts';
import { type MoneySet, type ShopifyAddress, type ShopifyOrder } from './payload.ts';

type Bag = GraphqlOrder['totalPriceSet'];
type Line = GraphqlOrder['lineItems']['nodes'][number];
type Discounts = Line['discountAllocations'];
type Application = ShopifyOrder['discount_applications'][number];

/** An order that the API answered in the form of a webhook's, so that both are mapped by the same rules to the same order. */
export function restOrder(order: GraphqlOrder): ShopifyOrder {
  const applications: Application[] = [];
  return {
    ...head(order),
    ...money(order),
    ...people(order),
    line_items: order.lineItems.nodes.map((line) => lineOf(line, applications)),
    shipping_lines: order.shippingLines.map((line) => ({
      title: line.title,
      code: line.code,
      delivery_category: line.deliveryCategory,
      is_removed: line.isRemoved,
      ...priced(line.originalPriceSet),
      ...parts(line, applications),
    })),
    discount_applications: applications,
    refunds: order.refunds.map(refundOf),
    fulfillments: order.fulfillments.map(({ status, fulfillmentLineItems }) => ({
      status: status?.toLowerCase(),
      line_items: fulfillmentLineItems.map(({ quantity, lineItem }) => ({ id: lineItem.id, quantity })),
    })),
  };
}

const head = (order: GraphqlOrder) => ({
  id: order.id,
  name: order.name,
  created_at: order.createdAt,
  processed_at: order.processedAt,
  updated_at: order.updatedAt,
  closed_at: order.closedAt,
  cancelled_at: order.cancelledAt,
  cancel_reason: order.cancelReason?.toLowerCase(),
  confirmed: order.confirmed,
  confirmation_number: order.confirmationNumber,
  test: order.test,
  financial_status: order.displayFinancialStatus?.toLowerCase(),
  fulfillment_status: order.displayFulfillmentStatus?.toLowerCase(),
  note: order.note,
  note_attributes: named(order.customAttributes),
  tags: order.tags.join(', '),
  po_number: order.poNumber,
  source_name: order.sourceName,
  location_id: order.retailLocation?.id,
  customer_locale: order.customerLocale,
  buyer_accepts_marketing: order.customerAcceptsMarketing,
});

const money = (order: GraphqlOrder) => ({
  currency: order.currencyCode,
  presentment_currency: order.presentmentCurrencyCode,
  taxes_included: order.taxesIncluded,
  duties_included: order.dutiesIncluded,
  total_price: order.totalPriceSet.shopMoney.amount,
  total_price_set: setOf(order.totalPriceSet),
  total_outstanding: order.totalOutstandingSet?.shopMoney.amount,
  total_tip_received: order.totalTipReceivedSet?.shopMoney.amount,
  original_total_duties_set: setOf(order.originalTotalDutiesSet),
  original_total_additional_fees_set: setOf(order.originalTotalAdditionalFeesSet),
  payment_gateway_names: order.paymentGatewayNames,
  payment_terms: order.paymentTerms && { payment_terms_name: order.paymentTerms.paymentTermsName },
  tax_lines: [],
});

const people = ({ customer, email, phone, shippingAddress, billingAddress }: GraphqlOrder) => ({
  email,
  phone,
  customer: customer && {
    id: customer.id,
    email: customer.defaultEmailAddress?.emailAddress,
    phone: customer.defaultPhoneNumber?.phoneNumber,
    first_name: customer.firstName,
    last_name: customer.lastName,
  },
  shipping_address: addressOf(shippingAddress),
  billing_address: addressOf(billingAddress),
});

const addressOf = (at: GraphqlOrder['shippingAddress']): ShopifyAddress | null =>
  at == null
    ? null
    : {
        name: at.name,
        first_name: at.firstName,
        last_name: at.lastName,
        company: at.company,
        address1: at.address1,
        address2: at.address2,
        city: at.city,
        province: at.province,
        province_code: at.provinceCode,
        zip: at.zip,
        country_code: at.countryCodeV2,
        phone: at.phone,
      };

const lineOf = (line: Line, applications: Application[]): ShopifyOrder['line_items'][number] => ({
  id: line.id,
  sku: line.sku,
  variant_id: line.variant?.id,
  product_id: line.product?.id,
  name: line.name,
  title: line.title,
  quantity: line.quantity,
  current_quantity: line.currentQuantity,
  requires_shipping: line.requiresShipping,
  gift_card: line.isGiftCard,
  taxable: line.taxable,
  vendor: line.vendor,
  properties: named(line.customAttributes),
  tip: undefined,
  ...priced(line.originalUnitPriceSet),
  ...parts(line, applications),
});

const refundOf = (refund: GraphqlOrder['refunds'][number]): ShopifyOrder['refunds'][number] => ({
  id: refund.id,
  created_at: refund.createdAt,
  note: refund.note,
  refund_line_items: refund.refundLineItems.map(({ quantity, restockType, location, lineItem }) => ({
    line_item_id: lineItem.id,
    quantity,
    restock_type: restockType?.toLowerCase(),
    location_id: location?.id,
    line_item: { requires_shipping: lineItem.requiresShipping, gift_card: lineItem.isGiftCard },
  })),
  order_adjustments: [],
  transactions: [{ kind: 'refund', status: 'success', ...amountOf(refund.totalRefundedSet) }],
});

/** The applications are one list of the order; each allocation names its own by the place in it. */
const parts = (
  { taxLines, discountAllocations }: Pick<Line, 'taxLines' | 'discountAllocations'>,
  applications: Application[],
) => ({
  tax_lines: taxLines.map(({ title, rate, channelLiable, priceSet }) => ({
    title,
    rate,
    channel_liable: channelLiable,
    ...priced(priceSet),
  })),
  discount_allocations: allocationsOf(discountAllocations, applications),
});

const allocationsOf = (discounts: Discounts, applications: Application[]) =>
  discounts.map(({ allocatedAmountSet, discountApplication }) => ({
    ...amountOf(allocatedAmountSet),
    discount_application_index: applications.push(discountApplication ?? {}) - 1,
  }));

const named = (attributes: GraphqlOrder['customAttributes']) =>
  attributes.map(({ key, value }) => ({ name: key, value: value ?? '' }));
const priced = (bag: Bag) => ({ price: bag.shopMoney.amount, price_set: setOf(bag) });
const amountOf = (bag: Bag) => ({ amount: bag.shopMoney.amount, amount_set: setOf(bag) });
const inCurrency = ({ amount, currencyCode }: Bag['shopMoney']) => ({ amount, currency_code: currencyCode });
const setOf = (bag: Bag | null | undefined): MoneySet =>
  bag == null
    ? null
    : {
        shop_money: inCurrency(bag.shopMoney),
        presentment_money: bag.presentmentMoney && inCurrency(bag.presentmentMoney),
      };
