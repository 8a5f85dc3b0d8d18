import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { startBackfill } from '../../../shared/contracts/channels/polling-apis.ts';
import { address, item, order } from '../../../functions/channels/connectors/adobe/fixtures/orders.ts';
import {
  type AdobeCommerceSandbox,
  startAdobeCommerceSandbox,
  storeTime,
} from '../../../tests/sandboxes/adobe-commerce.ts';
import { type Fields } from '../../../tests/sandboxes/adobe-commerce/search.ts';
import { type Crossdock, type OpenMarket, type Shelf, goods, secretOf } from '../market.ts';
import { bookOf } from './json-book.ts';

const channelId = 'demo-adobe';
/** An order with its shipments and credit memos. */
interface Kept {
  readonly order: Fields;
  readonly shipments: readonly Fields[];
  readonly memos: readonly Fields[];
}
const lookBackMs = 60_000;

/** A channel is asked for what changes from its first minute on; what was placed before that, a backfill brings. */
async function ask({ api }: Crossdock): Promise<void> {
  const from = new Date(Date.now() - lookBackMs).toISOString();
  mustSucceed(await api(startBackfill, { params: { channelId }, body: { from } }));
}

/** An Adobe Commerce store: it sends nothing, so it is asked once a minute. */
export const openAdobe: OpenMarket = async (crossdock) => {
  const integration = {
    consumerKey: secretOf(crossdock, `${channelId} consumer key`),
    consumerSecret: secretOf(crossdock, `${channelId} consumer secret`),
    accessToken: secretOf(crossdock, `${channelId} token`),
    accessTokenSecret: secretOf(crossdock, `${channelId} token secret`),
  };
  const shop = await startAdobeCommerceSandbox({ integration });
  return {
    channel: {
      channelId,
      type: 'adobe',
      settings: { apiUrl: shop.url },
      credentials: { values: integration },
    },
    url: shop.url,
    shelf: shelfOf(shop),
    book: bookOf<Kept>({
      has: ['order', 'shipments', 'memos'],
      read: (id) => {
        const order = shop.book.order(Number(id));
        const ofOrder = (one: Fields) => one['order_id'] === Number(id);
        const { shipments, memos } = shop.book;
        return order && { order, shipments: shipments.filter(ofOrder), memos: memos.filter(ofOrder) };
      },
      put: (_id, { order, shipments, memos }) => {
        shop.order(order);
        shop.book.shipments.push(...shipments);
        shop.book.memos.push(...memos);
      },
    }),
    place: async (id) => {
      const [at, to] = [storeTime(new Date()), address({ parent_id: id })];
      const over = { entity_id: id, increment_id: String(id), created_at: at, updated_at: at };
      shop.order(order({ ...over, items: [item({ order_id: id, sku: goods.lamp })] }, { to }));
      await ask(crossdock);
      return String(id);
    },
    cancel: (id) => {
      shop.change(Number(id), { state: 'canceled', status: 'canceled' });
      return ask(crossdock);
    },
    stop: shop.stop,
  };
};

const shelfOf = ({ book, catalog }: Pick<AdobeCommerceSandbox, 'book' | 'catalog'>): Shelf => ({
  ids: () => ({}),
  put: ({ sku, title, priceMinor, quantity, inventoryItemId = sku }) => {
    book.skus.add(inventoryItemId);
    book.quantities.set(`${inventoryItemId} default`, quantity);
    const sold = { status: 1, type_id: 'simple', visibility: 4, attribute_set_id: 4 };
    catalog.products.set(inventoryItemId, { sku: inventoryItemId, name: title, ...sold });
    catalog.basePrices.set(inventoryItemId, priceMinor / 100);
  },
  shown: ({ sku, inventoryItemId = sku }) => {
    const product = catalog.products.get(inventoryItemId);
    const special = catalog.specialPrices.find((one) => one.sku === inventoryItemId)?.price;
    const price = special ?? catalog.basePrices.get(inventoryItemId);
    return product && { quantity: book.salable(inventoryItemId), title: product['name'], price };
  },
});
