import { describe, expect, it } from 'vitest';
import { countIn } from '../../../../shared/model/orders/order.ts';
import { orderWaits } from '../../../../shared/model/waits.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { channelOrderWorld, later, openCodes, unitsBy } from '../../testing/channel-order-world.ts';

const elm = { country: 'US', lines: ['2 Elm St'] };
const tees = [{ lineId: '1', sku: 'TEE', quantity: 3 }];
const cap = [{ lineId: '2', sku: 'CAP', quantity: 1 }];

async function captured() {
  const all = await channelOrderWorld();
  await all.snapshot();
  await all.apply();
  return all;
}

describe('an order that goes elsewhere', () => {
  it('is changed while nobody was told of it, and says so', async () => {
    const { snapshot, apply, order } = await captured();
    await snapshot({ asOf: later(1), order: { shipTo: elm, delivery: { method: 'pickup', location: 'wh' } } });
    await apply();
    expect(await order()).toMatchObject({
      shipTo: elm,
      delivery: { method: 'pickup', location: 'wh' },
      exceptions: [],
    });
    expect((await order()).events).toMatchObject([
      { data: { changes: ['ships to another address', 'is delivered otherwise: pickup at wh'] } },
    ]);
  });

  it('is routed anew where a location has it and was not told', async () => {
    const { snapshot, apply, order, allocated, parts, pool, store } = await captured();
    await allocated(tees, 'ALLOCATED');
    await snapshot({ asOf: later(1), order: { shipTo: elm } });
    await apply();
    expect(await order()).toMatchObject({ shipTo: elm, exceptions: [], channelVersion: 2 });
    expect(countIn(await order(), 'reserved')).toBe(4);
    expect(orderWaits['settlement']?.(await order())).toMatchObject({ error: 'routing-needed' });
    expect(parts()).toMatchObject([{ state: 'CANCELLED', lines: [], amendments: [{ lines: tees }] }]);
    expect(pool('TEE')).toMatchObject({ ats: 7, reserved: 3 });
    expect(violatedIdentities(store)).toEqual([]);
    const { version } = await order();
    await apply();
    expect((await order()).version).toBe(version);
  });

  it('wakes an order that stands in line for goods, since what is promised again may be sent', async () => {
    const { snapshot, apply, order, allocated, store } = await captured();
    await allocated(tees, 'ALLOCATED');
    store.given('order', { ...(await order()), unrouted: { skus: ['CAP'], since: later(0) } });
    await snapshot({ asOf: later(1), order: { shipTo: elm } });
    await apply();
    expect((await order()).unrouted?.wokenAt).toBeDefined();
  });

  it.each(['RELEASED', 'ACCEPTED', 'PICKED', 'PACKED'] as const)(
    'stays as it was told to a location that has it %s: a person is told, and the rest goes to the new one',
    async (state) => {
      const { snapshot, apply, order, allocated, parts } = await captured();
      await allocated(tees, state);
      await snapshot({ asOf: later(1), order: { shipTo: elm } });
      await apply();
      expect(parts().map(({ shipTo }) => shipTo.lines)).toEqual([[]]);
      expect((await order()).shipTo).toMatchObject(elm);
      const [raised] = (await order()).exceptions;
      expect(raised).toMatchObject({ code: 'channel-address-changed', facts: { changed: ['lines'] } });
      expect(raised?.detail).toMatch(/-f1 at wh .*rejected/);
      await snapshot({ asOf: later(2), order: { shipTo: elm } });
      await apply();
      expect((await order()).exceptions).toHaveLength(1);
    },
  );

  it('needs nobody any more once the location has given it back', async () => {
    const { snapshot, apply, order, allocated, store } = await captured();
    const part = await allocated(tees);
    await snapshot({ asOf: later(1), order: { shipTo: elm } });
    await apply();
    store.given('fulfillmentOrder', { ...part, state: 'REJECTED', lines: [] });
    const { lines } = await order();
    const back = lines.map((line) => ({ ...line, units: { ...line.units, allocated: 0, reserved: line.quantity } }));
    store.given('order', { ...(await order()), lines: back });
    await apply();
    expect(openCodes(await order())).toEqual([]);
  });

  it('tells a person of a parcel on its way, and not of names and phones that channels take away afterwards', async () => {
    const { snapshot, apply, order, allocated, store } = await captured();
    const part = await allocated(tees);
    const withPhone = { ...part, state: 'SHIPPED' as const, shipTo: { ...elm, phone: '1' } };
    store.given('fulfillmentOrder', withPhone);
    await snapshot({ asOf: later(1), order: { shipTo: elm } });
    await apply();
    expect(openCodes(await order())).toEqual([]);
    await snapshot({ asOf: later(2), order: { shipTo: { ...elm, city: 'Boston' } } });
    await apply();
    expect((await order()).exceptions).toMatchObject([{ facts: { changed: ['city'] } }]);
  });
});

describe('released work of which the channel cancels a part', () => {
  it('is told to its location, with what is left and what was taken off', async () => {
    const { snapshot, apply, order, allocated, parts } = await captured();
    await allocated(tees);
    await snapshot({ asOf: later(1), cancelled: unitsBy({ l1: 1 }) });
    await apply();
    const taken = [{ lineId: '1', sku: 'TEE', quantity: 1 }];
    expect(parts()).toMatchObject([
      {
        state: 'RELEASED',
        lines: [{ quantity: 2 }],
        amendments: [{ lines: taken, reason: 'cancelled at the channel', by: 'channel webshop' }],
        events: [{ type: 'FulfillmentOrderAmended.v1', data: { lines: [{ quantity: 2 }], takenOff: taken } }],
      },
    ]);
    expect((await order()).exceptions).toEqual([]);
    await apply();
    expect(parts()[0]?.version).toBe(2);
  });

  it('is not where nobody was told of it, and is over where nothing is left', async () => {
    const { snapshot, apply, allocated, parts } = await captured();
    await allocated(tees, 'ALLOCATED');
    await allocated(cap);
    await snapshot({ asOf: later(1), cancelled: unitsBy({ l1: 1, l2: 1 }) });
    await apply();
    expect(parts()).toMatchObject([
      { lines: [{ quantity: 2 }], events: [] },
      { state: 'CANCELLED', events: [{ type: 'FulfillmentOrderCancelled.v1' }] },
    ]);
  });
});
