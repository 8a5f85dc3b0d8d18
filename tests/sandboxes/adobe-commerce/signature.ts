import { createHmac } from 'node:crypto';

/** The credentials of an integration, as Admin shows them. */
export interface Integration {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

/** Letters, digits and `-._~` stay, every other byte is `%XX`. */
const encode = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      /[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');

/**
 * What is wrong with the OAuth 1.0a header of a call, in the store's words; `undefined` for a good one. Written from RFC 5849 alone, so that it
 * judges what signs it.
 */
export function faultOf(
  header: string,
  method: string,
  url: URL,
  integration: Integration,
  seen: Set<string>,
): string | undefined {
  const given = new Map(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]),
  );
  if (given.get('oauth_consumer_key') !== integration.consumerKey)
    return 'A consumer having the specified key does not exist.';
  if (given.get('oauth_token') !== integration.accessToken) return 'Token does not exist';
  const nonce = `${given.get('oauth_nonce') ?? ''}@${given.get('oauth_timestamp') ?? ''}`;
  if (seen.has(nonce)) return 'The nonce is already being used by the consumer with an ID of 1.';
  seen.add(nonce);
  const signature = given.get('oauth_signature');
  given.delete('oauth_signature');
  const pairs = [...given, ...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const base = [method, url.origin + url.pathname, pairs.join('&')].map(encode).join('&');
  const key = `${encode(integration.consumerSecret)}&${encode(integration.accessTokenSecret)}`;
  const expected = createHmac('sha256', key).update(base).digest('base64');
  return signature === expected ? undefined : 'The signature is invalid. Verify and try again.';
}
