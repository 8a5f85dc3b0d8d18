import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelOrderSnapshot } from '../../../../shared/contracts/channels/channel-order.ts';
import { type ChannelOrder } from '../../../../shared/model/channels/channel-order.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { stocked, testNow } from '../../../../shared/testing/world.ts';
import { crashingAt, stockWorld } from '../../testing/memory-ports.ts';
import { bookTillSale } from './book-till-sale.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const snapshotOf = (units: number, over: object = {}, location?: string) =>
  channelOrderSnapshot.parse({
    asOf: testNow,
    state: 'closed',
    takenAway: true,
    order: {
      channelId: 'till',
      externalId: 's1',
      currency: 'USD',
      shipTo: { country: 'US' },
      delivery: { method: 'pickup', location: location ?? 'boston' },
      lines: [{ sku: 'TEE', quantity: units, externalLineId: 'l1', unitPrice: usd(500) }],
    },
    ...over,
  });
const refundOf = (externalId: string, quantity: number, over: object = {}) => ({
  externalId,
  amount: usd(500),
  lines: [{ externalLineId: 'l1', quantity, restock: 'return', ...over }],
});

async function world() {
  const { store, ports } = stockWorld();
  await stocked(store, 'TEE', 'boston', 10);
  const say = async (snapshot: ChannelOrder['snapshot']) => {
    const present = await store.get('channelOrder', { orderId: 'ord_1' });
    const about = {
      orderId: 'ord_1',
      channelId: 'till',
      externalId: 's1',
      inboxId: 'in_1',
      updatedAt: testNow,
      events: [],
    };
    store.given('channelOrder', {
      ...about,
      changes: {},
      ...present,
      ...(snapshot && { snapshot }),
      version: (present?.version ?? 0) + 1,
    });
  };
  const book = (on = ports) => bookTillSale(on)('ord_1', testNow);
  const onHand = async (location = 'boston') => (await store.positionOf('TEE', location))?.onHand;
  return { store, ports, say, book, onHand };
}

describe('a sale at a till', () => {
  it('takes what was sold off the shelf of its store, once, and its pool sells that many fewer', async () => {
    const { store, say, book, onHand } = await world();
    await say(snapshotOf(3));
    expect(await book()).toEqual({ ok: true, value: { shelves: 1 } });
    expect(await book()).toEqual({ ok: true, value: { shelves: 0 } });
    expect(await onHand()).toBe(7);
    expect((await store.stockOf('TEE')).pools).toMatchObject([{ ats: 7 }]);
    expect((await store.positionOf('TEE', 'boston'))?.cause).toMatchObject({ operation: 'sale', reference: 'ord_1' });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is booked even if the books say that nothing was there', async () => {
    const { say, book, onHand } = await world();
    await say(snapshotOf(12));
    await book();
    expect(await onHand()).toBe(-2);
  });

  it('puts back what is returned, each refund once, at the store that it came back to', async () => {
    const { store, say, book, onHand } = await world();
    await say(snapshotOf(3));
    await book();
    const refunds = [
      refundOf('r1', 1),
      refundOf('r2', 1, { location: 'newark' }),
      refundOf('r3', 1, { restock: 'none' }),
    ];
    await say(snapshotOf(3, { refunds }));
    await book();
    await book();
    expect([await onHand(), await onHand('newark')]).toEqual([8, 1]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is taken back whole when it is cancelled', async () => {
    const { say, book, onHand } = await world();
    await say(snapshotOf(3));
    await book();
    await say(snapshotOf(3, { state: 'cancelled' }));
    await book();
    expect(await onHand()).toBe(10);
  });

  it('puts back no more than was taken: what is cancelled never left, whatever else is said to have come back', async () => {
    const { store, say, book, onHand } = await world();
    await say(snapshotOf(3));
    await book();
    const refunds = [refundOf('r1', 2), refundOf('r2', 2)];
    await say(snapshotOf(3, { refunds, cancelled: [{ externalLineId: 'l1', quantity: 1 }] }));
    await book();
    expect(await onHand()).toBe(10);
    await say(snapshotOf(3, { refunds, state: 'cancelled' }));
    await book();
    expect(await onHand()).toBe(10);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('counts a cancellation once where two lines have one id', async () => {
    const { say, book, onHand } = await world();
    const lines = [2, 2].map((quantity) => ({ sku: 'TEE', quantity, externalLineId: 'l1', unitPrice: usd(500) }));
    const one = snapshotOf(3, { cancelled: [{ externalLineId: 'l1', quantity: 3 }] });
    await say({ ...one, order: { ...one.order, lines } });
    await book();
    expect(await onHand()).toBe(9);
  });

  it('takes a kit off the shelf as what it is made of, and puts it back so', async () => {
    const { store, say, book, onHand } = await world();
    const components = [{ sku: 'TEE', quantity: 2 }];
    store.given('product', { sku: 'PAIR', tags: [], components, version: 1, updatedAt: testNow });
    const sold = (refunds: object[]) => {
      const one = snapshotOf(2, { refunds });
      return { ...one, order: { ...one.order, lines: one.order.lines.map((line) => ({ ...line, sku: 'PAIR' })) } };
    };
    await say(sold([]));
    await book();
    expect(await onHand()).toBe(6);
    await say(sold([refundOf('r1', 1)]));
    await book();
    await book();
    expect(await onHand()).toBe(8);
    expect(await store.positionOf('PAIR', 'boston')).toBeUndefined();
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('does nothing for a test, nor for an order that is shipped', async () => {
    const { say, book, onHand } = await world();
    await say(snapshotOf(3, { test: true }));
    await book();
    await say(snapshotOf(3, { takenAway: false }));
    await book();
    expect(await onHand()).toBe(10);
  });

  it('is refused where its store is none of ours', async () => {
    const { say, book } = await world();
    await say(snapshotOf(3, {}, 'nowhere'));
    expect(await book()).toMatchObject({ refusal: { code: 'unknown-location' } });
  });

  it('comes to the same by any way of repeats and crashes', async () => {
    const step = fc.record({ back: fc.integer({ min: 0, max: 3 }), crash: fc.constantFrom('before', 'after', 'not') });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const { store, ports, say, book, onHand } = await world();
        let most = 0;
        for (const { back, crash } of steps) {
          most = Math.max(most, back);
          await say(snapshotOf(3, { refunds: Array.from({ length: most }, (_, index) => refundOf(`r${index}`, 1)) }));
          if (crash !== 'not') await book(crashingAt(ports, 1, crash)).catch(() => undefined);
          await book();
        }
        expect(await onHand()).toBe(7 + most);
        expect(violatedIdentities(store)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
