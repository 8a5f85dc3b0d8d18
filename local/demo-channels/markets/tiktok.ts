import { randomUUID } from 'node:crypto';
import { address, item, orderWebhook, usOrder } from '../../../functions/channels/connectors/tiktok/fixtures/order.ts';
import { type TiktokSandbox, startTiktokSandbox, tiktokHeaders } from '../../../tests/sandboxes/tiktok.ts';
import {
  type OpenMarket,
  type Shelf,
  deliver,
  dollars,
  epochSeconds,
  goods,
  secretOf,
  webhookUrlOf,
} from '../market.ts';
import { bookOf } from './json-book.ts';

const channelId = 'demo-tiktok';

const warehouseId = '7068517275539719942';
/** How orders travel; TikTok lists the carriers of it. */
const delivery_option_id = '7091146663229654785';

/** An order, and the refunds of it by their keys. */
interface Kept {
  readonly order: NonNullable<ReturnType<TiktokSandbox['order']>>;
  readonly refunds: (readonly [string, Readonly<Record<string, unknown>>])[];
}

/** What a shop of TikTok's tells of. */
const events = [
  'ORDER_STATUS_CHANGE',
  'RECIPIENT_ADDRESS_UPDATE',
  'PACKAGE_UPDATE',
  'CANCELLATION_STATUS_CHANGE',
  'RETURN_STATUS_CHANGE',
];

/** The order's units under their own ids, with our SKUs. */
const unitsOf = (id: string) =>
  usOrder().line_items.map((unit, index) =>
    item(`${id}${index}`, {
      ...unit,
      id: `${id}${index}`,
      seller_sku: unit.seller_sku === 'LAMP' ? goods.lamp : goods.mug,
    }),
  );

/** A TikTok Shop: webhooks name orders, which Crossdock asks for. */
export const openTiktok: OpenMarket = async (crossdock) => {
  const app = {
    appKey: 'demo-app',
    appSecret: secretOf(crossdock, channelId),
    accessToken: secretOf(crossdock, `${channelId} token`),
    shopCipher: 'demo-cipher',
    warehouses: [warehouseId],
  };
  const shop = await startTiktokSandbox(app);
  const here = webhookUrlOf(crossdock, channelId);
  shop.subscribe(...events.map((event_type) => ({ event_type, address: here })));
  const put = (id: string, status: string, over: object = {}): Promise<void> => {
    const at = epochSeconds();
    shop.putOrder({
      ...usOrder({ id, status, line_items: unitsOf(id), ...over }),
      delivery_option_id,
      id,
      update_time: at,
    });
    const data = { order_id: id, order_status: status, update_time: at };
    const message = orderWebhook(id, { tts_notification_id: randomUUID(), timestamp: at, data });
    const body = JSON.stringify(message);
    return deliver(crossdock, channelId, { headers: tiktokHeaders(app, body), body });
  };
  return {
    channel: {
      channelId,
      type: 'tiktok',
      settings: { appKey: app.appKey, shopCipher: app.shopCipher, warehouseId, apiUrl: shop.url, authUrl: shop.url },
      credentials: {
        signing: app.appSecret,
        values: {
          appSecret: app.appSecret,
          refreshToken: shop.refreshToken(),
          accessToken: app.accessToken,
          // It is never over: a token that was asked for would be unknown at the next start.
          accessTokenExpiresAt: '2099-01-01T00:00:00.000Z',
        },
      },
    },
    url: shop.url,
    shelf: shelfOf(shop),
    book: bookOf<Kept>({
      has: ['order', 'refunds'],
      read: (id) => {
        const order = shop.order(id);
        const refunds = [...shop.afterSale.refunds].filter(([, one]) => one['order_id'] === id);
        return order && { order, refunds };
      },
      put: (id, { order, refunds }) => {
        shop.putOrder({ ...order, id });
        for (const [key, refund] of refunds) shop.afterSale.refunds.set(key, refund);
      },
    }),
    work: () => shop.products.look(),
    place: async (number) => {
      await put(`5769${number}`, 'AWAITING_SHIPMENT');
      return `5769${number}`;
    },
    move: (id) => put(id, 'AWAITING_SHIPMENT', { recipient_address: address({ address_line1: '40 Mill Lane' }) }),
    cancel: (id) => put(id, 'CANCELLED'),
    stop: shop.stop,
  };
};

const shelfOf = ({ stock, products }: Pick<TiktokSandbox, 'stock' | 'products'>): Shelf => ({
  ids: (number) => ({ variantId: `172900000000000010${number}`, listingId: `172900000000000020${number}` }),
  put: ({ title, priceMinor, quantity, variantId = '', listingId = '' }) => {
    stock.skus.set(variantId, { productId: listingId, quantities: { [warehouseId]: quantity } });
    products.list(listingId, title, { [variantId]: { amount: dollars(priceMinor), currency: 'USD' } });
  },
  shown: ({ variantId = '', listingId = '' }) => {
    const product = products.products.get(listingId);
    const quantity = stock.skus.get(variantId)?.quantities[warehouseId];
    return product && { quantity, title: product.title, price: product.skus[variantId] };
  },
});
