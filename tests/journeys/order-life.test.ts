import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as returns from '../../shared/contracts/returns/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { stepsOf, unique } from '../testing/steps.ts';

let app: App;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  app = await startApp();
  steps = stepsOf(app.api);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
});

/** A shop: one pool, a store in Boston and a warehouse in Newark, both with stock. */
async function shop(channel: Parameters<typeof steps.given.channel>[1] = {}) {
  const { given } = steps;
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const [boston, newark] = [await given.location(pool, '02108'), await given.location(pool, '07102', 'warehouse')];
  await given.stock(boston, sku, 2);
  await given.stock(newark, sku, 5);
  return { pool, sku, boston, newark, channelId: await given.channel(pool, channel) };
}

describe('one order', () => {
  it('lives from capture to refund, and the books agree after it', async () => {
    const { when, then } = steps;
    const { sku, boston, newark, channelId } = await shop();
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 2]]));

    // The nearest location that has both units is asked first; it cannot find them, and the order goes to the other.
    const [first] = await then.fulfillmentOrders(orderId, 'RELEASED');
    expect(first).toMatchObject({ location: boston, lines: [{ sku, quantity: 2 }] });
    mustSucceed(
      await app.api(fulfillment.rejectFulfillmentOrder, {
        params: { fulfillmentOrderId: first?.fulfillmentOrderId ?? '' },
        body: { reason: 'not-found' },
      }),
    );
    const [second] = await then.fulfillmentOrders(orderId, 'RELEASED');
    expect(second).toMatchObject({ location: newark, lines: [{ sku, quantity: 2 }] });

    const fulfillmentOrderId = second?.fulfillmentOrderId ?? '';
    await when.shipped(fulfillmentOrderId);
    mustSucceed(await app.api(fulfillment.deliverFulfillmentOrder, { params: { fulfillmentOrderId } }));
    await then.status(orderId, 'COMPLETED');

    const created = mustSucceed(
      await app.api(returns.createReturn, {
        params: { orderId },
        body: { location: newark, lines: [{ lineId: '1', quantity: 2, reason: 'too small' }] },
      }),
    );
    const params = { returnId: created.returnId };
    mustSucceed(await app.api(returns.receiveReturn, { params }));
    mustSucceed(
      await app.api(returns.inspectReturn, {
        params,
        body: {
          lines: [
            { lineId: '1', quantity: 1, disposition: 'restock' },
            { lineId: '1', quantity: 1, disposition: 'damaged' },
          ],
        },
      }),
    );
    await eventually(
      async () => (mustSucceed(await app.api(returns.readReturn, { params })).state === 'SETTLED' ? true : undefined),
      { what: 'the refund' },
    );

    const order = await then.order(orderId);
    expect(order).toMatchObject({
      paymentStatus: 'refunded',
      returnStatus: 'returned',
      refunds: [{ amount: { amount: 2000 }, state: 'succeeded' }],
    });
    const { positions, pools } = await then.stock(sku);
    expect(positions.find(({ location }) => location === boston)).toMatchObject({ onHand: 0, allocated: 0, atf: 0 });
    expect(positions.find(({ location }) => location === newark)).toMatchObject({
      onHand: 5,
      damaged: 1,
      allocated: 0,
      atf: 4,
    });
    expect(pools).toMatchObject([{ ats: 4, reserved: 0 }]);
    expect(await then.audit()).toMatchObject({ holds: true, oversold: 0, findings: [] });
  });

  it('tells its story, each step once and with its reasons', async () => {
    const { when, then } = steps;
    const { sku, channelId } = await shop();
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 1]]));
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    await when.shipped(part?.fulfillmentOrderId ?? '');
    const told = [
      'OrderCaptured.v1',
      'OrderRouted.v1',
      'FulfillmentOrderAllocated.v1',
      'FulfillmentOrderReleased.v1',
      'FulfillmentOrderAccepted.v1',
      'FulfillmentOrderPicked.v1',
      'FulfillmentOrderPacked.v1',
      'FulfillmentOrderShipped.v1',
    ];
    const timeline = await eventually(
      async () => {
        const story = mustSucceed(await app.api(orders.readTimeline, { params: { orderId } })).timeline;
        return story.length >= told.length ? story : undefined;
      },
      { what: 'the whole story' },
    );
    expect(timeline.map(({ type }) => type).sort()).toEqual([...told].sort());
    expect(timeline.find(({ type }) => type === 'OrderRouted.v1')?.data).toMatchObject({
      parcels: 1,
      explanation: { rule: expect.any(String) as string },
    });
  });

  it('waits while it is held and goes on when the last hold is released', async () => {
    const { when, then } = steps;
    const { sku, channelId } = await shop();
    const { orderId } = mustSucceed(
      await when.ordered(channelId, [[sku, 1]], { holds: [{ reason: 'address to be confirmed' }] }),
    );
    await app.twin.idle();
    expect((await then.order(orderId)).fulfillmentOrders).toEqual([]);
    mustSucceed(await app.api(orders.releaseHold, { params: { orderId, holdId: 'hold_1' } }));
    await then.fulfillmentOrders(orderId, 'RELEASED');
  });

  it('is split when no location has all of it, and is complete when every parcel arrived', async () => {
    const { when, then } = steps;
    const { sku, channelId } = await shop();
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 7]]));
    const parts = await then.fulfillmentOrders(orderId, 'RELEASED', 2);
    expect(parts.map(({ lines }) => lines[0]?.quantity).sort()).toEqual([2, 5]);
    for (const { fulfillmentOrderId } of parts) {
      await when.shipped(fulfillmentOrderId);
      mustSucceed(await app.api(fulfillment.deliverFulfillmentOrder, { params: { fulfillmentOrderId } }));
    }
    await then.status(orderId, 'COMPLETED');
  });

  it('gives all of its stock back when it is cancelled at its location', async () => {
    const { when, then } = steps;
    const { sku, channelId } = await shop();
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 1]]));
    await then.fulfillmentOrders(orderId, 'RELEASED');
    mustSucceed(await app.api(orders.cancelOrder, { params: { orderId }, body: { reason: 'changed my mind' } }));
    expect((await then.stock(sku)).pools).toMatchObject([{ ats: 7, reserved: 0 }]);
    expect(await then.order(orderId)).toMatchObject({
      status: 'CANCELLED',
      fulfillmentOrders: [{ state: 'CANCELLED' }],
    });
  });

  it('that a channel sold short is filled when stock comes', async () => {
    const { given, when, then } = steps;
    const { sku, boston, channelId } = await shop({ onShortage: 'backorder' });
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 9]]));
    expect(await then.order(orderId)).toMatchObject({ status: 'BACKORDERED' });
    await given.stock(boston, sku, 4);
    await then.fulfillmentOrders(orderId, 'RELEASED', 2);
  });
});

describe('many buyers of one SKU', () => {
  it('get exactly what there is', async () => {
    const { given, when, then } = steps;
    const pool = unique('pool');
    const sku = unique('HOT');
    const location = await given.location(pool, '02108');
    const channelId = await given.channel(pool);
    await given.stock(location, sku, 10);
    const answers = await Promise.all(Array.from({ length: 40 }, () => when.ordered(channelId, [[sku, 1]])));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    const refused = answers.filter((answer) => !answer.ok);
    for (const { problem } of refused)
      expect(problem).toMatchObject({ status: 409, code: 'insufficient-stock', short: [{ sku, wanted: 1, left: 0 }] });
    await app.twin.idle();
    expect((await then.stock(sku)).pools).toMatchObject([{ ats: 0, reserved: 0 }]);
    expect(await then.audit()).toMatchObject({ holds: true, oversold: 0 });
  });
});
