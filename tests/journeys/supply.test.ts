import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as products from '../../shared/contracts/network/product-apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as supply from '../../shared/contracts/supply/apis.ts';
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

const hour = 3_600_000;
/** Noon (UTC) in some days. */
const inDays = (days: number): string => {
  const noon = Math.floor(Date.now() / (24 * hour)) * 24 * hour + 12 * hour;
  return new Date(noon + days * 24 * hour).toISOString();
};

/** The function that lets go what waited for a launch; its schedule comes every five minutes. */
const releaser = () => app.twin.functions.find(({ name }) => name.endsWith('release-preorders'))?.name ?? '';

/** A warehouse without stock, and a channel whose orders may wait as the product allows. */
async function shop(policy: object = {}) {
  const { given } = steps;
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const location = await given.location(pool, '07102', 'warehouse');
  const channelId = await given.channel(pool);
  const backorder = { mode: 'backorder' as const, limit: 100, onlyAgainstSupply: false, ...policy };
  mustSucceed(await app.api(products.putProduct, { params: { sku }, body: { backorder } }));
  return { pool, sku, location, channelId };
}

const announced = async (reference: string, location: string, eta: string, units: Record<string, number>) => {
  const lines = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
  const body = { kind: 'purchase-order' as const, location, eta, lines };
  return mustSucceed(await app.api(supply.putSupply, { params: { reference }, body }));
};

const received = async (reference: string, units: Record<string, number>, complete = false, key = unique('key')) => {
  const lines = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
  return mustSucceed(await app.api(supply.receiveSupply, { params: { reference }, body: { lines, complete }, key }));
};

const promisable = async (sku: string, pool: string, quantity: number) =>
  mustSucceed(await app.api(supply.readPromisable, { params: { sku, pool }, query: { quantity } }));

const ordered = async (channelId: string, sku: string, quantity: number): Promise<string> =>
  mustSucceed(await steps.when.ordered(channelId, [[sku, quantity]])).orderId;

/** Once the order's only line is so. */
const line = (orderId: string, what: string, so: (one: Awaited<ReturnType<typeof steps.then.order>>) => boolean) =>
  eventually(
    async () => {
      const order = await steps.then.order(orderId);
      return so(order) ? order : undefined;
    },
    { what: `order ${orderId} ${what}`, deadlineMs: 30_000 },
  );

const dayOf = async ({ orderId }: { readonly orderId: string }) =>
  (await steps.then.order(orderId)).lines[0]?.promisedFor;

const unitsOf = (order: Awaited<ReturnType<typeof steps.then.order>>) => order.lines[0]?.units;

