import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { verified } from '../webhook/signature.ts';
import { bigCommerceEvent } from './payload.ts';

/**
 * Checks the three headers of Standard Webhooks, signed with the API account's client secret (BigCommerce encodes it as base64, which the
 * scheme decodes again), and names the delivery by `webhook-id`, which is the same at every retry, and by its scope.
 * Source: https://docs.bigcommerce.com/docs/integrations/webhooks
 */
export function takeIn(
  inbound: Pick<Inbound, 'headers' | 'body'>,
  { credentials: { signing }, now }: Pick<Connection, 'credentials' | 'now'>,
): Result<readonly Delivery[]> {
  const id = verified(signing, inbound, now());
  if (!id.ok) return id;
  const json = readJson(inbound.body);
  const event = bigCommerceEvent.safeParse(json.ok ? json.value : undefined);
  return event.success
    ? ok([{ deliveryId: id.value, topic: event.data.scope }])
    : refuse('malformed-request', 'The body is no BigCommerce event: it needs a scope.');
}
