import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as access from '../../shared/contracts/access/apis.ts';
import { apiContracts } from '../../shared/contracts/catalog.ts';
import { type ApiContract } from '../../shared/contracts/define-api.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { type App, startApp } from '../testing/app.ts';
import { atMost } from '../../shared/kernel/at-most.ts';
import { type RawClient, rawClient } from '../testing/http.ts';
import { type Dump, dumpOf } from '../testing/tables.ts';
import { usd } from '../testing/steps.ts';
import { type Keys, badRequests, bodyOf, wellFormed } from './bad-requests.ts';
import { complaint, isDeclared, unlikeRefusal } from './judge.ts';

let app: App;
let client: RawClient;
let before: Dump;
const keys = new Map<string, Keys>();

/** A shop in which everything has the same name, so that a sample of any contract may speak of what there is. */
const shop = 'shop';
/** Routes that make something out of nothing, or refuse line by line: a well-formed call of theirs is no refusal. */
const makers = new Set([
  'createApiKey',
  'putLocation',
  'putChannel',
  'createChannel',
  'putListings',
  'putProduct',
  'putPriceList',
  'moveStock',
  'createStockRule',
  'createSnapshot',
  'applySnapshotRows',
]);
const routes = apiContracts.map((contract) => [`${contract.method} ${contract.path}`, contract] as const);

beforeAll(async () => {
  app = await startApp();
  client = rawClient(app.url);
  const keyWith = async (scope: 'network:read' | 'orders:read') =>
    mustSucceed(await app.api(access.createApiKey, { body: { name: scope, scopes: [scope] } })).key;
  const [network, orders] = [await keyWith('network:read'), await keyWith('orders:read')];
  for (const { id, scope } of apiContracts)
    keys.set(id, { all: app.apiKey, lacking: scope === 'network:read' ? orders : network });
  await openShop();
  await app.twin.idle();
  before = await dumpOf(app.twin.dynamoDbUrl);
});

afterAll(async () => {
  await client.close();
  await app.stop();
});

async function openShop(): Promise<void> {
  const body = { name: shop, type: 'store', pool: shop, country: 'US', postalCode: '02108' } as const;
  mustSucceed(await app.api(network.putLocation, { params: { locationId: shop }, body }));
  for (const type of ['api', 'webhook'] as const) {
    mustSucceed(
      await app.api(network.putChannel, {
        params: { channelId: type === 'api' ? shop : 'hooks' },
        body: { name: shop, type, pool: shop, currency: 'USD', secrets: { signing: 'a-signing-secret' } },
      }),
    );
  }
  const lines = [{ sku: shop, quantity: 1_000 }];
  mustSucceed(await app.api(stock.receiveStock, { body: { location: shop, reference: shop, lines } }));
}

const keysOf = ({ id }: ApiContract): Keys => keys.get(id) ?? { all: '', lacking: '' };

