import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, mustSucceed } from '../../shared/contracts/api-client.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { readAvailability } from '../../shared/contracts/stock/apis.ts';
import { setStripes } from '../../shared/contracts/stock/stripe-apis.ts';
import { noteConflicts } from '../../shared/platform/dynamo/stripes/contention.ts';
import { readStripes } from '../../shared/platform/dynamo/stripes/read-stripes.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { atMost } from '../../shared/kernel/at-most.ts';
import { stepsOf, unique } from '../testing/steps.ts';

let app: App;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  app = await startApp();
  steps = stepsOf(app.api);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  await app.twin.idle();
  const audit = await steps.then.audit();
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, oversold: 0, findings: [] });
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const bodies = <T>(answers: readonly ApiAnswer<T>[]): T[] => answers.flatMap((one) => (one.ok ? [one.body] : []));
const spread = (sku: string, pool: string, stripes: 1 | 4 | 8 | 16 | 64) =>
  app.api(setStripes, { params: { sku, pool }, body: { stripes } });

async function shop(units: number) {
  const [pool, sku] = [unique('pool'), unique('HOT')];
  const location = await steps.given.location(pool, '02108');
  await steps.given.stock(location, sku, units);
  return { pool, sku, location, channelId: await steps.given.channel(pool) };
}

describe('a launch', () => {
  it('is spread before, sells exactly what there is from all stripes, ships, and is one again', async () => {
    const { pool, sku, location, channelId } = await shop(30);
    expect(mustSucceed(await spread(sku, pool, 16))).toEqual({ sku, pool, stripes: 16, before: 1 });
    const answers = await atMost(8, numbers(45), () => steps.when.ordered(channelId, [[sku, 1]]));
    const captured = bodies(answers);
    expect(captured).toHaveLength(30);
    for (const answer of answers)
      if (!answer.ok)
        expect(answer.problem).toMatchObject({
          code: 'insufficient-stock',
          short: [{ sku, pool, wanted: 1, left: 0 }],
        });
    await atMost(8, captured, ({ orderId }) => steps.then.fulfillmentOrders(orderId, 'RELEASED'));
    expect(await steps.then.stock(sku)).toMatchObject({
      positions: [{ location, allocated: 30, atf: 0 }],
      pools: [{ ats: 0, reserved: 0 }],
    });
    const [first] = captured;
    const { orderId = '' } = first ?? {};
    mustSucceed(await app.api(orders.cancelOrder, { params: { orderId }, body: { reason: 'changed my mind' } }));
    expect(mustSucceed(await spread(sku, pool, 1))).toMatchObject({ stripes: 1, before: 16 });
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 1, reserved: 0 }]);
    expect(mustSucceed(await steps.when.ordered(channelId, [[sku, 1]])).lines).toMatchObject([{ quantity: 1 }]);
  });

  it('tells channels the sum', async () => {
    const { pool, sku, location, channelId } = await shop(80);
    mustSucceed(await spread(sku, pool, 8));
    mustSucceed(await steps.when.ordered(channelId, [[sku, 70]]));
    await steps.given.stock(location, sku, 5);
    const availability = mustSucceed(await app.api(readAvailability, { params: { channelId, sku } }));
    expect(availability).toMatchObject({ ats: 15, available: 15 });
  });

  it('is refused for a pool that never had the SKU', async () => {
    const { pool } = await shop(1);
    expect(await spread('NEVER-SEEN', pool, 4)).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });
});

describe('a pool whose buyers met often', () => {
  it('is spread by itself, and evened out when goods come to one stripe', async () => {
    const { pool, sku, location } = await shop(400);
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: app.twin.dynamoDbUrl,
      TABLE_STOCK: 'crossdock-local-stock',
    });
    // The local database lets nobody meet, so what writers count is told by hand.
    for (let n = 0; n < 24; n += 1) await noteConflicts([{ level: 'pool', sku, pool }]);
    const stripes = async (wanted: (units: readonly number[]) => boolean) => {
      const now = await readStripes(sku, pool);
      const units = now?.stripes.map(({ ats }) => ats) ?? [];
      return wanted(units) ? units : undefined;
    };
    const patience = { deadlineMs: 60_000 };
    expect(await eventually(() => stripes(({ length }) => length === 4), patience)).toEqual([100, 100, 100, 100]);
    await steps.given.stock(location, sku, 4000);
    // Stripes are read one after the other: while units go from one to another, a look may see them on both or on neither.
    const even = (units: readonly number[]) =>
      Math.min(...units) > 500 && units.reduce((sum, one) => sum + one) === 4400;
    await eventually(() => stripes(even), patience);
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 4400, stripes: 4 }]);
  });
});
