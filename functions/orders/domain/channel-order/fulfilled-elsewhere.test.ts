import { describe, expect, it } from 'vitest';
import { countIn, openHolds } from '../../../../shared/model/orders/order.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { channelOrderWorld, later, openCodes, unitsBy } from '../../testing/channel-order-world.ts';
import { captureOrder } from '../capture-order.ts';
import { now, usd } from '../../testing/shop.ts';
import { snapshotOf } from '../../testing/channel-order-world.ts';

describe('an order of which somebody else had sent a part before it came', () => {
  it('is captured with what is left to send, and the rest as delivered elsewhere', async () => {
    const { snapshot, apply, order, pool, store } = await channelOrderWorld({ TEE: 10, CAP: 10 });
    await snapshot({ fulfilled: unitsBy({ l1: 2 }) });
    await apply();
    const { lines, events } = await order();
    expect(lines[0]).toMatchObject({ quantity: 3, fulfilledElsewhere: 2, units: { delivered: 2, reserved: 1 } });
    expect(events).toMatchObject([{ data: { lines: [{ quantity: 3, fulfilledElsewhere: 2 }, { quantity: 1 }] } }]);
    expect(pool('TEE')).toMatchObject({ ats: 9, reserved: 1 });
    expect(openCodes(await order())).toEqual([]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('waits only for what is left to send', async () => {
    const { snapshot, apply, order, store } = await channelOrderWorld({ CAP: 1 });
    await snapshot({ fulfilled: unitsBy({ l1: 2 }) });
    await apply();
    expect((await order()).lines[0]?.units).toMatchObject({ delivered: 2, backordered: 1 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is not captured when nothing is left, sent or cancelled', async () => {
    const { snapshot, apply, store } = await channelOrderWorld();
    await snapshot({ fulfilled: unitsBy({ l1: 3 }), cancelled: unitsBy({ l2: 1 }) });
    await apply();
    expect(store.all('order')).toHaveLength(0);
  });

  it('has those units cancelled that were, beside those that were sent', async () => {
    const { snapshot, apply, order } = await channelOrderWorld();
    await snapshot({ fulfilled: unitsBy({ l1: 1 }), cancelled: unitsBy({ l1: 2 }) });
    await apply();
    expect((await order()).lines[0]?.units).toMatchObject({ delivered: 1, cancelled: 2, reserved: 0 });
  });
});

describe('an order of which somebody else sends a part after it came', () => {
  it('is held and told to a person, until it is cancelled or the channel takes it back', async () => {
    const { snapshot, apply, order } = await channelOrderWorld();
    await snapshot();
    await apply();
    await snapshot({ asOf: later(1), fulfilled: unitsBy({ l1: 1 }) });
    await apply();
    expect(openCodes(await order())).toEqual(['channel-fulfilled']);
    expect(openHolds(await order())).toHaveLength(1);
    await snapshot({ asOf: later(2) });
    await apply();
    expect([openCodes(await order()), openHolds(await order())]).toEqual([[], []]);
  });

  it('is not by what left from here, of which the channel was told', async () => {
    const { snapshot, apply, order, store } = await channelOrderWorld();
    await snapshot();
    await apply();
    const lines = (await order()).lines.map((line) => ({
      ...line,
      units: { ...line.units, reserved: line.quantity - 1, shipped: 1 },
    }));
    store.given('order', { ...(await order()), lines });
    await snapshot({ asOf: later(1), fulfilled: unitsBy({ l1: 1, l2: 1 }) });
    await apply();
    expect([openCodes(await order()), countIn(await order(), 'reserved')]).toEqual([[], 2]);
  });
});

describe('an order that came in by the API before its channel brought it', () => {
  it('is recognized once, so that the channel is told that it is ours', async () => {
    const { snapshot, apply, order, ports } = await channelOrderWorld();
    const { order: input } = snapshotOf();
    expect(await captureOrder(ports)({ input, now, actor: 'erp' })).toMatchObject({ ok: true });
    await snapshot();
    await apply();
    const told = [{ type: 'OrderRecognized.v1', data: { channelId: 'webshop', externalId: '5001', delivered: true } }];
    expect((await order()).events).toMatchObject(told);
    await snapshot({ asOf: later(1), order: { payments: [{ provider: 'recorded', amount: usd(2000) }] } });
    await apply();
    expect((await order()).events).toEqual([]);
  });

  it('is not while the channel has not confirmed it, nor one that the channel itself brought', async () => {
    const api = await channelOrderWorld();
    await captureOrder(api.ports)({ input: snapshotOf().order, now, actor: 'erp' });
    await api.snapshot({ state: 'pending' });
    await api.apply();
    expect((await api.order()).delivered).toBeUndefined();
    const brought = await channelOrderWorld();
    await brought.snapshot({ cancelled: unitsBy({ l1: 1 }) });
    await brought.apply();
    expect((await brought.order()).events.map(({ type }) => type)).toEqual(['OrderCancelled.v1']);
  });
});
