import { anyName } from '../differences.ts';
import { type PublishedCall, bodiless } from './published-call.ts';

const docs = 'https://developer.walmart.com/us-marketplace';
const orders = 'walmart/openapi-examples-orders';
const inventory = 'walmart/openapi-examples-inventory';
const each = { unit: 'EACH', amount: 1 };
const amount = { currency: 'USD', amount: 1.5 };
/** A product type of the item spec has attributes of its own; sandbox and connector judge them by the fetched spec, not by this list. */
const items = {
  MPItemFeedHeader: { businessUnit: 'WALMART_US', locale: 'en', version: '5.0' },
  MPItem: [{ Orderable: { sku: 'A', [anyName]: null }, Visible: { [anyName]: { productName: 'A', [anyName]: null } } }],
};

/** What Walmart has published of the calls of its Marketplace API. */
export const walmart: readonly PublishedCall[] = [
  ...bodiless(`${docs}/reference/acknowledgeorders`, 'POST /v3/orders/{}/acknowledge'),
  ...bodiless(`${docs}/reference/retireanitem`, 'DELETE /v3/items/{}'),
  {
    call: 'POST /v3/token',
    documented: { source: `${docs}/reference/tokenapi`, body: { grant_type: 'client_credentials' } },
  },
  { call: 'PUT /v3/inventory', requests: [`${inventory}/updateInventoryForAnItem.request.json`] },
  { call: 'PUT /v3/inventories/{}', requests: [`${inventory}/updateMultiNodeInventory.request.json`] },
  {
    call: 'POST /v3/orders/{}/shipping',
    requests: [`${orders}/shippingUpdates.request.json`],
    documented: {
      source: `${docs}/reference/shippingupdates`,
      body: {
        orderShipment: {
          orderLines: {
            orderLine: [
              {
                orderLineStatuses: {
                  orderLineStatus: [{ trackingInfo: { carrierName: { otherCarrier: 'Bike & Co' } } }],
                },
              },
            ],
          },
        },
      },
    },
  },
  { call: 'POST /v3/orders/{}/cancel', requests: [`${orders}/cancelOrderLines.request.json`] },
  { call: 'POST /v3/orders/{}/refund', requests: [`${orders}/refundOrderLines.request.json`] },
  {
    call: 'PUT /v3/price',
    documented: {
      source: `${docs}/docs/update-pricing-for-a-single-item`,
      body: {
        sku: 'A',
        pricing: [
          { currentPriceType: 'BASE', currentPrice: amount, comparisonPriceType: 'BASE', comparisonPrice: amount },
        ],
      },
    },
  },
  {
    call: 'POST /v3/feeds?feedType=inventory',
    documented: {
      source: `${docs}/docs/bulk-inventory-update-feeds`,
      body: { file: { InventoryHeader: { version: '1.4' }, Inventory: [{ sku: 'A', quantity: each }] } },
    },
  },
  {
    call: 'POST /v3/feeds?feedType=MP_INVENTORY',
    documented: {
      source: `${docs}/docs/bulk-inventory-update-feeds`,
      body: {
        file: {
          inventoryHeader: { version: '1.5' },
          inventory: [{ sku: 'A', shipNodes: [{ shipNode: '1', quantity: each }] }],
        },
      },
    },
  },
  {
    call: 'POST /v3/feeds?feedType=MP_ITEM',
    documented: { source: `${docs}/docs/item-setup-using-feeds`, body: { file: items } },
  },
  {
    call: 'POST /v3/feeds?feedType=MP_MAINTENANCE',
    documented: { source: `${docs}/docs/update-items-in-bulk`, body: { file: items } },
  },
];
