import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, mustSucceed } from '../../shared/contracts/api-client.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { type App, startApp } from '../testing/app.ts';
import { atMost } from '../testing/http.ts';
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
  expect(denied).toEqual([]);
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const accepted = <T>(answers: readonly ApiAnswer<T>[]): T[] =>
  answers.flatMap((answer) => (answer.ok ? [answer.body] : []));
const refused = (answers: readonly ApiAnswer<unknown>[]) =>
  answers.flatMap((answer) => (answer.ok ? [] : [answer.problem]));

async function shop(units: number, skus = 1) {
  const { given } = steps;
  const pool = unique('pool');
  const location = await given.location(pool, '02108');
  const names = numbers(skus).map(() => unique('HOT'));
  for (const sku of names) await given.stock(location, sku, units);
  return { location, skus: names, sku: names[0] ?? '', channelId: await given.channel(pool) };
}

/** One order, released to its location. */
async function released(channelId: string, lines: readonly (readonly [string, number])[]) {
  const { orderId } = mustSucceed(await steps.when.ordered(channelId, lines));
  const [part] = await steps.then.fulfillmentOrders(orderId, 'RELEASED');
  return { orderId, params: { fulfillmentOrderId: part?.fulfillmentOrderId ?? '' } };
}

async function booksAgree(): Promise<void> {
  await app.twin.idle();
  expect(await steps.then.audit()).toMatchObject({ holds: true, oversold: 0, findings: [] });
}

describe('a thousand buyers of a hundred units', () => {
  it('get exactly a hundred, each order is routed, and everyone else learns what is left', async () => {
    const { sku, location, channelId } = await shop(100);
    const answers = await atMost(64, numbers(1000), () => steps.when.ordered(channelId, [[sku, 1]]));
    const captured = accepted(answers);
    expect(captured).toHaveLength(100);
    for (const problem of refused(answers))
      expect(problem).toMatchObject({ status: 409, code: 'insufficient-stock', short: [{ sku, wanted: 1, left: 0 }] });
    await atMost(8, captured, ({ orderId }) => steps.then.fulfillmentOrders(orderId, 'RELEASED'));
    expect(await steps.then.stock(sku)).toMatchObject({
      positions: [{ location, onHand: 100, allocated: 100, atf: 0 }],
      pools: [{ ats: 0, reserved: 0 }],
    });
    await booksAgree();
  });
});

