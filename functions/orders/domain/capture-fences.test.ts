import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { input, now, shop } from '../testing/shop.ts';
import { cancelOrder } from './cancel-order.ts';

describe('capturing for a channel with units of its own', () => {
  it('takes those first, and the rest from what everybody can buy', async () => {
    const { store, capture, fenced, pool, calls } = await shop({ TEE: 10 }, { fenced: true, buffer: 2 });
    await fenced('TEE', 4);
    expect(await capture(input('1', [['TEE', 3]]))).toMatchObject({ ok: true });
    expect(calls()).toEqual(['channel', 'share', 'commit']);
    expect(pool('TEE')).toMatchObject({ ats: 6, fenced: 1, reserved: 3 });
    expect(await capture(input('2', [['TEE', 5]]))).toMatchObject({ ok: true });
    expect(pool('TEE')).toMatchObject({ ats: 2, fenced: 0, reserved: 8 });
    expect(store.stock().shares).toMatchObject([{ fenced: 0, consumed: 4 }]);
    expect(await capture(input('3', [['TEE', 1]])), 'the buffer stays').toMatchObject({ ok: false });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('needs no unit of the others to sell its own', async () => {
    const { capture, fenced } = await shop({ TEE: 4 }, { fenced: true, buffer: 2 });
    await fenced('TEE', 4);
    expect(await capture(input('1', [['TEE', 4]]))).toMatchObject({ ok: true });
  });

  it('reads again what another order has taken meanwhile', async () => {
    const { store, ports, capture, fenced } = await shop({ TEE: 6 }, { fenced: true });
    await fenced('TEE', 3);
    const [first, second] = await Promise.all([capture(input('1', [['TEE', 2]])), capture(input('2', [['TEE', 2]]))]);
    expect([first, second]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(store.stock().shares).toMatchObject([{ fenced: 0, consumed: 3 }]);
    expect(violatedIdentities(store)).toEqual([]);

    const orderId = first.ok ? first.value.orderId : '';
    await cancelOrder(ports)({ orderId, reason: 'x', now, actor: 'test' });
    expect(store.stock().pools, 'what a cancel frees is for everybody').toMatchObject([{ ats: 4, fenced: 0 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });
});
