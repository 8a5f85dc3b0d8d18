import { shopifyLine, shopifyOrderBody } from '../../../functions/channels/fixtures/shopify-order.ts';
import { neededTopics } from '../../../functions/channels/connectors/shopify/topics.ts';
import { sendShopifyWebhook, startShopifySandbox } from '../../../tests/sandboxes/shopify.ts';
import { type BookedOrder, bookedOrder, gid } from '../../../tests/sandboxes/shopify/booked-order.ts';
import { type ShopifyCatalog } from '../../../tests/sandboxes/shopify/catalog.ts';
import { type ShopifyInventory } from '../../../tests/sandboxes/shopify-inventory.ts';
import {
  Ledger,
  type OpenMarket,
  type Shelf,
  dollars,
  goods,
  nowText,
  products,
  secretOf,
  webhookUrlOf,
} from '../market.ts';
import { bookOf } from './json-book.ts';

const channelId = 'demo-shopify';
/** Shopify's id of the location at which it shows its stock. */
const locationId = 63001;
/** What Shopify calls the demo's product of a number; the tee is its third. */
const idsOf = (number: number) => ({ variantId: `4300${number + 1}`, inventoryItemId: `5300${number + 1}` });
const tee = products.findIndex(({ sku }) => sku === goods.tee);
const lineId = 11001;

type Body = Readonly<Record<string, unknown>>;

/** A Shopify shop. Its lines carry no SKU, as in many shops: the listing of their variant says which it is. */
export const openShopify: OpenMarket = async (crossdock) => {
  const { url } = crossdock;
  const [secret, accessToken] = [secretOf(crossdock, channelId), secretOf(crossdock, `${channelId} token`)];
  const shop = await startShopifySandbox({ accessToken });
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
      endpoint: { kind: 'shopify', url: shop.url, locationId: String(locationId) },
      credentials: { signing: secret, values: { accessToken } },
    },
    url: shop.url,
    shelf: shelfOf(shop.orders.catalog, shop.inventory),
    book: bookOf<BookedOrder>({
      has: ['lineItems', 'fulfillmentOrders', 'fulfillments', 'refunds', 'transactions'],
      read: (id) => shop.orders.book.orders.get(gid('Order', id)),
      put: (id, order) => shop.orders.book.orders.set(gid('Order', id), order),
    }),
    place: async (number) => {
      const line = { ...shopifyLine({ id: lineId, sku: '' }), variant_id: Number(idsOf(tee).variantId) };
      const lines = [{ id: lineId, quantity: 1, locationId }];
      shop.orders.book.orders.set(gid('Order', number), bookedOrder(number, lines, { paid: '25.00' }));
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
    cancel: (id) => {
      const booked = shop.orders.book.orders.get(gid('Order', id));
      if (booked !== undefined) booked.cancelledAt = nowText();
      return send('orders/cancelled', id, { ...orders.of(id), cancelled_at: nowText(), cancel_reason: 'customer' });
    },
    stop: shop.stop,
  };
};

const shelfOf = (catalog: ShopifyCatalog, inventory: ShopifyInventory): Shelf => {
  const location = gid('Location', locationId);
  return {
    ids: idsOf,
    put: ({ sku, title, priceMinor, quantity, variantId = '', inventoryItemId = '' }) => {
      const item = gid('InventoryItem', inventoryItemId);
      inventory.stock(item, location, quantity);
      const texts = { title, descriptionHtml: '', vendor: '', productType: '', status: 'ACTIVE' };
      const own = { id: gid('ProductVariant', variantId), inventoryItemId: item, sku, options: {} };
      const sold = { price: dollars(priceMinor), compareAtPrice: null, inventoryPolicy: 'DENY', tracked: true };
      const ids = { id: gid('Product', variantId), handle: sku.toLowerCase() };
      const product = { ...ids, ...texts, optionNames: [], files: [], isPublished: true };
      catalog.products.push({ ...product, variants: [{ ...own, ...sold }] });
    },
    shown: ({ variantId = '', inventoryItemId = '' }) => {
      const id = gid('ProductVariant', variantId);
      const product = catalog.products.find(({ variants }) => variants.some((one) => one.id === id));
      const price = product?.variants.find((one) => one.id === id)?.price;
      const quantity = inventory.available(gid('InventoryItem', inventoryItemId), location);
      return { quantity, title: product?.title, price };
    },
  };
};
