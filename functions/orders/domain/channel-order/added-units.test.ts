import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countIn, openHolds } from '../../../../shared/model/orders/order.ts';
import { orderWaits } from '../../../../shared/model/waits.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { channelOrderWorld, later, openCodes, orderId, unitsBy } from '../../testing/channel-order-world.ts';
import { now, usd } from '../../testing/shop.ts';
import { applyChannelOrder } from './apply.ts';

type Lines = readonly (readonly [id: string, sku: string, quantity: number])[];
const bought = (lines: Lines) =>
  lines.map(([externalLineId, sku, quantity]) => ({ externalLineId, sku, quantity, unitPrice: usd(500) }));
const paid = (lines: Lines) => [
  { provider: 'recorded', amount: usd(lines.reduce((sum, [, , quantity]) => sum + quantity * 500, 0)) },
];
const first: Lines = [
  ['l1', 'TEE', 3],
  ['l2', 'CAP', 1],
];

async function captured(stock: Readonly<Record<string, number>> = { TEE: 10, CAP: 10, MUG: 10 }, channel = {}) {
  const all = await channelOrderWorld(stock, channel);
  await all.snapshot();
  await all.apply();
  const edit = (minute: number, lines: Lines, over = {}) =>
    all.snapshot({ asOf: later(minute), ...over, order: { lines: bought(lines), payments: paid(lines) } });
  return { ...all, edit };
}

