import { createHash } from 'node:crypto';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { badSignature, isHmacOf, verifiedByAny } from '../kit/signatures.ts';
import { needs } from './needs.ts';
import { notification } from './payload.ts';

/**
 * Kinds of webhook that say something of an order. Any other is taken in and left out.
 * Source: https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview
 */
const topics: Readonly<Record<number, string>> = {
  1: 'ORDER_STATUS_CHANGE',
  2: 'REVERSE_STATUS_UPDATE',
  3: 'RECIPIENT_ADDRESS_UPDATE',
  4: 'PACKAGE_UPDATE',
  11: 'CANCELLATION_STATUS_CHANGE',
  12: 'RETURN_STATUS_CHANGE',
};
const orderTopics = new Set([...Object.values(topics), 'ORDER_POLLED']);

/** True for a delivery that leads to an order. */
export const isAboutOrder = (topic: string): boolean => orderTopics.has(topic);

/**
 * Checks `Authorization`, the lowercase hex HMAC-SHA256 of the app's key followed by the raw body, under the app's secret. The body's
 * `tts_notification_id` names the message; older messages have none, so that the body's own hash does. It is not dated: what comes twice is
 * known by its id. A package's message is a delivery for each of its orders.
 * Source: https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview
 */
export function takeIn(
  { headers, body }: Pick<Inbound, 'headers' | 'body'>,
  { channel, credentials: { signing } }: Pick<Connection, 'channel' | 'credentials'>,
): Result<readonly Delivery[]> {
  const signed = Buffer.concat([Buffer.from(settingOf(channel, needs, 'appKey')), body]);
  const given = headers['authorization'];
  if (!verifiedByAny(signing, (secret) => isHmacOf(signed, secret, given, { encoding: 'hex' })))
    return badSignature(
      'authorization',
      'must be the hex HMAC-SHA256 of the app key (setting appKey) and the raw body',
    );
  return ok(deliveriesOf(body));
}

function deliveriesOf(body: Buffer): Delivery[] {
  const json = readJson(body);
  const read = notification.safeParse(json.ok ? json.value : undefined);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
  if (!read.success) return [{ deliveryId: hash, topic: 'UNKNOWN' }];
  const { type, tts_notification_id: deliveryId = hash, data, ...rest } = read.data;
  const topic = topics[type] ?? `TYPE_${type}`;
  const packed = [...new Set(data?.package_list?.flatMap(({ order_id_list }) => order_id_list))];
  if (packed.length === 0) return [{ deliveryId, topic }];
  return packed.map((orderId) => ({
    deliveryId: `${deliveryId}/${orderId}`,
    topic,
    body: Buffer.from(JSON.stringify({ type, ...rest, data: { ...data, order_id: orderId } })),
  }));
}
