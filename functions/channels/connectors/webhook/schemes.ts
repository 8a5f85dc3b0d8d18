import { createHash } from 'node:crypto';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Inbound } from '../../domain/connector.ts';
import { badSignature, isHmacOf, verifiedByAny } from '../kit/signatures.ts';
import { signedAt, verified } from './signature.ts';

/** A message with a good signature: its id, the same at every repeat, and when it was sent, where its signature says that. */
export interface SignedMessage {
  readonly id: string;
  readonly sentAt?: Date;
}

/** What a message is judged by. */
interface Judged {
  readonly inbound: Pick<Inbound, 'headers' | 'body'>;
  readonly secrets: readonly string[];
  /** The header that the signature is in, in lower case. */
  readonly header: string;
  readonly now: string;
}

const toleranceMs = 300_000;

/**
 * The ways in which systems sign webhooks, by name:
 *
 * - `standard`: Standard Webhooks (https://www.standardwebhooks.com).
 * - `timestamped`: `t=<seconds>,v1=<hex>`, HMAC-SHA256 of `<seconds>.<body>`, of the last five minutes; what Stripe and Shippo do
 *   (https://docs.stripe.com/webhooks#verify-manually).
 * - `hmac-hex`, `hmac-base64`: HMAC-SHA256 of the body; what stands before it and ends with a `=` sign names the algorithm, as EasyPost does
 *   (`hmac-sha256-hex=…`) and Typeform (`sha256=…`).
 */
export const schemes: Readonly<Record<string, (judged: Judged) => Result<SignedMessage>>> = {
  standard: ({ inbound, secrets, now }) => {
    const id = verified(secrets, inbound, now);
    const sentAt = signedAt(inbound.headers);
    return id.ok ? ok({ id: id.value, ...(sentAt && { sentAt }) }) : id;
  },
  timestamped,
  'hmac-hex': (judged) => plain(judged, 'hex'),
  'hmac-base64': (judged) => plain(judged, 'base64'),
};

/** While a sender rotates its secret there is a `v1` for each. */
function timestamped({ inbound: { headers, body }, secrets, header, now }: Judged): Result<SignedMessage> {
  const parts = (headers[header] ?? '').split(',').map((part) => part.trim().split('='));
  const [seconds = ''] = parts.flatMap(([name, value = '']) => (name === 't' ? [value] : []));
  const given = parts.flatMap(([name, value = '']) => (name === 'v1' ? [value] : []));
  const sentAt = new Date(/^\d{1,11}$/.test(seconds) ? Number(seconds) * 1000 : Number.NaN);
  const isTimely = Math.abs(Date.parse(now) - sentAt.getTime()) <= toleranceMs;
  const signed = Buffer.concat([Buffer.from(`${seconds}.`), body]);
  const isGood = (secret: string) =>
    given.map((one) => isHmacOf(signed, secret, one, { encoding: 'hex' })).includes(true);
  return isTimely && verifiedByAny(secrets, isGood)
    ? ok({ id: idOf(body), sentAt })
    : badSignature(header, 'must be t=<seconds>,v1=<hex HMAC-SHA256 of seconds.body>, of the last five minutes');
}

function plain(
  { inbound: { headers, body }, secrets, header }: Judged,
  encoding: 'hex' | 'base64',
): Result<SignedMessage> {
  const text = headers[header] ?? '';
  const given = text.trim().replace(/^[a-z0-9-]+=(?=[\w+/-]{40})/i, '');
  return verifiedByAny(secrets, (secret) => isHmacOf(body, secret, given, { encoding }))
    ? ok({ id: idOf(body) })
    : badSignature(header, `must be the ${encoding} HMAC-SHA256 of the raw body`);
}

/** Such messages have no id of their own: the same bytes are the same message. */
const idOf = (body: Buffer): string => `sha256-${createHash('sha256').update(body).digest('hex')}`;
