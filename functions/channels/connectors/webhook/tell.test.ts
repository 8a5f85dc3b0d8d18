import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeKinds } from '../../../../shared/contracts/channels/notice.ts';
import { type WebhookReceiver, startWebhookReceiver } from '../../../../tests/sandboxes/webhook-receiver.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { hears, tell } from './tell.ts';

const secret = 'a-secret-of-both';
let receiver: WebhookReceiver;
beforeAll(async () => void (receiver = await startWebhookReceiver({ secret })));
afterAll(() => receiver.stop());

const channel = (settings?: Record<string, string>) => ({
  ...channelOf({ channelId: 'partner', type: 'webhook' }),
  endpoint: { kind: 'webhook' as const, url: receiver.url },
  ...(settings && { settings }),
});
const connection = (signing = [secret]) => connectionOf(channel(), { signing, now: () => new Date().toISOString() });
const lines = [{ lineId: '820982911946154508', sku: 'MUG', quantity: 2 }];
const about = { noticeId: 'ord_1-shipped-f1', orderId: 'ord_1', externalId: '9007199254740993' };
const shipped = {
  ...about,
  facts: {
    ...{ fulfillmentOrderId: 'ord_1-f1', location: 'boston', carrier: 'UPS', trackingNumber: '1Z9' },
    ...{ shippedAt: '2026-11-22T09:30:00.000Z', lines },
  },
  ...{ happenedAt: '2026-11-22T09:30:00.000Z', tries: 0 },
};

describe('an endpoint is told', () => {
  it('what happened, signed, by its own line ids; a repeat is the same message', async () => {
    for (let tries = 0; tries < 2; tries += 1)
      expect(await tell.shipped?.({ ...shipped, tries }, connection())).toEqual({ ok: true, value: {} });
    expect([...receiver.orders]).toEqual([
      [
        about.noticeId,
        {
          ...{ type: 'order.shipped', timestamp: shipped.happenedAt },
          data: {
            ...{ channelId: 'partner', ...about, ...shipped.facts },
            lines: [{ externalLineId: '820982911946154508', sku: 'MUG', quantity: 2 }],
          },
        },
      ],
    ]);
  });

  it('every kind of thing', async () => {
    expect(Object.keys(tell)).toEqual([...noticeKinds]);
    const noticeId = 'ord_1-acknowledged';
    await tell.acknowledged?.({ ...shipped, noticeId, facts: {} }, connection());
    expect(receiver.orders.get(noticeId)).toMatchObject({ type: 'order.acknowledged' });
  });

  it('where it has one and wants to', () => {
    const { endpoint: _endpoint, ...rest } = channel();
    expect(
      [channel(), channel({ orderMessages: 'no' }), { ...rest, endpoint: { kind: 'none' as const } }].map(hears),
    ).toEqual([true, false, false]);
  });
});

describe('an endpoint that does not take it', () => {
  it('is told again where it fails, and has said its last where it refuses', async () => {
    receiver.fail(1);
    expect(await tell.shipped?.(shipped, connection())).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    receiver.refuse('no such order here');
    const told = await tell.shipped?.(shipped, connection());
    receiver.refuse();
    expect(told).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('no such order here') as string },
    });
  });

  it('for the signature, and a channel without a secret, need a person', async () => {
    for (const signing of [['another-secret'], []])
      expect(await tell.shipped?.(shipped, connection(signing))).toMatchObject({
        refusal: { code: 'invalid-request' },
      });
  });
});
