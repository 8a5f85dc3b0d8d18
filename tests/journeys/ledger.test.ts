import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as ledger from '../../shared/contracts/ledger/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
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

type Entry = Awaited<ReturnType<typeof entriesOf>>[number];

/** All entries of a SKU, page by page of three. */
async function entriesOf(sku: string, query: object = {}) {
  const read = (cursor?: string) =>
    app.api(ledger.readStockLedger, { params: { sku }, query: { ...query, limit: 3, ...(cursor && { cursor }) } });
  const first = mustSucceed(await read());
  const entries = [...first.entries];
  let { cursor } = first;
  while (cursor !== undefined) {
    const page = mustSucceed(await read(cursor));
    entries.push(...page.entries);
    cursor = page.cursor;
  }
  return entries;
}

const eventualEntries = (sku: string, atLeast: number) =>
  eventually(
    async () => {
      const entries = await entriesOf(sku);
      return entries.length >= atLeast ? entries : undefined;
    },
    { what: `${atLeast} entries of ${sku}` },
  );

/** Every version of every place is there, and each begins where the last one ended. */
function expectUnbroken(entries: readonly Entry[]): void {
  const places = Map.groupBy(entries, ({ place }) => JSON.stringify(place));
  for (const [place, ofPlace] of places) {
    const oldest = [...ofPlace].sort((a, b) => a.version - b.version);
    expect(
      oldest.map(({ version }) => version),
      place,
    ).toEqual(oldest.map((_, index) => index + 1));
    const counts: Record<string, number> = {};
    for (const { before, after, change } of oldest)
      for (const [counter, units] of Object.entries(change)) {
        expect(before[counter]).toBe(counts[counter] ?? 0);
        counts[counter] = (counts[counter] ?? 0) + units;
        expect(after[counter]).toBe(counts[counter]);
      }
  }
}

describe('the ledger', () => {
  it('tells an order’s whole way with its units, and how it stood at any time', async () => {
    const { given, when, then } = steps;
    const [pool, sku] = [unique('pool'), unique('SKU')];
    const boston = await given.location(pool, '02108');
    const newark = await given.location(pool, '07102', 'warehouse');
    await given.stock(boston, sku, 4);
    await given.stock(newark, sku, 3);
    const channelId = await given.channel(pool);
    const before = new Date().toISOString();
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 2]]));
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    await when.shipped(part?.fulfillmentOrderId ?? '');
    const { positions, pools } = await then.stock(sku);
    const versions = [...positions, ...pools].reduce((sum, { version }) => sum + version, 0);

    const entries = await eventualEntries(sku, versions);
    expect(entries).toHaveLength(versions);
    expectUnbroken(entries);
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );

    const story = mustSucceed(await app.api(ledger.readOrderLedger, { params: { orderId } })).entries;
    const operations = story.map(({ operation, place: { level } }) => `${operation} ${level}`).reverse();
    expect(operations[0]).toBe('capture pool');
    expect(operations.slice(1, 3).sort()).toEqual(['allocate pool', 'allocate position']);
    expect(operations[3]).toBe('ship position');
    expect(story[0]).toMatchObject({
      place: { level: 'position', location: part?.location },
      before: { onHand: 4, allocated: 2 },
      after: { onHand: 2, allocated: 0 },
      change: { onHand: -2, allocated: -2 },
    });

    const asOf = async (at: string) =>
      mustSucceed(await app.api(ledger.readStockAsOf, { params: { sku }, query: { at } })).places;
    const then0 = await asOf(before);
    expect(then0.find(({ place }) => place.level === 'pool')?.counts).toMatchObject({ ats: 7, reserved: 0 });
    expect(then0.find(({ place }) => place.location === boston)).toMatchObject({
      counts: { onHand: 4, allocated: 0 },
      inPool: pool,
    });
    expect((await asOf(new Date().toISOString())).find(({ place }) => place.location === boston)?.counts).toMatchObject(
      { onHand: 2 },
    );
    expect(await asOf('2020-01-01T00:00:00Z')).toEqual([]);
    const future = await app.api(ledger.readStockAsOf, { params: { sku }, query: { at: '2999-01-01T00:00:00Z' } });
    expect(future).toMatchObject({ ok: false, status: 422, problem: { errors: [{ pointer: '#query/at' }] } });
  });

  it('tells what happened at a location, by day and page, and at no other', async () => {
    const { given } = steps;
    const [pool, sku] = [unique('pool'), unique('SKU')];
    const [boston, other] = [await given.location(pool, '02108'), await given.location(pool, '07102')];
    for (let receipt = 0; receipt < 5; receipt += 1) await given.stock(boston, sku, 1);
    await given.stock(other, sku, 1);
    await eventualEntries(sku, 12);
    const read = async (query: object) =>
      mustSucceed(await app.api(ledger.readLocationLedger, { params: { locationId: boston }, query }));
    const first = await read({ limit: 2 });
    expect(first.entries.map(({ version }) => version)).toEqual([5, 4]);
    const second = await read({ limit: 2, cursor: first.cursor });
    expect(second.entries.map(({ version }) => version)).toEqual([3, 2]);
    expect((await read({ limit: 50, cursor: second.cursor })).entries.map(({ version }) => version)).toEqual([1]);
    const foreign = await app.api(ledger.readLocationLedger, {
      params: { locationId: other },
      query: { cursor: first.cursor },
    });
    expect(foreign).toMatchObject({
      ok: false,
      problem: { code: 'invalid-request', errors: [{ pointer: '#query/cursor' }] },
    });
  });

  it('has every version of every place after a rush, and the books agree while it runs', async () => {
    const { given, when, then } = steps;
    const [pool, sku] = [unique('pool'), unique('SKU')];
    const location = await given.location(pool, '02108');
    await given.stock(location, sku, 60);
    const channelId = await given.channel(pool);
    const rush = Promise.all(Array.from({ length: 40 }, () => when.ordered(channelId, [[sku, 1]])));
    const adjusting = Promise.all(
      Array.from({ length: 10 }, () =>
        app.api(stock.adjustStock, {
          body: { location, reference: unique('count'), reason: 'found', lines: [{ sku, delta: 1 }] },
        }),
      ),
    );
    const audits = [await then.audit(), await then.audit(), await then.audit()];
    for (const audit of audits) expect(audit.findings).toEqual([]);
    await rush;
    await adjusting;
    await app.twin.idle();
    const { positions, pools } = await then.stock(sku);
    const versions = [...positions, ...pools].reduce((sum, { version }) => sum + version, 0);
    const entries = await eventualEntries(sku, versions);
    expect(entries).toHaveLength(versions);
    expectUnbroken(entries);
    expect(await then.audit()).toMatchObject({ holds: true, findings: [] });
  });
});
