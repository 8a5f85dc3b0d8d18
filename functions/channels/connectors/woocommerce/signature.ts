import { createHash } from 'node:crypto';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';
import { badSignature, isHmacOf, verifiedByAny } from '../kit/signatures.ts';

const signatureHeader = 'x-wc-webhook-signature';
/** The topic of the ping that comes when a webhook is created, and is neither signed nor said to be one. */
export const pingTopic = 'ping';

/**
 * Checks `X-WC-Webhook-Signature`, the base64 HMAC-SHA256 of the raw body under the webhook's secret. `X-WC-Webhook-Delivery-ID` is made of the
 * webhook and the second, so that two orders of one second share it: the body's hash tells them apart. WooCommerce delivers once, and turns
 * a webhook off after a row of failures, so anything that is well signed is taken. Its ping is taken unsigned, once: it says nothing.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks; class-wc-webhook.php (deliver, deliver_ping, get_new_delivery_id)
 */
export function takeIn(
  { headers, body }: Pick<Inbound, 'headers' | 'body'>,
  { credentials: { signing } }: Pick<Connection, 'credentials'>,
): Result<readonly Delivery[]> {
  if (isPing(body)) return ok([{ deliveryId: pingTopic, topic: pingTopic, body: Buffer.from('webhook_id') }]);
  const given = headers[signatureHeader];
  if (!verifiedByAny(signing, (secret) => isHmacOf(body, secret, given, { encoding: 'base64' })))
    return badSignature(signatureHeader, 'must be the base64 HMAC-SHA256 of the raw body');
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const id = headers['x-wc-webhook-delivery-id'] ?? '';
  return ok([{ deliveryId: `${id}/${hash}`, topic: headers['x-wc-webhook-topic'] ?? 'unknown' }]);
}

const isPing = (body: Buffer): boolean => body.length < 40 && /^webhook_id=\d{1,20}$/.test(body.toString('latin1'));
