import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { webhook } from './connector.ts';

const secrets = ['the-newest-secret', 'the-one-before'];
const body = Buffer.from('{"externalId":"1"}');
const hmac = (data: string | Buffer, secret: string, encoding: 'hex' | 'base64') =>
  createHmac('sha256', secret).update(data).digest(encoding);
const seconds = Date.parse(now) / 1000;

interface Taken {
  readonly scheme: string;
  readonly signature: string;
  readonly at?: string;
  readonly bytes?: Buffer;
  readonly signing?: readonly string[];
}
function take({ scheme, signature, at = now, bytes = body, signing = secrets }: Taken) {
  const settings = { signatureScheme: scheme, signatureHeader: 'X-Our-Signature' };
  const channel = channelOf({ channelId: 'erp', type: 'webhook', settings });
  const inbound = { headers: { 'x-our-signature': signature }, query: {}, body: bytes };
  return webhook.takeIn?.(inbound, connectionOf(channel, { signing, now: () => at }));
}
const refused = { ok: false, refusal: { code: 'invalid-signature' } };

describe.each([
  [
    'timestamped',
    (data: Buffer, secret: string) => `t=${seconds},v1=${hmac(`${seconds}.${data.toString()}`, secret, 'hex')}`,
  ],
  ['hmac-hex', (data: Buffer, secret: string) => `hmac-sha256-hex=${hmac(data, secret, 'hex')}`],
  ['hmac-hex', (data: Buffer, secret: string) => hmac(data, secret, 'hex')],
  ['hmac-base64', (data: Buffer, secret: string) => hmac(data, secret, 'base64')],
] as const)('a message signed as %s', (scheme, sign) => {
  it.each(secrets)('by the accepted secret "%s" is taken, under the same id at every repeat', async (secret) => {
    const first = await take({ scheme, signature: sign(body, secret) });
    expect(first).toMatchObject({ ok: true, value: [{ deliveryId: expect.stringMatching(/^sha256-/) as string }] });
    expect(await take({ scheme, signature: sign(body, secret) })).toEqual(first);
  });

  it('by another secret, over other bytes, or not at all, is refused', async () => {
    expect(await take({ scheme, signature: sign(body, 'another') })).toMatchObject(refused);
    expect(await take({ scheme, signature: sign(body, 'the-newest-secret'), bytes: Buffer.from('{}') })).toMatchObject(
      refused,
    );
    expect(await take({ scheme, signature: '' })).toMatchObject(refused);
  });
});

it('is refused when it is dated and older than five minutes, or from the future', async () => {
  const signature = `t=${seconds},v1=${hmac(`${seconds}.${body.toString()}`, 'the-newest-secret', 'hex')}`;
  for (const at of [seconds + 301, seconds - 301])
    expect(await take({ scheme: 'timestamped', signature, at: new Date(at * 1000).toISOString() })).toMatchObject(
      refused,
    );
});

it('is refused in words where its channel names a scheme that there is none of', async () => {
  expect(await take({ scheme: 'rot13', signature: '' })).toMatchObject({
    refusal: { detail: expect.stringContaining('standard, timestamped, hmac-hex, hmac-base64') as string },
  });
});

describe.skipIf(!inputsPresent)(
  'recorded signatures of others (skipped where they are not beside the repository)',
  () => {
    const vectors = () =>
      z
        .array(
          z.looseObject({
            scheme: z.string(),
            signature: z.string().optional(),
            secret: z.string().optional(),
            body_file: z.string().optional(),
          }),
        )
        .parse(JSON.parse(inputBytes('signatures/vectors.json').toString()));
    it.each([
      ['stripe', 'timestamped', 1_763_776_800],
      ['shippo (opt-in)', 'timestamped', 1_688_493_073],
      ['easypost', 'hmac-hex', seconds],
    ])('of %s are good, and not by one flipped byte, another secret or much later', async (name, scheme, sentAt) => {
      const { signature = '', secret = '', body_file = '' } = vectors().find((one) => one.scheme === name) ?? {};
      const recorded = inputBytes(body_file);
      // EasyPost decomposes its secret and signs the body without the line end that the file has.
      const bytes = name === 'easypost' ? Buffer.from(recorded.toString().trim()) : recorded;
      const key = (secret.split(' (')[0] ?? '').normalize('NFKD');
      const given = { scheme, signature, bytes, signing: [key], at: new Date(sentAt * 1000).toISOString() };
      expect(await take(given)).toMatchObject({ ok: true });
      expect(
        await take({ ...given, bytes: Buffer.from(bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte))) }),
      ).toMatchObject(refused);
      expect(await take({ ...given, signing: [`${key}!`] })).toMatchObject(refused);
      if (scheme === 'timestamped')
        expect(await take({ ...given, at: new Date((sentAt + 301) * 1000).toISOString() })).toMatchObject(refused);
    });
  },
);
