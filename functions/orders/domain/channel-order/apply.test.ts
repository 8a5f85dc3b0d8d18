import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countIn } from '../../../../shared/model/orders/order.ts';
import { statusOf } from '../../../../shared/model/orders/status.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import {
  channelOrderWorld as world,
  later,
  openCodes as codes,
  orderId,
  unitsBy as lines,
} from '../../testing/channel-order-world.ts';
import { now, usd } from '../../testing/shop.ts';
import { applyChannelOrder } from './apply.ts';

describe('an order that a channel brought', () => {
  it('is captured once, in one read of what was said and one write', async () => {
    const { snapshot, apply, order, calls } = await world();
    await snapshot();
    calls();
    await apply();
    expect(calls().filter((call) => call === 'commit')).toHaveLength(1);
    const captured = await order();
    expect(captured).toMatchObject({ version: 1, channelVersion: 1, totalMinor: 2000 });
    await apply();
    expect(await order()).toEqual(captured);
  });

  it('is captured however short stock is, whatever its channel does with its own orders', async () => {
    const { snapshot, apply, order, store } = await world({ CAP: 1 });
    await snapshot();
    await apply();
    expect(countIn(await order(), 'reserved')).toBe(1);
    expect(countIn(await order(), 'backordered')).toBe(3);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it.each([
    ['not confirmed', { state: 'pending' }],
    ['cancelled before it came', { state: 'cancelled' }],
    ['a test', { test: true }],
    ["shipped from the channel's own stock", { fulfilledBy: 'channel' }],
    ['closed already', { state: 'closed' }],
  ])('is not captured when it is %s', async (_, over) => {
    const { snapshot, apply, store } = await world();
    await snapshot(over);
    await apply();
    expect(store.all('order')).toHaveLength(0);
  });

  it('waits for itself when a change of it came first', async () => {
    const { snapshot, change, apply, order, store } = await world();
    await change({ kind: 'cancel', changeId: 'c1', lines: lines({ l1: 1 }) });
    await apply();
    expect(store.all('order')).toHaveLength(0);
    await snapshot();
    await apply();
    expect((await order()).lines[0]?.units).toMatchObject({ reserved: 2, cancelled: 1 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is not captured by who read it before its cancellation was said', async () => {
    const { snapshot, ports, store } = await world();
    await snapshot();
    const late = {
      ...ports,
      commit: async (...call: Parameters<typeof ports.commit>) => {
        if (call[0].some((one) => one.kind === 'put' && one.entity === 'order' && one.expect === 'absent'))
          await snapshot({ asOf: later(1), state: 'cancelled' });
        return ports.commit(...call);
      },
    };
    await applyChannelOrder(late)(orderId, now);
    expect(store.all('order')).toHaveLength(0);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('that nobody can capture is refused in words, and tried again when it is asked for', async () => {
    const { snapshot, apply, said } = await world();
    await snapshot({ order: { payments: [{ provider: 'recorded', amount: usd(9999) }] } });
    await apply();
    expect(await said()).toMatchObject({
      version: 2,
      refused: {
        code: 'invalid-request',
        reason: expect.stringMatching(
          /more than the order costs \(\d+\)\. Have the channel send the order anew with a newer asOf, /,
        ) as unknown,
      },
      events: [{ type: 'ChannelOrderRefused.v1', data: { inboxId: 'in_1' } }],
    });
  });

  it('whose total is not what its parts come to is kept and flagged', async () => {
    const { snapshot, apply, order } = await world();
    await snapshot({ order: { channelTotal: usd(2150) } });
    await apply();
    expect(await order()).toMatchObject({ totalMinor: 2000, channelTotalMinor: 2150 });
    expect(codes(await order())).toEqual(['total-mismatch']);
  });
});

describe('an order that its channel changed', () => {
  async function captured(stock?: Readonly<Record<string, number>>) {
    const all = await world(stock);
    await all.snapshot();
    await all.apply();
    return all;
  }

  it('has those units cancelled that the channel cancelled, once', async () => {
    const { snapshot, apply, order, pool, store } = await captured();
    await snapshot({ asOf: later(1), cancelled: lines({ l1: 2 }) });
    await apply();
    await apply();
    expect((await order()).lines.map(({ units }) => [units.reserved, units.cancelled])).toEqual([
      [1, 2],
      [1, 0],
    ]);
    expect(pool('TEE')).toMatchObject({ ats: 9, reserved: 1 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('waits less for what is short: units that wait are cancelled first', async () => {
    const { snapshot, apply, order, store } = await captured({ TEE: 1, CAP: 1 });
    await snapshot({ asOf: later(1), cancelled: lines({ l1: 1 }) });
    await apply();
    expect((await order()).lines[0]?.units).toMatchObject({ backordered: 2, cancelled: 1 });
    expect(store.all('backorder')).toMatchObject([{ sku: 'TEE', quantity: 2 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is cancelled whole, and then needs nobody', async () => {
    const { snapshot, apply, order, pool, store } = await captured();
    await snapshot({ asOf: later(1), state: 'cancelled' });
    await apply();
    expect(statusOf(await order())).toBe('CANCELLED');
    expect(pool('TEE')).toMatchObject({ ats: 10, reserved: 0 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('says when a cancellation comes too late', async () => {
    const { snapshot, apply, order, store } = await captured();
    const present = await order();
    const picked = present.lines.map((line) => ({
      ...line,
      units: { ...line.units, reserved: 0, picked: line.quantity },
    }));
    store.given('order', { ...present, lines: picked });
    await snapshot({ asOf: later(1), state: 'cancelled' });
    await apply();
    expect(codes(await order())).toEqual(['channel-cancel-late']);
    expect(countIn(await order(), 'picked')).toBe(4);
  });

  it('is held while its buyer asks to cancel, and goes on when they ask no more', async () => {
    const { snapshot, apply, order } = await captured();
    await snapshot({ asOf: later(1), cancelRequest: { reason: 'ordered twice' } });
    await apply();
    expect((await order()).holds).toMatchObject([{ reason: 'the buyer asks to cancel' }]);
    expect((await order()).exceptions).toMatchObject([{ code: 'cancel-requested' }]);
    await snapshot({ asOf: later(2) });
    await apply();
    expect((await order()).holds).toMatchObject([{ releasedAt: now }]);
  });

  it('has the money booked that came later, and its refunds once', async () => {
    const { snapshot, change, apply, order } = await world();
    await snapshot({ order: { payments: [], holds: [{ reason: 'payment pending at channel' }] } });
    await apply();
    await snapshot({ asOf: later(1), refunds: [{ externalId: 'r1', amount: usd(700), lines: [] }] });
    await change({ kind: 'refund', changeId: 'x', refund: { externalId: 'r1', amount: usd(700), lines: [] } });
    await apply();
    const after = await order();
    expect(after.payments).toMatchObject([{ state: 'captured', capturedMinor: 2000, refundedMinor: 700 }]);
    expect(after.refunds).toMatchObject([{ externalId: 'r1', state: 'succeeded', amount: usd(700) }]);
    expect(after.holds).toMatchObject([{ releasedAt: now }]);
    expect(after.events).toMatchObject([
      {
        type: 'OrderAmended.v1',
        data: {
          changes: ['paid 20.00 USD', 'refunded 7.00 USD at the channel', 'hold released: payment pending at channel'],
        },
      },
    ]);
  });

  it('goes to its new address', async () => {
    const { snapshot, apply, order } = await captured();
    await snapshot({ asOf: later(1), order: { shipTo: { country: 'US', lines: ['2 Elm St'] } } });
    await apply();
    expect((await order()).shipTo).toMatchObject({ lines: ['2 Elm St'] });
  });

  it('says what a person must do about goods that came back, lines that were added, and orders closed elsewhere', async () => {
    const { snapshot, apply, order } = await captured();
    const refund = {
      externalId: 'r1',
      amount: usd(500),
      lines: [{ externalLineId: 'l1', quantity: 1, restock: 'return', location: '77' }],
    };
    const more = (await order()).lines.map(({ sku, externalLineId, unitPriceMinor }) => ({
      sku,
      externalLineId,
      quantity: 4,
      unitPrice: usd(unitPriceMinor),
    }));
    await snapshot({ asOf: later(1), state: 'closed', refunds: [refund], order: { lines: more } });
    await apply();
    expect(codes(await order())).toEqual(['channel-return-r1', 'channel-order-edited', 'channel-closed']);
    const { version } = await order();
    await apply();
    expect((await order()).version).toBe(version);
  });

  it('comes to the same whatever versions were seen on the way, and stock adds up at each step', async () => {
    const step = fc.record({
      minute: fc.integer({ min: 1, max: 4 }),
      units: fc.record({ l1: fc.integer({ min: 1, max: 3 }), l2: fc.constantFrom(1) }, { requiredKeys: [] }),
      state: fc.constantFrom('open', 'cancelled'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        async (steps, tees) => {
          const seen = await world({ TEE: tees, CAP: 1 });
          await seen.snapshot();
          await seen.apply();
          const known = [...new Map(steps.map((one) => [one.minute, one])).values()];
          for (const { minute, units, state } of known) {
            await seen.snapshot({ asOf: later(minute), cancelled: lines(units), state });
            await seen.apply();
            expect(violatedIdentities(seen.store)).toEqual([]);
          }
          const order = await seen.order();
          const newest = known.toSorted((a, b) => a.minute - b.minute).at(-1);
          for (const [index, line] of (['l1', 'l2'] as const).entries()) {
            const { quantity = 0, units } = order.lines[index] ?? {};
            const said = known.map((one) => (one.state === 'cancelled' ? quantity : (one.units[line] ?? 0)));
            expect(said).toContain(units?.cancelled || said[0]);
            expect(units?.cancelled).toBeGreaterThanOrEqual(
              newest === undefined ? 0 : (said[known.indexOf(newest)] ?? 0),
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
