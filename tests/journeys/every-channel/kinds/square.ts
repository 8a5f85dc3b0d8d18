import {
  location,
  onlineOrder,
  returnOrder,
  shipment,
  squareLine,
  variation,
} from '../../../../functions/channels/connectors/square/fixtures/orders.ts';
import { squareHeaders, squareOrderEvent, startSquareSandbox } from '../../../sandboxes/square.ts';
import { type ChangeName, type ChannelKind } from '../kind.ts';
import { renamed } from '../renamed.ts';

const secret = 'a-signature-key-of-square';
const accessToken = 'EAAA0123456789abcdef';
const events: Readonly<Record<'placed' | ChangeName, string>> = {
  placed: 'order.created',
  cancelPart: 'order.fulfillment.updated',
  refund: 'order.created',
  askCancel: 'order.updated',
  cancel: 'order.updated',
};
const topics = [
  'order.created',
  'order.updated',
  'order.fulfillment.updated',
  'payment.created',
  'payment.updated',
  'refund.created',
  'refund.updated',
];

/** Square: events name orders, which are asked for; a refund is an order of its own. */
export const square: ChannelKind = {
  type: 'square',
  open: async ({ webhookUrl, tag }) => {
    const sandbox = await startSquareSandbox(accessToken);
    const sku = `MUG${tag}`;
    sandbox.locations.push(location);
    sandbox.catalog.set(variation.id, renamed(variation, { 'MUG-BLUE': sku }));
    sandbox.subscriptions = [{ notification_url: webhookUrl, enabled: true, event_types: topics }];
    const idOf = (number: number) => `ORDER${number}`;
    const versions = new Map<number, number>();
    const put = (number: number, at: Date, over: Readonly<Record<string, unknown>> = {}) => {
      const version = (versions.get(number) ?? 0) + 1;
      versions.set(number, version);
      const times = { created_at: at.toISOString(), updated_at: at.toISOString() };
      sandbox.put(onlineOrder({ id: idOf(number), version, ...times, ...over }));
    };
    const entries = (quantity: string) => [{ uid: `E${quantity}`, line_item_uid: squareLine().uid, quantity }];
    return {
      settings: { apiUrl: sandbox.url, notificationUrl: webhookUrl, stockLocationId: 'L1' },
      credentials: { signing: secret, values: { accessToken } },
      wrong: { values: { accessToken: 'EAAA-of-somebody-else' }, says: /access token/ },
      sold: { currency: 'USD', totalMinor: 6078, units: { [sku]: 3 } },
      externalId: idOf,
      place: (number, at) => put(number, at),
      changes: {
        cancelPart: (number, at) => {
          const [gone, left] = [
            shipment({ uid: 'F1', state: 'CANCELED', entries: entries('1') }),
            shipment({ uid: 'F2', entries: entries('2') }),
          ];
          put(number, at, { fulfillments: [gone, left] });
          return { cancelled: { [sku]: 1 } };
        },
        refund: (number, at) => {
          const times = { created_at: at.toISOString(), updated_at: at.toISOString() };
          const names = { ORDER1: idOf(number), RETURN1: `RETURN${number}`, LOCATION2: location.id };
          const noLines = { uid: 'R1', source_order_id: 'ORDER1', return_amounts: { total_money: usd(800) } };
          sandbox.put(renamed(returnOrder({ ...times, returns: [noLines] }), names));
          return { refundedMinor: 800 };
        },
        cancel: (number, at) => {
          put(number, at, { state: 'CANCELED', fulfillments: [shipment({ state: 'CANCELED' })] });
          return { cancelled: { [sku]: 3 } };
        },
      },
      message: (number, about) => {
        const order = about === 'refund' ? `RETURN${number}` : idOf(number);
        const body = squareOrderEvent(events[about], order, versions.get(number));
        return { headers: squareHeaders(secret, webhookUrl, body), body };
      },
      fail: {
        throttled: () => sandbox.fail(429, 2),
        broken: () => sandbox.fail(500, 2),
      },
      deliveriesWait: true,
      stop: () => sandbox.stop(),
    };
  },
};

const usd = (amount: number) => ({ amount, currency: 'USD' });
