import { type KeyObject, createHash, createPrivateKey, sign } from 'node:crypto';

/** What eBay's Key Management API made for signing calls. */
export interface SigningKey {
  /** The public key, encrypted so that only eBay reads it; it goes with each signed call. */
  readonly jwe: string;
  readonly key: KeyObject;
}

/** What is signed of a call. */
export interface SignedCall {
  readonly method: string;
  readonly url: URL;
  readonly body?: string | undefined;
}

type Values = Readonly<Record<string, string>>;

/**
 * The headers that sign a call as eBay wants it of sellers in the EU and the United Kingdom: an HTTP message signature of the method, the path, the host,
 * the key and, where there is a body, its digest. Ed25519, or RSASSA-PKCS1-v1_5 with SHA-256, as the key is.
 * Source: https://developer.ebay.com/develop/guides/digital-signatures-for-apis, RFC 9421 (2.5, 3.1), RFC 9530
 * @param now RFC 3339; eBay takes a signature for minutes
 */
export function signatureHeaders({ jwe, key }: SigningKey, { method, url, body }: SignedCall, now: string): Values {
  const digest: Values = body === undefined ? {} : { 'content-digest': `sha-256=:${sha256(body)}:` };
  const headers = { ...digest, 'x-ebay-signature-key': jwe };
  const covered = Object.entries({ ...headers, '@method': method, '@path': url.pathname, '@authority': url.host });
  const names = covered.map(([name]) => `"${name}"`).join(' ');
  const params = `(${names});created=${Math.floor(Date.parse(now) / 1000)}`;
  const base = [...covered, ['@signature-params', params]].map(([name, value]) => `"${name}": ${value}`).join('\n');
  const signature = sign(key.asymmetricKeyType === 'rsa' ? 'sha256' : null, Buffer.from(base), key);
  return { ...headers, 'signature-input': `sig1=${params}`, signature: `sig1=:${signature.toString('base64')}:` };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

/** The key that a channel was given; none where it has none, as sellers elsewhere. */
export function signingKeyOf({ signingKeyJwe: jwe, signingPrivateKey }: Values): SigningKey | undefined {
  const key = signingPrivateKey === undefined ? undefined : privateKeyIn(signingPrivateKey);
  return jwe === undefined || key === undefined ? undefined : { jwe, key };
}

/** What is wrong with the key that a channel is given, by the names of its credentials and without a word of them. */
export function signingKeyFaults({ signingKeyJwe: jwe, signingPrivateKey: key }: Values): Values {
  if (jwe === undefined && key === undefined) return {};
  return {
    ...(jwe === undefined && { signingKeyJwe: 'is needed beside signingPrivateKey: the `jwe` of the same key' }),
    ...(jwe !== undefined &&
      !compactJwe.test(jwe) && {
        signingKeyJwe: 'must be the `jwe` that createSigningKey answered, whole: five parts with dots in between',
      }),
    ...(key === undefined && { signingPrivateKey: 'is needed beside signingKeyJwe: the `privateKey` of the same key' }),
    ...(key !== undefined &&
      privateKeyIn(key) === undefined && {
        signingPrivateKey:
          'must be the `privateKey` that createSigningKey answered: an Ed25519 or RSA key as base64 of PKCS #8, with or without its PEM lines',
      }),
  };
}

/** Source: RFC 7516 (7.1) */
const compactJwe = /^[\w-]+(\.[\w-]*){3}\.[\w-]+$/;

/** The bytes of a key as eBay writes it: base64 without PEM lines. Who keeps it may have added them; an end of line may be a backslash and an n by now. */
export const derIn = (text: string): Buffer => Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\\n/g, ''), 'base64');

function privateKeyIn(text: string): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: derIn(text), format: 'der', type: 'pkcs8' });
    return ['ed25519', 'rsa'].includes(key.asymmetricKeyType ?? '') ? key : undefined;
  } catch {
    return undefined;
  }
}
