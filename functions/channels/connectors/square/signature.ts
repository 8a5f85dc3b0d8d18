import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { badSignature, isHmacOf, verifiedByAny } from '../kit/signatures.ts';
import { needs } from './needs.ts';
import { exchangeTopic } from './topics.ts';

/** Events that tell an order's own state. */
const doneTopics = ['order.created', 'order.updated'];
const header = 'x-square-hmacsha256-signature';
const envelope = z.object({
  event_id: z.string().min(1),
  type: z.string().min(1),
  data: z
    .looseObject({ object: z.record(z.string(), z.looseObject({ state: z.string().nullish() })) })
    .optional()
    .catch(undefined),
});

/**
 * Checks `x-square-hmacsha256-signature`, the base64 HMAC-SHA256 of the notification URL followed by the raw body under the subscription's
 * signature key, and names the delivery by its `event_id` (the same at every retry). An order that is done may be an exchange, which is a sale and
 * a return: what came back with it is a delivery of its own.
 * Source: https://developer.squareup.com/docs/webhooks/step3validate
 */
export function takeIn(
  { headers, body }: Pick<Inbound, 'headers' | 'body'>,
  { channel, credentials: { signing } }: Pick<Connection, 'channel' | 'credentials'>,
): Result<readonly Delivery[]> {
  const url = settingOf(channel, needs, 'notificationUrl');
  if (url === '')
    return badSignature(header, `cannot be checked while channel ${channel.channelId} has no setting notificationUrl`);
  const signed = Buffer.concat([Buffer.from(url), body]);
  if (!verifiedByAny(signing, (secret) => isHmacOf(signed, secret, headers[header], { encoding: 'base64' })))
    return badSignature(header, 'must be the base64 HMAC-SHA256 of the notification URL and the raw body');
  const json = readJson(body);
  const event = envelope.safeParse(json.ok ? json.value : undefined);
  return event.success
    ? ok(deliveriesOf(event.data))
    : refuse('malformed-request', 'The body is no event of Square: it has no event_id and type.');
}

function deliveriesOf({ event_id: deliveryId, type: topic, data }: z.output<typeof envelope>): Delivery[] {
  const isDone = Object.values(data?.object ?? {}).some(({ state }) => state === 'COMPLETED');
  const exchange = { deliveryId: `${deliveryId}/exchange`, topic: exchangeTopic };
  return [{ deliveryId, topic }, ...(isDone && doneTopics.includes(topic) ? [exchange] : [])];
}
