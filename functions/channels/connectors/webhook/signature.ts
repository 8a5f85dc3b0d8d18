import { isUtf8 } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Inbound } from '../../domain/connector.ts';
import { badSignature, verifiedByAny } from '../kit/signatures.ts';

/**
 * The signer and verifier of the Standard Webhooks specification (https://www.standardwebhooks.com). A secret that begins with `whsec_` is
 * base64, as the specification has it; any other secret is used as its own bytes, which is what BigCommerce does.
 */
const signer = (secret: string): Webhook => new Webhook(keyOf(secret), { format: 'raw' });

/** Base64 of either alphabet, padded or not: the library's own reading throws for all but one of these, at every delivery. */
function keyOf(secret: string): Buffer {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.alloc(0);
  return key.length > 0 ? key : Buffer.from(secret, 'utf8');
}

/** Signs an outgoing message: its three headers. */
export function signed(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const signature = signer(secret).sign(id, at, body);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  };
}

/** How far the clock of a sender may be off, and how old a message may be. */
const toleranceSeconds = 300;

/**
 * The id of a message that one of the secrets has signed, not more than five minutes before (or after) `now`. Refusal: `invalid-signature`.
 * While a sender rotates its secret the header has a signature for each, separated by spaces.
 */
export function verified(
  secrets: readonly string[],
  { headers, body }: Pick<Inbound, 'headers' | 'body'>,
  now: string | Date = new Date(),
): Result<string> {
  // The library signs text: bytes that are no text would be compared as replacement characters.
  if (!isUtf8(body)) return badSignature(header, 'must be made over a body that is text in UTF-8');
  const { 'webhook-id': id = '', [header]: given = '' } = headers;
  const sentAt = signedAt(headers);
  const isTimely =
    sentAt !== undefined && Math.abs(new Date(now).getTime() - sentAt.getTime()) <= toleranceSeconds * 1000;
  const isGood = (secret: string) => sentAt !== undefined && isSignedBy(secret, id, sentAt, body, given);
  return id !== '' && isTimely && verifiedByAny(secrets, isGood)
    ? ok(id)
    : badSignature(header, 'must be v1,<base64 HMAC-SHA256 of id.timestamp.body>, of the last five minutes');
}

/** When a message says that it was sent: the time that its signature covers; `undefined` when it is none. */
export function signedAt(headers: Inbound['headers']): Date | undefined {
  const seconds = headers['webhook-timestamp'] ?? '';
  const date = new Date(/^\d{1,11}$/.test(seconds) ? Number(seconds) * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const header = 'webhook-signature';

/** Compares in the same time whether the first or the last byte differs. */
function isSignedBy(secret: string, id: string, sentAt: Date, body: Buffer, given: string): boolean {
  const expected = Buffer.from(signer(secret).sign(id, sentAt, body.toString('utf8')));
  return given
    .split(' ')
    .map((one) => Buffer.from(one))
    .map((one) => one.length === expected.length && timingSafeEqual(one, expected))
    .includes(true);
}
