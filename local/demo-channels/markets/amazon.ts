import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { orderChangeOf } from '../../../functions/channels/connectors/amazon/fixtures/notifications.ts';
import { inStatus, mugs, tray } from '../../../functions/channels/connectors/amazon/fixtures/orders.ts';
import { startAmazonSandbox } from '../../../tests/sandboxes/amazon.ts';
import { type Book } from '../../../tests/sandboxes/amazon/book.ts';
import { type Crossdock, type OpenMarket, type Shelf, dollars, goods, nowText, secretOf } from '../market.ts';
import { bookOf } from './json-book.ts';

const [channelId, sellerId, marketplaceIds] = ['demo-amazon', 'A1DEMOSELLER', 'ATVPDKIKX0DER'];

/** An order with its parcels, and what went back of it. */
interface Kept {
  readonly order: NonNullable<ReturnType<Book['orders']['get']>>;
  readonly parcels: ReturnType<Book['parcels']>;
  readonly refunds: Book['refunds'];
}

const orderItems = [
  { ...mugs, product: { ...mugs.product, sellerSku: goods.mug } },
  { ...tray, product: { ...tray.product, sellerSku: goods.lamp } },
];

/** A seller on Amazon: ORDER_CHANGE comes by a queue and names an order, which Crossdock asks for. */
export const openAmazon: OpenMarket = async (crossdock: Crossdock) => {
  const { amazonQueueUrl } = crossdock;
  const secret = secretOf(crossdock, channelId);
  const app = { clientId: 'amzn1.demo', clientSecret: secret, refreshToken: `Atzr|${secret}` };
  const amazon = await startAmazonSandbox(app);
  const credentials = { accessKeyId: 'amazon', secretAccessKey: 'amazon' };
  const sqs = new SQSClient({ endpoint: new URL(amazonQueueUrl).origin, region: 'us-east-1', credentials });
  const put = async (orderId: string, order: 'UNSHIPPED' | 'CANCELLED', status: string): Promise<void> => {
    const at = nowText();
    amazon.book.put(inStatus(order, { orderId, orderItems, lastUpdatedTime: at }));
    const notification = orderChangeOf(orderId, { sellerId, status, at });
    await sqs.send(new SendMessageCommand({ QueueUrl: amazonQueueUrl, MessageBody: JSON.stringify(notification) }));
  };
  return {
    channel: {
      channelId,
      type: 'amazon',
      settings: { sellerId, marketplaceIds, apiUrl: amazon.url, lwaUrl: amazon.lwaUrl },
      credentials: { values: app },
    },
    url: amazon.url,
    shelf: shelfOf(amazon.book),
    book: bookOf<Kept>({
      has: ['order', 'parcels', 'refunds'],
      read: (id) => {
        const { orders, parcels, refunds } = amazon.book;
        const order = orders.get(id);
        return order && { order, parcels: parcels(id), refunds: refunds.filter(({ orderId }) => orderId === id) };
      },
      put: (id, { order, parcels, refunds }) => {
        amazon.book.put(order);
        for (const parcel of parcels) amazon.book.confirm(id, parcel);
        amazon.book.refunds.push(...refunds);
      },
    }),
    work: () => {
      amazon.book.feeds.workThrough(amazon.book);
      amazon.book.catalog.workThrough(nowText());
    },
    place: async (number) => {
      const digits = String(number).padStart(14, '0');
      const orderId = `114-${digits.slice(0, 7)}-${digits.slice(7)}`;
      await put(orderId, 'UNSHIPPED', 'Unshipped');
      return orderId;
    },
    cancel: (orderId) => put(orderId, 'CANCELLED', 'Canceled'),
    stop: () => {
      sqs.destroy();
      return amazon.stop();
    },
  };
};

const shelfOf = ({ listings, catalog }: Pick<Book, 'listings' | 'catalog'>): Shelf => {
  const stock = (quantity: number) => [{ fulfillment_channel_code: 'DEFAULT', quantity }];
  const patchOf = (quantity: number) => ({
    productType: 'PRODUCT',
    patches: [{ op: 'replace', path: '/attributes/fulfillment_availability', value: stock(quantity) }],
  });
  const text = (value: string) => [{ value, language_tag: 'en_US', marketplace_id: marketplaceIds }];
  const offerOf = (priceMinor: number) => ({
    ...{ marketplace_id: marketplaceIds, currency: 'USD', audience: 'ALL' },
    our_price: [{ schedule: [{ value_with_tax: Number(dollars(priceMinor)) }] }],
  });
  return {
    ids: () => ({}),
    put: ({ sku, title, priceMinor, quantity, inventoryItemId = sku }) => {
      const condition_type = [{ value: 'new_new', marketplace_id: marketplaceIds }];
      const said = { item_name: text(title), brand: text('Demo'), condition_type };
      const attributes = { ...said, purchasable_offer: [offerOf(priceMinor)] };
      catalog.put(inventoryItemId, { productType: 'PRODUCT', attributes });
      listings.patch(inventoryItemId, patchOf(quantity));
    },
    shown: ({ sku, inventoryItemId = sku }) => {
      const { item_name: title, purchasable_offer: price } = catalog.items.get(inventoryItemId)?.attributes ?? {};
      const stocked = listings.shown(inventoryItemId);
      return stocked && { quantity: stocked.quantity, title, price };
    },
  };
};
