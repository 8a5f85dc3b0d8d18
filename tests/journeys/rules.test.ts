import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiInput, mustSucceed } from '../../shared/contracts/api-client.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import { putProduct } from '../../shared/contracts/network/product-apis.ts';
import * as rules from '../../shared/contracts/rules/apis.ts';
import { receiveStock } from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { type Shops, openMarket, startShops } from '../testing/shops.ts';
import { stepsOf, unique } from '../testing/steps.ts';

let shops: Shops;
let app: App;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  shops = await startShops();
  app = await startApp({ redeliverySeconds: 4 });
  steps = stepsOf(app.api);
});

afterAll(async () => {
  await app.twin.idle();
  const denied = [...app.twin.accessDenied];
  await app.stop();
  await shops.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
});

type Draft = NonNullable<ApiInput<typeof rules.createStockRule>['body']>;

const draft = async (body: Draft) => mustSucceed(await app.api(rules.createStockRule, { body })).ruleId;

/** Puts a rule in force and waits until stock has followed. */
async function activate(ruleId: string) {
  const params = { ruleId };
  mustSucceed(await app.api(rules.activateStockRule, { params }));
  return followed(ruleId);
}

const followed = (ruleId: string) =>
  eventually(
    async () => {
      const { application } = mustSucceed(await app.api(rules.readStockRule, { params: { ruleId } }));
      return application?.state === 'DONE' ? application : undefined;
    },
    { what: `stock to follow ${ruleId}`, deadlineMs: 20_000 },
  );

async function retire(ruleId: string) {
  mustSucceed(await app.api(rules.retireStockRule, { params: { ruleId } }));
  return followed(ruleId);
}

const preview = async (ruleId: string) =>
  mustSucceed(await app.api(rules.previewStockRule, { params: { ruleId }, body: {} }));

const positionsOf = async (sku: string) => (await steps.then.stock(sku)).positions;

describe('a floor to sell', () => {
  it('is previewed, put in force, told to channels, and taken away again', async () => {
    const at = await openMarket(app, steps, shops, { shopify: 1 });
    await at.receive(20);
    await at.untilShown({ shopify: 19, webhook: 20 });
    const conditions = { skus: [at.sku], channels: [at.shop] };
    const ruleId = await draft({ name: 'half', kind: 'sell', conditions, buffer: 4, sharePercent: 50, cap: 7 });
    expect(await preview(ruleId)).toMatchObject({
      totals: {
        skus: 1,
        pools: { changed: 1 },
        channels: [{ channelId: at.shop, listings: 1, before: 19, after: 7, withheld: 12, released: 0 }],
      },
      examples: [
        { kind: 'channel', sku: at.sku, channelId: at.shop, after: { published: 7, cap: 7 }, rules: [ruleId] },
      ],
    });
    await activate(ruleId);
    await at.untilShown({ shopify: 7, webhook: 20 });
    await at.adjust(-10);
    await at.untilShown({ shopify: 3, webhook: 10 });
    await retire(ruleId);
    await at.untilShown({ shopify: 9, webhook: 10 });
  });
});

