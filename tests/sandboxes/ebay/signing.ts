import { type KeyObject, createHash, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { type SandboxRequest, type SandboxResponse } from '../http-server.ts';
import { refusedBy } from './errors.ts';

interface MadeKey {
  readonly jwe: string;
  readonly publicKey: KeyObject;
  readonly expirationTime: number;
}

/** Key pairs made as eBay makes them, by the cipher that is asked for. */
const pairs = {
  ED25519: () => generateKeyPairSync('ed25519'),
  RSA: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

const calls =
  /^\/sell\/fulfillment\/v1\/order\/[^/]+\/issue_refund$|^\/post-order\/v2\/cancellation(\/[^/]+\/approve)?$/;
const invalid = refusedBy(403, 215122, 'ACCESS', 'Signature validation failed');

/**
 * eBay's Key Management API, and what it does with a digital signature: it opens the JWE for the public key and verifies the HTTP message signature with it.
 * Source: https://developer.ebay.com/develop/guides/digital-signatures-for-apis, github.com/eBay/digital-signature-verification-ebay-api
 */
export class EbaySigning {
  readonly #keys: MadeKey[] = [];
  /** Whether the seller is at home in the EU or the United Kingdom: signatures of others are not looked at. */
  isWanted = false;
  /** How many signatures were good. */
  verified = 0;

  /** createSigningKey: a JWE that only eBay can open, and a private key that it shows this once. @param expirationTime seconds since 1970 */
  make(cipher: keyof typeof pairs = 'ED25519', expirationTime = 1_900_000_000): { jwe: string; privateKey: string } {
    const { publicKey, privateKey } = pairs[cipher]();
    const jwe = [12, 32, 12, 48, 16].map((bytes) => randomBytes(bytes).toString('base64url')).join('.');
    this.#keys.push({ jwe, publicKey, expirationTime });
    return { jwe, privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') };
  }

  /** getSigningKeys: without their private keys. */
  list(): SandboxResponse {
    const signingKeys = this.#keys.map(({ jwe, publicKey, expirationTime }, at) => ({
      signingKeyId: `key-${at}`,
      signingKeyCipher: publicKey.asymmetricKeyType === 'rsa' ? 'RSA' : 'ED25519',
      expirationTime,
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      jwe,
    }));
    return { status: 200, body: { signingKeys } };
  }

  /** What eBay says of a call that must be signed and is not, or not well; `undefined` where it takes it. */
  refusalOf(request: SandboxRequest): SandboxResponse | undefined {
    const { pathname } = new URL(request.path, 'http://ebay');
    if (!this.isWanted || request.method !== 'POST' || !calls.test(pathname)) return undefined;
    const jwe = request.headers['x-ebay-signature-key'];
    if (jwe === undefined) return refusedBy(403, 215001, 'ACCESS', 'Missing x-ebay-signature-key header');
    const key = this.#keys.find((one) => one.jwe === jwe)?.publicKey;
    const [, params = '', names = ''] =
      /^sig1=(\(([^)]+)\);created=\d{10})$/.exec(headerOf(request, 'signature-input')) ?? [];
    const [, signature = ''] = /^sig1=:([A-Za-z0-9+/]+=*):$/.exec(headerOf(request, 'signature')) ?? [];
    const covered = names.split(' ').map((name) => name.replaceAll('"', ''));
    const wanted = ['x-ebay-signature-key', '@method', '@path', '@authority', ...digested(request)];
    if (key === undefined || !wanted.every((name) => covered.includes(name)) || !isDigestGood(request)) return invalid;
    const lines = covered.map((name) => `"${name}": ${componentOf(request, name)}`);
    const base = Buffer.from([...lines, `"@signature-params": ${params}`].join('\n'));
    const algorithm = key.asymmetricKeyType === 'rsa' ? 'sha256' : null;
    if (!verify(algorithm, base, key, Buffer.from(signature, 'base64'))) return invalid;
    this.verified += 1;
    return undefined;
  }
}

const headerOf = ({ headers }: SandboxRequest, name: string): string => String(headers[name] ?? '');

/** A body must be covered by its digest; a call without one has none. */
const digested = ({ body }: SandboxRequest): string[] => (body.length > 0 ? ['content-digest'] : []);

const isDigestGood = (request: SandboxRequest): boolean =>
  request.body.length === 0 ||
  headerOf(request, 'content-digest') === `sha-256=:${createHash('sha256').update(request.body).digest('base64')}:`;

function componentOf(request: SandboxRequest, name: string): string {
  if (name === '@method') return request.method;
  if (name === '@path') return new URL(request.path, 'http://ebay').pathname;
  return headerOf(request, name === '@authority' ? 'host' : name);
}
