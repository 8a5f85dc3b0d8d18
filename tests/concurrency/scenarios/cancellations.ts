import { expect } from 'vitest';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import * as fulfillment from '../../../shared/contracts/fulfillment/apis.ts';
import * as orders from '../../../shared/contracts/orders/apis.ts';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { unique } from '../../testing/steps.ts';
import { numbers, type Place } from '../place.ts';
import { type Scenario, shopOf } from '../scenario.ts';

async function released({ steps: { when, then } }: Place, channelId: string, sku: string) {
  const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 1]]));
  const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
  return { orderId, params: { fulfillmentOrderId: part?.fulfillmentOrderId ?? '' } };
}

async function endOf({ steps }: Place, orderId: string) {
  const { lines, fulfillmentOrders } = await steps.then.order(orderId);
  return { units: lines[0]?.units, state: fulfillmentOrders[0]?.state };
}

/** Cancels that race with the work of a location. */
export const cancellations: readonly Scenario[] = [
  {
    name: 'a cancel against a pick: the unit is either cancelled or picked, never both',
    run: async (place) => {
      const { sku, channelId } = await shopOf(place, 12);
      const all = await atMost(4, numbers(12), () => released(place, channelId, sku));
      let gone = 0;
      await atMost(8, all, async ({ orderId, params }, index) => {
        const cancel = () =>
          place.api(orders.cancelOrder, { params: { orderId }, body: { reason: 'changed my mind' } });
        const pick = async () => {
          await place.api(fulfillment.acceptFulfillmentOrder, { params });
          return place.api(fulfillment.pickFulfillmentOrder, { params });
        };
        const first = index % 2 === 0;
        const [one, two] = await Promise.all(first ? [cancel(), pick()] : [pick(), cancel()]);
        const [cancelled, picked] = first ? [one.ok, two.ok] : [two.ok, one.ok];
        expect(cancelled).not.toBe(picked);
        if (cancelled) gone += 1;
        expect(await endOf(place, orderId)).toMatchObject(
          cancelled
            ? { state: 'CANCELLED', units: { cancelled: 1, picked: 0 } }
            : { state: 'PICKED', units: { cancelled: 0, picked: 1 } },
        );
      });
      const { positions } = await place.steps.then.stock(sku);
      expect(positions).toMatchObject([{ onHand: 12, allocated: 12 - gone, atf: gone }]);
    },
  },
  {
    name: 'a cancel against a shipment: the parcel is either cancelled or gone',
    run: async (place) => {
      const { sku, channelId } = await shopOf(place, 10);
      const all = await atMost(4, numbers(10), async () => {
        const part = await released(place, channelId, sku);
        mustSucceed(await place.api(fulfillment.acceptFulfillmentOrder, part));
        mustSucceed(await place.api(fulfillment.pickFulfillmentOrder, part));
        mustSucceed(await place.api(fulfillment.packFulfillmentOrder, part));
        return part;
      });
      const shipped = await atMost(8, all, async ({ orderId, params }) => {
        const [gone, kept] = await Promise.all([
          place.api(fulfillment.shipFulfillmentOrder, {
            params,
            body: { carrier: 'UPS', trackingNumber: unique('1Z') },
          }),
          place.api(fulfillment.cancelFulfillmentOrder, { params, body: { reason: 'stop it' } }),
        ]);
        expect(gone.ok).not.toBe(kept.ok);
        expect(await endOf(place, orderId)).toMatchObject(
          gone.ok
            ? { state: 'SHIPPED', units: { shipped: 1, cancelled: 0 } }
            : { state: 'CANCELLED', units: { shipped: 0, cancelled: 1 } },
        );
        return gone.ok;
      });
      const left = 10 - shipped.filter(Boolean).length;
      const { positions } = await place.steps.then.stock(sku);
      expect(positions).toMatchObject([{ onHand: left, allocated: 0, atf: left }]);
    },
  },
];
