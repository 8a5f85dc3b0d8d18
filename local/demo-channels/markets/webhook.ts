import * as z from 'zod';
import { type WebhookReceiver, startWebhookReceiver } from '../../../tests/sandboxes/webhook-receiver.ts';
import { type OpenMarket, type Shelf, deliver, goods, nowText } from '../market.ts';
import { bookOf } from './json-book.ts';
import { ownOrder } from './own-order.ts';
import { signingOf, standardWebhook } from './standard-webhooks.ts';

const channelId = 'demo-webhook';

/** What it was told of an order, by the messages' ids. */
interface Kept {
  readonly told: readonly Told[];
}
type Told = NonNullable<ReturnType<WebhookReceiver['orders']['get']>>;

/** A system that signs Standard Webhooks, in and out. */
export const openWebhook: OpenMarket = async (crossdock) => {
  const secret = signingOf(crossdock, channelId);
  const receiver = await startWebhookReceiver({ secret });
  const send = (message: object) => deliver(crossdock, channelId, standardWebhook(secret, message));
  return {
    channel: {
      channelId,
      type: 'webhook',
      endpoint: { kind: 'webhook', url: receiver.url },
      credentials: { signing: secret },
    },
    url: receiver.url,
    shelf: shelfOf(receiver, secret),
    book: bookOf<Kept>({
      has: ['told'],
      read: (id) => ({ told: [...receiver.orders.values()].filter(({ data }) => data.externalId === id) }),
      put: (_id, { told }) => told.forEach((one) => receiver.orders.set(one.data.noticeId, one)),
    }),
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

/** It has what it was told: what an earlier start was told, it is told again in our place. */
const shelfOf = (receiver: WebhookReceiver, secret: string): Shelf => {
  const tell = async (type: string, data: object): Promise<void> => {
    const { headers, body } = standardWebhook(secret, { type, timestamp: '2020-01-01T00:00:00Z', data });
    await fetch(receiver.url, { method: 'POST', headers, body: String(body) });
  };
  return {
    ids: () => ({}),
    put: async ({ sku, title, priceMinor, quantity }) => {
      if (quantity > 0) await tell('availability.changed', { channelId, quantities: [{ sku, quantity, version: 1 }] });
      const price = { amount: priceMinor, currency: 'USD' };
      await tell('listings.changed', {
        channelId,
        listings: [{ sku, visibility: 'shown', content: { title }, price }],
      });
    },
    shown: ({ sku }) => {
      const listing = z.object({ content: z.object({ title: z.string() }), price: z.unknown() });
      const { data } = listing.safeParse(receiver.listings.get(sku));
      return { quantity: receiver.shown(sku), title: data?.content.title, price: data?.price };
    },
  };
};
