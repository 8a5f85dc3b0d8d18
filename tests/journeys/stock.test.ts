import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import * as counts from '../../shared/contracts/stock/count-apis.ts';
import * as movements from '../../shared/contracts/stock/movement-apis.ts';
import * as transfers from '../../shared/contracts/stock/transfer-apis.ts';
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

/** Two stores of one pool. */
async function chain() {
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const [boston, newark] = [await steps.given.location(pool, '02108'), await steps.given.location(pool, '07102')];
  return { pool, sku, boston, newark };
}

const told = async (...lines: unknown[]) => mustSucceed(await app.api(movements.moveStock, { body: { lines } }));

/** What needs a person about a SKU, once there are this many. */
const exceptionsAbout = (sku: string, expected: number) =>
  eventually(
    async () => {
      const { exceptions } = mustSucceed(await app.api(stock.listStockExceptions));
      const found = exceptions.filter(({ subject }) => subject['sku'] === sku);
      return found.length === expected ? found : undefined;
    },
    { what: `${expected} exceptions about ${sku}`, deadlineMs: 30_000 },
  );

describe('movements', () => {
  it('are told by the hundred, each with its own result, and again without harm', async () => {
    const { boston, newark } = await chain();
    const prefix = unique('batch');
    const lines = Array.from({ length: 200 }, (_, index) => ({
      operation: 'receive',
      location: index % 2 === 0 ? boston : newark,
      sku: `${prefix}-${Math.floor(index / 4)}`,
      quantity: 3,
      reference: `${prefix}-${index}`,
    }));
    const call = [...lines, { operation: 'sale' }];
    const key = unique('key');
    const first = await app.api(movements.moveStock, { body: { lines: call }, key });
    expect(mustSucceed(first)).toMatchObject({ applied: 200, repeated: 0, refused: 1 });
    expect(mustSucceed(first).results[200]).toMatchObject({ code: 'invalid-request', line: 200 });
    expect(await app.api(movements.moveStock, { body: { lines: call }, key })).toEqual(first);
    expect(await told(...lines)).toMatchObject({ applied: 0, repeated: 200, refused: 0 });
    expect((await steps.then.stock(`${prefix}-7`)).pools).toMatchObject([{ ats: 12 }]);
  });

  it('that happened at a till are never refused: an exception says what is owed until it is there', async () => {
    const { sku, boston } = await chain();
    const line = { location: boston, sku };
    await told({ ...line, operation: 'sale', quantity: 2, reference: unique('till') });
    const open = await exceptionsAbout(sku, 2);
    expect(open.map(({ code, quantity }) => [code, quantity]).sort()).toEqual([
      ['over-promised', 2],
      ['oversold', 2],
    ]);
    await told({ ...line, operation: 'receive', quantity: 2, reference: unique('po') });
    await exceptionsAbout(sku, 0);
  });

  it('set a shelf only if it is what the caller believes', async () => {
    const { sku, boston } = await chain();
    const set = (onHand: number, changeFrom: number | null, reference = unique('set')) =>
      app.api(movements.setStock, {
        params: { locationId: boston, sku },
        body: { onHand, changeFrom, reference },
      });
    expect(mustSucceed(await set(5, 0, 'first'))).toMatchObject({ status: 'applied', after: { onHand: 5 } });
    expect(mustSucceed(await set(5, 0, 'first'))).toMatchObject({ status: 'repeated', after: { onHand: 5 } });
    expect(await set(9, 4)).toMatchObject({
      status: 409,
      problem: { code: 'quantity-stale', onHand: 5, version: 1, errors: [{ pointer: '/changeFrom' }] },
    });
    expect(mustSucceed(await set(9, null))).toMatchObject({ after: { onHand: 9, atf: 9 } });
    const raced = await Promise.all([1, 2, 3, 4].map((onHand) => set(onHand, 9)));
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });
});

