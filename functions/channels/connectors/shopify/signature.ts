import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';

/**
 * Checks `X-Shopify-Hmac-Sha256`, the base64 HMAC-SHA256 of the raw body under the app's client secret, and names the delivery by
 * `X-Shopify-Webhook-Id` (the same at every retry) and `X-Shopify-Topic`.
 * Source: https://shopify.dev/docs/apps/build/webhooks/subscribe/https
 */
export function takeIn(secret: string, { headers, body }: Inbound): Result<Delivery> {
  if (!isSigned(secret, body, headers['x-shopify-hmac-sha256'])) {
    return refuse(
      'invalid-signature',
      "The signature is not good: it must be made over the raw body with this channel's signing secret.",
      {
        errors: [
          { pointer: '#header/x-shopify-hmac-sha256', detail: 'must be the base64 HMAC-SHA256 of the raw body' },
        ],
      },
    );
  }
  const deliveryId = headers['x-shopify-webhook-id'] ?? '';
  const topic = headers['x-shopify-topic'] ?? '';
  const missing = [
    ...(deliveryId === '' ? ['x-shopify-webhook-id'] : []),
    ...(topic === '' ? ['x-shopify-topic'] : []),
  ];
  if (missing.length === 0) return ok({ deliveryId, topic });
  return refuse('malformed-request', `The header ${missing.join(' and ')} is missing.`, {
    errors: missing.map((name) => ({ pointer: `#header/${name}`, detail: 'is required' })),
  });
}

/** Compares in the same time whether the first or the last byte differs. */
function isSigned(secret: string, body: Buffer, given: string | undefined): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const presented = Buffer.from(given ?? '', 'base64');
  return presented.length === expected.length && timingSafeEqual(presented, expected);
}
