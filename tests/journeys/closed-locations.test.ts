import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as movements from '../../shared/contracts/stock/movement-apis.ts';
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
  await app.twin.idle();
  const denied = [...app.twin.accessDenied];
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
});

/** Far less than the hour that an order sleeps when nobody wakes it. */
const soon = 20_000;

async function shop() {
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const boston = await steps.given.location(pool, '02108');
  const newark = await steps.given.location(pool, '07102', 'warehouse');
  return { pool, sku, boston, newark, channelId: await steps.given.channel(pool) };
}

/** Opens or closes a location and waits until stock has followed. */
async function put(locationId: string, pool: string, active: boolean) {
  const params = { locationId };
  const body = { name: locationId, type: 'store' as const, pool, country: 'US', postalCode: '02108', active };
  mustSucceed(await app.api(network.putLocation, { params, body }));
  return eventually(
    async () => {
      const { application } = mustSucceed(await app.api(network.readLocation, { params }));
      return application?.state === 'DONE' ? application : undefined;
    },
    { what: `stock to follow ${locationId}`, deadlineMs: soon },
  );
}

const sellable = async (sku: string) => (await steps.then.stock(sku)).pools[0]?.ats;
const shelf = async (sku: string, at: string) =>
  (await steps.then.stock(sku)).positions.find(({ location }) => location === at);

/** Waits until an order says that no location can send it. */
const noPlan = (orderId: string) =>
  eventually(
    async () =>
      (await steps.then.order(orderId)).exceptions.some((one) => one.code === 'no-plan' && !one.resolvedAt) ||
      undefined,
    { what: `no plan for ${orderId}`, deadlineMs: soon },
  );

describe('a store that is closed for a day', () => {
  it('is not sold from, its work goes on, its goods move, and in the evening it is sold from again', async () => {
    const { given, when, then } = steps;
    const { pool, sku, boston, newark, channelId } = await shop();
    await given.stock(boston, sku, 6);
    await given.stock(newark, sku, 1);
    const first = mustSucceed(await when.ordered(channelId, [[sku, 2]]));
    const [parcel] = await then.fulfillmentOrders(first.orderId, 'RELEASED');
    expect(parcel).toMatchObject({ location: boston });

    expect(await put(boston, pool, false)).toMatchObject({ positions: 1 });
    expect(await sellable(sku)).toBe(1);
    expect(await shelf(sku, boston)).toMatchObject({ closed: true, onHand: 6, allocated: 2, safety: 4, atf: 0 });
    expect(await when.ordered(channelId, [[sku, 2]])).toMatchObject({ status: 409 });
    await when.shipped(parcel?.fulfillmentOrderId ?? '');

    const lines = [
      { operation: 'adjust', location: boston, sku, delta: -1, reference: 'broken' },
      { operation: 'receive', location: boston, sku, quantity: 3, reference: 'delivery' },
    ] as const;
    mustSucceed(await app.api(movements.moveStock, { body: { lines: [...lines] } }));
    await eventually(async () => ((await shelf(sku, boston))?.safety === 6 ? true : undefined), {
      what: 'what came to a closed store to be kept',
      deadlineMs: soon,
    });
    expect(await sellable(sku)).toBe(1);
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });

    await put(boston, pool, true);
    expect(await sellable(sku)).toBe(7);
    expect(await shelf(sku, boston)).toMatchObject({ onHand: 6, safety: 0, atf: 6 });
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });
  });
});

describe('an order that no location can send', () => {
  /** Its only location could not find it, and no other has it or is active. */
  async function rejectedEverywhere({ sku, boston, channelId }: Awaited<ReturnType<typeof shop>>) {
    const { when, then } = steps;
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 1]]));
    const [parcel] = await then.fulfillmentOrders(orderId, 'RELEASED');
    expect(parcel).toMatchObject({ location: boston });
    const params = { fulfillmentOrderId: parcel?.fulfillmentOrderId ?? '' };
    return async () => {
      mustSucceed(await app.api(fulfillment.rejectFulfillmentOrder, { params, body: { reason: 'not-found' } }));
      await noPlan(orderId);
      return orderId;
    };
  }

  it('is routed within seconds when goods for it come', async () => {
    const { given, then } = steps;
    const at = await shop();
    await given.stock(at.boston, at.sku, 3);
    const orderId = await (await rejectedEverywhere(at))();
    await given.stock(at.newark, at.sku, 1);
    expect(await then.fulfillmentOrders(orderId, 'RELEASED')).toMatchObject([{ location: at.newark }]);
    expect((await then.order(orderId)).exceptions).toMatchObject([
      { code: 'no-plan', resolvedAt: expect.anything() as unknown },
    ]);
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });
  });

  it('is routed within seconds when a location that has it is active again', async () => {
    const { given, then } = steps;
    const at = await shop();
    await given.stock(at.boston, at.sku, 1);
    await given.stock(at.newark, at.sku, 1);
    const reject = await rejectedEverywhere(at);
    await put(at.newark, at.pool, false);
    const orderId = await reject();
    await put(at.newark, at.pool, true);
    expect(await then.fulfillmentOrders(orderId, 'RELEASED')).toMatchObject([{ location: at.newark }]);
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });
  });
});
