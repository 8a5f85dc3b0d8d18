import { expect } from 'vitest';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import * as fulfillment from '../../../shared/contracts/fulfillment/apis.ts';
import * as stock from '../../../shared/contracts/stock/apis.ts';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { unique } from '../../testing/steps.ts';
import { accepted, numbers } from '../place.ts';
import { type Scenario, shopOf } from '../scenario.ts';

/** Several who work on one stock at once. */
export const locations: readonly Scenario[] = [
  {
    name: 'two locations with a part each answer at once, and both answers count',
    run: async ({ api, steps: { given, when, then } }) => {
      const [pool, sku] = [unique('pool'), unique('SKU')];
      for (const postalCode of ['02108', '07102']) await given.stock(await given.location(pool, postalCode), sku, 10);
      const channelId = await given.channel(pool);
      const orders = accepted(await atMost(4, [11, 3, 3, 3], (quantity) => when.ordered(channelId, [[sku, quantity]])));
      const parts = await Promise.all(
        orders.map(async ({ orderId, lines }) => {
          const wanted = lines.reduce((sum, { quantity }) => sum + quantity, 0);
          return then.fulfillmentOrders(orderId, 'RELEASED', wanted > 10 ? 2 : 1);
        }),
      );
      const all = parts.flat();
      expect(all.length).toBeGreaterThan(orders.length);
      await Promise.all(all.map(({ fulfillmentOrderId }) => when.shipped(fulfillmentOrderId)));
      await Promise.all(
        all.map(async ({ fulfillmentOrderId }) => {
          mustSucceed(await api(fulfillment.deliverFulfillmentOrder, { params: { fulfillmentOrderId } }));
        }),
      );
      for (const { orderId } of orders) await then.status(orderId, 'COMPLETED');
      const { positions, pools } = await then.stock(sku);
      expect(positions.reduce((sum, { onHand }) => sum + onHand, 0)).toBe(0);
      expect(pools).toMatchObject([{ ats: 0, reserved: 0 }]);
    },
  },
  {
    name: 'receipts and corrections beside a sale: every unit that came was sold or is there',
    run: async (place) => {
      const { sku, location, channelId } = await shopOf(place, 5);
      const { api, steps } = place;
      const work = numbers(60).map((index) => async () => {
        if (index % 3 === 0) {
          const lines = [{ sku, quantity: 2 }];
          return api(stock.receiveStock, { body: { location, reference: unique('po'), lines } });
        }
        if (index % 10 === 1) {
          const lines = [{ sku, delta: -1 }];
          return api(stock.adjustStock, { body: { location, reference: unique('count'), reason: 'lost', lines } });
        }
        return steps.when.ordered(channelId, [[sku, 1]]);
      });
      const answers = await atMost(24, work, (one) => one());
      const ok = (test: (index: number) => boolean) => answers.filter((one, index) => one.ok && test(index)).length;
      const received = ok((index) => index % 3 === 0) * 2;
      const lost = ok((index) => index % 3 !== 0 && index % 10 === 1);
      const sold = ok((index) => index % 3 !== 0 && index % 10 !== 1);
      const { positions, pools } = await steps.then.stock(sku);
      expect(positions).toMatchObject([{ onHand: 5 + received - lost }]);
      expect(pools).toMatchObject([{ ats: 5 + received - lost - sold }]);
    },
  },
];
