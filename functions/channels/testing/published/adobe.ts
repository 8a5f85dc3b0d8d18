import { type PublishedCall } from './published-call.ts';

const docs = 'https://developer.adobe.com/commerce/webapi/rest';
const product = {
  ...{ sku: 'A', name: 'A', status: 1, attribute_set_id: 4, type_id: 'simple', price: 1.5, visibility: 4, weight: 1.5 },
  custom_attributes: [{ attribute_code: 'a', value: 'A' }],
  extension_attributes: { website_ids: [1], category_links: [{ position: 0, category_id: '1' }] },
};
const special = { sku: 'A', store_id: 0, price: 1.5, price_from: 'A', price_to: 'A' };

/** What Adobe Commerce has published of the calls of its REST API. */
export const adobe: readonly PublishedCall[] = [
  { call: 'POST /rest/V1/orders/{}/cancel', documented: { source: `${docs}/quick-reference`, body: {} } },
  {
    call: 'POST /rest/V1/inventory/source-items',
    requests: ['adobe-commerce/inventory-manage-source-items.json#Assign products to a source'],
  },
  {
    call: 'POST /rest/V1/order/{}/ship',
    requests: [
      'adobe-commerce/tutorial-order-create-shipment.json#Step 9. Create a shipment',
      'adobe-commerce/msi-create-shipment.json#Send a partial shipment',
    ],
  },
  {
    call: 'POST /rest/V1/order/{}/refund',
    requests: ['adobe-commerce/tutorial-order-issue-refund.json#Step 10. Issue a partial refund'],
    documented: {
      source: `${docs}/tutorials/orders/order-issue-refund`,
      body: { appendComment: true, comment: { comment: 'A', is_visible_on_front: 0 } },
    },
  },
  {
    call: 'POST /rest/V1/invoice/{}/refund',
    requests: ['adobe-commerce/tutorial-order-issue-refund.json#Step 10. Issue a partial refund'],
    documented: {
      source: `${docs}/tutorials/orders/order-issue-refund`,
      body: { isOnline: true, appendComment: true, comment: { comment: 'A', is_visible_on_front: 0 } },
    },
  },
  {
    call: 'POST /rest/V1/order/notify-orders-are-ready-for-pickup',
    documented: { source: `${docs}/inventory/in-store-pickup`, body: { orderIds: [1] } },
  },
  { call: 'POST /rest/all/V1/products', documented: { source: `${docs}/quick-reference`, body: { product } } },
  { call: 'PUT /rest/all/V1/products/{}', documented: { source: `${docs}/quick-reference`, body: { product } } },
  {
    call: 'POST /rest/all/V1/products/base-prices',
    documented: {
      source: `${docs}/modules/catalog-pricing`,
      body: { prices: [{ sku: 'A', store_id: 0, price: 1.5 }] },
    },
  },
  ...['', '-delete'].map((name) => ({
    call: `POST /rest/all/V1/products/special-price${name}`,
    documented: { source: `${docs}/modules/catalog-pricing`, body: { prices: [special] } },
  })),
  {
    call: 'POST /rest/all/V1/products/special-price-information',
    documented: { source: `${docs}/modules/catalog-pricing`, body: { skus: ['A'] } },
  },
];
