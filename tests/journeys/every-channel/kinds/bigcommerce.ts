import { randomUUID } from 'node:crypto';
import {
  address,
  order,
  product,
  refund,
} from '../../../../functions/channels/connectors/bigcommerce/fixtures/orders.ts';
import { bigCommerceHeaders, startBigCommerceSandbox } from '../../../sandboxes/bigcommerce.ts';
import { rfc2822 } from '../../../sandboxes/bigcommerce/store.ts';
import { type ChangeName, type ChannelKind } from '../kind.ts';

const scopes: Readonly<Record<'placed' | ChangeName, string>> = {
  placed: 'store/order/created',
  cancelPart: 'store/order/refund/created',
  refund: 'store/order/refund/created',
  askCancel: 'store/order/updated',
  cancel: 'store/order/statusUpdated',
};

/** BigCommerce: thin events name orders, which are asked for with their parts. */
export const bigcommerce: ChannelKind = {
  type: 'bigcommerce',
  open: async ({ webhookUrl, tag }) => {
    const sandbox = await startBigCommerceSandbox({ quota: 10_000 });
    sandbox.hooks.push({ id: 1, scope: 'store/order/*', destination: webhookUrl, is_active: true });
    const sku = `POT${tag}`;
    const idOf = (number: number) => 5100 + number;
    return {
      settings: { storeHash: sandbox.storeHash, apiUrl: sandbox.url },
      credentials: { signing: sandbox.clientSecret, values: { accessToken: sandbox.accessToken } },
      wrong: { values: { accessToken: 'a-token-of-somebody-else' }, says: /accessToken|access token/ },
      sold: { currency: 'USD', totalMinor: 6062, units: { [sku]: 2 } },
      externalId: (number) => String(idOf(number)),
      place: (number, at) => {
        const id = idOf(number);
        sandbox.store.put({
          order: order({ id, date_created: rfc2822(at), date_modified: rfc2822(at) }),
          products: [product({ order_id: id, sku })],
          shipping_addresses: [address({ order_id: id })],
        });
      },
      changes: {
        refund: (number, at) => {
          const id = idOf(number);
          const over = { status_id: 14, status: 'Partially Refunded', refunded_amount: '25.9800' };
          sandbox.store.change(id, over, { refunds: [refund({ id: 600 + number, order_id: id })] }, at);
          return { refundedMinor: 2598 };
        },
        cancel: (number, at) => {
          sandbox.store.change(idOf(number), { status_id: 5, status: 'Cancelled' }, {}, at);
          return { cancelled: { [sku]: 2 } };
        },
      },
      message: (number, about) => {
        const body = JSON.stringify({
          scope: scopes[about],
          store_id: '1001',
          data: { type: 'order', id: idOf(number) },
          hash: randomUUID().replaceAll('-', ''),
          created_at: Math.floor(Date.now() / 1000),
          producer: `stores/${sandbox.storeHash}`,
        });
        const headers = { 'content-type': 'application/json', ...bigCommerceHeaders(sandbox.clientSecret, body) };
        return { headers, body };
      },
      fail: {
        broken: () => sandbox.fault({ status: 503, next: 2 }),
      },
      deliveriesWait: true,
      stop: sandbox.stop,
    };
  },
};
