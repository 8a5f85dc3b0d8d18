import { address, order, product } from '../../../functions/channels/connectors/bigcommerce/fixtures/orders.ts';
import { startBigCommerceSandbox } from '../../../tests/sandboxes/bigcommerce.ts';
import { rfc2822 } from '../../../tests/sandboxes/bigcommerce/store.ts';
import { type OpenMarket, goods, webhookUrlOf } from '../market.ts';

const channelId = 'demo-bigcommerce';

/** A BigCommerce store: webhooks name orders, which Crossdock asks for. */
export const openBigcommerce: OpenMarket = async ({ url }) => {
  const shop = await startBigCommerceSandbox();
  const destination = webhookUrlOf({ url }, channelId);
  shop.hooks.push({ id: 1, scope: 'store/order/*', destination, is_active: true });
  const send = async (scope: string, id: number): Promise<void> => {
    const { status } = await shop.send({ url, channelId }, scope, id);
    if (status !== 202) throw new Error(`BigCommerce's webhook was answered ${status}`);
  };
  return {
    channel: {
      channelId,
      type: 'bigcommerce',
      settings: { storeHash: shop.storeHash, apiUrl: shop.url },
      credentials: { signing: shop.clientSecret, values: { accessToken: shop.accessToken } },
    },
    place: async (id) => {
      const date = rfc2822(new Date());
      shop.store.put({
        order: order({ id, date_created: date, date_modified: date }),
        products: [product({ order_id: id, sku: goods.mug })],
        shipping_addresses: [address({ order_id: id })],
      });
      await send('store/order/created', id);
      return String(id);
    },
    move: (id) => {
      shop.store.change(Number(id), {}, { shipping_addresses: [address({ street_1: '21 Harbor Row' })] });
      return send('store/order/updated', Number(id));
    },
    cancel: (id) => {
      shop.store.change(Number(id), { status_id: 5, status: 'Cancelled' });
      return send('store/order/statusUpdated', Number(id));
    },
    stop: shop.stop,
  };
};
