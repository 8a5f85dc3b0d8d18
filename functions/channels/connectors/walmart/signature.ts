import { createHash, timingSafeEqual } from 'node:crypto';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Delivery, type Inbound } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { badSignature, isHmacOf, verifiedByAny } from '../kit/signatures.ts';
import { eventIn, partsOf } from './event.ts';
import { needs } from './needs.ts';

/** How far from now a signed timestamp may be, in seconds. */
const windowSeconds = 300;

/**
 * Checks that Walmart sent it, as the channel says that Walmart proves itself (`webhookAuth`), and names the event. Repeats have the same
 * event id; of the flat form, which has none, the same body.
 * Source: https://developer.walmart.com/us-marketplace/docs/security-and-authenticity, reference/createsubscription (authDetails)
 */
export function takeIn(inbound: Inbound, connection: Connection): Promise<Result<readonly Delivery[]>> {
  const proven = prove(inbound, connection);
  if (!proven.ok) return Promise.resolve(proven);
  const json = readJson(inbound.body);
  const event = json.ok ? eventIn(json.value) : undefined;
  if (event === undefined)
    return Promise.resolve(
      refuse('malformed-request', 'The message is signed and is no event of Walmart: it has no eventType.'),
    );
  const deliveryId = event.eventId ?? createHash('sha256').update(inbound.body).digest('hex');
  return Promise.resolve(ok(deliveriesOf(json.ok ? json.value : undefined, { deliveryId, topic: event.type })));
}

/** What names several orders or returns is a delivery for each of them. */
function deliveriesOf(json: unknown, whole: Delivery): readonly Delivery[] {
  const parts = partsOf(json);
  if (parts.length < 2) return [whole];
  return parts.map(({ id, event }) => ({
    ...whole,
    deliveryId: `${whole.deliveryId}/${id}`,
    body: Buffer.from(JSON.stringify(event)),
  }));
}

function prove(inbound: Inbound, connection: Connection): Result<true> {
  const { channel, credentials } = connection;
  const how = settingOf(channel, needs, 'webhookAuth').toLowerCase();
  const name = settingOf(channel, needs, 'webhookAuthHeader').toLowerCase();
  const given = inbound.headers[name];
  const by = (isGood: (secret: string) => boolean, header: string, detail: string): Result<true> =>
    verifiedByAny(credentials.signing, isGood) ? ok(true) : badSignature(header, detail);
  if (how === 'basic')
    return by(
      (secret) => isSame(given, `Basic ${Buffer.from(secret).toString('base64')}`),
      name,
      'must be Basic base64(user:password)',
    );
  if (how === 'oauth') return by((secret) => isSame(given, `Bearer ${secret}`), name, 'must be Bearer and the token');
  if (how === 'hmac')
    return by(
      (secret) => isHmac(inbound.body, secret, given),
      name,
      'must be the HMAC-SHA256 of the raw body, base64 or hex',
    );
  return signed(inbound, connection);
}

const isHmac = (body: Buffer, secret: string, given: string | undefined): boolean =>
  isHmacOf(body, secret, given, { encoding: 'base64' }) || isHmacOf(body, secret, given, { encoding: 'hex' });

/** Compares texts in a time that tells nothing of where they differ. */
function isSame(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(expected));
}

function signed({ headers, query, body }: Inbound, { channel, credentials, now }: Connection): Result<true> {
  const timestamp = headers['wm_sec.timestamp'] ?? '';
  const age = Math.abs(Date.parse(now()) / 1000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || age > windowSeconds)
    return badSignature('wm_sec.timestamp', 'must be epoch seconds of the last five minutes');
  const path = pathOf(channel, query);
  return verifiedByAny(credentials.signing, (secret) =>
    isHmacOf(stringToSign(path, timestamp, body), secret, headers['wm_sec.signature'], { encoding: 'base64' }),
  )
    ? ok(true)
    : badSignature(
        'wm_sec.signature',
        `must be the base64 HMAC-SHA256 of POST, ${path}, the timestamp and the SHA-256 of the body`,
      );
}

/** The path and query that Walmart calls: of the address that is registered, else where this channel's webhooks come in. */
function pathOf(channel: Connection['channel'], query: Inbound['query']): string {
  const registered = URL.parse(settingOf(channel, needs, 'webhookUrl'));
  if (registered !== null) return `${registered.pathname}${registered.search}`;
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value ?? ''}`);
  return `/webhooks/${channel.channelId}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

const stringToSign = (path: string, timestamp: string, body: Buffer): string =>
  ['POST', path, timestamp, createHash('sha256').update(body).digest('hex')].join('\n');
