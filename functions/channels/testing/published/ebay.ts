import { anyName } from '../differences.ts';
import { type PublishedCall, bodiless } from './published-call.ts';

const docs = 'https://developer.ebay.com/api-docs';
const offers = `${docs}/sell/inventory/resources/offer/methods`;
const items = `${docs}/sell/inventory/resources/inventory_item/methods`;
const postOrder = 'https://developer.ebay.com/Devzone/post-order';
const money = { value: '1.50', currency: 'USD' };
const offer = {
  ...{
    categoryId: '1',
    availableQuantity: 1,
    listingDescription: 'A',
    listingDuration: 'GTC',
    merchantLocationKey: 'a',
  },
  listingPolicies: { fulfillmentPolicyId: '1', paymentPolicyId: '2', returnPolicyId: '3' },
  pricingSummary: { price: money },
};

/** What eBay has published of the calls of its Sell and Post-Order APIs. */
export const ebay: readonly PublishedCall[] = [
  ...bodiless(`${offers}/publishOffer`, 'POST /sell/inventory/v1/offer/{}/publish'),
  ...bodiless(`${offers}/withdrawOffer`, 'POST /sell/inventory/v1/offer/{}/withdraw'),
  ...bodiless(`${offers}/deleteOffer`, 'DELETE /sell/inventory/v1/offer/{}'),
  ...bodiless(
    `${postOrder}/post-order_v2_cancellation-cancelid_approve__post.html`,
    'POST /post-order/v2/cancellation/{}/approve',
  ),
  {
    call: 'POST /identity/v1/oauth2/token',
    documented: {
      source: `${docs}/static/oauth-refresh-token-request.html`,
      body: { grant_type: 'refresh_token', refresh_token: 'a', scope: 'https://api.ebay.com/oauth/api_scope' },
    },
  },
  {
    call: 'POST /sell/inventory/v1/bulk_update_price_quantity',
    requests: ['ebay/bulk_update_price_quantity.request.json'],
    documented: {
      source: `${docs}/sell/inventory/types/slr:PriceQuantity`,
      body: { requests: [{ offers: [{ price: money }] }] },
    },
  },
  {
    call: 'POST /sell/inventory/v1/bulk_get_inventory_item',
    documented: { source: `${items}/bulkGetInventoryItem`, body: { requests: [{ sku: 'A' }] } },
  },
  {
    call: 'PUT /sell/inventory/v1/inventory_item/{}',
    documented: {
      source: `${items}/createOrReplaceInventoryItem`,
      body: {
        availability: {
          shipToLocationAvailability: {
            quantity: 1,
            availabilityDistributions: [{ merchantLocationKey: 'a', quantity: 1 }],
          },
        },
        ...{ condition: 'NEW', conditionDescription: 'A' },
        packageWeightAndSize: { weight: { value: 1.5, unit: 'GRAM' } },
        product: {
          ...{ title: 'A', description: 'A', brand: 'A', mpn: 'A', aspects: { [anyName]: ['A'] } },
          ...{ imageUrls: ['A'], upc: ['A'], ean: ['A'], isbn: ['A'] },
        },
      },
    },
  },
  {
    call: 'POST /sell/inventory/v1/offer',
    documented: {
      source: `${offers}/createOffer`,
      body: { sku: 'A', marketplaceId: 'EBAY_US', format: 'FIXED_PRICE', ...offer },
    },
  },
  { call: 'PUT /sell/inventory/v1/offer/{}', documented: { source: `${offers}/updateOffer`, body: offer } },
  {
    call: 'POST /sell/fulfillment/v1/order/{}/shipping_fulfillment',
    requests: ['ebay/createShippingFulfillment.request.json'],
  },
  {
    call: 'POST /sell/fulfillment/v1/order/{}/issue_refund',
    documented: {
      source: `${docs}/sell/fulfillment/types/api:IssueRefundRequest`,
      body: {
        ...{ reasonForRefund: 'OTHER_ADJUSTMENT', comment: 'A', orderLevelRefundAmount: money },
        refundItems: [{ lineItemId: '1', refundAmount: money }],
      },
    },
  },
  {
    call: 'POST /post-order/v2/cancellation',
    documented: {
      source: `${postOrder}/types/CreateCancelRequest.html`,
      body: {
        ...{ legacyOrderId: '1', cancelReason: 'OUT_OF_STOCK_OR_CANNOT_FULFILL' },
        ...{ buyerPaid: true, buyerPaidDate: { value: '2026-11-20T08:00:00.000Z' } },
      },
    },
  },
];
