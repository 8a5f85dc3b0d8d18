import { randomUUID } from 'node:crypto';
import { address, item, orderWebhook, usOrder } from '../../../functions/channels/connectors/tiktok/fixtures/order.ts';
import { startTiktokSandbox, tiktokHeaders } from '../../../tests/sandboxes/tiktok.ts';
import { type OpenMarket, deliver, epochSeconds, goods, webhookUrlOf } from '../market.ts';

const channelId = 'demo-tiktok';

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
  const app = { appKey: 'demo-app', appSecret: randomUUID(), shopCipher: 'demo-cipher' };
  const shop = await startTiktokSandbox(app);
  const here = webhookUrlOf(crossdock, channelId);
  shop.subscribe(...events.map((event_type) => ({ event_type, address: here })));
  const put = (id: string, status: string, over: object = {}): Promise<void> => {
    const at = epochSeconds();
    shop.putOrder({ ...usOrder({ id, status, line_items: unitsOf(id), ...over }), id, update_time: at });
    const data = { order_id: id, order_status: status, update_time: at };
    const message = orderWebhook(id, { tts_notification_id: randomUUID(), timestamp: at, data });
    const body = JSON.stringify(message);
    return deliver(crossdock, channelId, { headers: tiktokHeaders(app, body), body });
  };
  return {
    channel: {
      channelId,
      type: 'tiktok',
      settings: { appKey: app.appKey, shopCipher: app.shopCipher, apiUrl: shop.url, authUrl: shop.url },
      credentials: {
        signing: app.appSecret,
        values: { appSecret: app.appSecret, refreshToken: shop.refreshToken() },
      },
    },
    place: async (number) => {
      await put(`5769${number}`, 'AWAITING_SHIPMENT');
      return `5769${number}`;
    },
    move: (id) => put(id, 'AWAITING_SHIPMENT', { recipient_address: address({ address_line1: '40 Mill Lane' }) }),
    cancel: (id) => put(id, 'CANCELLED'),
    stop: shop.stop,
  };
};
