import { createHash, createPublicKey, verify } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection, type Token } from '../../domain/connection.ts';
import { type Connector, type Delivery, type Inbound } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callEbay } from './api.ts';
import { needs } from './needs.ts';
import { ebayNotification } from './payload.ts';

const header = 'x-ebay-signature';
/** eBay recommends to keep a public key for an hour. */
const keySeconds = 3600;

const signatureHeader = z.looseObject({ kid: z.string().regex(/^[\w-]{1,64}$/), signature: z.string().min(1) });
const publicKey = z.looseObject({ key: z.string(), digest: z.string().default('SHA1') });
const keptKey = z.object({ key: z.string(), digest: z.enum(['SHA1', 'SHA256', 'SHA384', 'SHA512']) });

/**
 * Checks `X-EBAY-SIGNATURE`, base64 of `{alg, kid, signature, digest}`: an ECDSA signature by the key that eBay publishes under `kid`, over
 * the message as compact JSON, which is what eBay sends and what its SDKs make of it before they verify.
 * Source: https://developer.ebay.com/api-docs/commerce/notification/overview.html, eBay's event-notification SDKs
 */
export async function takeIn({ headers, body }: Inbound, connection: Connection): Promise<Result<readonly Delivery[]>> {
  const said = signatureHeader.safeParse(jsonIn(Buffer.from(headers[header] ?? '', 'base64')));
  if (!said.success) return notSigned('must be base64 of {"alg","kid","signature","digest"}');
  const key = await keyOf(said.data.kid, connection);
  if (!key.ok) return key;
  const message = jsonIn(body);
  const signature = Buffer.from(said.data.signature, 'base64');
  const texts = [body, ...(message === undefined ? [] : [Buffer.from(JSON.stringify(message))])];
  if (!texts.some((text) => isSignedBy(key.value, text, signature)))
    return notSigned('must be the ECDSA signature of the message by the key of its kid');
  const notification = ebayNotification.safeParse(message);
  if (!notification.success)
    return refuse('malformed-request', 'The message is signed by eBay and is no notification with metadata.topic.');
  const { metadata, notification: sent } = notification.data;
  const deliveryId = sent.notificationId ?? createHash('sha256').update(body).digest('hex');
  return ok([{ deliveryId, topic: metadata.topic }]);
}

const jsonIn = (bytes: Buffer): unknown => {
  const json = readJson(bytes);
  return json.ok ? json.value : undefined;
};

const notSigned = (detail: string): Result<never> =>
  refuse('invalid-signature', `The signature is not good: ${header} ${detail}. eBay sends the notification again.`, {
    errors: [{ pointer: `#header/${header}`, detail }],
  });

/** The public key of an id, asked for once an hour. Refusals: `invalid-signature` for an id that eBay does not know, `provider-unavailable`. */
async function keyOf(kid: string, connection: Connection): Promise<Result<z.infer<typeof keptKey>>> {
  const kept = await connection.token(`public key ${kid}`, () => askForKey(kid, connection));
  if (!kept.ok) return kept;
  const key = keptKey.safeParse(JSON.parse(kept.value));
  return key.success ? ok(key.data) : notSigned('must be of a digest that is known');
}

async function askForKey(kid: string, connection: Connection): Promise<Result<Token>> {
  const path = `/commerce/notification/v1/public_key/${kid}`;
  const answer = await callEbay(connection, { operation: 'public-key', path, as: 'application' });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  const key = publicKey.safeParse(jsonIn(body));
  if (status === 200 && key.success)
    return ok({ token: JSON.stringify({ key: key.data.key, digest: key.data.digest }), expiresInSeconds: keySeconds });
  return status === 404 || status === 400
    ? notSigned('must name a kid that eBay knows')
    : refuse('provider-unavailable', `eBay answered ${status} for its public key ${kid}.`);
}

/** True when the key signed the bytes; a key or signature that is none signed nothing. */
function isSignedBy({ key, digest }: z.infer<typeof keptKey>, bytes: Buffer, signature: Buffer): boolean {
  // eBay publishes PEM on one line, which no parser takes.
  const base64 = key.replace(/-----(BEGIN|END) PUBLIC KEY-----|\s/g, '');
  try {
    const der = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return verify(digest, bytes, der, signature);
  } catch {
    return false;
  }
}

/**
 * Answers eBay's challenge: sha256 of the code, the verification token and the endpoint, in hex. Refusals: `invalid-request`.
 * Source: https://developer.ebay.com/marketplace-account-deletion
 */
export const challenge: NonNullable<Connector['challenge']> = (query, { channel, credentials }, url) => {
  const code = query['challenge_code'];
  const { verificationToken } = credentials.values;
  if (code === undefined || code === '')
    return refuse('invalid-request', 'The query has no challenge_code.', {
      errors: [{ pointer: '#query/challenge_code', detail: 'is required' }],
    });
  if (verificationToken === undefined)
    return refuse('invalid-request', 'The channel has no verificationToken: put the one that is registered at eBay.');
  const endpoint = settingOf(channel, needs, 'webhookUrl') || url;
  const challengeResponse = createHash('sha256').update(code).update(verificationToken).update(endpoint).digest('hex');
  return ok({ challengeResponse });
};
