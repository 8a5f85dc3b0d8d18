import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Commit } from '../../shared/model/changes.ts';
import { fence } from '../../shared/model/stock/fencing.ts';
import { convertInPool, holdInPool, unholdInPool } from '../../shared/model/stock/holding.ts';
import { adjust, allocate, reserve, unreserve } from '../../shared/model/stock/movements.ts';
import { type StockChange } from '../../shared/model/stock/stock-change.ts';
import { tellAnew } from '../../shared/model/stock/telling.ts';
import { dynamoDb } from '../../shared/platform/dynamo/client.ts';
import { commit } from '../../shared/platform/dynamo/commit.ts';
import { stockOf } from '../../shared/platform/dynamo/read.ts';
import { learnStripes } from '../../shared/platform/dynamo/stripes/known.ts';
import { readStripes } from '../../shared/platform/dynamo/stripes/read-stripes.ts';
import { rebalance, setStripes } from '../../shared/platform/dynamo/stripes/switch.ts';
import { startTables } from './dynamo.ts';

let stop: () => Promise<void>;
beforeAll(async () => {
  stop = await startTables();
});
afterAll(() => stop());

let count = 0;
const fresh = (prefix: string): string => `${prefix}-${(count += 1)}`;
const pool = 'online';
const causeOf = (reference: string) => ({
  operation: 'test',
  reference,
  actor: 'test',
  at: '2026-11-22T09:30:00.000Z',
});
const cause = () => causeOf(fresh('ref'));
const must = async (outcome: Promise<Commit>) => expect(await outcome).toEqual({ ok: true });
const take = (sku: string, quantity: number, floor = 0) => commit(reserve([{ sku, quantity }], pool, floor, cause()));
const sumOf = async (sku: string) => (await stockOf(sku)).pools[0];

/** A SKU with units in a pool of that many stripes. */
async function onStripes(units: number, stripes: number): Promise<string> {
  const sku = fresh('HOT');
  await must(commit(adjust({ sku, location: 'wh', pool }, units, 'sellable', cause())));
  expect(await setStripes(sku, pool, stripes, causeOf('test'))).toEqual({ before: 1, stripes });
  return sku;
}
/** What a writer believes about stripes: nothing, the truth, or what was true once. */
const believed = (sku: string, stripes: number) => learnStripes(sku, pool, stripes);

