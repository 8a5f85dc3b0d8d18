import { randomUUID } from 'node:crypto';
import {
  location,
  onlineOrder,
  squareLine,
  variation,
} from '../../../functions/channels/connectors/square/fixtures/orders.ts';
import { orderTopics, refundTopics } from '../../../functions/channels/connectors/square/topics.ts';
import { squareHeaders, squareOrderEvent, startSquareSandbox } from '../../../tests/sandboxes/square.ts';
import { Ledger, type OpenMarket, deliver, goods, nowText, webhookUrlOf } from '../market.ts';

const channelId = 'demo-square';

/** A seller at Square: events name orders, which Crossdock asks for; lines name what the catalog has the SKU of. */
export const openSquare: OpenMarket = async (crossdock) => {
  const [signing, accessToken] = [randomUUID(), randomUUID()];
  const notificationUrl = webhookUrlOf(crossdock, channelId);
  const square = await startSquareSandbox(accessToken);
  square.locations.push(location);
  const event_types = [...orderTopics, ...refundTopics];
  square.subscriptions = [{ notification_url: notificationUrl, enabled: true, event_types }];
  square.catalog.set(variation.id, { ...variation, item_variation_data: { item_id: 'ITEM1', sku: goods.mug } });
  const versions = new Ledger<number>();
  const put = (id: string, version: number, topic: string, over: object): Promise<void> => {
    versions.put(id, version);
    const at = nowText();
    square.put({
      ...onlineOrder({ line_items: lines, ...over }),
      ...totals,
      id,
      version,
      location_id: location.id,
      updated_at: at,
    });
    const body = squareOrderEvent(topic, id, version);
    return deliver(crossdock, channelId, { headers: squareHeaders(signing, notificationUrl, body), body });
  };
  return {
    channel: {
      channelId,
      type: 'square',
      settings: { notificationUrl, apiUrl: square.url },
      credentials: { signing, values: { accessToken } },
    },
    place: async (number) => {
      const id = `SQ${number}`;
      await put(id, 1, 'order.created', {});
      return id;
    },
    cancel: (id) => put(id, versions.of(id) + 1, 'order.updated', { state: 'CANCELED' }),
    stop: square.stop,
  };
};

const usd = (amount: number) => ({ amount, currency: 'USD' });
const lines = [squareLine()];
/** Two mugs of 8.00, paid by card; nothing else is charged. */
const totals = {
  taxes: [],
  discounts: [],
  service_charges: [],
  total_tip_money: usd(0),
  total_money: usd(1600),
  tenders: [{ id: 'T1', type: 'CARD', amount_money: usd(1600), card_details: { status: 'CAPTURED' } }],
};
