import { address, order, product } from '../../../functions/channels/connectors/bigcommerce/fixtures/orders.ts';
import { type BigCommerceSandbox, startBigCommerceSandbox } from '../../../tests/sandboxes/bigcommerce.ts';
import { type Fields, type SandboxOrder, rfc2822 } from '../../../tests/sandboxes/bigcommerce/store.ts';
import { type OpenMarket, type Shelf, goods, secretOf, webhookUrlOf } from '../market.ts';
import { bookOf } from './json-book.ts';

const channelId = 'demo-bigcommerce';
const locationId = 1;

type Kept = SandboxOrder & { readonly shipments: readonly Fields[] };

/** A BigCommerce store: webhooks name orders, which Crossdock asks for. */
export const openBigcommerce: OpenMarket = async (crossdock) => {
  const { url } = crossdock;
  const [accessToken, clientSecret] = [secretOf(crossdock, `${channelId} token`), secretOf(crossdock, channelId)];
  const shop = await startBigCommerceSandbox({ accessToken, clientSecret });
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
    url: shop.url,
    shelf: shelfOf(shop),
    book: bookOf<Kept>({
      has: ['order', 'products', 'refunds', 'shipments'],
      read: (id) => {
        const found = shop.store.get(Number(id));
        return found && { ...found, shipments: shop.store.shipments(Number(id)) };
      },
      put: (id, { shipments, ...kept }) => {
        shop.store.put(kept);
        for (const shipment of shipments) shop.store.ship(Number(id), shipment);
      },
    }),
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

const shelfOf = ({ inventory, catalog }: Pick<BigCommerceSandbox, 'inventory' | 'catalog'>): Shelf => ({
  ids: (number) => ({ variantId: String(201 + number), listingId: String(101 + number) }),
  put: ({ sku, title, priceMinor, quantity, variantId, listingId }) => {
    const [variant, product] = [Number(variantId), Number(listingId)];
    inventory.track(variant, product);
    inventory.items.find((one) => one.variant_id === variant)?.at.set(locationId, quantity);
    catalog.products.set(product, { id: product, sku, name: title, price: priceMinor / 100, is_visible: true });
    catalog.variants.set(variant, { id: variant, product_id: product, sku, option_values: [] });
  },
  shown: ({ variantId, listingId }) => {
    const product = catalog.products.get(Number(listingId));
    const quantity = inventory.available(Number(variantId), locationId);
    return product && { quantity, title: product['name'], price: product['sale_price'] || product['price'] };
  },
});
