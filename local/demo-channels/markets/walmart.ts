import { lamps, withLine } from '../../../functions/channels/connectors/walmart/fixtures/orders.ts';
import { type WalmartSandboxOrder, startWalmartSandbox, walmartKeys } from '../../../tests/sandboxes/walmart.ts';
import { type WalmartItems } from '../../../tests/sandboxes/walmart/items.ts';
import { type WalmartStock } from '../../../tests/sandboxes/walmart/stock.ts';
import { type OpenMarket, type Shelf, deliver, goods, nowText, secretOf, webhookUrlOf } from '../market.ts';
import { bookOf } from './json-book.ts';

const channelId = 'demo-walmart';

/** What orders live by. */
const events = ['PO_CREATED', 'PO_LINE_AUTOCANCELLED', 'INTENT_TO_CANCEL', 'RETURN_INVOICED'];

/** A seller on Walmart Marketplace: events name orders, which Crossdock asks for and acknowledges. */
export const openWalmart: OpenMarket = async (crossdock) => {
  const secret = secretOf(crossdock, channelId);
  const walmart = await startWalmartSandbox();
  walmart.subscribe(events, webhookUrlOf(crossdock, channelId));
  const put = async (purchaseOrderId: string, status: string, eventType: string): Promise<void> => {
    const units = { status, statusQuantity: { unitOfMeasurement: 'EACH', amount: '3' } };
    const line = {
      item: { ...lamps.item, sku: goods.lamp },
      statusDate: Date.now(),
      orderLineStatuses: { orderLineStatus: [units] },
    };
    walmart.put({ ...withLine(line, { purchaseOrderId, orderDate: Date.now() }), modifiedAt: nowText() });
    const how = { path: `/webhooks/${channelId}`, secret, at: new Date() };
    await deliver(crossdock, channelId, walmart.notify(eventType, { purchaseOrderId }, how));
  };
  return {
    channel: {
      channelId,
      type: 'walmart',
      settings: { apiUrl: walmart.url },
      credentials: { signing: secret, values: walmartKeys },
    },
    url: walmart.url,
    shelf: shelfOf(walmart.stock, walmart.items),
    book: bookOf<WalmartSandboxOrder['order']>({
      has: ['purchaseOrderId', 'orderDate'],
      read: (id) => walmart.order(id),
      put: (_id, order) => walmart.put({ order, modifiedAt: new Date(Number(order['orderDate'])).toISOString() }),
    }),
    work: () => {
      walmart.items.workThrough();
      walmart.stock.workThrough();
    },
    place: async (number) => {
      await put(String(number), 'Created', 'PO_CREATED');
      return String(number);
    },
    cancel: (id) => put(id, 'Cancelled', 'PO_LINE_AUTOCANCELLED'),
    stop: walmart.stop,
  };
};

const shelfOf = (stock: WalmartStock, items: WalmartItems): Shelf => ({
  ids: () => ({}),
  put: ({ sku, title, priceMinor, quantity, inventoryItemId = sku }) => {
    items.list(inventoryItemId, 'Home', '00012345678905');
    const pricing = { currentPriceType: 'BASE', currentPrice: { currency: 'USD', amount: priceMinor / 100 } };
    const item = items.items.get(inventoryItemId);
    if (item !== undefined) items.items.set(inventoryItemId, { ...item, content: { productName: title }, pricing });
    stock.set(inventoryItemId, quantity);
  },
  shown: ({ sku, inventoryItemId = sku }) => {
    const item = items.items.get(inventoryItemId);
    if (item === undefined) return undefined;
    return { quantity: stock.shown(inventoryItemId), title: item.content['productName'], price: item.pricing };
  },
});
