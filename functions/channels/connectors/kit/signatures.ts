import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';

/** True when `given` is the HMAC of `data`; compares in the same time whether the first or the last byte differs. */
export function isHmacOf(
  data: string | Buffer,
  secret: string,
  given: string | undefined,
  { algorithm = 'sha256', encoding }: { readonly algorithm?: 'sha256' | 'sha1'; readonly encoding: 'base64' | 'hex' },
): boolean {
  const expected = createHmac(algorithm, secret).update(data).digest();
  const presented = Buffer.from(given ?? '', encoding);
  return presented.length === expected.length && timingSafeEqual(presented, expected);
}

/** True when any of a channel's accepted secrets made the signature: while secrets are rotated there are two. */
export const verifiedByAny = (secrets: readonly string[], isGood: (secret: string) => boolean): boolean =>
  secrets.map(isGood).includes(true);

/** The refusal of a signature, which names its header and how it is made: `must be the base64 HMAC-SHA256 of the raw body`. */
export const badSignature = (header: string, detail: string): Result<never> =>
  refuse('invalid-signature', `The signature is not good: ${header} ${detail}, with this channel's signing secret.`, {
    errors: [{ pointer: `#header/${header}`, detail }],
  });

/** The refusal of a delivery without headers that it needs. */
export const missingHeaders = (names: readonly string[]): Result<never> =>
  refuse('malformed-request', `The header ${names.join(' and ')} is missing.`, {
    errors: names.map((name) => ({ pointer: `#header/${name}`, detail: 'is required' })),
  });
