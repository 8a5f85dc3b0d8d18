import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Backorder } from './backorder.ts';
import { afterFill, availableToPromise, inOrderOfQueue, planPromises, promiseFor, queuedUnits } from './promises.ts';
import { type Supply, openOf } from './supply.ts';
import { confidences } from '../../contracts/supply/terms.ts';

const day = (number: number): string => new Date(Date.UTC(2026, 11, number, 12)).toISOString();

const supply = (reference: string, quantity: number, eta: string, more: Partial<Supply> = {}): Supply => ({
  sku: 'TEE',
  location: 'newark',
  pool: 'online',
  reference,
  kind: 'purchase-order',
  quantity,
  received: 0,
  eta,
  confidence: 'confirmed',
  state: 'OPEN',
  version: 1,
  updatedAt: day(1),
  events: [],
  ...more,
});

const backorder = (orderId: string, quantity: number, queuedAt = day(1)): Backorder => ({
  sku: 'TEE',
  pool: 'online',
  orderId,
  channelId: 'webshop',
  queuedAt,
  quantity,
  promises: [],
  version: 1,
});

const daysOf = (plan: readonly Backorder[]) => plan.map(({ orderId, promisedFor }) => [orderId, promisedFor]);

describe('a plan', () => {
  it('gives the soonest supply to who came first, and the rest of it to the next', () => {
    const plan = planPromises(
      [supply('late', 5, day(9)), supply('soon', 3, day(5))],
      [backorder('b', 2, day(2)), backorder('a', 2, day(2)), backorder('c', 9, day(3))],
    );
    expect(
      plan.map(({ orderId, promises }) => [orderId, promises.map((one) => [one.reference, one.quantity])]),
    ).toEqual([
      ['a', [['soon', 2]]],
      [
        'b',
        [
          ['soon', 1],
          ['late', 1],
        ],
      ],
      ['c', [['late', 4]]],
    ]);
    expect(daysOf(plan)).toEqual([
      ['a', day(5)],
      ['b', day(9)],
      ['c', undefined],
    ]);
  });

  it('prefers the surer of two that come at one time, and what has no units to come not at all', () => {
    const plan = planPromises(
      [
        supply('planned', 1, day(5), { confidence: 'planned' }),
        supply('shipped', 1, day(5), { confidence: 'shipped' }),
        supply('over', 1, day(2), { received: 3 }),
        supply('cancelled', 1, day(2), { state: 'CANCELLED' }),
      ],
      [backorder('a', 2)],
    );
    expect(plan[0]?.promises.map(({ reference }) => reference)).toEqual(['shipped', 'planned']);
  });

  it('leaves who is about to be served as he is, and lets supply make up for what was oversold first', () => {
    const told = {
      ...backorder('a', 2),
      promises: [{ reference: 'x', location: 'y', quantity: 2, eta: day(3) }],
      promisedFor: day(3),
    };
    expect(planPromises([supply('po', 5, day(5))], [told, backorder('b', 3, day(2))], { ats: 3 })).toMatchObject([
      told,
      { orderId: 'b', promises: [{ quantity: 2 }], promisedFor: day(5) },
    ]);
    expect(daysOf(planPromises([supply('po', 5, day(5))], [backorder('a', 3)], { ats: -3 }))).toEqual([
      ['a', undefined],
    ]);
  });

  it('promises no pre-order for a day before its launch', () => {
    expect(daysOf(planPromises([supply('po', 5, day(5))], [backorder('a', 3)], { notBefore: day(20) }))).toEqual([
      ['a', day(20)],
    ]);
    expect(planPromises([], [backorder('a', 3)], { notBefore: day(20) })[0]).not.toHaveProperty('promisedFor');
  });
});

describe('what can be promised', () => {
  it('is what is there and to come, less who waits', () => {
    const steps = availableToPromise(
      2,
      [supply('a', 3, day(5)), supply('b', 4, day(5)), supply('c', 1, day(9))],
      [backorder('x', 4)],
    );
    expect(steps).toEqual([{ available: 0 }, { date: day(5), available: 5 }, { date: day(9), available: 6 }]);
  });
});