describe('each route refuses, naming what is wrong,', () => {
  it.each(routes)('%s', async (_, contract) => {
    expect(bodyOf(contract) === undefined || sampleFits(contract), 'the sample of its body').toBe(true);
    const bad = badRequests(contract, keysOf(contract), makers.has(contract.id));
    expect(bad.length).toBeGreaterThan(0);
    const complaints = await atMost(16, bad, async (one) => complaint(one, await client.send(one.request)));
    expect(complaints.filter((one) => one !== undefined)).toEqual([]);
  });

  it.each(routes.filter(([, { id }]) => !makers.has(id)))('what is not there: %s', async (_, contract) => {
    const answer = await client.send(wellFormed(contract, app.apiKey));
    if (contract.method === 'GET' && answer.status === 200) return;
    expect(unlikeRefusal(answer)).toBeUndefined();
    expect(isDeclared(contract, answer), answer.text).toBe(true);
  });

  it('a webhook without a good signature', async () => {
    const send = (headers: Record<string, string>) =>
      client.send({ method: 'POST', path: '/webhooks/hooks', headers, body: '{}' });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const answers = await Promise.all([
      send({}),
      send({ 'webhook-id': 'a', 'webhook-timestamp': timestamp, 'webhook-signature': 'v1,bm8=' }),
      send({ 'webhook-id': '', 'webhook-timestamp': 'x', 'webhook-signature': 'v1,' }),
    ]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 401, body: { code: 'invalid-signature' } });
  });

  it('and paths and methods that no route has', async () => {
    const answers = await Promise.all(
      [
        ['GET', '/'],
        ['GET', '/v2/orders'],
        ['DELETE', '/v1/orders'],
        ['POST', '/v1/orders/'],
        ['PATCH', '/v1/orders/x'],
        ['GET', '/%2e%2e/v1'],
      ].map(([method = '', path = '']) => client.send({ method, path })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  });

  it('and has written nothing of all that', async () => {
    await app.twin.idle();
    expect(await dumpOf(app.twin.dynamoDbUrl)).toEqual(before);
  });
});

const sampleFits = (contract: ApiContract): boolean =>
  contract.body.safeParse(JSON.parse(bodyOf(contract) ?? '')).success;

describe('a page', () => {
  it('is not continued with the cursor of another listing', async () => {
    const order = (externalId: string) => ({
      channelId: shop,
      externalId,
      currency: 'USD',
      shipTo: { country: 'US', lines: [] },
      lines: [{ sku: shop, quantity: 1, unitPrice: usd(100) }],
      payments: [{ provider: 'recorded', amount: usd(100) }],
    });
    const auth = { authorization: `Bearer ${app.apiKey}` };
    for (const externalId of ['1', '2']) {
      await client.send({
        method: 'POST',
        path: '/v1/orders',
        headers: { ...auth, 'content-type': 'application/json', 'idempotency-key': externalId },
        body: JSON.stringify(order(externalId)),
      });
    }
    const read = (path: string) => client.send({ method: 'GET', path, headers: auth });
    const first = await read(`/v1/orders?channelId=${shop}&limit=1`);
    const { cursor = '' } = first.body as { cursor?: string };
    expect(await read(`/v1/orders?channelId=${shop}&cursor=${cursor}`)).toMatchObject({
      status: 200,
      body: { orders: [{}] },
    });
    for (const path of [
      `/v1/orders?channelId=hooks&cursor=${cursor}`,
      `/v1/locations/${shop}/fulfillment-orders?cursor=${cursor}`,
      `/v1/channels/${shop}/quarantine?cursor=${cursor}`,
    ])
      expect(await read(path)).toMatchObject({
        status: 422,
        body: { code: 'invalid-request', errors: [{ pointer: '#query/cursor' }] },
      });
  });
});

/** What has broken programs before. */
const nasty = ['\ud800', '\udfff', '\u0000', '\ufeff', '__proto__', 'constructor', '', ' ', -0, 1e308, 5e-324, 2 ** 53];

/** The path of every field of a value, at any depth, and of one that is not there. */
const placesIn = (value: unknown): string[][] =>
  typeof value !== 'object' || value === null
    ? [[]]
    : [
        ...Object.entries(value).flatMap(([key, part]) => placesIn(part).map((path) => [key, ...path])),
        ['noSuchField'],
      ];

/** A copy of `value` with something else at a place. */
function replaced(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return other;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, other);
  return copy;
}

describe('whatever comes as a body, nothing breaks:', () => {
  const withBody = routes.filter(([, contract]) => bodyOf(contract) !== undefined);

  it.each(withBody)('%s', async (_, contract) => {
    const good = wellFormed(contract, app.apiKey, shop);
    const sample = JSON.parse(String(good.body ?? '{}')) as unknown;
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...nasty));
    const place = fc.constantFrom(...placesIn(sample));
    const body = fc.oneof(
      anything,
      fc.tuple(place, anything).map(([path, value]) => replaced(sample, path, value)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const headers = {
          ...good.headers,
          ...(contract.method === 'POST' && { 'idempotency-key': crypto.randomUUID() }),
        };
        const answer = await client.send({ ...good, headers, body: JSON.stringify(value) });
        expect(answer.status, answer.text).toBeLessThan(500);
        if (answer.status >= 400) expect(unlikeRefusal(answer)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('and the books still agree', async () => {
    await app.twin.idle();
    expect(mustSucceed(await app.api(auditStock))).toMatchObject({ holds: true, findings: [] });
    expect(app.twin.accessDenied).toEqual([]);
  });
});