describe('a striped pool', () => {
  it('is spread evenly and is read as one', async () => {
    const sku = await onStripes(100, 4);
    expect((await readStripes(sku, pool))?.stripes.map(({ ats }) => ats)).toEqual([25, 25, 25, 25]);
    expect(await sumOf(sku)).toMatchObject({ sku, pool, ats: 100, reserved: 0, stripes: 4 });
  });

  it.each([1, 4, 16, 64])('of 16 is written rightly by who believes that it has %i', async (belief) => {
    const sku = await onStripes(160, 16);
    for (let n = 0; n < 8; n += 1) {
      believed(sku, belief);
      await must(take(sku, 2));
    }
    expect(await sumOf(sku)).toMatchObject({ ats: 144, reserved: 16 });
  });

  it.each([1, 4, 64])('that is one again is written rightly by who believes that it has %i', async (belief) => {
    const sku = await onStripes(20, 16);
    await setStripes(sku, pool, 1, causeOf('test'));
    for (let n = 0; n < 10; n += 1) {
      believed(sku, belief);
      await must(take(sku, 2));
    }
    believed(sku, belief);
    expect(await take(sku, 1)).toMatchObject({ ok: false, conflicts: [{ present: { ats: 0, reserved: 20 } }] });
    expect(await sumOf(sku)).toMatchObject({ ats: 0, reserved: 20 });
  });

  it('sells an order that no stripe alone has, keeps what must stay, and says what is left in all', async () => {
    const sku = await onStripes(64, 16);
    expect(await take(sku, 60, 5)).toMatchObject({
      ok: false,
      conflicts: [{ kind: 'stock', key: { sku, pool }, present: { ats: 64, reserved: 0 } }],
    });
    await must(take(sku, 59, 5));
    expect(await take(sku, 1, 5)).toMatchObject({ ok: false, conflicts: [{ present: { ats: 5 } }] });
    await must(take(sku, 5));
    expect(await sumOf(sku)).toMatchObject({ ats: 0, reserved: 64 });
  });

  it('gives back, holds, converts and allocates on any stripe', async () => {
    const sku = await onStripes(32, 8);
    await must(take(sku, 20));
    for (let n = 0; n < 10; n += 1) await must(commit(unreserve([{ sku, quantity: 1 }], pool, cause())));
    await must(commit(holdInPool([{ sku, quantity: 9 }], pool, () => ({ units: 0 }), cause())));
    await must(commit(unholdInPool([{ sku, quantity: 4 }], pool, cause())));
    await must(commit(convertInPool([{ sku, quantity: 5 }], pool, cause())));
    await must(commit(allocate([{ sku, quantity: 15, location: 'wh' }], pool, cause())));
    expect(await sumOf(sku)).toMatchObject({ ats: 17, reserved: 0, held: 0 });
  });

  it('keeps fences and backorders on the first stripe and terms on all', async () => {
    const sku = await onStripes(80, 16);
    const key = { level: 'pool', sku, pool } as const;
    const terms = { shop: { buffer: 3, sharePercent: 100, rules: [] } };
    await must(commit(fence({ sku, pool, channel: 'vip' }, 30, cause())));
    await must(commit([{ kind: 'stock', key, add: { backordered: 2 }, atMost: { backordered: 1 }, cause: cause() }]));
    await must(commit([{ kind: 'stock', key, add: {}, set: { terms }, cause: cause() }]));
    expect(await sumOf(sku)).toMatchObject({ ats: 50, fenced: 30, backordered: 2, terms });
    expect(
      await commit([{ kind: 'stock', key, add: { backordered: 2 }, atMost: { backordered: 1 }, cause: cause() }]),
    ).toMatchObject({ ok: false, conflicts: [{ present: { backordered: 2, ats: 50 } }] });

    const sell = (buffer: number) =>
      commit(
        reserve(
          [{ sku, quantity: 1, fenced: 0 }],
          pool,
          () => ({
            units: buffer,
            terms: { channel: 'shop', expect: { buffer, sharePercent: 100, rules: [] } },
          }),
          cause(),
        ),
      );
    for (let n = 0; n < 12; n += 1) await must(sell(3));
    expect(await sell(4)).toMatchObject({ ok: false, conflicts: [{ facts: { terms } }] });
    await must(Promise.resolve(await setStripes(sku, pool, 64, causeOf('test'))).then(() => ({ ok: true as const })));
    for (let n = 0; n < 12; n += 1) await must(sell(3));
    expect(await sumOf(sku)).toMatchObject({ ats: 26, reserved: 24, fenced: 30, terms });
  });

  it('is one again when a fact leaves it owing units, and says what the sum is', async () => {
    const sku = await onStripes(12, 4);
    await must(commit(adjust({ sku, location: 'wh', pool }, -15, 'sellable', cause(), true)));
    expect(await sumOf(sku)).toMatchObject({ ats: -3 });
    expect(await sumOf(sku)).not.toHaveProperty('stripes');
    expect(await setStripes(sku, pool, 4, causeOf('test'))).toBe('owes');
    const other = await onStripes(12, 4);
    const whole = (ats: number): StockChange => ({
      kind: 'stock',
      key: { level: 'pool', sku: other, pool },
      add: { ats: 1 },
      equals: { ats },
      cause: cause(),
    });
    expect(await commit([whole(11)])).toMatchObject({ ok: false, conflicts: [{ present: { ats: 12 } }] });
    await must(commit([whole(12)]));
    const ceiling = (most: number): StockChange => ({ ...whole(0), equals: {}, atMost: { ats: most } });
    expect(await commit([ceiling(12)])).toMatchObject({ ok: false, conflicts: [{ present: { ats: 13 } }] });
    await must(commit([ceiling(13)]));
    expect(await sumOf(other)).toMatchObject({ ats: 14, stripes: 4 });
  });

  it('is changed on the version that was read, and only on that', async () => {
    const sku = await onStripes(40, 8);
    const change = (version: number): StockChange => ({
      kind: 'stock',
      key: { level: 'pool', sku, pool },
      add: { ats: -1, reserved: 1 },
      version,
      set: { terms: { shop: { buffer: 1, sharePercent: 100, rules: [] } } },
      cause: cause(),
    });
    const version = (await sumOf(sku))?.version ?? 0;
    expect(await commit([change(version - 1)])).toMatchObject({ ok: false, conflicts: [{ present: { version } }] });
    const outcomes = await Promise.all([1, 2, 3].map(() => commit([change(version)])));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await sumOf(sku)).toMatchObject({ ats: 39, reserved: 1, stripes: 8, terms: { shop: { buffer: 1 } } });
  });

  it('has a write that moves no unit written all the same', async () => {
    const sku = await onStripes(40, 8);
    const version = (await sumOf(sku))?.version ?? 0;
    await must(commit([tellAnew({ sku, pool }, cause())]));
    expect(await sumOf(sku)).toMatchObject({ ats: 40, version: version + 1 });
  });

  it('takes of several striped pools in one transaction, or of none', async () => {
    const [a, b] = [await onStripes(64, 64), await onStripes(64, 64)];
    const both = (quantity: number) =>
      commit(
        reserve(
          [
            { sku: a, quantity },
            { sku: b, quantity: 2 },
          ],
          pool,
          0,
          cause(),
        ),
      );
    expect(await both(65)).toMatchObject({ ok: false, conflicts: [{ key: { sku: a }, present: { ats: 64 } }] });
    expect(await sumOf(b)).toMatchObject({ ats: 64 });
    await must(both(60));
    await must(
      commit(
        reserve(
          [
            { sku: a, quantity: 4 },
            { sku: b, quantity: 62 },
          ],
          pool,
          0,
          cause(),
        ),
      ),
    );
    expect([await sumOf(a), await sumOf(b)]).toMatchObject([{ ats: 0 }, { ats: 0 }]);
  });

  it('folds what would not fit one transaction', async () => {
    const skus = [await onStripes(64, 64), await onStripes(64, 64)];
    await must(
      commit(
        reserve(
          skus.map((sku) => ({ sku, quantity: 64 })),
          pool,
          0,
          cause(),
        ),
      ),
    );
    for (const sku of skus) expect(await sumOf(sku)).toMatchObject({ ats: 0, reserved: 64 });
  });
});

