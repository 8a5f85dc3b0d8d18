import { expect } from 'vitest';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import * as holds from '../../../shared/contracts/holds/apis.ts';
import { eventually } from '../../../shared/testing/eventually.ts';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { accepted, numbers, type Place, swept } from '../place.ts';
import { type Scenario, shopOf } from '../scenario.ts';

const place = (api: Place['api'], channelId: string, sku: string, quantity: number, seconds = 600) =>
  api(holds.placeStockHold, { body: { channelId, lines: [{ sku, quantity }], seconds } });
const stateOf = async (api: Place['api'], holdId: string) =>
  mustSucceed(await api(holds.readStockHold, { params: { holdId } })).state;

/** Checkouts that take, keep, lose and buy units at the same moment. */
export const holdRaces: readonly Scenario[] = [
  {
    name: 'many checkouts of few units: as many hold as there are, and nobody buys what is held',
    run: async (where) => {
      const { sku, channelId } = await shopOf(where, 10);
      const answers = await atMost(32, numbers(60), () => place(where.api, channelId, sku, 2));
      expect(accepted(answers)).toHaveLength(5);
      const order = await where.steps.when.ordered(channelId, [[sku, 1]]);
      expect(order.ok ? '' : order.problem.code).toBe('insufficient-stock');
      expect((await where.steps.then.stock(sku)).pools).toMatchObject([{ ats: 0, held: 10 }]);
    },
  },
  {
    name: 'convert against release: the units are the order’s or for sale, once',
    run: async (where) => {
      const { sku, channelId } = await shopOf(where, 20);
      await atMost(8, numbers(10), async () => {
        const { holdId } = mustSucceed(await place(where.api, channelId, sku, 2));
        const [order] = await Promise.all([
          where.steps.when.ordered(channelId, [[sku, 2]], { holdId }),
          where.api(holds.releaseStockHold, { params: { holdId } }),
        ]);
        // Released first, the order is reserved from what is for sale: there is enough for everybody here.
        expect(order.ok).toBe(true);
        expect(['CONVERTED', 'RELEASED']).toContain(await stateOf(where.api, holdId));
      });
      const { pools, positions } = await where.steps.then.stock(sku);
      expect(pools).toMatchObject([{ ats: 0, held: 0 }]);
      expect(positions).toMatchObject([{ onHand: 20 }]);
    },
  },
  {
    name: 'convert against expiry: no unit is lost and none is sold twice',
    run: async (where) => {
      const { sku, channelId } = await shopOf(where, 12);
      const held = await atMost(8, numbers(6), async () => mustSucceed(await place(where.api, channelId, sku, 2, 1)));
      const last = Math.max(...held.map(({ expiresAt }) => Date.parse(expiresAt)));
      await eventually(() => Promise.resolve(Date.now() > last ? true : undefined), {
        what: 'the end of the holds',
        deadlineMs: 10_000,
      });
      const orders = await Promise.all([
        ...held.slice(0, 3).map(({ holdId }) => where.steps.when.ordered(channelId, [[sku, 2]], { holdId })),
        where.sweep().then(() => undefined),
      ]);
      // A hold reads as over at its time; its units are for sale again once a sweep or the order itself has ended it.
      await swept(where, async () => (await where.steps.then.stock(sku)).pools[0]?.held === 0);
      const sold = orders.filter((answer) => answer?.ok === true).length * 2;
      expect((await where.steps.then.stock(sku)).pools).toMatchObject([{ ats: 12 - sold, held: 0 }]);
    },
  },
];