const supplies = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      received: fc.integer({ min: 0, max: 9 }),
      day: fc.integer({ min: 1, max: 20 }),
      confidence: fc.constantFrom(...confidences),
      state: fc.constantFrom('OPEN' as const, 'OPEN' as const, 'RECEIVED' as const, 'CANCELLED' as const),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map(({ quantity, day: d, ...more }, index) => supply(`po-${index}`, quantity, day(d), more)));
const queue = fc
  .array(fc.record({ quantity: fc.integer({ min: 1, max: 9 }), day: fc.integer({ min: 1, max: 5 }) }), { maxLength: 8 })
  .map((all) => all.map(({ quantity, day: d }, index) => backorder(`order-${index}`, quantity, day(d))));
const ats = fc.integer({ min: -5, max: 10 });

const unitsIn = ({ promises }: Pick<Backorder, 'promises'>): number =>
  promises.reduce((sum, { quantity }) => sum + quantity, 0);

describe('whatever is to come and whoever waits', () => {
  it('no supply is promised twice, and nobody more than he waits for', () => {
    fc.assert(
      fc.property(supplies, queue, ats, (coming, waiting, stock) => {
        const plan = planPromises(coming, waiting, { ats: stock });
        for (const one of coming) {
          const units = plan.flatMap(({ promises }) => promises).filter(({ reference }) => reference === one.reference);
          expect(units.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(openOf(one));
        }
        for (const one of plan) expect(unitsIn(one)).toBeLessThanOrEqual(one.quantity);
      }),
    );
  });

  it('nobody is promised before who came first', () => {
    fc.assert(
      fc.property(supplies, queue, (coming, waiting) => {
        const days = planPromises(coming, waiting).map(({ promisedFor }) => promisedFor ?? 'never');
        expect(days).toEqual([...days].sort());
      }),
    );
  });

  it('a plan that is made again, of whatever order of the same, changes nothing', () => {
    fc.assert(
      fc.property(supplies, queue, ats, (coming, waiting, stock) => {
        const plan = planPromises(coming, waiting, { ats: stock });
        expect(planPromises([...coming].reverse(), [...plan].reverse(), { ats: stock })).toEqual(plan);
      }),
    );
  });

  it('who joins is promised what the plan gives him, and moves nobody', () => {
    fc.assert(
      fc.property(
        supplies,
        queue,
        fc.integer({ min: -5, max: 0 }),
        fc.integer({ min: 1, max: 9 }),
        (coming, waiting, stock, quantity) => {
          const joined = backorder('z-last', quantity, day(9));
          const [before, after] = [waiting, [...waiting, joined]].map((all) =>
            planPromises(coming, all, { ats: stock }),
          );
          expect(after?.slice(0, -1)).toEqual(before);
          const { promises, promisedFor } = promiseFor(joined, coming, waiting, { ats: stock });
          expect(after?.at(-1)).toEqual({ ...joined, promises, ...(promisedFor !== undefined && { promisedFor }) });
        },
      ),
    );
  });

  it('what can be promised from a day on is what who joins is promised for', () => {
    fc.assert(
      fc.property(
        supplies,
        queue,
        fc.integer({ min: -5, max: 0 }),
        fc.integer({ min: 1, max: 9 }),
        (coming, waiting, stock, quantity) => {
          const earliest = availableToPromise(stock, coming, waiting).find(({ available }) => available >= quantity);
          expect(promiseFor({ quantity }, coming, waiting, { ats: stock }).promisedFor).toBe(earliest?.date);
        },
      ),
    );
  });

  it('who is served in part rests on the last of what he was promised', () => {
    fc.assert(
      fc.property(supplies, queue, (coming, waiting) => {
        for (const one of planPromises(coming, inOrderOfQueue(waiting))) {
          const left = afterFill(one, 1);
          expect(queuedUnits([left])).toBe(one.quantity - 1);
          expect(unitsIn(left)).toBe(Math.min(unitsIn(one), left.quantity));
          if (left.quantity > 0) expect((left.promisedFor ?? 'never') <= (one.promisedFor ?? 'never')).toBe(true);
        }
      }),
    );
  });
});