describe('a count', () => {
  it('is taken blind, reviewed, and brought into the books', async () => {
    const { sku, boston } = await chain();
    const skus = Array.from({ length: 60 }, (_, index) => `${sku}-${index}`);
    await told(
      ...skus.map((one, index) => ({
        ...{ operation: 'receive', location: boston, sku: one, quantity: 5, reference: `${sku}-${index}` },
      })),
    );
    const { countId } = mustSucceed(await app.api(counts.createCount, { body: { location: boston, skus } }));
    const params = { countId };
    expect(mustSucceed(await app.api(counts.readCount, { params })).lines[0]).toEqual({ sku: skus[0] });
    const listed = await eventually(
      async () => {
        const found = mustSucceed(await app.api(counts.listCounts, { params: { locationId: boston } })).counts;
        return found.length > 0 ? found : undefined;
      },
      { what: 'the count in the list' },
    );
    expect(listed).toMatchObject([{ countId, state: 'ASSIGNED', lines: 60 }]);
    const submit = (of: readonly string[], counted: number) =>
      app.api(counts.submitCount, { params, body: { lines: of.map((one) => ({ sku: one, counted })) } });
    mustSucceed(await submit(skus, 7));
    mustSucceed(await app.api(counts.recountStock, { params, body: { skus: skus.slice(0, 1) } }));
    mustSucceed(await submit(skus.slice(0, 1), 5));
    const varianceReasons = skus.slice(1).map((one) => ({ sku: one, reason: 'found' as const }));
    const done = mustSucceed(await app.api(counts.completeCount, { params, body: { varianceReasons } }));
    expect(done).toMatchObject({ state: 'COMPLETED', recounts: 1 });
    expect((await steps.then.stock(skus[0] ?? '')).positions).toMatchObject([{ onHand: 5 }]);
    expect((await steps.then.stock(skus[59] ?? '')).positions).toMatchObject([{ onHand: 7, atf: 7 }]);
    const other = mustSucceed(await app.api(counts.createCount, { body: { location: boston, skus: [sku] } }));
    expect(await app.api(counts.cancelCount, { params: { countId: other.countId } })).toMatchObject({ ok: true });
  });
});

describe('a transfer', () => {
  it('takes goods from one location to another, in parts, and what is lost is written off', async () => {
    const { sku, boston, newark } = await chain();
    await steps.given.stock(newark, sku, 10);
    const eta = new Date(Date.now() + 86_400_000).toISOString();
    const body = { from: newark, to: boston, lines: [{ sku, quantity: 6 }], reference: 'TR-1', eta };
    const { transferId } = mustSucceed(await app.api(transfers.createTransfer, { body }));
    const params = { transferId };
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 4 }]);
    const awaited = await eventually(
      async () => {
        const found = mustSucceed(await app.api(transfers.listTransfers, { params: { locationId: boston } })).transfers;
        return found.length > 0 ? found : undefined;
      },
      { what: 'the transfer in the list' },
    );
    expect(awaited).toMatchObject([{ transferId, lines: [{ sku, inTransit: 6 }] }]);
    const receive = (quantity: number) =>
      app.api(transfers.receiveTransfer, { params, body: { lines: [{ sku, quantity }] } });
    mustSucceed(await receive(4));
    expect(await receive(3)).toMatchObject({ status: 409, problem: { code: 'quantity-exceeded' } });
    mustSucceed(await app.api(transfers.closeTransfer, { params, body: { reason: 'lost by the carrier' } }));
    expect(mustSucceed(await app.api(transfers.readTransfer, { params }))).toMatchObject({
      state: 'CLOSED',
      lines: [{ received: 4, inTransit: 0 }],
    });
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 8 }]);
    expect(await app.api(transfers.createTransfer, { body: { ...body, lines: [{ sku, quantity: 7 }] } })).toMatchObject(
      {
        status: 409,
        problem: { code: 'insufficient-stock', short: [{ sku, wanted: 7, left: 4 }] },
      },
    );
  });
});

it('what a channel may sell says by which terms', async () => {
  const { pool, sku, boston } = await chain();
  const channelId = await steps.given.channel(pool, { buffer: 2 });
  await steps.given.stock(boston, sku, 5);
  expect(mustSucceed(await app.api(stock.readAvailability, { params: { channelId, sku } }))).toMatchObject({
    ...{ ats: 5, buffer: 2, sharePercent: 100, rules: [], fenced: 0, available: 3 },
  });
});
