import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdInPool, unholdInPool } from '../../../shared/model/stock/holding.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryWorld, memoryWorld } from '../testing/memory-ports.ts';
import { stepsOf } from '../testing/steps.ts';

/** What happens to a shelf: goods move and the books know; units vanish or appear and they do not; a source counts; its count arrives. */
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('move' as const), units: fc.integer({ min: -5, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drift' as const), units: fc.integer({ min: -4, max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('promise' as const), units: fc.integer({ min: -3, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('count' as const), lagMs: fc.integer({ min: 0, max: 4 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      which: fc.nat(),
      during: fc.integer({ min: -3, max: 3 }),
    }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

interface Count {
  readonly takenAt: string;
  readonly onHand: number;
}

/** A shelf as it is, beside the books on it. */
function shelf() {
  const memory = memoryWorld();
  const steps = stepsOf(memory);
  const counts: Count[] = [];
  let units = 0;
  let held = 0;
  const cause = () => ({ operation: 'hold', reference: 'test', actor: 'test', at: steps.now() });
  const floor = () => ({ units: 0 });
  const move = async (delta: number): Promise<void> => {
    if (delta === 0 || units + delta < 0) return;
    units += delta;
    await steps.moved(delta);
  };
  /** Goods move between the look at the books and the write. */
  const arrive = async ({ takenAt, onHand }: Count, during: number): Promise<void> => {
    let isFirst = true;
    const busy: MemoryWorld['ports'] = {
      ...memory.ports,
      positions: async (shelves) => {
        const read = await memory.ports.positions(shelves);
        if (isFirst) await move(during);
        isFirst = false;
        return read;
      },
    };
    await stepsOf(memory, busy).counted(takenAt, [{ onHand }]);
  };
  const does: { [K in Happening['kind']]: (happened: Extract<Happening, { kind: K }>) => Promise<void> | void } = {
    move: ({ units: delta }) => move(delta),
    drift: ({ units: delta }) => void (units = Math.max(0, units + delta)),
    promise: async ({ units: q }) => {
      const demand = [{ sku: 'TEE', quantity: Math.abs(q) }];
      const pool = memory.store.stock().pools[0];
      if (q > 0 && (pool?.ats ?? 0) >= q)
        await steps.done(holdInPool(demand, 'online', floor, cause())).then(() => (held += q));
      if (q < 0 && held >= -q) await steps.done(unholdInPool(demand, 'online', cause())).then(() => (held += q));
    },
    count: ({ lagMs }) => {
      counts.push({ takenAt: steps.now(), onHand: units });
      memory.time += lagMs;
    },
    arrive: async ({ which, during }) => {
      const count = counts[which % (counts.length || 1)];
      if (count) await arrive(count, during);
    },
  };
  const happens = (happened: Happening) => (does[happened.kind] as (h: Happening) => Promise<void> | void)(happened);
  return { memory, steps, counts, happens, arrive, units: () => units, held: () => held };
}

describe('counts of one source, in any order, late, twice, and while goods move', () => {
  it('leave the books as the shelf is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 25 }), fc.array(fc.nat()), async (story, order) => {
        const { memory, steps, counts, happens, arrive, units, held } = shelf();
        await steps.moved(1);
        await happens({ kind: 'drift', units: -1 });
        for (const happened of story) await happens(happened);
        // The last word: a count after everything. Then whatever came before it comes once more, in some order.
        await happens({ kind: 'count', lagMs: 1 });
        await happens({ kind: 'move', units: 2 });
        const late = [...order.flatMap((index) => counts[index % counts.length] ?? []), ...counts];
        for (const count of late) await arrive(count, 1);
        expect(steps.onHand()).toBe(units());
        expect(memory.store.stock().pools).toMatchObject([{ ats: units() - held(), held: held() }]);
        await happens({ kind: 'promise', units: -held() });
        expect(violatedIdentities(memory.store)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('files of one source, with matches that leave no trace', () => {
  it('leave the books as the shelf is, in whatever order they are to be applied', async () => {
    const taken = fc.array(
      fc.record({ drift: fc.integer({ min: -2, max: 2 }), move: fc.integer({ min: -2, max: 4 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    await fc.assert(
      fc.asyncProperty(taken, fc.array(fc.nat({ max: 4 }), { maxLength: 8 }), async (looks, order) => {
        const { memory, steps, happens, units } = shelf();
        await steps.moved(20);
        await happens({ kind: 'drift', units: 20 });
        const files: string[] = [];
        for (const look of looks) {
          await happens({ kind: 'drift', units: look.drift });
          files.push(await steps.uploaded(steps.now(), `location,sku,onHand\neast,TEE,${units()}\n`));
          await happens({ kind: 'move', units: look.move });
        }
        for (const index of [...order, files.length - 1, ...order]) {
          const file = files[index % files.length] ?? '';
          if ((await steps.begun(file)).ok) await steps.run(file);
        }
        expect(steps.onHand()).toBe(units());
        expect(violatedIdentities(memory.store)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