describe('a floor to route', () => {
  it('keeps units on shelves as stock comes and goes, also on new ones, and by tag and group', async () => {
    const { given } = steps;
    const [pool, sku, later, tag] = [unique('pool'), unique('SKU'), unique('SKU'), unique('tag')];
    const location = await given.location(pool, '02108');
    await given.stock(location, sku, 3);
    // New stock is looked at by itself too: once that is over, it is the walk that is counted.
    await app.twin.idle();
    const ruleId = await draft({ name: 'walk-ins', kind: 'safety', conditions: { locations: [location] }, units: 5 });
    expect(await activate(ruleId)).toMatchObject({ positions: 1, pools: 0 });
    expect(await positionsOf(sku)).toMatchObject([{ safety: 3, safetyTarget: 5, atf: 0 }]);
    await given.stock(location, sku, 4);
    await eventually(async () => ((await positionsOf(sku))[0]?.safety === 5 ? true : undefined), {
      what: 'safety stock',
    });
    await given.stock(location, later, 9);
    await eventually(async () => ((await positionsOf(later))[0]?.safety === 5 ? true : undefined), {
      what: 'a new shelf',
    });

    await activate(
      await draft({ name: 'tagged', kind: 'safety', conditions: { tags: [tag], locations: [location] }, units: 1 }),
    );
    mustSucceed(await app.api(putProduct, { params: { sku: later }, body: { tags: [tag] } }));
    await eventually(async () => ((await positionsOf(later))[0]?.safety === 1 ? true : undefined), {
      what: 'a new tag',
    });
    await retire(ruleId);
    expect(await positionsOf(sku)).toMatchObject([{ safety: 0, atf: 7 }]);
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 7 }]);

    const group = unique('group');
    await activate(await draft({ name: 'group', kind: 'safety', conditions: { locationGroups: [group] }, units: 2 }));
    const body = { name: location, type: 'store' as const, pool, country: 'US', postalCode: '02108', groups: [group] };
    mustSucceed(await app.api(network.putLocation, { params: { locationId: location }, body }));
    await eventually(async () => ((await positionsOf(sku))[0]?.safety === 2 ? true : undefined), {
      what: 'a new group',
    });
    expect(await steps.then.audit()).toMatchObject({ holds: true, findings: [] });
  });

  it('goes over more stock than one page', async () => {
    const pool = unique('pool');
    const location = await steps.given.location(pool, '02108');
    const skus = Array.from({ length: 270 }, () => unique('SKU'));
    for (let from = 0; from < skus.length; from += 45)
      await app.api(receiveStock, {
        body: { location, reference: 'PO-1', lines: skus.slice(from, from + 45).map((sku) => ({ sku, quantity: 4 })) },
      });
    const rule: Draft = { name: 'all here', kind: 'safety', conditions: { locations: [location] }, units: 1 };
    const ruleId = await draft(rule);
    expect((await preview(ruleId)).totals.positions).toEqual({ changed: 270, withheld: 270, released: 0 });
    await activate(ruleId);
    expect((await preview(await draft(rule))).totals.positions).toEqual({ changed: 0, withheld: 0, released: 0 });
    await retire(ruleId);
  });
});

describe('what a channel is told', () => {
  it('follows its own settings at once: a buffer, a listing, whether it is active at all', async () => {
    const at = await openMarket(app, steps, shops);
    await at.receive(6);
    await at.untilShown({ shopify: 6, webhook: 6 });
    const channels = mustSucceed(await app.api(network.listChannels)).channels;
    const put = async (channelId: string, more: object) => {
      const {
        version: _version,
        channelId: _id,
        ...settings
      } = channels.find((one) => one.channelId === channelId) ?? {};
      const body = { ...settings, ...more } as NonNullable<ApiInput<typeof network.putChannel>['body']>;
      mustSucceed(await app.api(network.putChannel, { params: { channelId }, body }));
    };
    await put(at.shop, { buffer: 2 });
    await at.untilShown({ shopify: 4, webhook: 6 });
    await put(at.other, { active: false });
    await at.untilShown({ shopify: 4, webhook: 0 });
    await put(at.other, { active: true });
    await at.untilShown({ shopify: 4, webhook: 6 });
  });

  it('counts its own ring-fence, which nobody else can sell', async () => {
    const at = await openMarket(app, steps, shops);
    await at.receive(10);
    await at.untilShown({ shopify: 10, webhook: 10 });
    const params = { sku: at.sku, pool: at.pool, channelId: at.shop };
    mustSucceed(await app.api(rules.allocateFence, { params, body: { quantity: 6, reference: 'launch' } }));
    await at.untilShown({ shopify: 10, webhook: 4 });
    expect(await app.api(rules.allocateFence, { params, body: { quantity: 5 } })).toMatchObject({
      status: 409,
      problem: { code: 'insufficient-stock', short: [{ sku: at.sku, pool: at.pool, wanted: 5, left: 4 }] },
    });
    mustSucceed(await app.api(rules.reallocateFence, { params, body: { to: at.other, quantity: 2 } }));
    await at.untilShown({ shopify: 8, webhook: 6 });
    mustSucceed(await app.api(rules.releaseFence, { params, body: { quantity: 1 } }));
    await at.untilShown({ shopify: 8, webhook: 7 });
    const fences = mustSucceed(await app.api(rules.listFences, { params: { sku: at.sku, pool: at.pool } }));
    expect(fences).toMatchObject({ ats: 5, fenced: 5 });
    expect(new Map(fences.fences.map(({ channelId, allocated, left }) => [channelId, [allocated, left]]))).toEqual(
      new Map([
        [at.shop, [3, 3]],
        [at.other, [2, 2]],
      ]),
    );
    expect(await steps.then.audit()).toMatchObject({ holds: true, findings: [] });
  });
});
