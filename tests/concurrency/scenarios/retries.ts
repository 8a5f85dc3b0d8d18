import { expect } from 'vitest';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import * as fulfillment from '../../../shared/contracts/fulfillment/apis.ts';
import * as holds from '../../../shared/contracts/holds/apis.ts';
import * as orders from '../../../shared/contracts/orders/apis.ts';
import * as stock from '../../../shared/contracts/stock/apis.ts';
import { unique } from '../../testing/steps.ts';
import { numbers } from '../place.ts';
import { type Scenario, shopOf } from '../scenario.ts';

/** Calls the same thing so often at once, under one key: each answer must be the same success. */
async function fiveTimes<T>(
  call: (key: string) => Promise<{ readonly ok: boolean; readonly body?: T }>,
): Promise<void> {
  const key = unique('key');
  const answers = await Promise.all(numbers(5).map(() => call(key)));
  for (const answer of answers) expect(answer).toEqual({ ...answers[0], ok: true });
}

/** Every call five times at once. */
export const retries: readonly Scenario[] = [
  {
    name: 'every call five times at once under one key: done once, answered five times alike',
    run: async ({ api, steps, ...place }) => {
      const { sku, location, channelId } = await shopOf({ api, steps, ...place }, 10);
      const lines = [{ sku, quantity: 5 }];
      await fiveTimes((key) => api(stock.receiveStock, { key, body: { location, reference: 'po-1', lines } }));
      expect((await steps.then.stock(sku)).positions).toMatchObject([{ onHand: 15 }]);
      const adjusted = { location, reference: 'count-1', reason: 'found', lines: [{ sku, delta: -1 }] };
      await fiveTimes((key) => api(stock.adjustStock, { key, body: adjusted }));
      await fiveTimes((key) => api(holds.placeStockHold, { key, body: { channelId, lines: [{ sku, quantity: 2 }] } }));
      expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 12, held: 2 }]);

      const { orderId } = mustSucceed(await steps.when.ordered(channelId, [[sku, 3]]));
      const [part] = await steps.then.fulfillmentOrders(orderId, 'RELEASED');
      const params = { fulfillmentOrderId: part?.fulfillmentOrderId ?? '' };
      await fiveTimes((key) => api(fulfillment.acceptFulfillmentOrder, { key, params }));
      await fiveTimes((key) => api(fulfillment.pickFulfillmentOrder, { key, params }));
      await fiveTimes((key) => api(fulfillment.packFulfillmentOrder, { key, params }));
      const parcel = { carrier: 'UPS', trackingNumber: '1Z' };
      await fiveTimes((key) => api(fulfillment.shipFulfillmentOrder, { key, params, body: parcel }));
      const other = mustSucceed(await steps.when.ordered(channelId, [[sku, 1]]));
      const cancel = { params: { orderId: other.orderId }, body: { reason: 'twice' } };
      await fiveTimes((key) => api(orders.cancelOrder, { key, ...cancel }));
      const { positions, pools } = await steps.then.stock(sku);
      expect(positions).toMatchObject([{ onHand: 11, allocated: 0 }]);
      expect(pools).toMatchObject([{ ats: 9, held: 2, reserved: 0 }]);
    },
  },
];
