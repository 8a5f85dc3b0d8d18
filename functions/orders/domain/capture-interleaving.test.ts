import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { create } from '../../../shared/model/changes.ts';
import { type StockHold } from '../../../shared/model/stock/hold.ts';
import { takeLines } from '../../../shared/model/stock/holding.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { aProduct, input, now, shop } from '../testing/shop.ts';
import { cancelOrder } from './cancel-order.ts';
import { fillBackorders } from './fill-backorders.ts';

type Shop = Awaited<ReturnType<typeof shop>>;

const step = fc.oneof(
  fc.record({
    kind: fc.constant('capture' as const),
    id: fc.nat(9),
    sku: fc.constantFrom('A', 'B', 'KIT'),
    quantity: fc.integer({ min: 1, max: 3 }),
    hold: fc.option(fc.nat(2), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('cancel' as const), id: fc.nat(9) }),
  fc.record({ kind: fc.constant('hold' as const), id: fc.nat(2), quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('receive' as const), sku: fc.constantFrom('A', 'B'), quantity: fc.nat(3) }),
);

async function hold({ store }: Shop, id: number, quantity: number): Promise<void> {
  const made: StockHold = {
    holdId: `hold_${id}`,
    channelId: 'webshop',
    pool: 'online',
    state: 'HELD',
    lines: [{ sku: 'A', quantity }],
    createdAt: now,
    expiresAt: '2026-11-22T09:40:00.000Z',
    counted: true,
    version: 1,
    updatedAt: now,
    events: [],
  };
  const cause = { operation: 'hold', reference: made.holdId, actor: 'test', at: now };
  await store.commit([
    ...takeLines(made, made.lines, () => ({ units: 0 }), undefined, cause),
    create('stockHold', made),
  ]);
}

async function take(made: Shop, one: typeof step extends fc.Arbitrary<infer S> ? S : never): Promise<void> {
  const { store, ports, capture, receive } = made;
  if (one.kind === 'hold') return hold(made, one.id, one.quantity);
  if (one.kind === 'receive') {
    if (one.quantity > 0) await receive(one.sku, one.quantity);
    return fillBackorders(ports)(one.sku, 'online', now);
  }
  if (one.kind === 'capture') {
    const more = one.hold === undefined ? {} : { holdId: `hold_${one.hold}` };
    await capture(
      input(
        String(one.id),
        [
          [one.sku, one.quantity],
          ['B', 1],
        ],
        more,
      ),
      { key: `k${one.id}`, requestHash: '' },
    );
    return;
  }
  for (const { orderId } of store.all('order').filter(({ externalId }) => externalId === String(one.id)))
    await cancelOrder(ports)({ orderId, reason: 'x', now, actor: 'test' });
}

describe('captures beside everything else', () => {
  it.each(['refuse', 'backorder'] as const)('keep every identity, on a channel that would %s', async (onShortage) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.nat(4), async (steps, own) => {
        const made = await shop({ A: 6, B: 6 }, { onShortage, fenced: true });
        const components = [
          { sku: 'A', quantity: 2 },
          { sku: 'B', quantity: 1 },
        ];
        made.store.given('product', aProduct('KIT', { components }));
        const backorder = { mode: 'backorder' as const, limit: 4, onlyAgainstSupply: false };
        made.store.given('product', aProduct('B', { backorder }));
        if (own > 0) await made.fenced('A', own);
        await Promise.all(steps.map((one) => take(made, one)));
        expect(violatedIdentities(made.store)).toEqual([]);
        for (const { sku, ats, backordered } of made.store.stock().pools) {
          expect(ats).toBeGreaterThanOrEqual(0);
          if (sku === 'B' && onShortage === 'refuse') expect(backordered).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: 150 },
    );
  });
});
