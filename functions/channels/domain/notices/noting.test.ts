import { describe, expect, it } from 'vitest';
import { returnIdOf, fulfillmentOrderIdOf } from '../../../../shared/kernel/ids.ts';
import { unitsIn } from '../../../../shared/model/orders/units.ts';
import { now } from '../../fixtures/now.ts';
import { market, noticeWorld, orderIdAt } from '../../fixtures/notice-world.ts';
import { noteCancellation } from './note-cancellation.ts';
import { noteCapture } from './note-capture.ts';
import { noteRefund, noteReturn } from './note-refund.ts';
import { notePickup, noteShipment } from './note-shipment.ts';

const orderId = orderIdAt(1);
const about = { orderId, channelId: market };
const lines = [{ lineId: '1', sku: 'MUG', quantity: 2 }];
const usd = (amount: number) => ({ amount, currency: 'USD' });
const event = <D>(data: D, more: { actor?: string; version?: number; time?: string } = {}) => ({
  ...{ time: '2026-11-22T10:00:00.000Z', version: 7, actor: 'ada' },
  ...more,
  data: { ...about, ...data },
});
const part = (number = 1) => ({ fulfillmentOrderId: fulfillmentOrderIdOf(orderId, number), location: 'boston', lines });
const parcel = (number = 1) => ({ ...part(number), carrier: 'UPS', trackingNumber: `1Z${number}` });
const pickup = { delivery: { method: 'pickup' as const, location: 'boston' } };

describe('what a channel is to be told', () => {
  it('is noted once, however often and late it comes', async () => {
    const world = noticeWorld();
    world.givenOrder(1);
    for (let time = 0; time < 3; time += 1) await noteShipment(world.ports)(event(parcel()), world.later(60));
    expect(world.states()).toEqual({ acknowledged: 'PENDING', 'shipped-f1': 'PENDING' });
    const [, shipped] = world.notices();
    expect(shipped).toMatchObject({
      ...about,
      externalId: 'M-1',
      happenedAt: '2026-11-22T10:00:00.000Z',
      facts: { ...parcel(), shippedAt: '2026-11-22T10:00:00.000Z' },
    });
  });

  it('is noted by two at once, once', async () => {
    const world = noticeWorld();
    world.givenOrder(1);
    const all = [noteCapture(world.ports)(event({}), now), noteShipment(world.ports)(event(parcel()), now)];
    await Promise.all([...all, noteShipment(world.ports)(event(parcel()), now)]);
    expect(world.states()).toEqual({ acknowledged: 'PENDING', 'shipped-f1': 'PENDING' });
  });

  it('wakes the lane also where the process died between the note and its wake', async () => {
    const world = noticeWorld();
    world.givenOrder(1);
    const broken = { ...world.ports, wake: () => Promise.reject(new Error('crash')) };
    await expect(noteCapture(broken)(event({}), now)).rejects.toThrow('crash');
    await noteCapture(world.ports)(event({}), now);
    expect(world.wakes).toEqual([`${market} orders`]);
    expect(world.notices()).toHaveLength(1);
  });

  it('is nothing where the channel does not want to know, or has nowhere to be told', async () => {
    for (const over of [{ tell: {} }, { hears: () => false }]) {
      const world = noticeWorld(over);
      world.givenOrder(1);
      await noteShipment(world.ports)(event(parcel()), now);
      await noteCapture(world.ports)(event({}), now);
      expect([world.notices(), world.wakes]).toEqual([[], []]);
    }
  });

  it('begins with an acknowledgement only of what the channel delivered', async () => {
    const world = noticeWorld();
    const { delivered: _delivered, ...order } = world.givenOrder(1);
    world.store.given('order', order);
    await noteShipment(world.ports)(event(parcel()), now);
    expect(world.states()).toEqual({ 'shipped-f1': 'PENDING' });
  });
});