describe('switching', () => {
  it('keeps every unit and never lowers the version, whatever the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(1, 2, 4, 8, 16), { minLength: 1, maxLength: 5 }), async (ways) => {
        const sku = await onStripes(37, 4);
        await must(take(sku, 5));
        let last = (await sumOf(sku))?.version ?? 0;
        for (const stripes of ways) {
          await setStripes(sku, pool, stripes, causeOf('test'));
          const now = await sumOf(sku);
          expect(now).toMatchObject({ ats: 32, reserved: 5 });
          expect(now?.version).toBeGreaterThanOrEqual(last);
          last = now?.version ?? 0;
        }
      }),
      { numRuns: 10 },
    );
  });

  it('changes nothing the second time but for how long it is kept, and knows a pool that never was', async () => {
    const sku = await onStripes(10, 4);
    const before = await sumOf(sku);
    expect(await setStripes(sku, pool, 4, causeOf('test'))).toEqual({ before: 4, stripes: 4 });
    expect(await sumOf(sku)).toEqual(before);
    for (const stripes of [4, 8, 2]) {
      await setStripes(sku, pool, stripes, causeOf('test'), '2026-11-29T09:30:00.000Z');
      expect(await sumOf(sku)).toMatchObject({ stripes, keptUntil: '2026-11-29T09:30:00.000Z', ats: 10 });
    }
    await setStripes(sku, pool, 1, causeOf('test'), '2026-11-29T09:30:00.000Z');
    expect(await sumOf(sku)).not.toHaveProperty('keptUntil');
    expect(await setStripes('NEVER', pool, 4, causeOf('test'))).toBe('unknown');
  });

  it('takes no stripe away that was folded and made anew since it was read', async () => {
    const sku = await onStripes(40, 4);
    let meanwhile = true;
    const others = async () => {
      meanwhile = false;
      await setStripes(sku, pool, 1, causeOf('other'));
      await must(take(sku, 8));
      await setStripes(sku, pool, 4, causeOf('other'));
    };
    dynamoDb.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (meanwhile && commandName === 'TransactWriteItemsCommand') await others();
          return next(args);
        },
      { step: 'initialize', name: 'meanwhile' },
    );
    await setStripes(sku, pool, 1, causeOf('test'));
    dynamoDb.middlewareStack.remove('meanwhile');
    expect(await sumOf(sku)).toMatchObject({ ats: 32, reserved: 8 });
  });

  it('brings what came to one stripe to the others', async () => {
    const sku = await onStripes(1, 16);
    await must(commit(adjust({ sku, location: 'wh', pool }, 1599, 'sellable', cause())));
    expect(await rebalance(sku, pool, causeOf('test'))).toBe(true);
    expect((await readStripes(sku, pool))?.stripes.map(({ ats }) => ats)).toEqual(Array(16).fill(100));
    expect(await rebalance(sku, pool, causeOf('test'))).toBe(false);
  });
});

describe('many buyers at once, while stripes come, move and go', () => {
  it.each([1, 3])(
    'get exactly what there is, %i at a time, and nobody is refused while units are there',
    async (quantity) => {
      const units = 300;
      const sku = await onStripes(units, 1);
      let sold = 0;
      let refused = 0;
      const buyers = Array.from({ length: 24 }, async () => {
        for (;;) {
          const outcome = await take(sku, quantity);
          if (!outcome.ok) {
            refused += 1;
            expect(outcome.conflicts).toMatchObject([{ kind: 'stock', present: { ats: units % quantity } }]);
            return;
          }
          sold += quantity;
          if (sold % 7 === 0) believed(sku, [1, 4, 16, 64][sold % 4] ?? 1);
        }
      });
      const switches = (async () => {
        for (const stripes of [4, 16, 2, 8, 1, 16, 1]) {
          await setStripes(sku, pool, stripes, causeOf('switch'));
          await rebalance(sku, pool, causeOf('switch'));
        }
      })();
      await Promise.all([...buyers, switches]);
      expect({ sold, refused }).toEqual({ sold: units, refused: 24 });
      expect(await sumOf(sku)).toMatchObject({ ats: 0, reserved: units });
    },
  );

  it('count exactly when units come back meanwhile', async () => {
    const sku = await onStripes(40, 8);
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let n = 0; n < 8; n += 1) {
          const quantity = 1 + (n % 3);
          if ((await take(sku, quantity)).ok) await must(commit(unreserve([{ sku, quantity }], pool, cause())));
        }
      }),
    );
    expect(await sumOf(sku)).toMatchObject({ ats: 40, reserved: 0 });
  });
});
