import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { mapMessage } from './map-message.ts';
import { topicSent } from './sent-at.ts';

const channel = channelOf({ channelId: 'partner', type: 'webhook' });
const usd = (amount: number) => ({ amount, currency: 'USD' });
const order = {
  externalId: 'P-1',
  currency: 'USD',
  shipTo: { country: 'US' },
  lines: [{ sku: 'MUG', quantity: 2, unitPrice: usd(450) }],
};
const sentAt = '2026-11-22T09:30:00.000Z';
const mapped = (body: unknown, topic = topicSent('orders/create', new Date(sentAt))) =>
  mapMessage(Buffer.from(JSON.stringify(body)), { channel, topic, deliveryId: 'msg_1' });
const asOf = (...args: Parameters<typeof mapped>) => {
  const outcome = mapped(...args);
  return outcome.kind === 'order' ? outcome.snapshot.asOf : outcome;
};

describe('how new an order is', () => {
  it('its snapshot says, else its event, else when it was signed, else when it was placed', () => {
    expect(asOf({ asOf: '7', order })).toBe('00000000000000000007');
    const timestamp = '2026-11-22T08:00:00Z';
    expect(asOf({ type: 'order.updated', timestamp, data: order })).toBe('2026-11-22T08:00:00.000Z');
    expect(asOf({ type: 'order.updated', timestamp, data: { asOf: '7', order } })).toBe('00000000000000000007');
    expect(asOf(order)).toBe(sentAt);
    expect(asOf({ ...order, placedAt: timestamp }, 'orders/create')).toBe(timestamp);
    expect(asOf(order, 'orders/create')).toBe('0');
  });
});

describe('a message', () => {
  it('may be a snapshot of an order, with what became of it', () => {
    const snapshot = {
      asOf: '2026-11-22T10:00:00+02:00',
      state: 'open',
      order,
      cancelled: [{ externalLineId: '1', quantity: 1 }],
    };
    expect(mapped(snapshot)).toMatchObject({
      kind: 'order',
      snapshot: {
        ...snapshot,
        asOf: '2026-11-22T08:00:00.000Z',
        order: { ...order, channelId: 'partner' },
        fulfilledBy: 'us',
        refunds: [],
      },
    });
  });

  it.each([
    { kind: 'cancel', externalId: 'P-1', reason: 'by the buyer' },
    { kind: 'cancel', externalId: 'P-1', changeId: 'c-1', lines: [{ externalLineId: '1', quantity: 1 }] },
    { kind: 'cancel-request', externalId: 'P-1' },
    { kind: 'refund', externalId: 'P-1', refund: { externalId: 'r-1', amount: usd(450) } },
  ])('may be a change: %j', (change) => {
    expect(mapped(change)).toMatchObject({ kind: 'change', change: { changeId: 'msg_1', at: sentAt, ...change } });
  });

  it.each([
    [{ ...order, channelId: 'webshop' }, 'names webshop'],
    [{ asOf: '1', order: { ...order, channelId: 'webshop' } }, 'names webshop'],
    [{ ...order, surprise: 1 }, 'surprise'],
    [{ asOf: '1', order: [] }, '/order'],
    [{ kind: 'refund', externalId: 'P-1' }, '/refund'],
    [{ kind: 'wish', externalId: 'P-1' }, '/kind'],
    [[order], 'no object'],
    [null, 'no object'],
  ])('that is none of these is put in quarantine, with what is wrong: %j', (body, word) => {
    expect(mapped(body)).toMatchObject({ code: 'not-as-documented', reason: expect.stringContaining(word) as string });
  });
});
