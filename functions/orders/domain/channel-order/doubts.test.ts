import { describe, expect, it } from 'vitest';
import { type Order } from '../../../../shared/model/orders/order.ts';
import { channelOrderWorld, later, openCodes, orderId, unitsBy } from '../../testing/channel-order-world.ts';
import { now, usd } from '../../testing/shop.ts';
import { cancelOrder } from '../cancel-order.ts';
import { fillBackorders } from '../fill-backorders.ts';

async function captured(...how: Parameters<typeof channelOrderWorld>) {
  const world = await channelOrderWorld(...how);
  await world.snapshot();
  await world.apply();
  return world;
}
const allOf = ({ exceptions }: Order, code: string) => exceptions.filter((one) => one.code === code);
const openHolds = ({ holds }: Order) => holds.filter(({ releasedAt }) => releasedAt === undefined);

describe('what a person must decide about an order of a channel', () => {
  it('is over when the buyer asks to cancel no more, and is there again, held, when they ask again', async () => {
    const { snapshot, apply, order } = await captured();
    const asks = { cancelRequest: { reason: 'ordered twice' } };
    await snapshot({ asOf: later(1), ...asks });
    await apply();
    await snapshot({ asOf: later(2), ...asks });
    await apply();
    expect(allOf(await order(), 'cancel-requested')).toHaveLength(1);
    await snapshot({ asOf: later(3) });
    await apply();
    expect([openCodes(await order()), openHolds(await order())]).toEqual([[], []]);
    await snapshot({ asOf: later(4), ...asks });
    await apply();
    expect(openCodes(await order())).toEqual(['cancel-requested']);
    expect(openHolds(await order())).toHaveLength(1);
  });

  it('is a cancel of lines that the order does not have, and a line that the channel has no more', async () => {
    const { snapshot, change, apply, order } = await captured();
    await change({ kind: 'cancel', changeId: 'c1', lines: unitsBy({ l9: 5 }) });
    await apply();
    expect(openCodes(await order())).toEqual(['channel-cancel-unknown']);
    expect((await order()).exceptions[0]?.detail).toContain('5 of its line l9, and this order has l1, l2');
    const left = [{ sku: 'TEE', quantity: 3, externalLineId: 'l1', unitPrice: usd(500) }];
    await snapshot({ asOf: later(1), order: { lines: left } });
    await apply();
    expect(openCodes(await order())).toEqual(['channel-cancel-unknown', 'channel-line-gone']);
    expect((await order()).exceptions[1]?.detail).toContain('no line for 1 of CAP any more');
    await snapshot({ asOf: later(2), cancelled: unitsBy({ l2: 1 }) });
    await apply();
    expect(openCodes(await order())).toEqual(['channel-cancel-unknown']);
  });

  it('outlives the cancel of the order where it is about money that was refunded', async () => {
    const { snapshot, apply, order } = await captured();
    const refunds = [{ externalId: 'r1', amount: usd(999_900), lines: [] }];
    await snapshot({ asOf: later(1), refunds });
    await apply();
    await snapshot({ asOf: later(2), refunds, state: 'cancelled' });
    await apply();
    expect(openCodes(await order())).toEqual(['channel-refund-r1']);
  });

  it('does not come back once a person has released the hold', async () => {
    const { snapshot, apply, order, store } = await captured();
    await snapshot({ asOf: later(1), cancelRequest: {} });
    await apply();
    const before = await order();
    store.given('order', { ...before, holds: before.holds.map((hold) => ({ ...hold, releasedAt: now })) });
    await snapshot({ asOf: later(2), cancelRequest: {} });
    await apply();
    expect(openHolds(await order())).toEqual([]);
  });

  it('says each time what else was cancelled too late', async () => {
    const { snapshot, apply, order, allocated } = await captured();
    await allocated([{ lineId: '1', sku: 'TEE', quantity: 3 }], 'PACKED');
    for (const units of [1, 1, 2]) {
      await snapshot({ asOf: later(units * 10), cancelled: unitsBy({ l1: units }) });
      await apply();
    }
    const late = allOf(await order(), 'channel-cancel-late');
    expect(late.map(({ facts, resolvedAt }) => [facts?.['lines'], resolvedAt])).toMatchObject([
      [[{ quantity: 1 }], now],
      [[{ quantity: 2 }], undefined],
    ]);
  });

  it('is that the channel still sells what was cancelled here', async () => {
    const { snapshot, apply, order, ports } = await captured();
    await cancelOrder(ports)({ orderId, reason: 'damaged', now, actor: 'pat' });
    await snapshot({ asOf: later(1) });
    await apply();
    expect(openCodes(await order())).toEqual(['channel-not-cancelled']);
    await snapshot({ asOf: later(2), state: 'cancelled' });
    await apply();
    expect(openCodes(await order())).toEqual([]);
  });

  it('is an order that goes back to unconfirmed: it is held, and said where work has begun', async () => {
    const { snapshot, apply, order, allocated } = await captured();
    await allocated([{ lineId: '1', sku: 'TEE', quantity: 3 }]);
    await snapshot({ asOf: later(1), state: 'pending' });
    await apply();
    expect(openHolds(await order())).toMatchObject([{ reason: 'the channel has not confirmed it' }]);
    expect(openCodes(await order())).toEqual(['channel-pending']);
    await snapshot({ asOf: later(2) });
    await apply();
    expect([openCodes(await order()), openHolds(await order())]).toEqual([[], []]);
  });

  it('is what the channel sold and is not there, where its orders may not wait', async () => {
    const short = { TEE: 1, CAP: 1 };
    const refuses = await captured(short, { onShortage: 'refuse' });
    expect((await refuses.order()).exceptions).toMatchObject([
      { code: 'sold-short', facts: { lines: [{ sku: 'TEE', quantity: 3 }] } },
    ]);
    expect((await refuses.order()).events).toMatchObject([
      { type: 'OrderCaptured.v1' },
      { type: 'OrderExceptionRaised.v1', data: { code: 'sold-short' } },
    ]);
    await refuses.receive('TEE', 5);
    await fillBackorders(refuses.ports)('TEE', 'online', now);
    expect(openCodes(await refuses.order())).toEqual([]);
    const waits = await captured(short, { onShortage: 'backorder' });
    expect((await waits.order()).exceptions).toEqual([]);
  });
});

