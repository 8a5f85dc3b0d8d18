import { type PublishedCall } from './published-call.ts';

const docs = 'https://docs.bigcommerce.com/developer/api-reference/rest/admin';
const refunded = 'bigcommerce/orders-v3/getOrderRefund.response.200.Example.json#.example.data';
const refundItem = { item_type: 'ORDER', item_id: 1, quantity: 1, amount: 1.5, reason: 'A' };
const terms = { price: 1.5, sale_price: 1.5, weight: 1.5 };
const gtins = { upc: 'A', gtin: 'A', mpn: 'A' };
const variant = {
  ...{ sku: 'A', ...terms, ...gtins, purchasing_disabled: true, image_url: 'A' },
  option_values: [{ option_display_name: 'A', label: 'B' }],
};
const product = {
  ...{ name: 'A', type: 'physical', sku: 'A', description: 'A', brand_name: 'A', ...terms, ...gtins },
  ...{ is_visible: true, is_featured: true, categories: [1], variants: [variant] },
  images: [{ image_url: 'A', is_thumbnail: true, sort_order: 1 }],
};

/** What BigCommerce has published of the calls of its V2 and V3 APIs. */
export const bigcommerce: readonly PublishedCall[] = [
  {
    call: 'PUT /stores/{}/v3/inventory/adjustments/absolute',
    requests: ['bigcommerce/inventory-v3/put-absolute-adjustment.request.Absolute-Adjustment.json'],
  },
  {
    call: 'PUT /stores/{}/v2/orders/{}',
    requests: ['bigcommerce/orders-v2/updateOrder.request.Requests.json'],
  },
  {
    call: 'POST /stores/{}/v2/orders/{}/shipments',
    requests: ['bigcommerce/orders-v2/updateOrderShipment.request.application-json.json'],
    answers: ['bigcommerce/orders-v2/createOrderShipments.response.201.application-json.json'],
  },
  {
    call: 'POST /stores/{}/v3/orders/{}/payment_actions/refund_quotes',
    documented: { source: `${docs}/management/orders/payment-actions`, body: { items: [refundItem] } },
  },
  {
    call: 'POST /stores/{}/v3/orders/{}/payment_actions/refunds',
    answers: [refunded],
    documented: {
      source: `${docs}/management/orders/payment-actions`,
      body: { items: [{ amount: 1.5, reason: 'A' }] },
    },
  },
  {
    call: 'POST /stores/{}/v3/catalog/products',
    documented: { source: `${docs}/catalog/products`, body: product },
  },
  {
    call: 'PUT /stores/{}/v3/catalog/products',
    documented: { source: `${docs}/catalog/products`, body: [{ id: 1, ...product }] },
  },
  {
    call: 'PUT /stores/{}/v3/catalog/variants',
    documented: { source: `${docs}/catalog/product-variants`, body: [{ id: 1, ...variant }, { sale_price: null }] },
  },
];
