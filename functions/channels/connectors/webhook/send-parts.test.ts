import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type SandboxResponse, startServer } from '../../../../tests/sandboxes/http-server.ts';
import { type Offer } from '../../domain/availability-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { draftOf, dollars } from '../../fixtures/drafts.ts';
import { channelOf } from '../../fixtures/world.ts';
import { publish } from './availability.ts';
import { listings } from './listings.ts';

const skuList = z.array(z.object({ sku: z.string() }));
const message = z.object({ data: z.object({ quantities: skuList.optional(), listings: skuList.optional() }) });

let answer: (skus: readonly string[]) => SandboxResponse;
let server: Awaited<ReturnType<typeof startServer>>;
const bodies: string[] = [];
beforeAll(async () => {
  server = await startServer(({ body }) => {
    bodies.push(body.toString('utf8'));
    const { data } = message.parse(JSON.parse(body.toString('utf8')));
    return answer((data.quantities ?? data.listings ?? []).map(({ sku }) => sku));
  });
});
afterAll(() => server.stop());
beforeEach(() => void bodies.splice(0));

const connection = (signing = ['a-secret']) =>
  connectionOf(channelOf({ channelId: 'partner', type: 'webhook', endpoint: { kind: 'webhook', url: server.url } }), {
    signing,
  });
const skus = Array.from({ length: 20 }, (_, index) => `A${index}`);
const offerOf = (sku: string): Offer => ({ sku, quantity: 3, sequence: 7, ids: {} });
const told = {
  stock: (...args: Parameters<typeof connection>) => publish(connection(...args), skus.map(offerOf)),
  listings: (...args: Parameters<typeof connection>) =>
    listings.publish(
      connection(...args),
      skus.map((sku) => draftOf(sku)),
    ),
};
describe.each(['stock', 'listings'] as const)('an endpoint that is told %s', (kind) => {
  const notYes = async (...args: Parameters<typeof connection>) => {
    const answers = await told[kind](...args);
    expect([...answers.keys()].toSorted()).toEqual(skus.toSorted());
    return [...answers].flatMap(([sku, one]) => (one.ok ? [] : [{ sku, ...one.refusal }]));
  };

  it('takes all with any 2xx', async () => {
    answer = () => ({ status: 202 });
    expect(await notYes()).toEqual([]);
    expect(bodies).toHaveLength(1);
  });

  it('names the SKUs that it refuses: the others are taken, in one call', async () => {
    const refused = [{ sku: 'A4', reason: 'has no barcode' }, { sku: 'A9' }, { sku: 'of-another-message' }];
    answer = () => ({ status: 422, body: { refused } });
    expect(await notYes()).toEqual([
      { sku: 'A4', code: 'invalid-request', detail: expect.stringContaining('has no barcode') as string },
      { sku: 'A9', code: 'invalid-request', detail: expect.stringContaining('no reason') as string },
    ]);
    expect(bodies).toHaveLength(1);
  });

  it.each([
    { detail: 'no such product' },
    { refused: [] },
    { refused: [{ sku: 'another', reason: 'no such product' }] },
  ])('that refuses a message without naming one of its SKUs has the bad one found, in its words: %j', async (body) => {
    answer = (some) =>
      some.includes('A4') ? { status: 422, body: { ...body, why: 'no such product' } } : { status: 204 };
    expect(await notYes()).toEqual([
      { sku: 'A4', code: 'invalid-request', detail: expect.stringContaining('no such product') as string },
    ]);
    expect(bodies.length).toBeLessThan(12);
  });

  it.each([400, 401, 404, 410, 500, 503])('is told again after %i, which no SKU is blamed for', async (status) => {
    answer = () => ({ status });
    const open = await notYes();
    expect(new Set(open.map(({ code }) => code))).toEqual(new Set(['provider-unavailable']));
    expect(open).toHaveLength(skus.length);
    expect(bodies).toHaveLength(1);
  });

  it('says with a 429 when it is to be told again: that is a limit and no failure', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '17' } });
    const [first] = await notYes();
    expect(first).toMatchObject({ code: 'provider-unavailable', facts: { retryAfterSeconds: 17, limit: true } });
  });
});

it('a channel without a secret keeps its stock until it has one; its listings need a person', async () => {
  const codes = async (kind: keyof typeof told) =>
    new Set([...(await told[kind]([])).values()].map((one) => (one.ok ? 'yes' : one.refusal.code)));
  expect(await codes('stock')).toEqual(new Set(['provider-unavailable']));
  expect(await codes('listings')).toEqual(new Set(['invalid-request']));
  expect(bodies).toEqual([]);
});

it('a listing has its price and the one before side by side, in the channel’s minor units', async () => {
  answer = () => ({ status: 204 });
  const shown = (sku: string, over: Parameters<typeof draftOf>[1]) =>
    draftOf(sku, { ...over, content: { title: sku } });
  await listings.publish(connection(), [
    shown('A', { price: dollars(900, 1200) }),
    shown('B', { visibility: 'gone', ids: { listingId: '7' } }),
  ]);
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
    type: 'listings.changed',
    data: {
      channelId: 'partner',
      listings: [
        { sku: 'A', visibility: 'shown', content: { title: 'A' }, ...dollars(900, 1200) },
        { sku: 'B', visibility: 'gone', ids: { listingId: '7' } },
      ],
    },
  });
});
