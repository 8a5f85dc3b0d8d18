import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, connectorContract, totalOf } from '../../testing/connector-contract.ts';
import { signed } from '../webhook/signature.ts';
import { topicSent } from '../webhook/sent-at.ts';
import { onx } from './connector.ts';
import { onxOrder } from './fixtures/orders.ts';
import { mapOrder } from './map-order.ts';

const channel = channelOf({ channelId: 'onx-shop', type: 'onx' });
const sentAt = '2026-11-22T09:30:00.000Z';
const topic = topicSent('orders', new Date(sentAt));
const mapped = (body: unknown) => mapOrder(Buffer.from(JSON.stringify(body)), { channel, topic, deliveryId: 'msg_1' });
const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, tenantId: _tenantId, ...created } = onxOrder;
const bodyOf = (value: unknown) => Buffer.from(JSON.stringify(value));

connectorContract({
  connector: onx,
  channel,
  cases: [
    { name: 'an order', topic, body: bodyOf(onxOrder), kind: 'order' },
    { name: 'create-sales-order', topic, body: bodyOf({ order: created }), kind: 'order' },
    { name: 'cancel-order', topic, body: bodyOf({ orderId: 'so-1', reason: 'by the buyer' }), kind: 'change' },
    { name: 'an update of parts', topic, body: bodyOf({ id: 'so-1', updates: { tags: [] } }), kind: 'quarantined' },
  ],
  sign: (body, { secret, at }) => ({ headers: signed(secret, 'msg_1', at, body.toString()) }),
  expiresAfterSeconds: 300,
});

