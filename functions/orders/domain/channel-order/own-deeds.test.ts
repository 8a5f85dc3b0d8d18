import { describe, expect, it } from 'vitest';
import { countIn, openHolds } from '../../../../shared/model/orders/order.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { channelOrderWorld, later, openCodes, orderId, unitsBy } from '../../testing/channel-order-world.ts';
import { noticeOf, told } from '../../testing/notice-of.ts';
import { now } from '../../testing/shop.ts';
import { cancelOrder } from '../cancel-order.ts';

type World = Awaited<ReturnType<typeof captured>>;

async function captured() {
  const all = await channelOrderWorld();
  await all.snapshot();
  await all.apply();
  return all;
}

/** Units of every line in the states that are given. */
async function given({ store, order }: World, units: object, more: object = {}) {
  const present = await order();
  const lines = present.lines.map((line) => ({ ...line, units: { ...line.units, reserved: 0, ...units } }));
  store.given('order', { ...present, lines, ...more });
}

describe('a parcel of ours that the channel tells back', () => {
  const parcel = (quantity: number) => ({
    ...{ fulfillmentOrderId: `${orderId}-f1`, location: 'wh', carrier: 'UPS', trackingNumber: '1Z', shippedAt: now },
    lines: [{ lineId: 'l1', sku: 'TEE', quantity }],
  });

  it('was sent by nobody else: the order has left before the channel is told, whatever it answers', async () => {
    for (const notice of [undefined, { tries: 1 }, told]) {
      const world = await captured();
      const { lines } = await world.order();
      const left = lines.map((line) => ({
        ...line,
        units: { ...line.units, reserved: line.quantity - 1, shipped: 1 },
      }));
      world.store.given('order', { ...(await world.order()), lines: left });
      if (notice !== undefined) world.store.given('notice', noticeOf('shipped', 'f1', parcel(1), notice));
      await world.snapshot({ asOf: later(1), fulfilled: unitsBy({ l1: 1, l2: 1 }) });
      await world.apply();
      expect([openCodes(await world.order()), openHolds(await world.order())]).toEqual([[], []]);
      await world.snapshot({ asOf: later(2), fulfilled: unitsBy({ l1: 2, l2: 1 }) });
      await world.apply();
      expect(openCodes(await world.order())).toEqual(['channel-fulfilled']);
    }
  });

  it('nor has what is ready to be collected gone, where the channel counts it so', async () => {
    const world = await captured();
    await given(world, { picked: 1 });
    await world.snapshot({ asOf: later(1), fulfilled: unitsBy({ l1: 1 }) });
    const ready = {
      fulfillmentOrderId: `${orderId}-f1`,
      location: 'wh',
      lines: [{ lineId: 'l1', sku: 'TEE', quantity: 1 }],
    };
    world.store.given('notice', noticeOf('ready', 'f1', ready));
    await world.apply();
    expect(openCodes(await world.order())).toEqual([]);
    await given(world, { picked: 0, delivered: 1 });
    await world.snapshot({ asOf: later(2), fulfilled: unitsBy({ l1: 1, l2: 1 }) });
    await world.apply();
    expect(openCodes(await world.order())).toEqual([]);
  });
});

describe('a cancellation of ours that the channel tells back', () => {
  const line = (quantity: number) => [{ lineId: 'l1', sku: 'TEE', quantity }];

  it('cancels nothing more, and nobody misses it before the channel has heard of it', async () => {
    for (const state of ['PENDING', 'TOLD', 'REFUSED', 'DISMISSED'] as const) {
      const world = await captured();
      await cancelOrder(world.ports)({ orderId, reason: 'damaged', now, actor: 'pat' });
      const lines = [...line(3), { lineId: 'l2', sku: 'CAP', quantity: 1 }];
      const cancelled = { reason: 'damaged', lines, complete: true };
      world.store.given('notice', noticeOf('cancelled', 'v2', cancelled, { state, tries: 0 }));
      await world.snapshot({ asOf: later(1) });
      await world.apply();
      expect(openCodes(await world.order())).toEqual([]);
      await world.snapshot({ asOf: later(2), state: 'cancelled' });
      await world.change({ kind: 'cancel', changeId: 'c1' });
      await world.apply();
      expect([openCodes(await world.order()), countIn(await world.order(), 'cancelled')]).toEqual([[], 4]);
      expect(violatedIdentities(world.store)).toEqual([]);
    }
  });

  it('of a part leaves the rest, and what the channel cancels besides is cancelled', async () => {
    const world = await captured();
    const [tees] = (await world.order()).lines;
    if (tees === undefined) throw new Error('the order has tees');
    const reserved = tees.units.reserved - 1;
    const part = { ...tees, units: { ...tees.units, reserved, cancelled: 1 } };
    world.store.given('order', { ...(await world.order()), lines: [part, ...(await world.order()).lines.slice(1)] });
    world.store.given('notice', noticeOf('cancelled', 'v2', { reason: 'short', lines: line(1), complete: false }));
    const counts: number[] = [];
    for (const [minute, units] of [0, 1, 2].entries()) {
      await world.snapshot({ asOf: later(minute + 1), cancelled: units === 0 ? [] : unitsBy({ l1: units }) });
      await world.apply();
      counts.push(countIn(await world.order(), 'cancelled'));
      expect(openCodes(await world.order())).toEqual([]);
    }
    expect(counts).toEqual([1, 1, 2]);
  });
});
