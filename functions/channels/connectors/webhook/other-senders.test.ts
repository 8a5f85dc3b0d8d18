import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { webhook } from './connector.ts';
import { signed } from './signature.ts';

const refused = { ok: false, refusal: { code: 'invalid-signature' } };
const seconds = String(Math.floor(Date.parse(now) / 1000));
const key = Buffer.from('the bytes of a secret, 31 of it'.replace(',', '>?'));
const whole = `whsec_${key.toString('base64')}`;

/** As the specification has it, without the library: over `id.timestamp.body`. */
const signatureOf = (body: string | Buffer, by: Buffer = key) =>
  createHmac('sha256', by)
    .update(Buffer.concat([Buffer.from(`msg_1.${seconds}.`), Buffer.from(body)]))
    .digest('base64');
function take(body: string | Buffer, signature: string, signing: readonly string[] = [whole], over = {}) {
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': seconds, 'webhook-signature': signature, ...over };
  const inbound = { headers, query: {}, body: Buffer.from(body) };
  return webhook.takeIn?.(inbound, connectionOf(channelOf({ channelId: 'erp', type: 'webhook' }), { signing }));
}

describe('a secret of Standard Webhooks', () => {
  it.each([
    ['as the specification writes it', whole],
    ['without its padding', whole.replace(/=+$/, '')],
    ['in the alphabet of URLs', `whsec_${key.toString('base64url')}`],
  ])('%s signs, and what it signs is good', async (_, secret) => {
    expect(await take('{}', `v1,${signatureOf('{}')}`, [secret])).toMatchObject({ ok: true });
    expect(signed(secret, 'msg_1', new Date(now), '{}')['webhook-signature']).toBe(`v1,${signatureOf('{}')}`);
  });

  it('that is no base64, or nothing after its prefix, refuses and does not fail', async () => {
    for (const secret of ['whsec_', 'whsec_!!!', 'whsec_ä'])
      expect(await take('{}', `v1,${signatureOf('{}')}`, [secret])).toMatchObject(refused);
  });
});

describe('a signature', () => {
  it('is good among others: of another secret, another version, and twice', async () => {
    const good = `v1,${signatureOf('{}')}`;
    for (const given of [`v1,${signatureOf('{}', Buffer.from('old'))} ${good}`, `v1a,AAAA ${good} ${good}`, `${good} `])
      expect(await take('{}', given)).toMatchObject({ ok: true, value: [{ deliveryId: 'msg_1' }] });
  });

  it('over text of any script, an empty body and big numbers is good', async () => {
    for (const body of ['{"note":"שלום 👋🏽 \\u0000 Ł"}', '', '{"id":98765432109876543210}', '\uFEFF{}'])
      expect(await take(body, `v1,${signatureOf(body)}`)).toMatchObject({ ok: true });
  });

  it('over bytes that are no text, in hex, of another version alone, cut or empty is not', async () => {
    const latin1 = Buffer.from('{"n":"é"}', 'latin1');
    expect(await take(latin1, `v1,${signatureOf(latin1)}`)).toMatchObject(refused);
    const good = signatureOf('{}');
    const hex = Buffer.from(good, 'base64').toString('hex');
    for (const given of [`v1,${hex}`, `v2,${good}`, good, `v1,${good.slice(0, -2)}`, `v1,`, ''])
      expect(await take('{}', given)).toMatchObject(refused);
  });

  it.each([
    ['no id', { 'webhook-id': '' }],
    ['a time in milliseconds', { 'webhook-timestamp': `${seconds}000` }],
    ['a time that is a date', { 'webhook-timestamp': now }],
    ['no time', { 'webhook-timestamp': undefined }],
    ['a negative time', { 'webhook-timestamp': `-${seconds}` }],
  ])('with %s is not', async (_, over) => {
    expect(await take('{}', `v1,${signatureOf('{}')}`, [whole], over)).toMatchObject(refused);
  });
});

describe('an HMAC of the body', () => {
  const body = Buffer.from('{"é":"👋"}');
  const hmac = (encoding: 'hex' | 'base64' | 'base64url') => createHmac('sha256', 'key').update(body).digest(encoding);
  const taken = (scheme: string, signature: string) => {
    const channel = channelOf({ channelId: 'erp', type: 'webhook', settings: { signatureScheme: scheme } });
    const inbound = { headers: { 'x-signature': signature }, query: {}, body };
    return webhook.takeIn?.(inbound, connectionOf(channel, { signing: ['key'] }));
  };

  it.each([
    ['hmac-hex', hmac('hex').toUpperCase()],
    ['hmac-hex', `sha256=${hmac('hex')}`],
    ['hmac-base64', `sha256=${hmac('base64')}`],
    ['hmac-base64', hmac('base64').replace(/=+$/, '')],
    ['hmac-base64', hmac('base64url')],
    ['hmac-base64', ` ${hmac('base64')} `],
  ])('as %s: %s is good', async (scheme, signature) => {
    expect(await taken(scheme, signature)).toMatchObject({ ok: true });
  });

  it.each([
    ['hmac-hex', hmac('base64')],
    ['hmac-base64', hmac('hex')],
    ['hmac-hex', `sha256=${hmac('hex')}00`],
    ['hmac-base64', 'sha256='],
  ])('as %s: %s is not', async (scheme, signature) => {
    expect(await taken(scheme, signature)).toMatchObject(refused);
  });
});
