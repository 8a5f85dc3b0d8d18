import { onxOrder } from '../../../functions/channels/connectors/onx/fixtures/orders.ts';
import { type OnxSystem, startOnxSystem } from '../../../tests/sandboxes/onx.ts';
import { type OpenMarket, deliver, goods, nowText } from '../market.ts';
import { bookOf } from './json-book.ts';
import { signingOf, standardWebhook } from './standard-webhooks.ts';

const channelId = 'demo-onx';

/** An order's status, and what was told of it. */
interface Kept {
  readonly status: string;
  readonly fulfillments: OnxSystem['fulfillments'];
  readonly returns: OnxSystem['returns'];
}
const [mug, lamp] = onxOrder.lineItems;

const orderOf = (id: string, street = onxOrder.shippingAddress.address1) => ({
  ...onxOrder,
  id,
  updatedAt: nowText(),
  shippingAddress: { ...onxOrder.shippingAddress, address1: street },
  lineItems: [
    { ...mug, sku: goods.mug },
    { ...lamp, sku: goods.lamp },
  ],
});

/** A system that speaks Order Network eXchange. */
export const openOnx: OpenMarket = async (crossdock) => {
  const secret = signingOf(crossdock, channelId);
  const system = await startOnxSystem({ secret });
  const send = (message: object) => deliver(crossdock, channelId, standardWebhook(secret, message));
  return {
    channel: {
      channelId,
      type: 'onx',
      endpoint: { kind: 'webhook', url: system.url },
      credentials: { signing: secret },
    },
    url: system.url,
    book: bookOf<Kept>({
      has: ['status', 'fulfillments', 'returns'],
      read: (id) => {
        const status = system.orders.get(id);
        if (status === undefined) return undefined;
        const [fulfillments, returns] = [system.fulfillments, system.returns].map((all) =>
          all.filter(({ orderId }) => orderId === id),
        );
        return { status, fulfillments: fulfillments ?? [], returns: returns ?? [] };
      },
      put: (id, { status, fulfillments, returns }) => {
        system.orders.set(id, status);
        system.fulfillments.push(...fulfillments);
        system.returns.push(...returns);
      },
    }),
    place: async (number) => {
      const id = `so-${number}`;
      system.orders.set(id, 'confirmed');
      await send(orderOf(id));
      return id;
    },
    move: (id) => send(orderOf(id, '9 Harbor Way')),
    cancel: (orderId) => {
      system.orders.set(orderId, 'cancelled');
      return send({ orderId, reason: 'customer_request' });
    },
    stop: system.stop,
  };
};
