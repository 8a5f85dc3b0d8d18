import { randomUUID } from 'node:crypto';
import { lamps, withLine } from '../../../functions/channels/connectors/walmart/fixtures/orders.ts';
import { startWalmartSandbox, walmartKeys } from '../../../tests/sandboxes/walmart.ts';
import { type OpenMarket, deliver, goods, nowText, webhookUrlOf } from '../market.ts';

const channelId = 'demo-walmart';

/** What orders live by. */
const events = ['PO_CREATED', 'PO_LINE_AUTOCANCELLED', 'INTENT_TO_CANCEL', 'RETURN_INVOICED'];

/** A seller on Walmart Marketplace: events name orders, which Crossdock asks for and acknowledges. */
export const openWalmart: OpenMarket = async (crossdock) => {
  const secret = randomUUID();
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
    place: async (number) => {
      await put(String(number), 'Created', 'PO_CREATED');
      return String(number);
    },
    cancel: (id) => put(id, 'Cancelled', 'PO_LINE_AUTOCANCELLED'),
    stop: walmart.stop,
  };
};