describe('goods that are to come', () => {
  it('are promised, move, arrive in parts and go to who came first', async () => {
    const { pool, sku, location, channelId } = await shop({ onlyAgainstSupply: true });
    const [first, second] = [unique('PO'), unique('PO')];
    await announced(first, location, inDays(5), { [sku]: 3 });
    await announced(second, location, inDays(9), { [sku]: 4 });
    expect(await promisable(sku, pool, 5)).toMatchObject({ backordered: 0, earliest: inDays(9) });

    const large = await ordered(channelId, sku, 5);
    const small = await ordered(channelId, sku, 1);
    expect((await steps.when.ordered(channelId, [[sku, 2]])).ok, 'only seven are to come').toBe(false);
    expect((await steps.then.order(large)).lines).toMatchObject([
      { promisedFor: inDays(9), units: { backordered: 5 } },
    ]);
    expect(await promisable(sku, pool, 1)).toMatchObject({ backordered: 6, earliest: inDays(9) });

    // The second purchase order comes three days later: who rests on it is promised anew, a person is told, and the story tells it.
    await announced(second, location, inDays(12), { [sku]: 4 });
    const late = await line(large, 'late', ({ exceptions }) => exceptions.length > 0);
    expect(late.exceptions).toMatchObject([{ code: 'promise-moved' }]);
    await line(large, 'promised anew', ({ lines }) => lines[0]?.promisedFor === inDays(12));
    const story = await eventually(
      async () => {
        const { timeline } = mustSucceed(await app.api(orders.readTimeline, { params: { orderId: large } }));
        return timeline.find(({ type }) => type === 'PromiseMoved.v1');
      },
      { what: 'the move in the story', deadlineMs: 30_000 },
    );
    expect(story.data).toMatchObject({ sku, from: inDays(9), to: inDays(12), days: 3, pastTolerance: true });

    // Three come: the large order has them, and the small one behind it does not overtake.
    const key = unique('key');
    const receipt = await received(first, { [sku]: 3 }, false, key);
    expect(await received(first, { [sku]: 3 }, false, key)).toEqual(receipt);
    await line(large, 'served in part', (order) => unitsOf(order)?.backordered === 2);
    expect(unitsOf(await steps.then.order(small))).toMatchObject({ backordered: 1 });

    // More come than were ordered: everybody is served, and the exception closes itself.
    expect(await received(second, { [sku]: 6 })).toMatchObject({ lines: [{ received: 6, open: 0, over: 2 }] });
    await line(large, 'served', (order) => unitsOf(order)?.backordered === 0);
    await line(small, 'served', (order) => unitsOf(order)?.backordered === 0);
    await line(large, 'good again', ({ exceptions }) => exceptions.every(({ resolvedAt }) => resolvedAt !== undefined));
    await steps.then.fulfillmentOrders(small, 'RELEASED');
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 3 }]);
    expect(await promisable(sku, pool, 3)).toMatchObject({ backordered: 0, steps: [{ available: 3 }] });
  });

  it('that are called off are promised to nobody, and to somebody again when others come', async () => {
    const { sku, location, channelId } = await shop();
    const [first, second] = [unique('PO'), unique('PO')];
    await announced(first, location, inDays(5), { [sku]: 3 });
    const orderId = await ordered(channelId, sku, 2);
    mustSucceed(await app.api(supply.cancelSupply, { params: { reference: first }, body: { reason: 'bankrupt' } }));
    expect(mustSucceed(await app.api(supply.readSupply, { params: { reference: first } })).lines).toMatchObject([
      { sku, state: 'CANCELLED', open: 0 },
    ]);
    await line(
      orderId,
      'without a day',
      ({ lines, exceptions }) => lines[0]?.promisedFor === undefined && exceptions.length > 0,
    );
    await announced(second, location, inDays(4), { [sku]: 3 });
    await line(orderId, 'promised again', ({ lines }) => lines[0]?.promisedFor === inDays(4));
    mustSucceed(await app.api(orders.cancelOrder, { params: { orderId }, body: { reason: 'changed mind' } }));
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 0, reserved: 0 }]);
  });

  it('make a queue that is as the plan says, whoever orders at once', async () => {
    const { pool, sku, location, channelId } = await shop({ onlyAgainstSupply: true });
    await announced(unique('PO'), location, inDays(5), { [sku]: 4 });
    await announced(unique('PO'), location, inDays(7), { [sku]: 4 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => steps.when.ordered(channelId, [[sku, 1]])));
    const taken = answers.filter(({ ok }) => ok).map((answer) => mustSucceed(answer));
    expect(taken).toHaveLength(8);
    // Who was captured first is only known when all are: an order that was written before an earlier one changes places with it.
    const days = { [inDays(5)]: 4, [inDays(7)]: 4 };
    const promised = async () => Object.groupBy(await Promise.all(taken.map(dayOf)), String);
    await eventually(
      async () => {
        const each = Object.entries(await promised()).map(([day, orders]) => [day, orders?.length]);
        return isDeepStrictEqual(Object.fromEntries(each), days) || undefined;
      },
      { what: 'a queue as the plan says', deadlineMs: 30_000 },
    );
    expect(await promisable(sku, pool, 1)).toMatchObject({ backordered: 8 });
  });
});

describe('a pre-order', () => {
  it('is reserved when its goods come, and not routed before its launch', async () => {
    const { sku, location, channelId } = await shop({ mode: 'preorder', availableFrom: inDays(20) });
    const reference = unique('PO');
    await announced(reference, location, inDays(5), { [sku]: 3 });
    const orderId = await ordered(channelId, sku, 2);
    expect(await steps.then.order(orderId)).toMatchObject({
      lines: [{ promisedFor: inDays(20), units: { backordered: 2 } }],
      holds: [{ reason: 'PREORDER', until: inDays(20) }],
    });
    await received(reference, { [sku]: 3 }, true);
    const reserved = await line(orderId, 'reserved', (order) => unitsOf(order)?.reserved === 2);
    expect(reserved.fulfillmentOrders).toEqual([]);
    const holdId = reserved.holds[0]?.holdId ?? '';
    mustSucceed(await app.api(orders.releaseHold, { params: { orderId, holdId } }));
    await steps.then.fulfillmentOrders(orderId, 'RELEASED');
  });

  it('is let go by its launch', async () => {
    const launch = new Date(Date.now() + 4000).toISOString();
    const { sku, location, channelId } = await shop({ mode: 'preorder', availableFrom: launch });
    const orderId = await ordered(channelId, sku, 1);
    expect((await steps.then.order(orderId)).holds).toMatchObject([{ reason: 'PREORDER', until: launch }]);
    await steps.given.stock(location, sku, 1);
    const released = await eventually(
      async () => {
        await app.twin.invoke(releaser(), {});
        return (await steps.then.order(orderId)).holds.find(({ releasedAt }) => releasedAt !== undefined);
      },
      { what: 'the release at the launch', deadlineMs: 30_000, everyMs: 500 },
    );
    expect(released.releasedAt).toSatisfy((time: string) => time >= launch);
    await steps.then.fulfillmentOrders(orderId, 'RELEASED');
  });
});
