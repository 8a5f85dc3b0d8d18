import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { takeIn } from './signature.ts';

const body = Buffer.from('{"id":1207,"customer_note":"Grüße 🎁"}');
const hmac = (over = body, secret = 'wh-secret') => createHmac('sha256', secret).update(over).digest('base64');
const take = (headers: Readonly<Record<string, string | undefined>>, over = body, signing = ['wh-secret']) =>
  takeIn({ headers, body: over }, { credentials: { signing, values: {} } });
const refused = { refusal: { code: 'invalid-signature' } };

describe('a WooCommerce signature', () => {
  it('counts over the bytes as they came, with and without the other headers', () => {
    const named = { 'x-wc-webhook-delivery-id': 'd-1', 'x-wc-webhook-topic': 'order.updated' };
    const taken = take({ 'x-wc-webhook-signature': hmac(), ...named });
    expect(taken).toMatchObject({ ok: true, value: [{ topic: 'order.updated' }] });
    expect(take({ 'x-wc-webhook-signature': hmac() })).toMatchObject({ ok: true, value: [{ topic: 'unknown' }] });
    const again = Buffer.from('{"id":1207}');
    expect(take({ 'x-wc-webhook-signature': hmac(again), ...named }, again)).not.toEqual(taken);
  });

  it.each([
    ['hex', Buffer.from(hmac(), 'base64').toString('hex')],
    ['under another secret', hmac(body, 'another')],
    ['under none', hmac(body, '')],
    ['over nothing', hmac(Buffer.alloc(0))],
    ['missing', undefined],
  ])('is refused: %s', (_, signature) => expect(take({ 'x-wc-webhook-signature': signature })).toMatchObject(refused));

  it.each([
    'webhook_id=',
    'webhook_id=12&id=7',
    'webhook_id=12\n{"id":7}',
    `webhook_id=${'9'.repeat(21)}`,
    'WEBHOOK_ID=1',
  ])('must be there for what only looks like a ping: %j', (text) =>
    expect(take({}, Buffer.from(text))).toMatchObject(refused),
  );

  it('is not needed for the ping, and a channel without a secret takes nothing else', () => {
    expect(take({}, Buffer.from('webhook_id=12'), [])).toMatchObject({ ok: true, value: [{ topic: 'ping' }] });
    expect(take({ 'x-wc-webhook-signature': hmac(body, '') }, body, [])).toMatchObject(refused);
  });
});
