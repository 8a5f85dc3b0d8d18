import { anyName } from '../differences.ts';

/** What a channel answers to a call with success: files of the real inputs, and a body with the documented fields that these have not. */
export interface PublishedAnswer {
  readonly call: string;
  readonly answers: readonly string[];
  readonly also?: unknown;
}

const answered = (files: readonly string[], also?: unknown) => (call: string) => ({ call, answers: files, also });
const amazon = (name: string): string => `amazon/${name}.json#.response`;
const bigcommerce = (name: string): string => `bigcommerce/orders-v2/${name}.json`;
const square = (...names: readonly string[]): readonly string[] => names.map((name) => `square/${name}.json`);
const walmart = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `walmart/openapi-examples-${name}.json`);

const walmartLine = {
  ...{ charges: { charge: [{ tax: null }] }, item: { upc: 'A' }, refund: null },
  fulfillment: { shippingProgramType: null, storeId: null, [anyName]: null },
  orderLineStatuses: {
    orderLineStatus: [{ cancellationReason: null, trackingInfo: { carrierName: { otherCarrier: null } } }],
  },
};
const walmartOrder = {
  ...{ orderType: null, shipNode: { type: 'A', id: null, name: null }, orderLines: { orderLine: [walmartLine] } },
  shippingInfo: { postalAddress: { address2: null } },
};
const walmartOrders = walmart(
  ...['acknowledgeOrders', 'cancelOrderLines', 'refundOrderLines', 'shippingUpdates'].map(
    (name) => `orders/${name}.response.200`,
  ),
  ...['orders/getAnOrder.response.200.ORDER', 'orders/getAnOrder.response.200.ATTRIBUTES'],
);
const ingestionErrors = { ingestionError: [{ [anyName]: null }] };
const ebayAddress = { contactAddress: { addressLine2: 'A', stateOrProvince: 'A' } };
const squareMoney = { amount: 1, currency: 'USD' };
const squareOrder = {
  ...{ customer_id: 'A', fulfillments: null, metadata: null, refunds: null, returns: null, return_amounts: null },
  ...{ net_amount_due_money: squareMoney, service_charges: null },
  line_items: [{ catalog_object_id: null, item_type: 'ITEM', modifiers: [{ quantity: '1' }] }],
};
const squareOrders = square('RetrieveOrderResponse', 'UpdateOrderResponse', 'CreateOrderResponse', 'PayOrderResponse');
const wooOrder = {
  ...{ shipping: { phone: 'A' }, shipping_lines: [{ instance_id: 'A' }], tax_lines: [{ rate_percent: 1 }] },
  line_items: [{ meta_data: [{ display_key: 'A', display_value: 'A' }] }],
};
const wooOrders = [
  'rest-v3-orders.json#HTTP Request',
  'order.created.example0.json',
  'order.created.example1.json',
].map((name) => `woocommerce/${name}`);

