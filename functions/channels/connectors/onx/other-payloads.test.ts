import { describe, expect, it } from 'vitest';
import { channelOrderChange } from '../../../../shared/contracts/channels/channel-order.ts';
import { orderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { topicSent } from '../webhook/sent-at.ts';
import { onxOrder } from './fixtures/orders.ts';
import { mapOrder } from './map-order.ts';

const channel = channelOf({ channelId: 'onx-shop', type: 'onx' });
const topic = topicSent('orders', new Date('2026-11-22T09:30:00.000Z'));
const map = (body: unknown, deliveryId = 'msg_1') =>
  mapOrder(Buffer.from(JSON.stringify(body)), { channel, topic, deliveryId });
const read = (over: object) => canonical(channel, map({ ...onxOrder, ...over }));
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('what names an order and is no cancel', () => {
  it.each([
    ['a fulfillment', { id: 'f-1', trackingNumbers: ['1Z9'], lineItems: [{ sku: 'MUG-BLUE', quantity: 2 }] }],
    ['a fulfillment that asks for it', { shippingCarrier: 'UPS', lineItems: [{ sku: 'MUG-BLUE', quantity: 2 }] }],
    ['a return', { returnNumber: 'R-1', returnLineItems: [{ sku: 'MUG-BLUE', quantityReturned: 1 }] }],
    ['an update in other words', { status: 'processing', orderNote: 'Ring twice' }],
  ])('%s cancels nothing', (_, more) => {
    expect(map({ orderId: onxOrder.id, ...more })).toMatchObject({ kind: 'quarantined', code: 'not-as-documented' });
  });

  it('a cancel may say whether the buyer is told, and have a number for an id', () => {
    expect(map({ orderId: 77, notifyCustomer: true })).toMatchObject({ change: { kind: 'cancel', externalId: '77' } });
    expect(map({ id: 77, updates: { status: 'Cancelled' } })).toMatchObject({ change: { externalId: '77' } });
  });
});

describe('a cancel that names lines by their SKU alone', () => {
  interface Line {
    readonly sku: string;
    readonly quantity: number;
    readonly id?: string | undefined;
  }
  const cancelled = async (lineItems: readonly Line[], ...cancels: readonly Line[][]) => {
    const resolved = await read({ lineItems });
    const lines = resolved.order.lines.map((line, index) => ({ ...line, sku: lineItems[index]?.sku ?? '' }));
    const changes = cancels.map((items, index) => {
      const mapped = map({ orderId: onxOrder.id, lineItems: items }, `msg_${index}`);
      return channelOrderChange.parse(mapped.kind === 'change' ? mapped.change : mapped);
    });
    const snapshot = { ...resolved, order: { ...resolved.order, lines } };
    const at = orderAtChannel({ snapshot, changes: Object.fromEntries(changes.map((one) => [one.changeId, one])) });
    return Object.fromEntries(at?.cancelled ?? []);
  };
  const line = (id: string | undefined, sku: string, quantity: number) => ({ id, sku, quantity, unitPrice: 1 });

  it('cancels units of the lines that have it, each unit once', async () => {
    const lines = [line('li-1', 'MUG', 2), line('li-2', 'MUG', 3), line('li-3', 'SPOON', 1)];
    expect(await cancelled(lines, [{ sku: 'MUG', quantity: 4 }])).toEqual({ 'li-1': 2, 'li-2': 2 });
    expect(await cancelled(lines, [{ sku: 'MUG', quantity: 1, id: 'li-1' }], [{ sku: 'MUG', quantity: 2 }])).toEqual({
      'li-1': 2,
      'li-2': 1,
    });
    expect(await cancelled(lines, [{ sku: 'FORK', quantity: 1 }])).toEqual({ FORK: 1 });
  });

  it('cancels lines that have no id of their own', async () => {
    expect(await cancelled([line(undefined, 'MUG', 2)], [{ sku: 'MUG', quantity: 1 }])).toEqual({ MUG: 1 });
  });
});

describe('an order of another sender', () => {
  it.each([
    ['complete', 'closed'],
    ['fulfilled', 'closed'],
    ['refunded', 'closed'],
    ['holded', 'pending'],
    ['Payment Review', 'pending'],
    ['voided', 'cancelled'],
    ['partially_shipped', 'open'],
    ['processing', 'open'],
  ])('of status %s is %s', (status, state) => {
    expect(map({ ...onxOrder, status })).toMatchObject({ snapshot: { state } });
  });

  it('with prices that have the tax in them comes to its total, the tax told', async () => {
    const lineItems = [{ id: 'a', sku: 'MUG', quantity: 2, unitPrice: 12.1 }];
    const over = { lineItems, orderDiscount: null, orderTax: 4.2, shippingPrice: 5, totalPrice: 29.2 };
    const snapshot = await read(over);
    expect(snapshot.order.lines).toMatchObject([{ unitPrice: usd(1000), tax: usd(420) }]);
    expect(totalOf(snapshot)).toBe(2920);
  });

  it('with a discount below zero, and one finer than money, comes to its total', async () => {
    const lineItems = [{ id: 'a', sku: 'MUG', quantity: 3, unitPrice: 10, unitDiscount: 0.3333, totalPrice: 29 }];
    const over = { lineItems, orderDiscount: -4, orderTax: 0, shippingPrice: 0, totalPrice: 25 };
    const snapshot = await read(over);
    expect(snapshot.order.lines).toMatchObject([{ quantity: 3, unitPrice: usd(1000), discount: usd(500) }]);
    expect(totalOf(snapshot)).toBe(2500);
  });

  it('with ids and SKUs that are numbers, a small currency code and prices as text is read to the digit', () => {
    const lineItems = [{ id: 5, sku: 4711, quantity: 1, unitPrice: '44.00' }];
    const over = { id: 123, lineItems, currency: 'usd', orderDiscount: 0, orderTax: 0, shippingPrice: 0 };
    const mapped = map({ ...onxOrder, ...over });
    expect(mapped).toMatchObject({
      snapshot: { order: { externalId: '123', currency: 'USD', lines: [{ sku: '4711', externalLineId: '5' }] } },
    });
    const big = Buffer.from(JSON.stringify({ ...onxOrder, ...over }).replace(':123,', ':9007199254740993123,'));
    expect(mapOrder(big, { channel, topic, deliveryId: 'd' })).toMatchObject({
      snapshot: { order: { externalId: '9007199254740993123' } },
    });
  });
});
