import { createHmac } from 'node:crypto';

/** The four credentials of an integration. */
export interface OAuthCredentials {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

/**
 * The `Authorization` header of OAuth 1.0a with HMAC-SHA256 for a call without a form body. The base string has method, URL without query,
 * and all parameters, those of the query too, sorted by their encoded names and values.
 * Source: RFC 5849, section 3; https://developer.adobe.com/commerce/webapi/get-started/authentication/gs-authentication-oauth
 * @param how.at seconds since 1970; `how.nonce` is never used twice at one time
 */
export function oauthHeader(
  method: string,
  url: URL,
  { consumerKey, consumerSecret, accessToken, accessTokenSecret }: OAuthCredentials,
  how: { readonly at: number; readonly nonce: string },
): string {
  const oauth: Record<string, string> = {
    oauth_consumer_key: consumerKey,
    oauth_nonce: how.nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(how.at),
    oauth_token: accessToken,
    oauth_version: '1.0',
  };
  const parameters = [...Object.entries(oauth), ...url.searchParams]
    .map(([name, value]) => [percentEncoded(name), percentEncoded(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const base = [method, `${url.origin}${url.pathname}`, parameters].map(percentEncoded).join('&');
  const key = [consumerSecret, accessTokenSecret].map(percentEncoded).join('&');
  const signature = createHmac('sha256', key).update(base).digest('base64');
  return `OAuth ${Object.entries({ ...oauth, oauth_signature: signature })
    .map(([name, value]) => `${name}="${percentEncoded(value)}"`)
    .join(', ')}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Everything but letters, digits and `-._~`. Source: RFC 3986, section 2.3 */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