describe('a line that the channel added', () => {
  it('is a line of the order, reserved and paid, and the order goes back to routing', async () => {
    const { edit, apply, order, pool, store } = await captured();
    await edit(1, [...first, ['l3', 'MUG', 2]]);
    await apply();
    const after = await order();
    expect(after.lines[2]).toMatchObject({ lineId: '3', sku: 'MUG', externalLineId: 'l3', units: { reserved: 2 } });
    expect(after).toMatchObject({ totalMinor: 3000, exceptions: [], channelVersion: 2 });
    expect(after.payments.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0)).toBe(3000);
    expect(pool('MUG')).toMatchObject({ ats: 8, reserved: 2 });
    expect(orderWaits['settlement']?.(after)).toMatchObject({ error: 'routing-needed' });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is told with what it costs, in the transaction that reserves it, and is added once', async () => {
    const { edit, apply, ports, order } = await captured();
    await edit(1, [...first, ['l3', 'MUG', 2]]);
    const types: string[] = [];
    const seen: typeof ports = {
      ...ports,
      commit: (changes, once) => {
        for (const one of changes)
          if (one.kind === 'put' && one.entity === 'order') types.push(...one.item.events.map(({ type }) => type));
        return ports.commit(changes, once);
      },
    };
    await applyChannelOrder(seen)(orderId, now);
    expect(types).toEqual(['OrderLinesAdded.v1', 'OrderAmended.v1']);
    const { version } = await order();
    await apply();
    expect((await order()).version).toBe(version);
  });

  it('is there once after a crash between its transaction and the rest', async () => {
    const { edit, apply, ports, order, store } = await captured();
    await edit(1, [...first, ['l3', 'MUG', 2]], { cancelled: unitsBy({ l1: 1 }) });
    let commits = 0;
    const dies: typeof ports = {
      ...ports,
      commit: async (changes, once) => {
        const outcome = await ports.commit(changes, once);
        if ((commits += 1) === 1) throw new Error('killed');
        return outcome;
      },
    };
    await expect(applyChannelOrder(dies)(orderId, now)).rejects.toThrow('killed');
    await apply();
    expect((await order()).lines.map(({ units }) => [units.reserved, units.cancelled])).toEqual([
      [2, 1],
      [1, 0],
      [2, 0],
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is not of who read the order before the channel took it away again', async () => {
    const { edit, ports, order, store } = await captured();
    await edit(1, [...first, ['l3', 'MUG', 2]]);
    let isFirst = true;
    const late: typeof ports = {
      ...ports,
      commit: async (changes, once) => {
        if (isFirst) await edit(2, first);
        isFirst = false;
        return ports.commit(changes, once);
      },
    };
    await applyChannelOrder(late)(orderId, now);
    expect((await order()).lines).toHaveLength(2);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it.each(['refuse', 'backorder'] as const)(
    'is waited for where it is short, as with a capture (%s)',
    async (onShortage) => {
      const { edit, apply, order, store } = await captured({ TEE: 10, CAP: 10, MUG: 1 }, { onShortage });
      await edit(1, [...first, ['l3', 'MUG', 2]]);
      await apply();
      expect((await order()).lines[2]?.units).toMatchObject({ backordered: 2, reserved: 0 });
      expect(openCodes(await order())).toEqual(onShortage === 'refuse' ? ['sold-short'] : []);
      expect(violatedIdentities(store)).toEqual([]);
    },
  );

  it('is waited for in the place that the order has in a queue already', async () => {
    const { edit, apply, order, store } = await captured({ TEE: 1, CAP: 1 });
    await edit(1, [
      ['l1', 'TEE', 5],
      ['l2', 'CAP', 1],
    ]);
    await apply();
    expect(store.all('backorder')).toMatchObject([{ sku: 'TEE', quantity: 5, version: 2 }]);
    expect(countIn(await order(), 'backordered')).toBe(5);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('wakes an order that stands in line for other goods', async () => {
    const { edit, apply, order, store } = await captured();
    store.given('order', { ...(await order()), unrouted: { skus: ['CAP'], since: now } });
    await edit(1, [...first, ['l3', 'MUG', 1]]);
    await apply();
    expect((await order()).unrouted?.wokenAt).toBe(now);
  });

  it('waits with the order while the channel holds it', async () => {
    const { snapshot, apply, order } = await captured();
    const lines = bought([...first, ['l3', 'MUG', 2]]);
    await snapshot({ asOf: later(1), order: { lines, holds: [{ reason: 'payment pending at channel' }] } });
    await apply();
    expect((await order()).lines).toHaveLength(3);
    expect(openHolds(await order())).toMatchObject([{ reason: 'payment pending at channel' }]);
  });
});

describe('a line that rose', () => {
  it('has its new units as a line of its own, with what discount and tax rose by', async () => {
    const { snapshot, apply, order } = await captured();
    const [line, other] = bought([
      ['l1', 'TEE', 5],
      ['l2', 'CAP', 1],
    ]);
    await snapshot({ asOf: later(1), order: { lines: [{ ...line, discount: usd(120), tax: usd(70) }, other] } });
    await apply();
    expect((await order()).lines[2]).toMatchObject({
      externalLineId: 'l1',
      quantity: 2,
      discountMinor: 120,
      taxMinor: 70,
    });
    expect((await order()).totalMinor).toBe(2000 + 1000 - 120 + 70);
  });

  it('and is cancelled later has as many units as the channel says', async () => {
    const { edit, apply, order } = await captured();
    const more: Lines = [
      ['l1', 'TEE', 5],
      ['l2', 'CAP', 1],
    ];
    await edit(1, more);
    await apply();
    await edit(2, more, { cancelled: unitsBy({ l1: 4 }) });
    await apply();
    expect(countIn(await order(), 'reserved')).toBe(2);
    expect(openCodes(await order())).toEqual([]);
  });
});

describe('what the channel added and the order cannot take', () => {
  it.each([
    ['cancelled here', 'cancelled' as const],
    ['delivered', 'delivered' as const],
  ])('because it is %s is an exception with the reason and the remedy', async (words, state) => {
    const { edit, apply, order, store } = await captured();
    const lines = (await order()).lines.map((line) => ({
      ...line,
      units: { ...line.units, reserved: 0, [state]: line.quantity },
    }));
    store.given('order', { ...(await order()), lines });
    await edit(1, [...first, ['l3', 'MUG', 2]]);
    await apply();
    expect((await order()).lines).toHaveLength(2);
    const edited = (await order()).exceptions.find(({ code }) => code === 'channel-order-edited');
    expect(edited?.detail).toContain(words);
    expect(edited?.detail).toContain('POST /v1/orders');
  });

  it('because the order has the SKU under an id that the channel does not know any more may be the same units', async () => {
    const { edit, apply, order } = await captured();
    await edit(1, [
      ['n1', 'TEE', 3],
      ['l2', 'CAP', 1],
    ]);
    await apply();
    expect(countIn(await order(), 'reserved')).toBe(4);
    expect(openCodes(await order())).toEqual(['channel-order-edited', 'channel-line-gone']);
  });
});

it('whatever is added and cancelled, in whatever steps it is seen, the order wants what the channel wants', async () => {
  const step = fc.record({
    tees: fc.integer({ min: 3, max: 6 }),
    mugs: fc.integer({ min: 0, max: 3 }),
    gone: fc.integer({ min: 0, max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 7 }),
      async (steps, stock) => {
        const { edit, apply, order, store } = await captured({ TEE: stock, CAP: 1, MUG: 1 });
        let [tees, mugs, gone] = [3, 0, 0];
        for (const [index, one] of steps.entries()) {
          [tees, mugs] = [Math.max(tees, one.tees), Math.max(mugs, one.mugs)];
          gone = Math.max(gone, Math.min(one.gone, tees));
          const lines: Lines = [
            ['l1', 'TEE', tees],
            ['l2', 'CAP', 1],
            ...(mugs > 0 ? [['l3', 'MUG', mugs] as const] : []),
          ];
          await edit(index + 1, lines, { cancelled: gone > 0 ? unitsBy({ l1: gone }) : [] });
          await apply();
          expect(violatedIdentities(store)).toEqual([]);
          const { lines: ours } = await order();
          const wanted = (id: string) =>
            countIn({ lines: ours.filter(({ externalLineId }) => externalLineId === id) }, 'reserved', 'backordered');
          expect([wanted('l1'), wanted('l3')]).toEqual([tees - gone, mugs]);
        }
      },
    ),
    { numRuns: 60 },
  );
});
