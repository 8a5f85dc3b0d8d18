import { isUtf8 } from 'node:buffer';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Inbound } from '../../domain/connector.ts';

/**
 * The signer and verifier of the Standard Webhooks specification (https://www.standardwebhooks.com). A secret that begins with `whsec_` is
 * base64, as the specification has it; any other secret is used as its own bytes, which is what BigCommerce does.
 */
const signer = (secret: string): Webhook =>
  secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });

/** Signs an outgoing message: its three headers. */
export function signed(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const signature = signer(secret).sign(id, at, body);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  };
}

/** The id of a message whose signature is good and not older than five minutes. Refusal: `invalid-signature`. */
export function verified(secret: string, { headers, body }: Inbound): Result<string> {
  const id = headers['webhook-id'] ?? '';
  const given = {
    'webhook-id': id,
    'webhook-timestamp': headers['webhook-timestamp'] ?? '',
    'webhook-signature': headers['webhook-signature'] ?? '',
  };
  // The library signs text: bytes that are no text would be compared as replacement characters.
  if (!isUtf8(body))
    return refuse('invalid-signature', 'The body is no text in UTF-8, so its signature cannot be good.');
  try {
    signer(secret).verify(body, given, { jsonParse: false });
    return ok(id);
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return refuse('invalid-signature', `The signature is not good: ${error.message}.`, {
      errors: [
        { pointer: '#header/webhook-signature', detail: 'must be v1,<base64 HMAC-SHA256 of id.timestamp.body>' },
      ],
    });
  }
}
