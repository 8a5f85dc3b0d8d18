import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../../shared/kernel/result.ts';
import { type CountOperation, type CountState, countTransitions } from '../../../../shared/model/stock/count.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../../shared/testing/memory-store.ts';
import { allocated, captured, stocked } from '../../../../shared/testing/world.ts';
import { caller, crashingAt, stockWorld } from '../../testing/memory-ports.ts';
import { type StockPorts } from '../../ports.ts';
import { completeCount } from './complete-count.ts';
import { type CountCall } from './count-call.ts';
import { createCount } from './create-count.ts';
import { listCounts, readCount } from './read-count.ts';
import { cancelCount, recount } from './recount.ts';
import { submitCount } from './submit-count.ts';

const skusTo = (count: number): string[] => Array.from({ length: count }, (_, index) => `S${index}`);

/** A count of some SKUs at Boston, just asked for. */
async function asked(ports: StockPorts, skus: readonly string[]): Promise<CountCall> {
  const created = await createCount(ports)({ location: 'boston', skus, assignedTo: 'maria' }, caller);
  if (!created.ok) throw new Error(created.refusal.detail);
  return { ...caller, countId: created.value.countId };
}

const counted = (units: Readonly<Record<string, number>>) =>
  Object.entries(units).map(([sku, quantity]) => ({ sku, counted: quantity }));
const because = (...skus: string[]) => skus.map((sku) => ({ sku, reason: 'lost' as const }));
const onHand = async (store: MemoryStore, sku: string) => (await store.positionOf(sku, 'boston'))?.onHand;

