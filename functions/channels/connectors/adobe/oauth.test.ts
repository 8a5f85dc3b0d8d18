import { expect, it } from 'vitest';
import { oauthHeader, percentEncoded } from './oauth.ts';

const credentials = { consumerKey: 'ck', consumerSecret: 'cs', accessToken: 'at', accessTokenSecret: 'as' };

it('encodes everything but letters, digits and -._~', () => {
  expect(percentEncoded("a b&c[0]=d*'()!~é")).toBe('a%20b%26c%5B0%5D%3Dd%2A%27%28%29%21~%C3%A9');
});

it('signs method, URL and every parameter, in one way for one nonce and time', () => {
  const sign = (url: string, nonce = 'n') => oauthHeader('GET', new URL(url), credentials, { at: 1, nonce });
  const header = sign('https://shop.test/rest/V1/orders?b=2&a=1');
  expect(header).toMatch(/^OAuth oauth_consumer_key="ck", oauth_nonce="n", oauth_signature_method="HMAC-SHA256"/);
  expect(sign('https://shop.test/rest/V1/orders?a=1&b=2')).toBe(header);
  expect(sign('https://shop.test/rest/V1/orders?a=1&b=3')).not.toBe(header);
  expect(sign('https://shop.test/rest/V1/orders?a=1&b=2', 'm')).not.toBe(header);
  expect(header).not.toContain('cs"');
});