describe('orders of several SKUs in opposite orders', () => {
  it('never take part of what they ask for', async () => {
    const { skus, channelId } = await shop(12, 3);
    const [a = '', b = '', c = ''] = skus;
    const baskets = [
      [
        [a, 1],
        [b, 1],
        [c, 1],
      ],
      [
        [c, 1],
        [b, 1],
        [a, 1],
      ],
      [
        [b, 2],
        [a, 1],
      ],
      [
        [c, 2],
        [a, 2],
        [c, 1],
      ],
    ] as const;
    const answers = await atMost(24, numbers(60), (index) => steps.when.ordered(channelId, baskets[index % 4] ?? []));
    for (const problem of refused(answers)) expect(problem).toMatchObject({ status: 409, code: 'insufficient-stock' });
    const sold = new Map(skus.map((sku) => [sku, 0]));
    for (const { lines } of accepted(answers))
      for (const { sku, quantity } of lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
    await booksAgree();
    for (const sku of skus) {
      const { positions, pools } = await steps.then.stock(sku);
      expect(positions).toMatchObject([{ onHand: 12 }]);
      expect(pools).toMatchObject([{ ats: 12 - (sold.get(sku) ?? 0) }]);
    }
  });
});

describe('a cancellation that races', () => {
  const ends = async (orderId: string) => {
    const { lines, fulfillmentOrders } = await steps.then.order(orderId);
    return { units: lines[0]?.units, state: fulfillmentOrders[0]?.state };
  };

  it('with a pick: the unit is either cancelled or picked, never both', async () => {
    const { sku, channelId } = await shop(20);
    const all = await atMost(4, numbers(20), () => released(channelId, [[sku, 1]]));
    const outcomes = await atMost(8, all, async ({ orderId, params }, index) => {
      const cancel = () => app.api(orders.cancelOrder, { params: { orderId }, body: { reason: 'changed my mind' } });
      const pick = async () => {
        await app.api(fulfillment.acceptFulfillmentOrder, { params });
        return app.api(fulfillment.pickFulfillmentOrder, { params });
      };
      const [cancelled, picked] =
        index % 2 === 0
          ? await Promise.all([cancel(), pick()])
          : await Promise.all([pick(), cancel()]).then(([one, two]) => [two, one] as const);
      return { orderId, cancelled: cancelled.ok, picked: picked.ok };
    });
    for (const { orderId, cancelled, picked } of outcomes) {
      expect(cancelled).not.toBe(picked);
      expect(await ends(orderId)).toMatchObject(
        cancelled
          ? { state: 'CANCELLED', units: { cancelled: 1, picked: 0 } }
          : { state: 'PICKED', units: { cancelled: 0, picked: 1 } },
      );
    }
    const gone = outcomes.filter(({ cancelled }) => cancelled).length;
    expect((await steps.then.stock(sku)).positions).toMatchObject([{ onHand: 20, allocated: 20 - gone, atf: gone }]);
    await booksAgree();
  });

  it('with a shipment: the parcel is either cancelled or gone', async () => {
    const { sku, channelId } = await shop(16);
    const all = await atMost(4, numbers(16), async () => {
      const part = await released(channelId, [[sku, 1]]);
      mustSucceed(await app.api(fulfillment.acceptFulfillmentOrder, part));
      mustSucceed(await app.api(fulfillment.pickFulfillmentOrder, part));
      mustSucceed(await app.api(fulfillment.packFulfillmentOrder, part));
      return part;
    });
    const shipped = await atMost(8, all, async ({ orderId, params }) => {
      const body = { carrier: 'UPS', trackingNumber: unique('1Z') };
      const [gone, kept] = await Promise.all([
        app.api(fulfillment.shipFulfillmentOrder, { params, body }),
        app.api(fulfillment.cancelFulfillmentOrder, { params, body: { reason: 'stop it' } }),
      ]);
      expect(gone.ok).not.toBe(kept.ok);
      expect(await ends(orderId)).toMatchObject(
        gone.ok
          ? { state: 'SHIPPED', units: { shipped: 1, cancelled: 0 } }
          : { state: 'CANCELLED', units: { shipped: 0, cancelled: 1 } },
      );
      return gone.ok;
    });
    const left = 16 - shipped.filter(Boolean).length;
    expect((await steps.then.stock(sku)).positions).toMatchObject([{ onHand: left, allocated: 0, atf: left }]);
    await booksAgree();
  });
});

describe('two locations with a part each', () => {
  it('answer at once, and both answers count', async () => {
    const { given, when, then } = steps;
    const [pool, sku] = [unique('pool'), unique('SKU')];
    for (const postalCode of ['02108', '07102']) await given.stock(await given.location(pool, postalCode), sku, 10);
    const channelId = await given.channel(pool);
    const split = await atMost(4, [11, 3, 3, 3], (quantity) => when.ordered(channelId, [[sku, quantity]]));
    const orderIds = accepted(split).map(({ orderId }) => orderId);
    await app.twin.idle();
    const parts = await Promise.all(orderIds.map((orderId) => then.fulfillmentOrders(orderId, 'RELEASED')));
    const all = parts.flat();
    expect(all.length).toBeGreaterThan(orderIds.length);
    await Promise.all(all.map(({ fulfillmentOrderId }) => when.shipped(fulfillmentOrderId)));
    await Promise.all(
      all.map(async ({ fulfillmentOrderId }) => {
        mustSucceed(await app.api(fulfillment.deliverFulfillmentOrder, { params: { fulfillmentOrderId } }));
      }),
    );
    for (const orderId of orderIds) await then.status(orderId, 'COMPLETED');
    const { positions, pools } = await then.stock(sku);
    expect(positions.reduce((sum, { onHand }) => sum + onHand, 0)).toBe(0);
    expect(pools).toMatchObject([{ ats: 0, reserved: 0 }]);
    await booksAgree();
  });
});
