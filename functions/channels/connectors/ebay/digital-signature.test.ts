import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureHeaders, signingKeyFaults, signingKeyOf } from './digital-signature.ts';

/** `test-key-ed25519` of RFC 9421 (B.1.4), which eBay's own example is signed with. */
const published = 'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF';
const jwe = [
  'eyJ6aXAiOiJERUYiLCJlbmMiOiJBMjU2R0NNIiwidGFnIjoiSXh2dVRMb0FLS0hlS0Zoa3BxQ05CUSIsImFsZyI6IkEyNTZHQ01LVyIsIml2IjoiaFd3YjNoczk2QzEyOTNucCJ9',
  '2o02pR9SoTF4g_5qRXZm6tF4H52TarilIAKxoVUqjd8',
  '3qaF0KJN-rFHHm_P',
  'AMUAe9PPduew09mANIZ-O_68CCuv6EIx096rm9WyLZnYz5N1WFDQ3jP0RBkbaOtQZHImMSPXIHVaB96RWshLuJsUgCKmTAwkPVCZv3zhLxZVxMXtPUuJ-ppVmPIv0NzznWCOU5Kvb9Xux7ZtnlvLXgwOFEix-BaWNomUAazbsrUCbrp514GIea3butbyxXLNi6R9TJUNh8V2uan-optT1MMyS7eMQnVGL5rYBULk',
  '9K5ucUqAu0DqkkhgubsHHw',
].join('.');
const pem = `-----BEGIN PRIVATE KEY-----\n${published}\n-----END PRIVATE KEY-----\n`;
const of = (signingPrivateKey: string) => signingKeyOf({ signingKeyJwe: jwe, signingPrivateKey });

describe('the signature of a call', () => {
  const call = { method: 'POST', url: new URL('http://localhost:8080/verifysignature'), body: '{"hello": "world"}' };
  const at = new Date(1658440308 * 1000).toISOString();

  // Source: README of github.com/eBay/digital-signature-verification-ebay-api ("Testing a Signature"), Apache 2.0
  it.each([
    ['base64', published],
    ['PEM', pem],
    ['PEM on one line', pem.replaceAll('\n', '\\n')],
  ])('is that of the example which eBay has published, to the letter: a key as %s', (_, key) => {
    const signingKey = of(key);
    if (signingKey === undefined) throw new Error('the key is not read');
    expect(signatureHeaders(signingKey, call, at)).toEqual({
      'content-digest': 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:',
      'x-ebay-signature-key': jwe,
      'signature-input':
        'sig1=("content-digest" "x-ebay-signature-key" "@method" "@path" "@authority");created=1658440308',
      signature: 'sig1=:ZMUpAejnqrt6POSx02ltx3cT9YODV2r+Cem/BKOagDSfztKOtCsjP/MxZqmY+FVJ3/8E4BL76T9Fjty8oJnsAw==:',
    });
  });
});

describe('a signing key that a channel is given', () => {
  const key = (type: 'rsa-pss' | 'ec') =>
    (type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync(type, { modulusLength: 2048 })
    ).privateKey
      .export({ format: 'der', type: 'pkcs8' })
      .toString('base64');

  it('is none, or whole', () => {
    expect(signingKeyFaults({ clientId: 'app-id' })).toEqual({});
    expect(signingKeyFaults({ signingKeyJwe: jwe, signingPrivateKey: pem })).toEqual({});
    expect(Object.keys(signingKeyFaults({ signingKeyJwe: jwe }))).toEqual(['signingPrivateKey']);
    expect(Object.keys(signingKeyFaults({ signingPrivateKey: pem }))).toEqual(['signingKeyJwe']);
  });

  it.each([
    ['no key', 'not-a-key'],
    ['one cut short', published.slice(0, 40)],
    ['one of another kind (ECDSA)', key('ec')],
    ['one of another kind (RSA-PSS)', key('rsa-pss')],
  ])('is refused in words without the value: %s', (_, signingPrivateKey) => {
    const faults = signingKeyFaults({ signingKeyJwe: jwe, signingPrivateKey });
    expect(Object.keys(faults)).toEqual(['signingPrivateKey']);
    expect(JSON.stringify(faults)).not.toContain(signingPrivateKey.slice(0, 8));
    expect(of(signingPrivateKey)).toBeUndefined();
  });

  it.each([jwe.slice(0, -23), `${jwe}\n`, `${jwe}\r\nx-evil: 1`, published, 'a.b.c'])(
    'is refused where its JWE is none: %j',
    (signingKeyJwe) => {
      const faults = signingKeyFaults({ signingKeyJwe, signingPrivateKey: published });
      expect(Object.keys(faults)).toEqual(['signingKeyJwe']);
    },
  );
});
