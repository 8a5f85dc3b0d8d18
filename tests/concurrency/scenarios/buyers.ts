import { expect } from 'vitest';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { accepted, numbers, refused } from '../place.ts';
import { type Scenario, shopOf } from '../scenario.ts';

/** Many buyers, few units. */
export const buyers: readonly Scenario[] = [
  {
    name: 'many buyers and one unit: one gets it, everyone else learns that none is left',
    run: async (place) => {
      const { sku, channelId } = await shopOf(place, 1);
      const answers = await atMost(64, numbers(place.crowd / 5), () => place.steps.when.ordered(channelId, [[sku, 1]]));
      expect(accepted(answers)).toHaveLength(1);
      for (const problem of refused(answers))
        expect(problem).toMatchObject({
          status: 409,
          code: 'insufficient-stock',
          short: [{ sku, wanted: 1, left: 0 }],
        });
      expect((await place.steps.then.stock(sku)).pools).toMatchObject([{ ats: 0 }]);
    },
  },
  {
    name: 'a crowd and a tenth as many units: exactly those are sold, and each order is routed',
    run: async (place) => {
      const units = place.crowd / 10;
      const { sku, location, channelId } = await shopOf(place, units);
      const { when, then } = place.steps;
      const answers = await atMost(64, numbers(place.crowd), () => when.ordered(channelId, [[sku, 1]]));
      const captured = accepted(answers);
      expect(captured).toHaveLength(units);
      for (const problem of refused(answers)) expect(problem).toMatchObject({ code: 'insufficient-stock' });
      await atMost(8, captured, ({ orderId }) => then.fulfillmentOrders(orderId, 'RELEASED'));
      expect(await then.stock(sku)).toMatchObject({
        positions: [{ location, onHand: units, allocated: units, atf: 0 }],
        pools: [{ ats: 0, reserved: 0 }],
      });
    },
  },
  {
    name: 'two lines of one SKU: both or none, however many come at once',
    run: async (place) => {
      const { sku, channelId } = await shopOf(place, 10);
      const order = () =>
        place.steps.when.ordered(channelId, [
          [sku, 1],
          [sku, 2],
        ]);
      const answers = await atMost(16, numbers(12), order);
      expect(accepted(answers)).toHaveLength(3);
      for (const problem of refused(answers)) expect(problem).toMatchObject({ short: [{ sku, wanted: 3, left: 1 }] });
      expect((await place.steps.then.stock(sku)).pools).toMatchObject([{ ats: 1 }]);
    },
  },
  {
    name: 'baskets of several SKUs in opposite orders: never a part of one',
    run: async (place) => {
      const { skus, channelId } = await shopOf(place, 12, 3);
      const [a = '', b = '', c = ''] = skus;
      const of = (...lines: [string, number][]) => lines;
      const baskets = [
        of([a, 1], [b, 1], [c, 1]),
        of([c, 1], [b, 1], [a, 1]),
        of([b, 2], [a, 1]),
        of([c, 2], [a, 2], [c, 1]),
      ];
      const answers = await atMost(24, numbers(60), (index) =>
        place.steps.when.ordered(channelId, baskets[index % baskets.length] ?? []),
      );
      for (const problem of refused(answers)) expect(problem).toMatchObject({ code: 'insufficient-stock' });
      const sold = new Map(skus.map((sku) => [sku, 0]));
      for (const { lines } of accepted(answers))
        for (const { sku, quantity } of lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
      for (const sku of skus)
        expect((await place.steps.then.stock(sku)).pools).toMatchObject([{ ats: 12 - (sold.get(sku) ?? 0) }]);
    },
  },
];
