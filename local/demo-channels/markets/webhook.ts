import { startWebhookReceiver } from '../../../tests/sandboxes/webhook-receiver.ts';
import { type OpenMarket, deliver, goods, nowText } from '../market.ts';
import { ownOrder } from './own-order.ts';
import { newSecret, standardWebhook } from './standard-webhooks.ts';

const channelId = 'demo-webhook';

/** A system that signs Standard Webhooks, in and out. */
export const openWebhook: OpenMarket = async (crossdock) => {
  const secret = newSecret();
  const receiver = await startWebhookReceiver({ secret });
  const send = (message: object) => deliver(crossdock, channelId, standardWebhook(secret, message));
  return {
    channel: {
      channelId,
      type: 'webhook',
      endpoint: { kind: 'webhook', url: receiver.url },
      credentials: { signing: secret },
    },
    place: async (number) => {
      const externalId = `hook-${number}`;
      await send({ asOf: nowText(), order: ownOrder(externalId, goods.mug) });
      return externalId;
    },
    move: (externalId) => send({ asOf: nowText(), order: ownOrder(externalId, goods.mug, '7 Charles St') }),
    cancel: (externalId) => send({ kind: 'cancel', externalId, reason: 'the buyer changed their mind' }),
    stop: receiver.stop,
  };
};
