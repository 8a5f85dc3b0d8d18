import { location, onlineOrder, squareLine } from '../../../functions/channels/connectors/square/fixtures/orders.ts';
import { orderTopics, refundTopics } from '../../../functions/channels/connectors/square/topics.ts';
import {
  type SquareOrderObject,
  type SquareSandbox,
  squareHeaders,
  squareOrderEvent,
  startSquareSandbox,
} from '../../../tests/sandboxes/square.ts';
import { type Fields } from '../../../tests/sandboxes/square/answers.ts';
import { type OpenMarket, type Shelf, deliver, nowText, secretOf, webhookUrlOf } from '../market.ts';
import { bookOf } from './json-book.ts';

const channelId = 'demo-square';

/** An order with how it was paid, and what of that went back. */
interface Kept {
  readonly order: SquareOrderObject;
  readonly payment: Fields;
  readonly refunds: readonly (Fields & { readonly id: string })[];
}

/** A seller at Square: events name orders, which Crossdock asks for; lines name what the catalog has the SKU of. */
export const openSquare: OpenMarket = async (crossdock) => {
  const [signing, accessToken] = [secretOf(crossdock, channelId), secretOf(crossdock, `${channelId} token`)];
  const notificationUrl = webhookUrlOf(crossdock, channelId);
  const square = await startSquareSandbox(accessToken);
  square.locations.push(location);
  const event_types = [...orderTopics, ...refundTopics];
  square.subscriptions = [{ notification_url: notificationUrl, enabled: true, event_types }];
  const put = (id: string, topic: string, over: object): Promise<void> => {
    const version = Number(square.order(id)?.['version'] ?? 0) + 1;
    const at = nowText();
    square.put({
      ...onlineOrder({ line_items: lines, ...over }),
      ...totals,
      tenders: [tenderOf(id)],
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
      settings: { notificationUrl, apiUrl: square.url, stockLocationId: location.id },
      credentials: { signing, values: { accessToken } },
    },
    url: square.url,
    shelf: shelfOf(square),
    book: bookOf<Kept>({
      has: ['order', 'payment', 'refunds'],
      read: (id) => {
        const [order, payment] = [square.order(id), square.payment(paymentIdOf(id))];
        const refunds = [...square.afterSale.refunds.values()].filter((one) => one['payment_id'] === paymentIdOf(id));
        return order && payment && { order, payment, refunds };
      },
      put: (id, { order, payment, refunds }) => {
        square.put(order);
        square.pay({ ...payment, id: paymentIdOf(id) });
        for (const refund of refunds) square.afterSale.refunds.set(refund.id, refund);
      },
    }),
    place: async (number) => {
      const id = `SQ${number}`;
      square.pay({ id: paymentIdOf(id), status: 'COMPLETED', amount_money: usd(totalMinor) });
      await put(id, 'order.created', {});
      return id;
    },
    cancel: (id) => put(id, 'order.updated', { state: 'CANCELED' }),
    stop: square.stop,
  };
};

const usd = (amount: number) => ({ amount, currency: 'USD' });
const totalMinor = 1600;
const lines = [squareLine()];
/** Two mugs of 8.00, paid by card; nothing else is charged. */
const totals = {
  taxes: [],
  discounts: [],
  service_charges: [],
  total_tip_money: usd(0),
  total_money: usd(totalMinor),
};
const paymentIdOf = (orderId: string): string => `PAY-${orderId}`;
const tenderOf = (orderId: string) => ({
  id: `TENDER-${orderId}`,
  payment_id: paymentIdOf(orderId),
  type: 'CARD',
  amount_money: usd(totalMinor),
  card_details: { status: 'CAPTURED' },
});

/** When what was there at the start was counted: before all that is told. */
const longAgo = '2020-01-01T00:00:00.000Z';
const placeOf = (variantId: string): string => `${variantId}@${location.id}`;

/** The mug is what orders name: the first variation. */
const shelfOf = ({ listings, inventory }: Pick<SquareSandbox, 'listings' | 'inventory'>): Shelf => ({
  ids: (number) => ({ variantId: `VARIATION${number + 1}`, listingId: `ITEM${number + 1}` }),
  put: ({ sku, title, priceMinor, quantity, variantId = '', listingId = '' }) => {
    const price_money = usd(priceMinor);
    const sold = { item_id: listingId, sku, name: title, pricing_type: 'FIXED_PRICING' as const, price_money };
    const data = { sellable: true, stockable: true, track_inventory: true, ...sold };
    const presence = { present_at_all_locations: true };
    const variation = { type: 'ITEM_VARIATION' as const, id: variantId, ...presence, item_variation_data: data };
    listings.put({ type: 'ITEM', id: listingId, ...presence, item_data: { name: title, variations: [variation] } });
    inventory.counts.set(placeOf(variantId), { quantity: String(quantity), at: longAgo });
  },
  shown: ({ variantId = '', listingId = '' }) => {
    const item = listings.items.get(listingId)?.item_data;
    const price = item?.variations?.find(({ id }) => id === variantId)?.item_variation_data.price_money;
    return (
      item && { quantity: Number(inventory.counts.get(placeOf(variantId))?.quantity ?? 0), title: item.name, price }
    );
  },
});
