import { anyName } from '../differences.ts';
import { type PublishedCall } from './published-call.ts';

const docs = 'https://developer.squareup.com/reference/square';
const money = { amount: 150, currency: 'USD' };
const object = { type: 'ITEM', id: '#a', version: 1, present_at_all_locations: true, present_at_location_ids: ['1'] };
const variation = {
  ...{ item_id: '#a', sku: 'A', name: 'A', upc: 'A', pricing_type: 'FIXED_PRICING', price_money: money },
  ...{ sellable: true, stockable: true, track_inventory: true },
};
const item = {
  ...{ name: 'A', description: 'A', description_html: 'A', label_color: 'A', is_archived: true, [anyName]: null },
  variations: [{ ...object, item_variation_data: variation }],
};

/** What Square has published of the calls of its API. */
export const square: readonly PublishedCall[] = [
  {
    call: 'POST /oauth2/token',
    documented: {
      source: `${docs}/oauth-api/obtain-token`,
      body: { client_id: 'a', client_secret: 'b', grant_type: 'refresh_token', refresh_token: 'c' },
    },
  },
  { call: 'POST /oauth2/token/status', documented: { source: `${docs}/oauth-api/retrieve-token-status`, body: {} } },
  { call: 'POST /v2/inventory/changes/batch-create', requests: ['square/BatchChangeInventoryRequest.json'] },
  {
    call: 'POST /v2/inventory/counts/batch-retrieve',
    documented: {
      source: `${docs}/inventory-api/batch-retrieve-inventory-counts`,
      body: { catalog_object_ids: ['1'], location_ids: ['1'], states: ['IN_STOCK'], cursor: 'a', limit: 100 },
    },
  },
  {
    call: 'POST /v2/orders/search',
    documented: {
      source: `${docs}/orders-api/search-orders`,
      body: {
        ...{ location_ids: ['1'], limit: 100, cursor: 'a' },
        query: {
          filter: { date_time_filter: { updated_at: { start_at: 'a', end_at: 'b' } } },
          sort: { sort_field: 'UPDATED_AT', sort_order: 'ASC' },
        },
      },
    },
  },
  {
    call: 'PUT /v2/orders/{}',
    requests: ['square/UpdateOrderRequest.json', 'square/CreateOrderRequest.json'],
    documented: {
      source: `${docs}/objects/Order`,
      body: {
        order: {
          ...{ state: 'CANCELED', metadata: { [anyName]: 'A' } },
          fulfillments: [
            {
              ...{ uid: 'A', state: 'COMPLETED' },
              shipment_details: { carrier: 'A', tracking_number: 'A', tracking_url: 'A', shipped_at: 'A' },
            },
          ],
        },
      },
    },
  },
  {
    call: 'POST /v2/refunds',
    answers: ['square/RefundPaymentResponse.json#.refund'],
    documented: { source: `${docs}/refunds-api/refund-payment`, body: { idempotency_key: 'a' } },
  },
  {
    call: 'POST /v2/catalog/search',
    documented: {
      source: `${docs}/catalog-api/search-catalog-objects`,
      body: {
        ...{ object_types: ['ITEM_VARIATION'], cursor: 'a', limit: 100 },
        query: {
          set_query: { attribute_name: 'sku', attribute_values: ['A'] },
          exact_query: { attribute_name: 'name', attribute_value: 'A' },
        },
      },
    },
  },
  {
    call: 'POST /v2/catalog/batch-retrieve',
    documented: { source: `${docs}/catalog-api/batch-retrieve-catalog-objects`, body: { object_ids: ['1'] } },
  },
  {
    call: 'POST /v2/catalog/batch-upsert',
    documented: {
      source: `${docs}/catalog-api/batch-upsert-catalog-objects`,
      body: {
        idempotency_key: 'a',
        batches: [{ objects: [{ ...object, item_data: item, item_variation_data: variation }] }],
      },
    },
  },
];
