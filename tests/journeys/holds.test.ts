import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as holds from '../../shared/contracts/holds/apis.ts';
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

/** A shop: a store in Boston with two units and a warehouse in Newark with five. */
async function shop(channel: Parameters<typeof steps.given.channel>[1] = {}) {
  const { given, then } = steps;
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const [boston, newark] = [await given.location(pool, '02108'), await given.location(pool, '07102', 'warehouse')];
  await given.stock(boston, sku, 2);
  await given.stock(newark, sku, 5);
  const channelId = await given.channel(pool, channel);
  const hold = (quantity: number, more: { readonly seconds?: number; readonly location?: string } = {}) => {
    const { location, seconds } = more;
    const lines = [{ sku, quantity, ...(location !== undefined && { location }) }];
    return app.api(holds.placeStockHold, { body: { channelId, lines, ...(seconds !== undefined && { seconds }) } });
  };
  const counters = async () => (await then.stock(sku)).pools[0];
  return { pool, sku, boston, newark, channelId, hold, counters };
}
/** The function that ends holds whose time is over; its schedule comes every minute. */
const sweeper = () => app.twin.functions.find(({ name }) => name.endsWith('expire-holds'))?.name ?? '';
const read = async (holdId: string) => mustSucceed(await app.api(holds.readStockHold, { params: { holdId } }));

describe('a checkout', () => {
  it('holds units, changes its mind, takes its time and leaves; the books agree at every step', async () => {
    const { then } = steps;
    const { sku, boston, hold, counters } = await shop({
      holds: { maximumSeconds: 900, maximumUnits: 9, maximumHeld: 9 },
    });
    const { holdId, expiresAt } = mustSucceed(await hold(5));
    expect(await counters()).toMatchObject({ ats: 2, held: 5 });
    expect(await hold(3)).toMatchObject({ ok: false, status: 409, problem: { code: 'insufficient-stock' } });
    expect(await hold(5)).toMatchObject({ ok: false, status: 409, problem: { code: 'limit-exceeded' } });

    const params = { holdId };
    const lines = [
      { sku, quantity: 1 },
      { sku, quantity: 2, location: boston },
    ];
    expect(mustSucceed(await app.api(holds.changeStockHold, { params, body: { lines } }))).toMatchObject({ lines });
    expect(await counters()).toMatchObject({ ats: 4, held: 1 });
    const extended = mustSucceed(await app.api(holds.extendStockHold, { params, body: { seconds: 800 } }));
    expect(extended.expiresAt > expiresAt).toBe(true);
    expect(await app.api(holds.extendStockHold, { params, body: { seconds: 901 } })).toMatchObject({
      ok: false,
      problem: { code: 'limit-exceeded' },
    });

    expect(mustSucceed(await app.api(holds.releaseStockHold, { params }))).toMatchObject({ state: 'RELEASED' });
    expect(await app.api(holds.extendStockHold, { params, body: { seconds: 1 } })).toMatchObject({
      ok: false,
      status: 409,
      problem: { code: 'hold-over' },
    });
    expect(await counters()).toMatchObject({ ats: 7, held: 0 });
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });
  });

  it('buys what it held, though nothing else is left', async () => {
    const { when, then } = steps;
    const { sku, channelId, hold, counters } = await shop();
    const { holdId } = mustSucceed(await hold(6));
    mustSucceed(await when.ordered(channelId, [[sku, 1]]));
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 6]], { holdId }));
    expect(await read(holdId)).toMatchObject({ state: 'CONVERTED', orderId });
    expect(await counters()).toMatchObject({ ats: 0, held: 0 });
    const allocated = await then.fulfillmentOrders(orderId, 'RELEASED', 2);
    expect(allocated.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(6);
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });
  });

  it('that takes too long loses its units to others, and the order it still makes takes what is there', async () => {
    const { when, then } = steps;
    const { sku, boston, channelId, hold, counters } = await shop();
    const [one, other] = [
      mustSucceed(await hold(4, { seconds: 1 })),
      mustSucceed(await hold(1, { seconds: 1, location: boston })),
    ];
    await eventually(async () => ((await read(other.holdId)).state === 'EXPIRED' ? true : undefined), {
      what: 'the end of the later hold',
    });
    expect(await app.twin.invoke(sweeper(), {})).toMatchObject({ payload: null });
    await eventually(async () => ((await counters())?.ats === 7 ? true : undefined), { what: 'its units for sale' });
    expect(await read(other.holdId)).toMatchObject({ state: 'EXPIRED', version: 2 });
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 7]], { holdId: one.holdId }));
    await then.fulfillmentOrders(orderId, 'RELEASED', 2);
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });
  });
});
