import { describe, expect, it } from 'vitest';
import { type Order } from '../../../../shared/model/orders/order.ts';
import { statusOf } from '../../../../shared/model/orders/status.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { channelOrderWorld, later, openCodes, unitsBy } from '../../testing/channel-order-world.ts';
import { usd } from '../../testing/shop.ts';

const cancelledOf = ({ lines }: Order) => lines.map(({ units }) => units.cancelled);

async function captured(...how: Parameters<typeof channelOrderWorld>) {
  const world = await channelOrderWorld(...how);
  await world.snapshot();
  await world.apply();
  return world;
}

describe('units that a channel cancelled', () => {
  it('are cancelled once where two lines have one id', async () => {
    const world = await channelOrderWorld();
    const twice = ['TEE', 'TEE'].map((sku) => ({ sku, quantity: 2, externalLineId: 'l1', unitPrice: usd(500) }));
    await world.snapshot({ order: { lines: twice } });
    await world.apply();
    await world.snapshot({ asOf: later(1), order: { lines: twice }, cancelled: unitsBy({ l1: 3 }) });
    await world.apply();
    expect(cancelledOf(await world.order())).toEqual([2, 1]);
    expect(violatedIdentities(world.store)).toEqual([]);
  });

  it('are not those of ours that were bought, where the channel took away what it had added', async () => {
    const { snapshot, apply, order } = await captured();
    const edited = [
      { sku: 'TEE', quantity: 5, externalLineId: 'l1', unitPrice: usd(500) },
      { sku: 'CAP', quantity: 1, externalLineId: 'l2', unitPrice: usd(500) },
    ];
    await snapshot({ asOf: later(1), order: { lines: edited }, cancelled: unitsBy({ l1: 2 }) });
    await apply();
    expect(cancelledOf(await order())).toEqual([0, 0]);
    expect(openCodes(await order())).toEqual([]);
  });

  it.each([[false], [true]])(
    'are those that a line has fewer of now, counted once (told besides: %s)',
    async (told) => {
      const { snapshot, change, apply, order, store } = await captured();
      const edited = [{ sku: 'TEE', quantity: 2, externalLineId: 'l1', unitPrice: usd(500) }];
      if (told) await change({ kind: 'cancel', changeId: 'c1', lines: unitsBy({ l1: 1 }) });
      await snapshot({ asOf: later(1), order: { lines: edited } });
      await apply();
      expect(cancelledOf(await order())).toEqual([1, 0]);
      expect(violatedIdentities(store)).toEqual([]);
    },
  );

  it('are none of a line that is not known', async () => {
    const { snapshot, apply, order } = await captured();
    await snapshot({ asOf: later(1), cancelled: unitsBy({ l9: 2 }) });
    await apply();
    expect(cancelledOf(await order())).toEqual([0, 0]);
  });

  it('are cancelled of an order that is too large for one transaction, part by part', async () => {
    const skus = Array.from({ length: 60 }, (_, index) => `SKU-${index}`);
    const stock = Object.fromEntries(skus.map((sku) => [sku, 5]));
    const world = await captured(
      stock,
      {},
      skus.map((sku) => [sku, 2] as const),
    );
    const lines = (await world.order()).lines.map(({ lineId, sku }) => ({ lineId, sku, quantity: 1 }));
    for (const some of [lines.slice(0, 30), lines.slice(30)]) await world.allocated(some);
    await world.snapshot({ asOf: later(1), state: 'cancelled' });
    const sizes: number[] = [];
    const limited = {
      ...world.ports,
      commit: (...call: Parameters<typeof world.ports.commit>) => {
        sizes.push(call[0].length);
        if (call[0].length > 100) throw new Error(`${call[0].length} actions do not fit one transaction`);
        return world.ports.commit(...call);
      },
    };
    const dies = {
      ...limited,
      commit: async (...call: Parameters<typeof limited.commit>) => {
        if (sizes.length === 1) throw new Error('killed');
        return limited.commit(...call);
      },
    };
    await expect(world.apply(dies)).rejects.toThrow('killed');
    expect(statusOf(await world.order())).not.toBe('CANCELLED');
    await world.apply(limited);
    expect(statusOf(await world.order())).toBe('CANCELLED');
    expect(world.parts().map(({ state }) => state)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(violatedIdentities(world.store)).toEqual([]);
    const { version } = await world.order();
    await world.apply(limited);
    expect((await world.order()).version).toBe(version);
  });

  it('are cancelled when they come back from the location that had picked them', async () => {
    const { snapshot, apply, order, allocated, store } = await captured();
    const part = await allocated([{ lineId: '1', sku: 'TEE', quantity: 3 }], 'PICKED');
    await snapshot({ asOf: later(1), cancelled: unitsBy({ l1: 2 }) });
    await apply();
    expect(openCodes(await order())).toEqual(['channel-cancel-late']);
    const before = await order();
    const lines = before.lines.map((line) =>
      line.lineId === '1' ? { ...line, units: { ...line.units, picked: 0, allocated: 3 } } : line,
    );
    store.given('order', { ...before, lines, version: before.version + 1 });
    store.given('fulfillmentOrder', { ...part, state: 'ACCEPTED', version: 2 });
    await apply();
    expect(cancelledOf(await order())).toEqual([2, 0]);
    expect(openCodes(await order())).toEqual([]);
    expect(violatedIdentities(store)).toEqual([]);
    const { version } = await order();
    await apply();
    expect((await order()).version).toBe(version);
  });
});