describe('an order of onX', () => {
  it('is mapped with its parties, facts and payment', async () => {
    const snapshot = await canonical(channel, mapped(onxOrder));
    expect(snapshot).toMatchObject({
      asOf: '2026-11-21T11:30:00.500Z',
      state: 'open',
      order: {
        externalId: 'so-9007199254740993',
        externalNumber: '#77',
        placedAt: '2026-11-20T10:00:00.000Z',
        customer: { name: 'Ada Berg', email: 'ada@berg.example', externalId: 'c-5' },
        shipTo: { name: 'Ada Berg', lines: ['4 Mill Lane', 'Apt 2'], region: 'ME', postalCode: '04401', country: 'US' },
        billTo: { company: 'Berg & Co' },
        delivery: { method: 'ship', service: 'UPS Ground' },
        shipping: { price: { amount: 640 } },
        payments: [{ provider: 'recorded', amount: { amount: 4400 } }],
        holds: [],
        note: 'Leave at the door',
        attributes: {
          externalId: 'WEB-77',
          giftNote: 'For Jo',
          source: 'etsy',
          tags: 'priority, wholesale',
          campaign: 'autumn',
        },
      },
    });
    expect(snapshot.order.lines.map((line) => [line.externalLineId, line.quantity, line.unitPrice.amount])).toEqual([
      ['li-1', 2, 1425],
      ['li-2', 3, 333],
    ]);
    expect(totalOf(snapshot)).toBe(4400);
  });

  it('that is created is known by its externalId, and as new as it was signed', () => {
    expect(mapped({ order: created })).toMatchObject({ snapshot: { asOf: sentAt, order: { externalId: 'WEB-77' } } });
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'create-sales-order', arguments: { order: created } },
    };
    expect(mapped(call)).toEqual(mapped({ order: created }));
    expect(mapped({ ...call, params: { name: 'get-orders', arguments: {} } })).toMatchObject({ kind: 'ignored' });
  });

  it('takes a price that is finer than money by the total of its line', async () => {
    const lineItems = [{ sku: 'BOLT', quantity: 3, unitPrice: 0.3333, totalPrice: 1 }];
    expect(
      totalOf(
        await canonical(channel, mapped({ ...onxOrder, lineItems, orderDiscount: 0, orderTax: 0, shippingPrice: 0 })),
      ),
    ).toBe(100);
    expect(mapped({ ...onxOrder, lineItems: [{ sku: 'BOLT', quantity: 3, unitPrice: 0.3333 }] })).toMatchObject({
      snapshot: { order: { lines: [{ quantity: 3, unitPrice: { amount: 34 } }] } },
    });
    expect(mapped({ ...onxOrder, lineItems: [{ sku: 'BOLT', quantity: 3, unitPrice: 'much' }] })).toMatchObject({
      code: 'amount',
    });
  });

  it.each([
    ['new', 'open'],
    ['Awaiting Payment', 'pending'],
    ['delivered', 'closed'],
    ['canceled', 'cancelled'],
    ['a word of theirs', 'open'],
    [null, 'open'],
  ])('of status %s is %s', (status, state) => {
    expect(mapped({ ...onxOrder, status })).toMatchObject({ snapshot: { state } });
  });

  it.each([
    [{ paymentStatus: 'pending' }, 0, true],
    [{ paymentStatus: undefined }, 0, false],
    [
      {
        paymentStatus: 'partially paid',
        payments: [
          { amount: 20, status: 'captured' },
          { amount: 24, status: 'failed' },
        ],
      },
      2000,
      true,
    ],
    [{ paymentStatus: 'authorized', payments: [{ amount: 44, method: 'card', transactionId: 't-1' }] }, 4400, false],
  ])('with %j has %i recorded, and waits: %s', (over, received, isHeld) => {
    const outcome = mapped({ ...onxOrder, ...over });
    const order = outcome.kind === 'order' ? outcome.snapshot.order : undefined;
    expect(order?.payments?.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(received);
    expect((order?.holds ?? []).length > 0).toBe(isHeld);
  });

  it('has the refunds that can be told apart', () => {
    const refunds = [{ id: 'r-1', amount: 5.5, reason: 'broken', createdAt: '2026-11-22T08:00:00Z' }, { amount: 1 }];
    expect(mapped({ ...onxOrder, refunds })).toMatchObject({
      snapshot: {
        refunds: [{ externalId: 'r-1', amount: { amount: 550 }, reason: 'broken', at: '2026-11-22T08:00:00.000Z' }],
      },
    });
  });

  it.each([
    [{ ...onxOrder, lineItems: [{ sku: 'MUG', quantity: 2.5 }] }, '2.5 of MUG'],
    [{ ...onxOrder, id: undefined, externalId: null }, 'neither id nor externalId'],
    [{ ...onxOrder, lineItems: [{ sku: '', quantity: 1 }] }, '/lineItems/0/sku'],
    [{ id: 'so-1', updates: { orderNote: 'x', tags: [] } }, 'orderNote, tags'],
  ])('is put in quarantine where it cannot be taken: %#', (body, word) => {
    expect(mapped(body)).toMatchObject({ code: 'not-as-documented', reason: expect.stringContaining(word) as string });
  });
});

describe('what becomes of it', () => {
  it('a whole update is the order anew', () => {
    const { externalId: _externalId, ...updates } = created;
    expect(mapped({ id: onxOrder.id, updates })).toMatchObject({
      kind: 'order',
      snapshot: { asOf: sentAt, order: { externalId: onxOrder.id } },
    });
  });

  it('a cancel is of all of it, or of lines by id or SKU', () => {
    const whole = { kind: 'cancel', externalId: 'so-1', changeId: 'msg_1' };
    expect(mapped({ orderId: 'so-1' })).toEqual({ kind: 'change', change: whole });
    expect(mapped({ id: 'so-1', updates: { status: 'cancelled' } })).toEqual({ kind: 'change', change: whole });
    const lineItems = [
      { sku: 'MUG', quantity: 1, id: 'li-1' },
      { sku: 'SPOON', quantity: 2 },
    ];
    expect(mapped({ orderId: 'so-1', reason: 'late', notes: 'called', lineItems })).toMatchObject({
      change: {
        reason: 'late: called',
        lines: [
          { externalLineId: 'li-1', quantity: 1 },
          { externalLineId: 'SPOON', quantity: 2 },
        ],
      },
    });
  });
});
