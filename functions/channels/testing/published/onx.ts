import { type PublishedCall } from './published-call.ts';

const source = 'https://github.com/commerce-operations-foundation/onx-spec';
const tool = (name: string, body: unknown): PublishedCall => ({ call: `TOOL ${name}`, documented: { source, body } });
const lineItems = [{ sku: 'A', quantity: 1, id: '1' }];

/** What the standard onX has published of its tools' arguments. */
export const onx: readonly PublishedCall[] = [
  tool('update-order', { id: '1', updates: { status: 'confirmed' } }),
  tool('fulfill-order', {
    ...{ orderId: '1', lineItems, trackingNumbers: ['A'], shippingCarrier: 'A', status: 'shipped', locationId: 'a' },
    ...{ expectedShipDate: 'A', customFields: [{ name: 'a', value: 'A' }] },
  }),
  tool('cancel-order', { orderId: '1', reason: 'A', lineItems }),
  tool('create-return', {
    return: {
      ...{ orderId: '1', externalId: 'a', outcome: 'refund', status: 'completed', completedAt: 'A' },
      ...{ refundAmount: 1.5, refundStatus: 'refunded' },
      returnLineItems: [{ orderLineItemId: '1', sku: 'A', quantityReturned: 1, returnReason: 'A', name: 'A' }],
    },
  }),
  tool('get-orders', { ids: ['1'] }),
  tool('get-fulfillments', { orderIds: ['1'] }),
  tool('get-returns', { orderIds: ['1'] }),
];