describe('the address of an order of a channel', () => {
  const elm = { country: 'US', lines: ['2 Elm St'] };

  it('stays where the channel shows it no more', async () => {
    const { snapshot, apply, order } = await captured();
    await snapshot({ asOf: later(1), order: { shipTo: elm } });
    await apply();
    for (const [minute, lines] of [[], ['2 E****']].entries()) {
      await snapshot({ asOf: later(minute + 2), order: { shipTo: { country: 'US', lines } } });
      await apply();
    }
    expect((await order()).shipTo).toMatchObject(elm);
  });
});

describe('the money of an order of a channel', () => {
  const refundOf = (amount: object) => ({ refunds: [{ externalId: 'r1', amount, lines: [] }] });

  it('is not made less by a refund in another currency, nor by more than was taken; a person is told', async () => {
    for (const amount of [{ amount: 700, currency: 'EUR' }, usd(2500)]) {
      const { snapshot, apply, order } = await captured();
      await snapshot({ asOf: later(1), ...refundOf(amount) });
      await apply();
      await snapshot({ asOf: later(2), ...refundOf(amount) });
      await apply();
      const after = await order();
      expect(after.payments[0]?.refundedMinor).toBe(amount.currency === 'EUR' ? 0 : 2000);
      expect(after.refunds).toHaveLength(1);
      expect(openCodes(after)).toEqual(['channel-refund-r1']);
    }
  });

  it('is refunded once where a refund of ours was carried out by the channel', async () => {
    const { snapshot, apply, order, store } = await captured();
    const before = await order();
    const own = { refundId: 'ret_1-pay_1', paymentId: 'pay_1', returnId: 'ret_1', reason: 'return' };
    store.given('order', {
      ...before,
      payments: before.payments.map((one) => ({ ...one, refundedMinor: 700 })),
      refunds: [{ ...own, amount: usd(700), state: 'succeeded' }],
    });
    await snapshot({ asOf: later(1), ...refundOf(usd(700)) });
    await apply();
    const after = await order();
    expect(after.payments).toMatchObject([{ refundedMinor: 700 }]);
    expect(after.refunds).toMatchObject([{ refundId: 'ret_1-pay_1', externalId: 'r1' }]);
  });

  it('is not paid by amounts in another currency', async () => {
    const { snapshot, apply, order } = await captured();
    const payments = [2000, 900].map((amount, index) => ({
      provider: 'recorded',
      amount: { amount, currency: index === 0 ? 'USD' : 'EUR' },
    }));
    await snapshot({ asOf: later(1), order: { payments } });
    await apply();
    expect((await order()).payments).toHaveLength(1);
  });
});
