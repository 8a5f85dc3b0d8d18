import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Notice } from '../../../../shared/model/channels/notice.ts';
import { type Refund, countIn } from '../../../../shared/model/orders/order.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { channelOrderWorld, later, openCodes, orderId, unitsBy } from '../../testing/channel-order-world.ts';
import { noticeOf, told } from '../../testing/notice-of.ts';
import { now, usd } from '../../testing/shop.ts';
import { applyChannelOrder } from './apply.ts';

type World = Awaited<ReturnType<typeof captured>>;

async function captured() {
  const all = await channelOrderWorld();
  await all.snapshot();
  await all.apply();
  return all;
}

const returnId = `${orderId}-r1`;
const ours = (more: Partial<Refund> = {}): Refund => ({
  refundId: `${returnId}-pay_1`,
  ...{ paymentId: 'pay_1', returnId, reason: 'return', amount: usd(700), state: 'succeeded' },
  ...more,
});
const facts = { refundId: returnId, returnId, amount: usd(700), reason: 'too small', lines: [] };

/** An order with refunds of ours, of which its channel is to be told. */
async function refunded(notice: Partial<Notice>, refunds: readonly Refund[] = [ours()], amount = usd(700)) {
  const world = await captured();
  const { payments } = await world.order();
  const paid = payments.map((one) => ({ ...one, refundedMinor: amount.amount }));
  world.store.given('order', { ...(await world.order()), payments: paid, refunds });
  world.store.given('notice', noticeOf('refunded', returnId, { ...facts, amount }, notice));
  return world;
}
type TheirRefund = {
  readonly externalId: string;
  readonly lines?: readonly object[];
  readonly [field: string]: unknown;
};
const said = async (world: World, ...refunds: readonly TheirRefund[]) => {
  await world.snapshot({ asOf: later(5), refunds: refunds.map((one) => ({ amount: usd(700), lines: [], ...one })) });
  await world.apply();
  const { payments, refunds: known } = await world.order();
  return { refundedMinor: payments[0]?.refundedMinor, ids: known.map(({ externalId }) => externalId) };
};

describe('a refund of ours that the channel tells back', () => {
  it.each([
    ['by the id that the channel gave it', { ...told, reference: 'p9 r1' }, {}],
    ['by our name in its reason, though the answer was lost', {}, { reason: `too small (${returnId})` }],
    ['by its amount, where a try was cut off', {}, { at: later(1) }],
    ['by its amount, where the channel answers no id', told, {}],
    ['by its amount, where a person made it after the channel had refused', { state: 'REFUSED' }, {}],
  ] as const)('is known %s', async (_, notice, refund) => {
    const world = await refunded(notice);
    expect(await said(world, { externalId: 'r1', ...refund })).toEqual({ refundedMinor: 700, ids: ['r1'] });
    const { version } = await world.order();
    await world.apply();
    expect([(await world.order()).version, openCodes(await world.order())]).toEqual([version, []]);
  });

  it.each([
    ['that the channel has not been told of', { tries: 0 }, {}],
    ['of another amount', told, { amount: usd(701) }],
    ['from before', told, { at: later(-60) }],
  ] as const)("is not one %s: that one is the channel's own", async (_, notice, refund) => {
    const world = await refunded(notice);
    const { refundedMinor, ids } = await said(world, { externalId: 'r1', ...refund });
    expect([refundedMinor, ids]).toEqual(['amount' in refund ? 1401 : 1400, [undefined, 'r1']]);
  });

  it("is one, and a second one of the same amount is the channel's own", async () => {
    const world = await refunded(told);
    const two = [{ externalId: 'r1' }, { externalId: 'r2' }];
    expect(await said(world, ...two)).toEqual({ refundedMinor: 1400, ids: ['r1', 'r2'] });
    expect(await said(world, ...two.toReversed())).toEqual({ refundedMinor: 1400, ids: ['r1', 'r2'] });
  });

  it('is taken by its amount only until the one comes that the channel has named', async () => {
    const world = await refunded({ ...told, reference: 'r7' });
    const other = { externalId: 'r1', reason: `(${returnId}0)` };
    expect(await said(world, other)).toEqual({ refundedMinor: 700, ids: ['r1'] });
    for (let time = 0; time < 2; time += 1)
      expect(await said(world, other, { externalId: 'r7' })).toEqual({ refundedMinor: 1400, ids: ['r7', 'r1'] });
  });

  it('may be several at the channel, and several here', async () => {
    const world = await refunded(
      told,
      [ours(), ours({ refundId: `${returnId}-pay_2`, paymentId: 'pay_2' })],
      usd(1400),
    );
    const parts = ['r1', 'r2', 'r3'].map((externalId) => ({
      externalId,
      amount: usd(466),
      reason: `Refund ${returnId}`,
    }));
    expect(await said(world, ...parts)).toEqual({ refundedMinor: 1400, ids: ['r1', 'r1'] });
    expect(await said(world, ...parts)).toEqual({ refundedMinor: 1400, ids: ['r1', 'r1'] });
  });

  it('is known also where our gateway has given the money back', async () => {
    const world = await refunded({ ...told, reference: 'r1' });
    const { payments, ...order } = await world.order();
    world.store.given('order', { ...order, payments: payments.map((one) => ({ ...one, provider: 'gateway' })) });
    expect(await said(world, { externalId: 'r1' })).toEqual({ refundedMinor: 700, ids: ['r1'] });
    expect(openCodes(await world.order())).toEqual([]);
  });

  it('neither cancels what is still to be sent nor has goods come back a second time', async () => {
    for (const restock of ['cancel', 'return'] as const) {
      const world = await refunded({ ...told, reference: 'r1' });
      const lines = [{ externalLineId: 'l1', quantity: 1, restock }];
      const refund = { externalId: 'r1', amount: usd(700), lines };
      const cancelled = restock === 'cancel' ? unitsBy({ l1: 1 }) : [];
      await world.change({ kind: 'refund', changeId: 'r1', refund });
      await world.snapshot({ asOf: later(5), refunds: [refund], cancelled });
      await world.apply();
      expect([countIn(await world.order(), 'cancelled'), openCodes(await world.order())]).toEqual([0, []]);
      expect(violatedIdentities(world.store)).toEqual([]);
    }
  });

  it('is booked once, in whatever order the answer and the channel come, and however often', async () => {
    const step = fc.constantFrom('answer', 'webhook', 'apply');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.boolean(), async (steps, isNamed) => {
        const world = await refunded({});
        const refund = { externalId: 'r1', amount: usd(700), lines: [], ...(isNamed && { reason: returnId }) };
        const does = {
          answer: () => {
            world.store.given('notice', noticeOf('refunded', returnId, facts, { ...told, reference: 'r1' }));
          },
          webhook: () => world.snapshot({ asOf: later(5), refunds: [refund] }),
          apply: () => applyChannelOrder(world.ports)(orderId, now),
        };
        for (const name of [...steps, 'webhook', 'apply'] as const) await does[name]();
        expect(await world.order()).toMatchObject({
          payments: [{ refundedMinor: 700 }],
          refunds: [{ externalId: 'r1' }],
        });
        expect((await world.order()).refunds).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });
});
