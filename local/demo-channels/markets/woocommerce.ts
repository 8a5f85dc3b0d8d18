import { line, order } from '../../../functions/channels/connectors/woocommerce/fixtures/order.ts';
import {
  type WooSandbox,
  type WooSandboxOrder,
  startWooSandbox,
  wooHeaders,
} from '../../../tests/sandboxes/woocommerce.ts';
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

const channelId = 'demo-woocommerce';
/** An order with what was done to it. */
interface Kept {
  readonly order: WooSandboxOrder;
  readonly refunds: readonly object[];
  readonly notes: readonly object[];
}
const topics = ['order.created', 'order.updated', 'order.deleted', 'order.restored'];
const home = {
  first_name: 'Jo',
  last_name: 'Example',
  address_1: '5 Canal St',
  city: 'Boston',
  state: 'MA',
  postcode: '02114',
  country: 'US',
};

/** A WooCommerce shop: its webhooks carry whole orders. */
export const openWoocommerce: OpenMarket = async (crossdock) => {
  const secret = secretOf(crossdock, channelId);
  const keys = { consumerKey: `ck_${secret}`, consumerSecret: `cs_${secret}` };
  const shop = await startWooSandbox(keys);
  const delivery_url = webhookUrlOf(crossdock, channelId);
  shop.subscribe(...topics.map((topic) => ({ topic, status: 'active', delivery_url })));
  const put = (topic: string, id: number, status: string, street = home.address_1): Promise<void> => {
    const one = {
      ...order({ id, number: `W-${id}`, currency: 'USD', line_items: [line({ sku: goods.tee })] }),
      status,
      date_modified_gmt: new Date().toISOString().slice(0, 19),
      shipping: { ...home, address_1: street },
    };
    shop.put(one);
    const body = JSON.stringify(one);
    return deliver(crossdock, channelId, { headers: wooHeaders(secret, body, topic, epochSeconds()), body });
  };
  return {
    channel: {
      channelId,
      type: 'woocommerce',
      settings: { apiUrl: shop.url },
      credentials: { signing: secret, values: keys },
    },
    url: shop.url,
    shelf: shelfOf(shop),
    book: bookOf<Kept>({
      has: ['order', 'refunds', 'notes'],
      read: (id) => shop.book(Number(id)),
      put: (_id, { order, refunds, notes }) => shop.put(order, refunds, notes),
    }),
    place: async (number) => {
      await put('order.created', number, 'processing');
      return String(number);
    },
    move: (id) => put('order.updated', Number(id), 'processing', '60 Canal St'),
    cancel: (id) => put('order.updated', Number(id), 'cancelled'),
    stop: shop.stop,
  };
};

const shelfOf = ({ catalog, listings }: Pick<WooSandbox, 'catalog' | 'listings'>): Shelf => ({
  ids: (number) => ({ listingId: String(101 + number) }),
  put: ({ sku, title, priceMinor, quantity, listingId }) => {
    const id = Number(listingId);
    catalog.list(id);
    Object.assign(catalog.stock(id) ?? {}, { manage_stock: true, stock_quantity: quantity });
    const sold = { name: title, regular_price: dollars(priceMinor), status: 'publish', type: 'simple' };
    listings.products.set(id, { id, sku, parent_id: 0, images: [], ...sold });
  },
  shown: ({ listingId }) => {
    const product = listings.products.get(Number(listingId));
    const quantity = catalog.stock(Number(listingId))?.stock_quantity ?? undefined;
    return product && { quantity, title: product['name'], price: product['sale_price'] || product['regular_price'] };
  },
});
