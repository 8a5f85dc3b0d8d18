import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as holds from '../../shared/contracts/holds/apis.ts';
import * as products from '../../shared/contracts/network/product-apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as rules from '../../shared/contracts/rules/apis.ts';
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
  const audit = await steps.then.audit();
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
});

/** A warehouse with some units, and a channel that sells them. */
async function shop(quantity: number) {
  const { given } = steps;
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const location = await given.location(pool, '07102', 'warehouse');
  const channelId = await given.channel(pool);
  if (quantity > 0) await given.stock(location, sku, quantity);
  const pools = async () => (await steps.then.stock(sku)).pools;
  return { pool, sku, location, channelId, pools };
}

const short = { ok: false, status: 409, problem: { code: 'insufficient-stock' } };

describe('capturing', () => {
  it("with a checkout's hold: the units are the order's, once", async () => {
    const { sku, channelId, pools } = await shop(3);
    const { holdId } = mustSucceed(
      await app.api(holds.placeStockHold, { body: { channelId, lines: [{ sku, quantity: 3 }] } }),
    );
    expect(await steps.when.ordered(channelId, [[sku, 1]])).toMatchObject(short);
    const externalId = unique('external');
    const order = () => steps.when.ordered(channelId, [[sku, 2]], { holdId, externalId });
    const { orderId } = mustSucceed(await order());
    expect(mustSucceed(await order()).orderId, 'a repeat').toBe(orderId);
    expect(await steps.when.ordered(channelId, [[sku, 1]], { holdId })).toMatchObject({
      ok: false,
      status: 409,
      problem: { code: 'hold-over', orderId, errors: [{ pointer: '/holdId' }] },
    });
    expect(mustSucceed(await app.api(holds.readStockHold, { params: { holdId } }))).toMatchObject({
      state: 'CONVERTED',
      orderId,
    });
    await steps.then.fulfillmentOrders(orderId, 'RELEASED');
    expect(await pools(), 'the surplus is for sale').toMatchObject([{ ats: 1, held: 0, reserved: 0 }]);
  });

  it('for a channel with units of its own, and by the rule in force', async () => {
    const { pool, sku, channelId, pools } = await shop(6);
    const other = await steps.given.channel(pool);
    const params = { sku, pool, channelId };
    mustSucceed(await app.api(rules.allocateFence, { params, body: { quantity: 2, reference: unique('plan') } }));
    const draft = { name: 'keep three', kind: 'sell' as const, conditions: { skus: [sku] }, buffer: 3 };
    const { ruleId } = mustSucceed(await app.api(rules.createStockRule, { body: draft }));
    mustSucceed(await app.api(rules.activateStockRule, { params: { ruleId } }));
    await eventually(async () => ((await pools())[0]?.terms?.[other]?.buffer === 3 ? true : undefined), {
      what: 'the rule to be followed',
      deadlineMs: 30_000,
    });
    expect(await steps.when.ordered(other, [[sku, 2]]), 'four are for all, three must stay').toMatchObject({
      ...short,
      problem: { short: [{ sku, pool, wanted: 2, left: 1 }] },
    });
    mustSucceed(await steps.when.ordered(channelId, [[sku, 3]]));
    expect(await pools()).toMatchObject([{ ats: 3, fenced: 0 }]);
    expect(await steps.when.ordered(other, [[sku, 1]])).toMatchObject(short);
  });

  it('what is to come: as far as the product allows, promised for its day', async () => {
    const { sku, location, channelId, pools } = await shop(1);
    expect(await steps.when.ordered(channelId, [[sku, 2]])).toMatchObject(short);
    const backorder = { mode: 'backorder' as const, limit: 3, onlyAgainstSupply: true };
    mustSucceed(await app.api(products.putProduct, { params: { sku }, body: { backorder } }));
    expect(await steps.when.ordered(channelId, [[sku, 2]]), 'nothing is to come').toMatchObject(short);

    const eta = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const announced = { kind: 'purchase-order' as const, location, eta, lines: [{ sku, quantity: 9 }] };
    mustSucceed(await app.api(supply.putSupply, { params: { reference: unique('PO') }, body: announced }));
    const captured = mustSucceed(await steps.when.ordered(channelId, [[sku, 2]]));
    expect(captured).toMatchObject({ status: 'BACKORDERED', lines: [{ backordered: 2, promisedFor: eta }] });
    expect(await steps.when.ordered(channelId, [[sku, 2]]), 'three may wait').toMatchObject(short);
    expect(await pools()).toMatchObject([{ ats: 1, backordered: 2 }]);

    const params = { orderId: captured.orderId };
    expect(await steps.then.order(captured.orderId)).toMatchObject({ lines: [{ promisedFor: eta }] });
    mustSucceed(await app.api(orders.cancelOrder, { params, body: { reason: 'too long' } }));
    expect(await pools()).toMatchObject([{ ats: 1, backordered: 0 }]);
  });

  it('and holding: a release takes no body, or an empty one', async () => {
    const { sku, channelId } = await shop(1);
    const { orderId } = mustSucceed(await steps.when.ordered(channelId, [[sku, 1]], { holds: [{ reason: 'check' }] }));
    const params = { orderId, holdId: 'hold_1' };
    mustSucceed(await app.api(orders.releaseHold, { params, body: {} }));
    mustSucceed(await app.api(orders.releaseHold, { params }));
    await steps.then.fulfillmentOrders(orderId, 'RELEASED');
  });
});
