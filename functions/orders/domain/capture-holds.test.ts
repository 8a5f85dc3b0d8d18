import { describe, expect, it } from 'vitest';
import { create } from '../../../shared/model/changes.ts';
import { type HeldLine, type StockHold } from '../../../shared/model/stock/hold.ts';
import { takeLines } from '../../../shared/model/stock/holding.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { aProduct, input, now, shop } from '../testing/shop.ts';
import { captureOrder } from './capture-order.ts';

const holdId = 'hold_1';
const later = '2026-11-22T09:50:00.000Z';

async function checkout(stock: Record<string, number>, lines: readonly HeldLine[], more: Partial<StockHold> = {}) {
  const made = await shop(stock);
  const hold: StockHold = {
    holdId,
    channelId: 'webshop',
    pool: 'online',
    state: 'HELD',
    lines,
    createdAt: now,
    expiresAt: '2026-11-22T09:40:00.000Z',
    counted: true,
    version: 1,
    updatedAt: now,
    events: [],
    ...more,
  };
  const cause = { operation: 'hold', reference: holdId, actor: 'test', at: now };
  const taken = takeLines(hold, lines, () => ({ units: 0 }), undefined, cause);
  const outcome = await made.store.commit([...taken, create('stockHold', hold)]);
  expect(outcome).toEqual({ ok: true });
  return { ...made, hold: () => made.store.get('stockHold', { holdId }) };
}

describe("capturing with a checkout's hold", () => {
  it('turns what was held into the order: nothing can be short', async () => {
    const { store, capture, calls, pool, hold } = await checkout({ TEE: 2 }, [{ sku: 'TEE', quantity: 2 }]);
    expect(await capture(input('1', [['TEE', 2]]))).toMatchObject({ ok: false });
    calls();
    const captured = await capture(input('1', [['TEE', 2]], { holdId }));
    expect(captured).toMatchObject({ ok: true, value: { lines: [{ reserved: 2 }] } });
    expect(calls()).toEqual(['channel', 'hold', 'commit']);
    expect(pool('TEE')).toMatchObject({ ats: 0, held: 0, reserved: 2 });
    expect(await hold()).toMatchObject({ state: 'CONVERTED', orderId: captured.ok && captured.value.orderId });
    expect(await capture(input('1', [['TEE', 2]], { holdId })), 'a repeat').toEqual(captured);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('keeps an ended hold for 90 days; the order that it became still answers a repeat when it is gone', async () => {
    const { capture, hold, ports } = await checkout({ TEE: 2 }, [{ sku: 'TEE', quantity: 2 }]);
    expect(await hold()).not.toHaveProperty('ttl');
    const first = await capture(input('1', [['TEE', 2]], { holdId }));
    expect((await hold())?.ttl).toBe(Date.parse('2027-02-20T09:30:00.000Z') / 1000);
    const gone = { ...ports, stockHold: () => Promise.resolve(undefined) };
    const again = (externalId: string) =>
      captureOrder(gone)({ input: input(externalId, [['TEE', 2]], { holdId }), now, actor: 'test' });
    expect(await again('1')).toEqual(first);
    expect(await again('2')).toMatchObject({ ok: false, refusal: { code: 'invalid-request' } });
  });

  it('releases what the order does not want, and takes what it wants beside', async () => {
    const { store, capture, pool } = await checkout({ TEE: 3, CAP: 3 }, [
      { sku: 'TEE', quantity: 3 },
      { sku: 'CAP', quantity: 1, location: 'wh' },
    ]);
    const order = input(
      '1',
      [
        ['TEE', 1],
        ['CAP', 3],
      ],
      { holdId },
    );
    expect(await capture(order)).toMatchObject({ ok: true });
    expect(pool('TEE')).toMatchObject({ ats: 2, held: 0, reserved: 1 });
    expect(pool('CAP')).toMatchObject({ ats: 0, held: 0, reserved: 3 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('takes a kit that was held as its components', async () => {
    const { store, capture, pool } = await checkout({ POT: 1, CUP: 4 }, [
      { sku: 'POT', quantity: 1 },
      { sku: 'CUP', quantity: 4 },
    ]);
    const components = [
      { sku: 'POT', quantity: 1 },
      { sku: 'CUP', quantity: 4 },
    ];
    store.given('product', aProduct('SET', { components }));
    expect(await capture(input('1', [['SET', 1]], { holdId }))).toMatchObject({ ok: true });
    expect(pool('CUP')).toMatchObject({ ats: 0, held: 0, reserved: 4 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is taken from what is for sale once the hold is over', async () => {
    const { store, capture, hold, pool } = await checkout({ TEE: 2 }, [{ sku: 'TEE', quantity: 2 }]);
    const captured = await capture(input('1', [['TEE', 2]], { holdId }), undefined, later);
    expect(captured).toMatchObject({ ok: true });
    expect(await hold()).toMatchObject({ state: 'EXPIRED' });
    expect(pool('TEE')).toMatchObject({ ats: 0, held: 0, reserved: 2 });
    expect(await capture(input('2', [['TEE', 1]], { holdId }))).toMatchObject({
      ok: false,
      refusal: { code: 'insufficient-stock' },
    });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('becomes one order only, whoever else wants it', async () => {
    const { store, capture } = await checkout({ TEE: 4 }, [{ sku: 'TEE', quantity: 2 }]);
    const both = await Promise.all(['1', '2'].map((id) => capture(input(id, [['TEE', 2]], { holdId }))));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(store.all('stockHold')).toMatchObject([{ state: 'CONVERTED' }]);
    expect(await capture(input('3', [['TEE', 1]], { holdId }))).toMatchObject({
      ok: false,
      refusal: { code: 'hold-over', errors: [{ pointer: '/holdId' }] },
    });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('refuses a hold that is not there, or of another channel', async () => {
    const { capture } = await checkout({ TEE: 2 }, [{ sku: 'TEE', quantity: 2 }], { channelId: 'other' });
    for (const id of ['nowhere', holdId])
      expect(await capture(input('1', [['TEE', 1]], { holdId: id }))).toMatchObject({
        ok: false,
        refusal: { code: 'invalid-request', errors: [{ pointer: '/holdId' }] },
      });
  });

  it('waits only for what the hold does not have', async () => {
    const { store, capture } = await checkout({ TEE: 2 }, [{ sku: 'TEE', quantity: 2 }]);
    store.given('product', aProduct('TEE', { backorder: { mode: 'backorder', limit: 5, onlyAgainstSupply: false } }));
    const order = input(
      '1',
      [
        ['TEE', 1],
        ['TEE', 2],
      ],
      { holdId },
    );
    expect(await capture(order)).toMatchObject({
      ok: true,
      value: {
        lines: [
          { reserved: 1, backordered: 0 },
          { reserved: 1, backordered: 1 },
        ],
      },
    });
    expect(violatedIdentities(store)).toEqual([]);
  });
});
