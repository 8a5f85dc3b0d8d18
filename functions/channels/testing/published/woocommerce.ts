import { type PublishedCall } from './published-call.ts';

const docs = 'https://woocommerce.github.io/woocommerce-rest-api-docs';
const terms = {
  ...{ sku: 'A', regular_price: '1.50', sale_price: '1.50', weight: '1.5', status: 'publish', global_unique_id: 'A' },
  ...{ description: 'A', manage_stock: true, stock_quantity: 1, date_on_sale_from: null, date_on_sale_to: null },
};
const product = {
  ...{ ...terms, name: 'A', type: 'simple', short_description: 'A' },
  ...{ categories: [{ id: 1 }], images: [{ id: 1, src: 'A', name: 'A' }] },
  attributes: [{ id: 1, name: 'A', visible: true, variation: true, options: ['B'] }],
};
const variation = { ...terms, image: { id: 1, src: 'A', name: 'A' }, attributes: [{ id: 1, name: 'A', option: 'B' }] };

/** What WooCommerce has published of the calls of its REST API, version 3. */
export const woocommerce: readonly PublishedCall[] = [
  {
    call: 'PUT /wp-json/wc/v3/orders/{}',
    answers: ['woocommerce/rest-v3-orders.json#HTTP Request'],
    documented: { source: `${docs}/#order-meta-data-properties`, body: { meta_data: [{ key: 'a', value: 'A' }] } },
  },
  {
    call: 'POST /wp-json/wc/v3/orders/{}/notes',
    documented: { source: `${docs}/#create-an-order-note`, body: { note: 'A', customer_note: true } },
  },
  {
    call: 'POST /wp-json/wc/v3/orders/{}/refunds',
    answers: ['woocommerce/rest-v3-order-refunds.json#HTTP request'],
    documented: {
      source: `${docs}/#order-refund-properties`,
      body: {
        ...{ api_refund: true, api_restock: true },
        line_items: [{ id: 1, quantity: 1, refund_total: '1.50', refund_tax: [{ id: 1, refund_total: '1.50' }] }],
      },
    },
  },
  {
    call: 'POST /wp-json/wc/v3/products/batch',
    documented: {
      source: `${docs}/#batch-update-products`,
      body: { create: [product], update: [{ id: 1, ...product }] },
    },
  },
  {
    call: 'POST /wp-json/wc/v3/products/{}/variations/batch',
    documented: {
      source: `${docs}/#batch-update-product-variations`,
      body: { create: [variation], update: [{ id: 1, ...variation }] },
    },
  },
];
