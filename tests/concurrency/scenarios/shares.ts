import { expect } from 'vitest';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import * as rules from '../../../shared/contracts/rules/apis.ts';
import * as movements from '../../../shared/contracts/stock/movement-apis.ts';
import { setStripes } from '../../../shared/contracts/stock/stripe-apis.ts';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { unique } from '../../testing/steps.ts';
import { accepted, numbers } from '../place.ts';
import { type Scenario, shopOf } from '../scenario.ts';

/** What a pool is divided into, while it is sold from. */
export const shares: readonly Scenario[] = [
  {
    name: 'a crowd while the SKU is striped, folded and striped again: exactly what there is, is sold',
    run: async (place) => {
      const { sku, pool, channelId } = await shopOf(place, 40);
      const switching = async () => {
        for (const stripes of [4, 16, 2, 8, 1] as const)
          mustSucceed(await place.api(setStripes, { params: { sku, pool }, body: { stripes } }));
      };
      const selling = atMost(12, numbers(60), () => place.steps.when.ordered(channelId, [[sku, 1]]));
      const [answers] = await Promise.all([selling, switching()]);
      expect(accepted(answers)).toHaveLength(40);
      expect((await place.steps.then.stock(sku)).pools).toMatchObject([{ ats: 0 }]);
    },
  },
  {
    name: 'units that are ring-fenced for one channel: others never get them, it gets no more than there are',
    run: async (place) => {
      const { sku, pool, channelId } = await shopOf(place, 10);
      const vip = await place.steps.given.channel(pool);
      mustSucceed(
        await place.api(rules.allocateFence, { params: { sku, pool, channelId: vip }, body: { quantity: 4 } }),
      );
      const answers = await atMost(16, numbers(32), async (index) => {
        const of = index % 2 === 0 ? vip : channelId;
        return { of, answer: await place.steps.when.ordered(of, [[sku, 1]]) };
      });
      const soldTo = (channel: string) => answers.filter(({ of, answer }) => of === channel && answer.ok).length;
      expect(soldTo(channelId) + soldTo(vip)).toBe(10);
      expect(soldTo(vip)).toBeGreaterThanOrEqual(4);
      expect((await place.steps.then.stock(sku)).pools).toMatchObject([{ ats: 0, fenced: 0 }]);
    },
  },
  {
    name: 'one batch of movements sent three times at once under three keys: each line happens once',
    run: async (place) => {
      const { sku, location } = await shopOf(place, 5);
      const lines = numbers(20).map((index) => ({
        operation: index % 4 === 0 ? 'sale' : 'receive',
        location,
        sku,
        quantity: 1,
        reference: unique('till'),
      }));
      const answers = await Promise.all(
        numbers(3).map(async () => mustSucceed(await place.api(movements.moveStock, { body: { lines } }))),
      );
      const statuses = answers.flatMap(({ results }) => results.map(({ status }) => status));
      expect(statuses.filter((status) => status === 'refused')).toEqual([]);
      expect((await place.steps.then.stock(sku)).positions).toMatchObject([{ onHand: 5 + 15 - 5 }]);
    },
  },
];
