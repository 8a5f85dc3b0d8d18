import { onxOrder } from '../../../functions/channels/connectors/onx/fixtures/orders.ts';
import { type OpenMarket, deliver, goods, nowText } from '../market.ts';
import { newSecret, standardWebhook } from './standard-webhooks.ts';

const channelId = 'demo-onx';
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
export const openOnx: OpenMarket = (crossdock) => {
  const secret = newSecret();
  const send = (message: object) => deliver(crossdock, channelId, standardWebhook(secret, message));
  return Promise.resolve({
    channel: { channelId, type: 'onx', credentials: { signing: secret } },
    place: async (number) => {
      const id = `so-${number}`;
      await send(orderOf(id));
      return id;
    },
    move: (id) => send(orderOf(id, '9 Harbor Way')),
    cancel: (orderId) => send({ orderId, reason: 'customer_request' }),
    stop: () => Promise.resolve(),
  });
};
