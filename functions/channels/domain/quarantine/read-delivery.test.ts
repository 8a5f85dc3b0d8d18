import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { now } from '../../fixtures/now.ts';
import { allowed, channelId, quarantineWorld } from '../../fixtures/quarantine-world.ts';
import { storeDeliveries } from '../receive-webhook.ts';
import { type BodyView, readDelivery } from './read-delivery.ts';

const bytesOf = ({ encoding, data }: BodyView): Buffer =>
  encoding === 'gzip+base64' ? gunzipSync(Buffer.from(data, 'base64')) : Buffer.from(data, encoding);

it.each([
  ['text', Buffer.from('{"id": 820982911946154508 }\r\n'), 'utf8'],
  ['a byte order mark', Buffer.from('\ufeff{}'), 'utf8'],
  ['signs of control', Buffer.from('\u0000\u001c*\u001d~\n'), 'utf8'],
  ['one byte', Buffer.from([0x7b]), 'utf8'],
  ['one byte that is no text', Buffer.from([0xff]), 'base64'],
  ['text with a byte that is none', Buffer.concat([Buffer.from('ISA*00*'), Buffer.from([0xc3, 0x28])]), 'base64'],
  ['no byte', Buffer.alloc(0), 'utf8'],
  ['much', Buffer.alloc(3 * 1024 * 1024, '{"a":"\u0001"}'), 'gzip+base64'],
])('%s comes back byte for byte', async (_, body, encoding) => {
  const { ports } = quarantineWorld();
  const stored = await storeDeliveries(ports, channelId, body, [{ deliveryId: 'd1', topic: 'orders' }], now);
  const inboxId = stored.ok ? stored.value.inboxId : '';
  const read = await readDelivery(ports)({ inboxId, allowed });
  expect(read).toMatchObject({
    ok: true,
    value: { inboxId, deliveryId: 'd1', state: 'RECEIVED', version: 1, body: { encoding, bytes: body.length } },
  });
  if (read.ok) expect(bytesOf(read.value.body).equals(body)).toBe(true);
});

it('any bytes come back as they were', async () => {
  const { ports } = quarantineWorld();
  for (let round = 0; round < 50; round += 1) {
    const [body, deliveryId] = [randomBytes(round), `d${round}`];
    const stored = await storeDeliveries(ports, channelId, body, [{ deliveryId, topic: 'orders' }], now);
    const read = await readDelivery(ports)({ inboxId: stored.ok ? stored.value.inboxId : '', allowed });
    expect(read.ok && bytesOf(read.value.body).equals(body)).toBe(true);
  }
});

it('one that is not there, or is not the caller’s, is not read', async () => {
  const { ports, deliver } = quarantineWorld();
  expect(await readDelivery(ports)({ inboxId: 'in_none', allowed })).toMatchObject({ refusal: { code: 'not-found' } });
  const { inboxId } = await deliver();
  const refused = { ok: false, refusal: { code: 'forbidden', detail: 'not yours' } } as const;
  expect(await readDelivery(ports)({ inboxId, allowed: () => refused })).toEqual(refused);
});
