import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type Crossdock, type Signed, secretOf } from '../market.ts';

/** A channel's secret in the form of Standard Webhooks. */
export const signingOf = (crossdock: Pick<Crossdock, 'seed'>, channelId: string): string =>
  `whsec_${Buffer.from(secretOf(crossdock, channelId)).toString('base64')}`;

/** Signs a message by Standard Webhooks, under an id of its own. */
export function standardWebhook(secret: string, message: object): Signed {
  const [id, at, body] = [randomUUID(), new Date(), JSON.stringify(message)];
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
  };
}
