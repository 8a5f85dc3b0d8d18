import * as z from 'zod';
import { type PublishedCall, bodiless } from './published-call.ts';

const docs = 'https://developer-docs.amazon.com/sp-api/docs';
const sandbox = 'amazon/vendor-orders/submitAcknowledgement.202';
const quantity = { amount: 1, unitOfMeasure: 'Cases', unitSize: 12 };
const feedSchema = 'amazon/feeds/listings-feed-schema-v2.json';
/** A call about one listing says what a message of JSON_LISTINGS_FEED says of it. */
const inFeed = (operationType: 'PATCH' | 'UPDATE') => (body: unknown) => ({
  header: { sellerId: 'A', version: '2.0' },
  messages: [{ messageId: 1, sku: 'A', operationType, ...z.looseObject({}).parse(body) }],
});
/** An XML feed with one message, as elements; the text of an element is text. */
const envelope = (messageType: string, message: object) => ({
  AmazonEnvelope: [
    {
      Header: [{ DocumentVersion: ['1.01'], MerchantIdentifier: ['A'] }],
      MessageType: [messageType],
      Message: [{ MessageID: ['1'], [messageType]: [message] }],
    },
  ],
});

/** What Amazon has published of the calls of its Selling Partner API. */
export const amazon: readonly PublishedCall[] = [
  ...bodiless(`${docs}/listings-items-api-v2021-08-01-use-case-guide`, 'DELETE /listings/2021-08-01/items/{}/{}'),
  {
    call: 'POST /auth/o2/token',
    documented: {
      source: `${docs}/connecting-to-the-selling-partner-api`,
      body: { grant_type: 'refresh_token', refresh_token: 'a', client_id: 'b', client_secret: 'c' },
    },
  },
  {
    call: 'POST /tokens/2021-03-01/restrictedDataToken',
    documented: {
      source: `${docs}/tokens-api-use-case-guide`,
      body: { restrictedResources: [{ method: 'GET', path: '/a', dataElements: ['buyerInfo'] }] },
    },
  },
  { call: 'PATCH /listings/2021-08-01/items/{}/{}', schema: feedSchema, within: inFeed('PATCH') },
  { call: 'PUT /listings/2021-08-01/items/{}/{}', schema: feedSchema, within: inFeed('UPDATE') },
  { call: 'PUT /storage/{}', schema: feedSchema },
  {
    call: 'PUT /storage/{}',
    documented: {
      source: `${docs}/feed-type-values`,
      body: envelope('OrderAcknowledgement', {
        ...{ AmazonOrderID: ['1'], MerchantOrderID: ['1'], StatusCode: ['Failure'] },
        Item: [{ AmazonOrderItemCode: ['1'], CancelReason: ['NoInventory'] }],
      }),
    },
  },
  {
    call: 'PUT /storage/{}',
    documented: {
      source: `${docs}/feed-type-values`,
      body: envelope('OrderAdjustment', {
        AmazonOrderID: ['1'],
        AdjustedItem: [
          {
            ...{ AmazonOrderItemCode: ['1'], MerchantAdjustmentItemID: ['1'], AdjustmentReason: ['Other'] },
            ItemPriceAdjustments: [{ Component: [{ Type: ['Principal'], Amount: ['1.50'] }] }],
          },
        ],
      }),
    },
  },
  { call: 'POST /feeds/2021-06-30/documents', requests: ['amazon/feeds/createFeedDocument.201.sandbox0.json'] },
  { call: 'POST /feeds/2021-06-30/feeds', requests: ['amazon/feeds/createFeed.202.sandbox0.json'] },
  {
    call: 'POST /orders/v0/orders/{}/shipmentConfirmation',
    requests: ['amazon/orders-v0/confirmShipment.204.sandbox0.json'],
  },
  {
    call: 'POST /orders/v0/orders/{}/shipment',
    documented: {
      source: `${docs}/orders-api-v0-reference`,
      body: {
        ...{ marketplaceId: 'a', shipmentStatus: 'ReadyForPickup' },
        orderItems: [{ orderItemId: '1', quantity: 1 }],
      },
    },
  },
  {
    call: 'POST /externalFulfillment/inventory/2024-09-11/inventories',
    requests: ['amazon/external-fulfillment/batchInventory.207.sandbox0.json'],
  },
  {
    call: 'POST /vendor/orders/v1/acknowledgements',
    requests: [`${sandbox}.sandbox0.json`, `${sandbox}.sandbox1.json`],
    documented: {
      source: `${docs}/vendor-orders-api-v1-reference`,
      body: {
        acknowledgements: [
          {
            items: [
              {
                ...{ itemSequenceNumber: '1', amazonProductIdentifier: 'A', orderedQuantity: quantity },
                itemAcknowledgements: [{ acknowledgedQuantity: quantity, rejectionReason: 'A' }],
              },
            ],
          },
        ],
      },
    },
  },
];
