import { randomUUID } from 'node:crypto';
import { shopifyLine, shopifyOrderBody } from '../../../functions/channels/fixtures/shopify-order.ts';
import { neededTopics } from '../../../functions/channels/connectors/shopify/topics.ts';
import { sendShopifyWebhook, startShopifySandbox } from '../../../tests/sandboxes/shopify.ts';
import { Ledger, type OpenMarket, goods, nowText, webhookUrlOf } from '../market.ts';

const channelId = 'demo-shopify';
/** Shopify's ids of the tee and of the location at which it shows its stock. */
const [variantId, inventoryItemId, locationId] = ['43001', '53001', '63001'];

type Body = Readonly<Record<string, unknown>>;

/** A Shopify shop. Its lines carry no SKU, as in many shops: the listing of their variant says which it is. */
export const openShopify: OpenMarket = async ({ url }) => {
  const [secret, accessToken] = [randomUUID(), randomUUID()];
  const shop = await startShopifySandbox({ accessToken });
  shop.inventory.stock(`gid://shopify/InventoryItem/${inventoryItemId}`, `gid://shopify/Location/${locationId}`, 0);
  for (const topic of neededTopics)
    shop.orders.subscriptions.set(topic.toUpperCase().replace('/', '_'), webhookUrlOf({ url }, channelId));
  const orders = new Ledger<Body>();
  const send = async (topic: string, id: string, over: Body): Promise<void> => {
    const body = orders.put(id, { ...over, updated_at: nowText() });
    const { status } = await sendShopifyWebhook({ url, channelId, secret }, JSON.stringify(body), { topic });
    if (status !== 202) throw new Error(`Shopify's webhook was answered ${status}`);
  };
  return {
    channel: {
      channelId,
      type: 'shopify',
      endpoint: { kind: 'shopify', url: shop.url, locationId },
      credentials: { signing: secret, values: { accessToken } },
    },
    listings: [{ sku: goods.tee, variantId, inventoryItemId }],
    place: async (number) => {
      const line = { ...shopifyLine({ sku: '' }), variant_id: Number(variantId) };
      await send('orders/create', String(number), shopifyOrderBody({ id: number, line_items: [line] }));
      return String(number);
    },
    move: (id) => {
      const { shipping_address: address } = shopifyOrderBody();
      return send('orders/updated', id, {
        ...orders.of(id),
        shipping_address: { ...address, address1: '7 Charles St' },
      });
    },
    cancel: (id) =>
      send('orders/cancelled', id, { ...orders.of(id), cancelled_at: nowText(), cancel_reason: 'customer' }),
    stop: shop.stop,
  };
};