describe('a cancellation', () => {
  const cancelled = { reason: 'damaged in the warehouse', lines, complete: true };

  it('is noted, and one that the channel made is not told back', async () => {
    const world = noticeWorld();
    world.givenOrder(1);
    await noteCancellation(world.ports)(event(cancelled, { actor: `channel ${market}` }), now);
    expect(world.notices()).toEqual([]);
    await noteCancellation(world.ports)(event(cancelled), now);
    await noteCancellation(world.ports)(event(cancelled, { version: 9 }), now);
    expect(Object.keys(world.states())).toEqual(['acknowledged', 'cancelled-v7', 'cancelled-v9']);
  });
});

describe('what is collected', () => {
  it('is ready when it is packed, was collected when it is delivered, and leaves in no parcel', async () => {
    const world = noticeWorld();
    world.givenOrder(1, undefined, pickup);
    await notePickup(world.ports, 'collected')(event(part()), now);
    await noteShipment(world.ports)(event(parcel()), now);
    await notePickup(world.ports, 'ready')(event(part()), now);
    expect(Object.keys(world.states())).toEqual(['acknowledged', 'collected-f1', 'ready-f1']);
  });

  it('is nothing that a parcel reports', async () => {
    const world = noticeWorld();
    world.givenOrder(1);
    await notePickup(world.ports, 'ready')(event(part()), now);
    expect(world.notices()).toEqual([]);
  });
});

describe('a refund', () => {
  const returnId = returnIdOf(orderId, 1);
  const refund = {
    refundId: 'ref_1',
    paymentId: 'pay_1',
    reason: 'return',
    amount: usd(700),
    state: 'succeeded' as const,
  };
  const givenReturn = (world: ReturnType<typeof noticeWorld>) =>
    world.store.given('return', {
      ...{ returnId, ...about, pool: 'online', currency: 'USD', location: 'boston', state: 'SETTLED' },
      lines: [{ lineId: '1', sku: 'MUG', quantity: 2, reason: 'too-small', receivedQuantity: 1 }],
      inspections: [{ lineId: '1', sku: 'MUG', quantity: 1, disposition: 'restock' }],
      ...{ createdAt: now, version: 1, updatedAt: now, events: [] },
    });

  it('of a return is told once, with all of its refunds and the units that came back', async () => {
    const world = noticeWorld();
    const gateway = { ...refund, refundId: 'ref_2', paymentId: 'pay_2', returnId, amount: usd(300) };
    const [payment] = world.givenOrder(1).payments;
    if (payment === undefined) throw new Error('an order is paid');
    const payments = [payment, { ...payment, paymentId: 'pay_2', provider: 'gateway' as const }];
    world.givenOrder(1, [{ sku: 'MUG', quantity: 2, units: unitsIn('returned', 2) }], {
      payments,
      refunds: [{ ...refund, returnId }, gateway, { ...refund, returnId, externalId: 'theirs' }],
    });
    givenReturn(world);
    await noteRefund(world.ports)(event({ ...gateway }), now);
    for (let time = 0; time < 2; time += 1) await noteReturn(world.ports)(event({ returnId }), now);
    expect(Object.keys(world.states())).toEqual(['acknowledged', 'refunded-r1']);
    expect(world.notices()[1]?.facts).toEqual({
      ...{ refundId: returnId, returnId, amount: usd(1000), givenBack: usd(300), reason: 'too-small' },
      lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }],
    });
  });

  it('that the channel made, or that is worth nothing, is not told', async () => {
    const world = noticeWorld();
    world.givenOrder(1, undefined, { refunds: [{ ...refund, returnId, externalId: 'theirs' }] });
    givenReturn(world);
    await noteReturn(world.ports)(event({ returnId }), now);
    await noteRefund(world.ports)(event({ refundId: 'ref_1', amount: usd(700), reason: 'goodwill' }), now);
    expect(world.notices()).toEqual([]);
  });

  it('of an amount is told by itself', async () => {
    const world = noticeWorld();
    world.givenOrder(1, undefined, { refunds: [refund] });
    await noteRefund(world.ports)(event({ refundId: 'ref_1', amount: usd(700), reason: 'goodwill' }), now);
    expect(world.notices()[1]?.facts).toEqual({ refundId: 'ref_1', amount: usd(700), reason: 'goodwill', lines: [] });
  });
});
