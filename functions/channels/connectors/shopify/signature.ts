import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';
import { badSignature, isHmacOf, missingHeaders, verifiedByAny } from '../kit/signatures.ts';

const signatureHeader = 'x-shopify-hmac-sha256';

/**
 * Checks `X-Shopify-Hmac-Sha256`, the base64 HMAC-SHA256 of the raw body under the app's client secret, and names the delivery by
 * `X-Shopify-Webhook-Id` (the same at every retry) and `X-Shopify-Topic`.
 * Source: https://shopify.dev/docs/apps/build/webhooks/subscribe/https
 */
export function takeIn(
  { headers, body }: Pick<Inbound, 'headers' | 'body'>,
  { credentials: { signing } }: Pick<Connection, 'credentials'>,
): Result<readonly Delivery[]> {
  const given = headers[signatureHeader];
  if (!verifiedByAny(signing, (secret) => isHmacOf(body, secret, given, { encoding: 'base64' })))
    return badSignature(signatureHeader, 'must be the base64 HMAC-SHA256 of the raw body');
  const deliveryId = headers['x-shopify-webhook-id'] ?? '';
  const topic = headers['x-shopify-topic'] ?? '';
  const missing = [
    ...(deliveryId === '' ? ['x-shopify-webhook-id'] : []),
    ...(topic === '' ? ['x-shopify-topic'] : []),
  ];
  return missing.length === 0 ? ok([{ deliveryId, topic }]) : missingHeaders(missing);
}
