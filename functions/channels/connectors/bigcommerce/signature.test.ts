import { describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { takeIn } from './signature.ts';

const now = '2026-11-22T09:30:00.000Z';
const body = '{"scope":"store/order/updated","data":{"type":"order","id":173331},"note":"Grüße 🎁"}';
const secret = 'client-secret-of-the-account';
const signature = (text = body, at = new Date(now), by = secret) =>
  new Webhook(Buffer.from(by, 'utf8'), { format: 'raw' }).sign('msg-1', at, text);
const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));
const take = (over: Readonly<Record<string, string | undefined>> = {}, text: string | Buffer = body) =>
  takeIn(
    {
      headers: {
        'webhook-id': 'msg-1',
        'webhook-timestamp': seconds(new Date(now)),
        'webhook-signature': signature(),
        ...over,
      },
      body: Buffer.from(text),
    },
    { credentials: { signing: [secret], values: {} }, now: () => now },
  );
const refused = { refusal: { code: 'invalid-signature' } };

describe('a BigCommerce signature', () => {
  it('counts, alone or among others', () => {
    expect(take()).toEqual({ ok: true, value: [{ deliveryId: 'msg-1', topic: 'store/order/updated' }] });
    expect(take({ 'webhook-signature': `v1,AAAA v1a,BBBB ${signature()}` })).toMatchObject({ ok: true });
  });

  it.each([
    ['another id', { 'webhook-id': 'msg-2' }],
    ['no id', { 'webhook-id': undefined }],
    ['another time', { 'webhook-timestamp': String(Number(seconds(new Date(now))) + 1) }],
    ['a time that is none', { 'webhook-timestamp': '1e9' }],
    ['no version', { 'webhook-signature': signature().slice(3) }],
    ['another version', { 'webhook-signature': signature().replace('v1,', 'v2,') }],
    ['hex', { 'webhook-signature': `v1,${Buffer.from(signature().slice(3), 'base64').toString('hex')}` }],
    ['two joined by a comma', { 'webhook-signature': `${signature()},${signature()}` }],
    ['empty', { 'webhook-signature': '' }],
  ])('is refused with %s', (_, over) => expect(take(over)).toMatchObject(refused));

  it('is refused over another text, bytes that are none, and of more than five minutes ago', () => {
    expect(take({}, body.replace('173331', '173332'))).toMatchObject(refused);
    expect(take({}, Buffer.from([0xff, 0xfe]))).toMatchObject(refused);
    const early = new Date(Date.parse(now) - 301_000);
    expect(take({ 'webhook-timestamp': seconds(early), 'webhook-signature': signature(body, early) })).toMatchObject(
      refused,
    );
  });

  it('over what is no event is malformed', () => {
    expect(take({ 'webhook-signature': signature('') }, '')).toMatchObject({ refusal: { code: 'malformed-request' } });
    expect(take({ 'webhook-signature': signature('[]') }, '[]')).toMatchObject({
      refusal: { code: 'malformed-request' },
    });
  });
});
