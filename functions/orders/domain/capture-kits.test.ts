import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { aProduct, input, now, shop } from '../testing/shop.ts';
import { cancelOrder } from './cancel-order.ts';

const components = [
  { sku: 'POT', quantity: 1, priceWeight: 3 },
  { sku: 'CUP', quantity: 4, priceWeight: 1 },
];

async function teaShop(stock: Record<string, number>, channel: Parameters<typeof shop>[1] = {}) {
  const made = await shop(stock, channel);
  made.store.given('product', aProduct('SET', { title: 'Tea set', components }));
  return made;
}

describe('capturing a kit', () => {
  it('promises its components, summed with those that are ordered by themselves', async () => {
    const { store, capture, calls, pool } = await teaShop({ POT: 2, CUP: 9 });
    const lines: [string, number][] = [
      ['CUP', 1],
      ['SET', 2],
    ];
    const captured = await capture(input('1', lines));
    expect(captured).toMatchObject({
      ok: true,
      value: {
        total: { amount: 1500 },
        lines: [
          { lineId: '1', sku: 'CUP', quantity: 1, reserved: 1 },
          {
            lineId: '2.1',
            sku: 'POT',
            quantity: 2,
            reserved: 2,
            kit: { sku: 'SET', lineId: '2', quantity: 2, perKit: 1 },
          },
          { lineId: '2.2', sku: 'CUP', quantity: 8, reserved: 8, kit: { sku: 'SET', title: 'Tea set', perKit: 4 } },
        ],
      },
    });
    expect(calls()).toEqual(['channel', 'commit', 'product', 'commit']);
    expect([pool('POT'), pool('CUP'), pool('SET')]).toMatchObject([{ ats: 0 }, { ats: 0 }, undefined as never]);
    expect(violatedIdentities(store)).toEqual([]);
    expect(await capture(input('1', lines)), 'a repeat').toEqual(captured);
  });

  it('refuses what its components cannot be made into, naming the line', async () => {
    const { store, capture } = await teaShop({ POT: 2, CUP: 7 });
    expect(
      await capture(
        input('1', [
          ['POT', 1],
          ['SET', 2],
        ]),
      ),
    ).toMatchObject({
      ok: false,
      refusal: {
        code: 'insufficient-stock',
        facts: {
          short: [
            { sku: 'POT', wanted: 3, left: 2 },
            { sku: 'CUP', wanted: 8, left: 7 },
          ],
        },
        errors: [
          { pointer: '/lines/0/quantity', detail: 'is more than is left' },
          { pointer: '/lines/1/quantity', detail: 'is a kit with POT, CUP, which is more than is left' },
        ],
      },
    });
    expect(store.all('order')).toEqual([]);
  });

  it('names a component that nobody ever had, and does not look for kits in kits', async () => {
    const { store, capture } = await teaShop({ CUP: 7 });
    store.given('product', aProduct('POT', { components: [{ sku: 'LID', quantity: 1 }] }));
    expect(await capture(input('1', [['SET', 1]]))).toMatchObject({
      ok: false,
      refusal: { code: 'unknown-sku', errors: [{ pointer: '/lines/0/sku' }] },
    });
  });

  it('waits for the components that are short, where the channel has sold it already', async () => {
    const { store, ports, capture } = await teaShop({ POT: 1, CUP: 2 }, { onShortage: 'backorder' });
    const captured = await capture(input('1', [['SET', 1]]));
    expect(captured).toMatchObject({
      ok: true,
      value: {
        lines: [
          { sku: 'POT', reserved: 1, backordered: 0 },
          { sku: 'CUP', reserved: 0, backordered: 4 },
        ],
      },
    });
    expect(violatedIdentities(store)).toEqual([]);
    const orderId = captured.ok ? captured.value.orderId : '';
    expect(await cancelOrder(ports)({ orderId, reason: 'x', now, actor: 'test' })).toMatchObject({ ok: true });
    expect(store.all('backorder')).toEqual([]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('refuses an order of more SKUs than one transaction takes, counting components', async () => {
    const { store, capture } = await shop({});
    const kits = Array.from({ length: 5 }, (_, kit) => `KIT${kit}`);
    for (const kit of kits) {
      const parts = Array.from({ length: 20 }, (_, part) => ({ sku: `${kit}-${part}`, quantity: 1 }));
      store.given('product', aProduct(kit, { components: parts }));
    }
    expect(
      await capture(
        input(
          '1',
          kits.map((kit) => [kit, 1] as const),
        ),
      ),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'limit-exceeded', facts: { skus: 100 }, errors: [{ pointer: '/lines' }] },
    });
  });
});