describe('a count', () => {
  it('is blind until it is submitted, and then says what differs', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    const call = await asked(ports, ['A', 'B']);
    expect(await readCount(ports)(call)).toMatchObject({
      value: { state: 'ASSIGNED', assignedTo: 'maria', lines: [{ sku: 'A' }, { sku: 'B' }] },
    });
    const submitted = await submitCount(ports)(counted({ A: 3, B: 0 }), call);
    expect(submitted).toMatchObject({
      value: {
        state: 'REVIEW',
        lines: [
          { sku: 'A', counted: 3, expected: 5, variance: -2 },
          { sku: 'B', counted: 0, expected: 0, variance: 0 },
        ],
      },
    });
    // What the shelf has is no secret to a reviewer, and one again to whoever counts anew.
    await recount(ports)(['A'], call);
    const again = await readCount(ports)(call);
    expect(again).toMatchObject({ value: { state: 'ASSIGNED', recounts: 1, lines: [{ sku: 'A' }, { counted: 0 }] } });
    expect(JSON.stringify(again)).not.toContain('expected');
    expect(await onHand(store, 'A')).toBe(5);
  });

  it('brings its differences into the books and keeps what moved meanwhile', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    const call = await asked(ports, ['A', 'B']);
    await submitCount(ports)(counted({ A: 3, B: 1 }), call);
    await stocked(store, 'A', 'boston', 10);
    const done = await completeCount(ports)([{ sku: 'B', reason: 'found' }, ...because('A')], call);
    expect(done).toMatchObject({
      value: {
        state: 'COMPLETED',
        lines: [
          { reason: 'lost', applied: true },
          { reason: 'found', applied: true },
        ],
      },
    });
    expect([await onHand(store, 'A'), await onHand(store, 'B')]).toEqual([13, 1]);
    expect((await store.positionOf('A', 'boston'))?.cause).toMatchObject({
      operation: 'count',
      reference: call.countId,
      reason: 'lost',
    });
    expect(store.all('stockCount')[0]?.events).toMatchObject([
      { type: 'StockCountCompleted.v1', data: { varied: 2, unitsOver: 1, unitsUnder: 2 } },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is a fact: what is promised is no obstacle', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    const order = await captured(store, 1, [{ sku: 'A', quantity: 4 }]);
    await allocated(store, order.orderId, 'boston', [{ lineId: '1', quantity: 4 }]);
    const call = await asked(ports, ['A']);
    await submitCount(ports)(counted({ A: 1 }), call);
    expect(await completeCount(ports)(because('A'), call)).toMatchObject({ value: { state: 'COMPLETED' } });
    expect(await store.positionOf('A', 'boston')).toMatchObject({ onHand: 1, allocated: 4, atf: -3 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('asks for each SKU, and each reason, once, and names those that are wrong', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    const call = await asked(ports, ['A', 'B']);
    expect(await submitCount(ports)(counted({ A: 1, Z: 1 }), call)).toMatchObject({
      refusal: {
        code: 'invalid-request',
        errors: [{ pointer: '/lines/1/sku' }, { pointer: '/lines', detail: 'lacks B' }],
      },
    });
    await submitCount(ports)(counted({ A: 1, B: 0 }), call);
    expect(await completeCount(ports)(because('B'), call)).toMatchObject({
      refusal: {
        code: 'invalid-request',
        errors: [
          { pointer: '/varianceReasons/0/sku' },
          { pointer: '/varianceReasons', detail: 'lacks the reason of A' },
        ],
      },
    });
    expect(await recount(ports)(['Z'], call)).toMatchObject({ refusal: { errors: [{ pointer: '/skus/0' }] } });
    await recount(ports)(['A'], call);
    expect(await submitCount(ports)(counted({ A: 5, B: 0 }), call)).toMatchObject({
      refusal: { errors: [{ pointer: '/lines/1/sku' }] },
    });
    expect(await submitCount(ports)(counted({ A: 5 }), call)).toMatchObject({ value: { state: 'REVIEW' } });
    expect(await completeCount(ports)([], call)).toMatchObject({ value: { state: 'COMPLETED' } });
    expect(await onHand(store, 'A')).toBe(5);
  });

  it('is listed while somebody has to do something about it, and only to who may act there', async () => {
    const { ports } = stockWorld();
    const call = await asked(ports, ['A']);
    const list = () => listCounts(ports)('boston', { limit: 50 }, caller.permit);
    expect(await list()).toMatchObject({ value: { counts: [{ countId: call.countId, state: 'ASSIGNED', lines: 1 }] } });
    await cancelCount(ports)(call);
    expect(await list()).toMatchObject({ value: { counts: [] } });
    const permit = () => refuse('forbidden', 'elsewhere');
    for (const answer of [
      await readCount(ports)({ ...call, permit }),
      await cancelCount(ports)({ ...call, permit }),
      await listCounts(ports)('boston', { limit: 50 }, permit),
      await createCount(ports)({ location: 'boston', skus: ['A'] }, { ...caller, permit }),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await createCount(ports)({ location: 'nowhere', skus: ['A'] }, caller)).toMatchObject({
      refusal: { code: 'unknown-location' },
    });
  });
});

describe('a large count', () => {
  const skus = skusTo(120);
  async function reviewed() {
    const { store, ports } = stockWorld();
    for (const sku of skus) await stocked(store, sku, 'boston', 2);
    const call = await asked(ports, skus);
    await submitCount(ports)(
      skus.map((sku) => ({ sku, counted: 1 })),
      call,
    );
    return { store, ports, call: { ...call, once: { key: 'k', requestHash: 'h' } } };
  }

  it('that broke off anywhere is completed once by whoever completes it again', async () => {
    for (const nth of [1, 2, 3]) {
      for (const when of ['before', 'after'] as const) {
        const { store, ports, call } = await reviewed();
        await expect(completeCount(crashingAt(ports, nth, when))(because(...skus), call)).rejects.toThrow('crash');
        const done = await completeCount(ports)(because(...skus), call);
        // After the last commit the call's record answers the repeat (the platform looks for it on a refusal).
        if (nth === 3 && when === 'after') expect(done).toMatchObject({ refusal: { code: 'state-conflict' } });
        else expect(done).toMatchObject({ value: { state: 'COMPLETED' } });
        expect(await ports.getOnce('k')).toMatchObject({ reply: { state: 'COMPLETED' } });
        expect(store.stock().positions.every((position) => position.onHand === 1)).toBe(true);
        expect(violatedIdentities(store)).toEqual([]);
      }
    }
  });

  it('that is half applied can only go on', async () => {
    const { ports, call } = await reviewed();
    await expect(completeCount(crashingAt(ports, 2))(because(...skus), call)).rejects.toThrow('crash');
    for (const answer of [await recount(ports)(undefined, call), await cancelCount(ports)(call)])
      expect(answer).toMatchObject({ refusal: { code: 'state-conflict', facts: { state: 'APPLYING' } } });
    expect(await completeCount(ports)([], call)).toMatchObject({ value: { state: 'COMPLETED' } });
  });

  it('is completed once by many at once', async () => {
    const { store, ports, call } = await reviewed();
    const { once: _once, ...unkeyed } = call;
    await Promise.all([1, 2, 3].map(() => completeCount(ports)(because(...skus), unkeyed)));
    expect(store.stock().positions.every((position) => position.onHand === 1)).toBe(true);
  });
});

describe('the states of a count', () => {
  const operations: Record<
    Exclude<CountOperation, 'finish'>,
    (ports: StockPorts, call: CountCall) => Promise<object>
  > = {
    submit: (ports, call) => submitCount(ports)(counted({ A: 0 }), call),
    recount: (ports, call) => recount(ports)(undefined, call),
    complete: (ports, call) => completeCount(ports)([], call),
    cancel: (ports, call) => cancelCount(ports)(call),
  };
  const ways: Partial<Record<CountState, readonly (keyof typeof operations)[]>> = {
    ASSIGNED: [],
    REVIEW: ['submit'],
    COMPLETED: ['submit', 'complete'],
    CANCELLED: ['cancel'],
  };

  it.each(Object.entries(ways))('%s allows what its table says', async (state, way) => {
    for (const [operation, apply] of Object.entries(operations)) {
      const { store, ports } = stockWorld();
      const call = await asked(ports, ['A']);
      for (const step of way) await operations[step](ports, call);
      expect(store.all('stockCount')[0]?.state).toBe(state);
      const allowed = Object.keys(countTransitions[state as CountState]).includes(operation);
      expect(await apply(ports, call)).toMatchObject({ ok: allowed });
    }
  });
});

it('however counts and sales fall together, the books agree and a difference counts once', async () => {
  const units = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(units, units, units, async (before, found, arriving) => {
      const { store, ports } = stockWorld();
      const skus = skusTo(3);
      const stock = (list: readonly number[]) =>
        Promise.all(skus.map(async (sku, i) => (list[i] ? stocked(store, sku, 'boston', list[i]) : undefined)));
      await stock(before);
      const call = await asked(ports, skus);
      await submitCount(ports)(
        skus.map((sku, i) => ({ sku, counted: found[i] ?? 0 })),
        call,
      );
      const varied = skus.filter((_, i) => before[i] !== found[i]);
      await Promise.all([stock(arriving), completeCount(ports)(because(...varied), call)]);
      for (const [i, sku] of skus.entries())
        expect((await onHand(store, sku)) ?? 0).toBe((found[i] ?? 0) + (arriving[i] ?? 0));
      expect(violatedIdentities(store)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