/** By type of channel: what our sandboxes' answers are held against. */
export const publishedAnswers: Readonly<Record<string, readonly PublishedAnswer[]>> = {
  adobe: [
    answered(['adobe-commerce/inventory-manage-source-items.json#Search for source items'])(
      'GET /rest/V1/inventory/source-items',
    ),
  ],
  amazon: [
    answered(['0', '1', '2'].map((n) => amazon(`listings/patchListingsItem.200.sandbox${n}`)))(
      'PATCH /listings/2021-08-01/items/{}/{}',
    ),
    answered(['0', '1', '2'].map((n) => amazon(`listings/putListingsItem.200.sandbox${n}`)))(
      'PUT /listings/2021-08-01/items/{}/{}',
    ),
    answered(['amazon/listings/getListingsItem.200.application-json.json'])('GET /listings/2021-08-01/items/{}/{}'),
    answered([amazon('feeds/createFeedDocument.201.sandbox0')])('POST /feeds/2021-06-30/documents'),
    answered([amazon('feeds/createFeed.202.sandbox0')])('POST /feeds/2021-06-30/feeds'),
    answered([amazon('feeds/getFeed.200.sandbox0')], { resultFeedDocumentId: 'A' })('GET /feeds/2021-06-30/feeds/{}'),
    answered([amazon('feeds/getFeedDocument.200.sandbox0')], { compressionAlgorithm: 'GZIP' })(
      'GET /feeds/2021-06-30/documents/{}',
    ),
    answered(
      [
        'amazon/orders-2026-01-01/getOrder.200.application-json.json',
        amazon('orders-2026-01-01/getOrder.200.sandbox0'),
      ],
      {
        order: {
          ...{
            buyer: { buyerCompanyName: 'A', buyerPurchaseOrderNumber: 'A' },
            recipient: { deliveryPreference: null },
          },
          ...{ orderItems: [{ cancellation: null, tax: null }], proceeds: { breakdowns: [{ status: 'A' }] } },
        },
      },
    )('GET /orders/2026-01-01/orders/{}'),
    answered([amazon('external-fulfillment/batchInventory.207.sandbox0')])(
      'POST /externalFulfillment/inventory/2024-09-11/inventories',
    ),
    answered([amazon('vendor-orders/submitAcknowledgement.202.sandbox0')])('POST /vendor/orders/v1/acknowledgements'),
  ],
  bigcommerce: [
    answered([bigcommerce('getOrder.response.200.Response')], { consignments: null })('GET /stores/{}/v2/orders/{}'),
    answered([bigcommerce('updateOrder.response.200.Response')], { consignments: null })('PUT /stores/{}/v2/orders/{}'),
    answered(
      [bigcommerce('getOrderProducts.response.200.response')],
      [{ variant_id: 1 }],
    )('GET /stores/{}/v2/orders/{}/products'),
    answered([bigcommerce('getOrderShipments.response.200.application-json')])('GET /stores/{}/v2/orders/{}/shipments'),
    answered([bigcommerce('createOrderShipments.response.201.application-json')])(
      'POST /stores/{}/v2/orders/{}/shipments',
    ),
    answered([bigcommerce('getOrderShippingAddresses.response.200.response')])(
      'GET /stores/{}/v2/orders/{}/shipping_addresses',
    ),
    answered(['bigcommerce/orders-v3/getOrderRefund.response.200.Example.json'], {
      data: { items: [{ reason: 'A' }] },
    })('POST /stores/{}/v3/orders/{}/payment_actions/refunds'),
  ],
  ebay: [
    answered(
      ['1-de-2lines-x4-promo-2parcels', '2-de-variation-unshipped'].map(
        (name) => `ebay/orders-redacted/getOrder.${name}.json`,
      ),
      {
        buyer: { buyerRegistrationAddress: ebayAddress, taxAddress: { stateOrProvince: 'A' } },
        ...{
          fulfillmentStartInstructions: [{ shippingStep: { shipTo: ebayAddress } }],
          lineItems: [{ refunds: null }],
        },
      },
    )('GET /sell/fulfillment/v1/order/{}'),
  ],
  square: [
    answered(squareOrders, { order: squareOrder })('GET /v2/orders/{}'),
    answered(squareOrders, { order: squareOrder })('PUT /v2/orders/{}'),
    answered(square('RefundPaymentResponse'))('POST /v2/refunds'),
    answered(square('GetPaymentResponse', 'CreatePaymentResponse'), {
      payment: { refund_ids: ['A'], refunded_money: squareMoney },
    })('GET /v2/payments/{}'),
    answered(square('BatchChangeInventoryResponse'), { changes: null })('POST /v2/inventory/changes/batch-create'),
    answered(square('BatchRetrieveInventoryCountsResponse'), { cursor: 'A' })(
      'POST /v2/inventory/counts/batch-retrieve',
    ),
  ],
  walmart: [
    answered(walmart('inventory/updateInventoryForAnItem.response.200'))('PUT /v3/inventory'),
    answered(walmart('inventory/updateMultiNodeInventory.response.200'), { nodes: [{ errors: null }] })(
      'PUT /v3/inventories/{}',
    ),
    answered(walmart('inventory/getInventory.response.200'))('GET /v3/inventory'),
    answered(walmart('inventory/getMultiNodeInventoryForSkuAndAllShipnodes.response.200'))('GET /v3/inventories/{}'),
    answered(walmart('inventory/updateBulkInventory.response.200'))('POST /v3/feeds'),
    answered(walmart('feeds/getFeedItemStatus.response.200'), {
      ...{ ingestionErrors, itemDetails: { itemIngestionStatus: [{ ingestionErrors }] } },
    })('GET /v3/feeds/{}'),
    ...[
      'GET /v3/orders/{}',
      ...['acknowledge', 'cancel', 'refund', 'shipping'].map((what) => `POST /v3/orders/{}/${what}`),
    ].map(answered(walmartOrders, { order: walmartOrder })),
    answered(walmart('returns/getReturns.response.200'))('GET /v3/returns'),
  ],
  woocommerce: [
    ...['GET', 'PUT'].map((method) => `${method} /wp-json/wc/v3/orders/{}`).map(answered(wooOrders, wooOrder)),
    answered(['woocommerce/rest-v3-order-refunds.json#HTTP request'])('POST /wp-json/wc/v3/orders/{}/refunds'),
  ],
};
