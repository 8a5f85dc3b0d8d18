import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { takeIn } from './signature.ts';

const secrets = ['shpss_newest', 'shpss_before'];
const body = Buffer.from('{"id":820982911946154508,"note":"Grüße 🎁 שלום"}');
const signed = (secret = 'shpss_newest', over = body) => createHmac('sha256', secret).update(over).digest();
const take = (signature: string | undefined, over = body, signing: readonly string[] = secrets) =>
  takeIn(
    {
      headers: { 'x-shopify-hmac-sha256': signature, 'x-shopify-webhook-id': 'w-1', 'x-shopify-topic': 'orders/paid' },
      body: over,
    },
    { credentials: { signing, values: {} } },
  );

describe('a Shopify signature', () => {
  it('counts by either secret, over the bytes as they came, none at all too', () => {
    expect(take(signed().toString('base64'))).toEqual({
      ok: true,
      value: [{ deliveryId: 'w-1', topic: 'orders/paid' }],
    });
    expect(take(signed('shpss_before').toString('base64'))).toMatchObject({ ok: true });
    const none = Buffer.alloc(0);
    expect(take(signed('shpss_newest', none).toString('base64'), none)).toMatchObject({ ok: true });
    const broken = Buffer.from([0xff, 0x00, 0xc3]);
    expect(take(signed('shpss_newest', broken).toString('base64'), broken)).toMatchObject({ ok: true });
  });

  it.each([
    ['hex', signed().toString('hex')],
    ['half of it', signed().subarray(0, 16).toString('base64')],
    ['of SHA-1', createHmac('sha1', 'shpss_newest').update(body).digest('base64')],
    [
      'over the text once more escaped',
      signed('shpss_newest', Buffer.from(JSON.stringify(body.toString()))).toString('base64'),
    ],
    ['under no secret', signed('').toString('base64')],
    ['empty', ''],
    ['missing', undefined],
    ['what is no base64', '¡¡¡'],
  ])('is refused: %s', (_, signature) =>
    expect(take(signature)).toMatchObject({ refusal: { code: 'invalid-signature' } }),
  );

  it('is never good for a channel without a secret', () => {
    expect(take(signed('').toString('base64'), body, [])).toMatchObject({ refusal: { code: 'invalid-signature' } });
  });

  it('without the headers that name the delivery is malformed', () => {
    const headers = { 'x-shopify-hmac-sha256': signed().toString('base64') };
    expect(takeIn({ headers, body }, { credentials: { signing: secrets, values: {} } })).toMatchObject({
      refusal: { code: 'malformed-request', detail: expect.stringContaining('x-shopify-webhook-id') as string },
    });
  });
});
