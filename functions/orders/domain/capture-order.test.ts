import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { allocated } from '../../../shared/testing/world.ts';
import { moveLines } from '../../../shared/model/orders/order.ts';
import { input, now, shop, usd } from '../testing/shop.ts';
import { cancelOrder } from './cancel-order.ts';
import { fillBackorders } from './fill-backorders.ts';

describe('capturing an order', () => {
  it('promises every unit, and two lines of one SKU are one demand', async () => {
    const { store, capture, calls } = await shop({ TEE: 3 });
    expect(
      await capture(
        input('1', [
          ['TEE', 2],
          ['TEE', 1],
        ]),
      ),
    ).toMatchObject({ ok: true, value: { status: 'CONFIRMED', total: usd(1500) } });
    expect(calls(), 'one read and one transaction').toEqual(['channel', 'commit']);
    expect(store.stock().pools).toMatchObject([{ sku: 'TEE', ats: 0, reserved: 3 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('refuses all of it when one SKU is short, says what is left, and writes nothing', async () => {
    const { store, capture } = await shop({ TEE: 3, CAP: 1 });
    const before = JSON.stringify(store.stock());
    expect(
      await capture(
        input('1', [
          ['TEE', 1],
          ['CAP', 2],
        ]),
      ),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'insufficient-stock', facts: { short: [{ sku: 'CAP', pool: 'online', wanted: 2, left: 1 }] } },
    });
    expect(JSON.stringify(store.stock())).toBe(before);
    expect(store.all('order')).toEqual([]);
  });

  it("keeps the channel's buffer for others", async () => {
    const { capture } = await shop({ TEE: 3 }, { buffer: 2 });
    expect(await capture(input('1', [['TEE', 2]]))).toMatchObject({
      ok: false,
      refusal: { facts: { short: [{ wanted: 2, left: 1 }] } },
    });
    expect(await capture(input('2', [['TEE', 1]]))).toMatchObject({ ok: true });
  });

  it('gives a channel that has sold already what there is, buffer or not', async () => {
    const { capture } = await shop({ TEE: 3 }, { buffer: 2, onShortage: 'backorder' });
    expect(await capture(input('1', [['TEE', 3]]))).toMatchObject({
      ok: true,
      value: { lines: [{ reserved: 3, backordered: 0 }] },
    });
  });

  it('names an unknown SKU, channel, and currency', async () => {
    const { capture } = await shop({ TEE: 3 });
    expect(await capture(input('1', [['NOPE', 1]]))).toMatchObject({ ok: false, refusal: { code: 'unknown-sku' } });
    expect(await capture(input('1', [['TEE', 1]], { channelId: 'nowhere' }))).toMatchObject({
      ok: false,
      refusal: { code: 'unknown-channel', errors: [{ pointer: '/channelId' }] },
    });
    expect(await capture(input('1', [['TEE', 1]], { currency: 'EUR' }))).toMatchObject({
      ok: false,
      refusal: { code: 'currency-mismatch', errors: [{ pointer: '/currency' }] },
    });
    expect(await capture(input('1', [['TEE', 1]], { total: usd(1) }))).toMatchObject({
      ok: false,
      refusal: { code: 'total-mismatch', facts: { expected: 500, given: 1 } },
    });
  });

  it('answers a repeat as it answered first, and refuses another order under the same id or key', async () => {
    const { store, capture } = await shop({ TEE: 3 });
    const once = { key: 'k', requestHash: 'h' };
    const first = await capture(input('1', [['TEE', 1]]), once);
    expect(await capture(input('1', [['TEE', 1]]), once)).toEqual(first);
    expect(await capture(input('1', [['TEE', 1]]))).toEqual(first);
    expect(await capture(input('1', [['TEE', 2]]))).toMatchObject({ ok: false, refusal: { code: 'order-differs' } });
    expect(await capture(input('2', [['TEE', 1]]), { key: 'k', requestHash: 'other' })).toMatchObject({
      ok: false,
      refusal: { code: 'idempotency-key-reused' },
    });
    expect(store.all('order')).toHaveLength(1);
    expect(store.stock().pools).toMatchObject([{ ats: 2, reserved: 1 }]);
  });

  it('takes what a channel has sold already as a backorder, and fills the oldest first when stock comes', async () => {
    const { store, ports, capture, receive } = await shop({ TEE: 1, CAP: 5 }, { onShortage: 'backorder' });
    expect(
      await capture(
        input(
          '1',
          [
            ['TEE', 2],
            ['CAP', 1],
          ],
          { placedAt: '2026-11-20T00:00:00.000Z' },
        ),
      ),
    ).toMatchObject({
      ok: true,
      value: {
        lines: [
          { sku: 'TEE', reserved: 0, backordered: 2 },
          { sku: 'CAP', reserved: 1, backordered: 0 },
        ],
      },
    });
    await capture(input('2', [['TEE', 2]]), undefined, '2026-11-22T09:31:00.000Z');
    await receive('TEE', 1);
    await fillBackorders(ports)('TEE', 'online', now);
    expect(
      store
        .all('order')
        .sort((a, b) => a.externalId.localeCompare(b.externalId))
        .map(({ lines }) => lines[0]?.units.reserved),
    ).toEqual([2, 0]);
    expect(store.all('backorder').map(({ orderId }) => orderId)).toHaveLength(1);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is undone by a cancel, once', async () => {
    const { store, ports, capture } = await shop({ TEE: 3 });
    const captured = await capture(input('1', [['TEE', 2]]));
    const orderId = captured.ok ? captured.value.orderId : '';
    const cancel = () => cancelOrder(ports)({ orderId, reason: 'changed mind', now, actor: 'test' });
    expect(await cancel()).toMatchObject({ ok: true, value: { status: 'CANCELLED', version: 2 } });
    expect(await cancel()).toMatchObject({ ok: true, value: { status: 'CANCELLED', version: 2 } });
    expect(store.stock().pools).toMatchObject([{ ats: 3, reserved: 0 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it.each(['PICKED', 'PACKED'] as const)(
    'is not undone once it is %s, and the answer says what is in the way',
    async (state) => {
      const { store, ports, capture } = await shop({ TEE: 3 });
      const captured = await capture(input('1', [['TEE', 2]]));
      const orderId = captured.ok ? captured.value.orderId : '';
      const part = await allocated(store, orderId, 'wh', [{ lineId: '1', quantity: 2 }]);
      const order = await store.get('order', { orderId });
      if (order === undefined) throw new Error('the order is gone');
      const lines = moveLines(order, [{ lineId: '1', quantity: 2 }], 'allocated', 'picked');
      store.given('order', { ...order, lines });
      store.given('fulfillmentOrder', { ...part, state });
      expect(await cancelOrder(ports)({ orderId, reason: 'late', now, actor: 'test' })).toMatchObject({
        ok: false,
        refusal: { code: 'state-conflict', facts: { inTheWay: [{ location: 'wh', state }] } },
      });
    },
  );

  it('never promises a unit twice, whatever is captured, cancelled and received in whatever order', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('capture' as const),
        id: fc.nat(8),
        sku: fc.constantFrom('A', 'B'),
        quantity: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ kind: fc.constant('cancel' as const), id: fc.nat(8) }),
      fc.record({
        kind: fc.constant('receive' as const),
        sku: fc.constantFrom('A', 'B'),
        quantity: fc.integer({ min: 1, max: 3 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.constantFrom('refuse' as const, 'backorder' as const),
        async (steps, onShortage) => {
          const { store, ports, capture, receive } = await shop({ A: 5, B: 5 }, { onShortage });
          await Promise.all(
            steps.map(async (one) => {
              if (one.kind === 'capture')
                await capture(
                  input(String(one.id), [
                    [one.sku, one.quantity],
                    ['A', 1],
                  ]),
                );
              else if (one.kind === 'receive')
                await receive(one.sku, one.quantity).then(() => fillBackorders(ports)(one.sku, 'online', now));
              else
                for (const { orderId } of store.all('order').filter(({ externalId }) => externalId === String(one.id)))
                  await cancelOrder(ports)({ orderId, reason: 'x', now, actor: 'test' });
            }),
          );
          expect(violatedIdentities(store)).toEqual([]);
          for (const { ats } of store.stock().pools) expect(ats).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
