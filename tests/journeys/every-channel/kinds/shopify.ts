import {
  graphqlLine,
  graphqlOrderNode,
} from '../../../../functions/channels/connectors/shopify/fixtures/graphql-order.ts';
import { refundBody } from '../../../../functions/channels/connectors/shopify/fixtures/orders.ts';
import { shopifyLine, shopifyOrderBody } from '../../../../functions/channels/fixtures/shopify-order.ts';
import { shopifyHeaders, startShopifySandbox } from '../../../sandboxes/shopify.ts';
import { type ChangeName, type ChannelKind } from '../kind.ts';

const signing = 'shpss_0123456789abcdef';
const accessToken = 'shpat_0123456789abcdef';
const topics: Readonly<Record<'placed' | ChangeName, string>> = {
  placed: 'orders/create',
  cancelPart: 'orders/updated',
  refund: 'refunds/create',
  askCancel: 'orders/updated',
  cancel: 'orders/cancelled',
};

/** Shopify: messages carry the order as it stands; polling names orders, which are asked for. */
export const shopify: ChannelKind = {
  type: 'shopify',
  open: async ({ webhookUrl, tag }) => {
    const sandbox = await startShopifySandbox({ accessToken });
    for (const topic of ['ORDERS_CREATE', 'ORDERS_UPDATED', 'ORDERS_CANCELLED', 'REFUNDS_CREATE'])
      sandbox.orders.subscriptions.set(topic, webhookUrl);
    const sku = `TEE${tag}`;
    const idOf = (number: number) => 5000 + number;
    const present = new Map<string, object>();
    const put = (number: number, at: Date, over: Readonly<Record<string, unknown>> = {}) => {
      const times = { created_at: at.toISOString(), updated_at: at.toISOString() };
      const body = { id: idOf(number), line_items: [shopifyLine({ sku })], ...times, ...over };
      present.set(String(number), shopifyOrderBody(body));
      sandbox.orders.put(
        graphqlOrderNode({
          id: `gid://shopify/Order/${idOf(number)}`,
          createdAt: at.toISOString(),
          updatedAt: at.toISOString(),
          lineItems: { pageInfo: { hasNextPage: false }, nodes: [graphqlLine({ sku })] },
        }),
      );
    };
    return {
      settings: { apiUrl: sandbox.url, locationId: '7001' },
      credentials: { signing, values: { accessToken } },
      wrong: { values: { accessToken: 'shpat_of-somebody-else' }, says: /accessToken/ },
      sold: { currency: 'USD', totalMinor: 2500, units: { [sku]: 1 } },
      externalId: (number) => String(idOf(number)),
      place: (number, at) => put(number, at),
      changes: {
        refund: (number, at) => {
          const transactions = [{ id: 1, kind: 'refund', status: 'success', amount: '4.50', currency: 'USD' }];
          const refund = { id: 90000 + number, order_id: idOf(number), created_at: at.toISOString() };
          present.set(`refund ${number}`, refundBody({ ...refund, refund_line_items: [], transactions }));
          return { refundedMinor: 450 };
        },
        cancel: (number, at) => {
          put(number, at, { cancelled_at: at.toISOString(), cancel_reason: 'customer' });
          return { cancelled: { [sku]: 1 } };
        },
      },
      message: (number, about) => {
        const body = JSON.stringify(present.get(about === 'refund' ? `refund ${number}` : String(number)));
        return { headers: shopifyHeaders(signing, body, { topic: topics[about] }), body };
      },
      stop: sandbox.stop,
    };
  },
};
