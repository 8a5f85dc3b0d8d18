import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmazonSandbox, startAmazonSandbox } from '../../../../tests/sandboxes/amazon.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { amazon } from './connector.ts';
import { orderChangeOf } from './fixtures/notifications.ts';
import { addressV0, buyerV0, itemV0, orderV0 } from './fixtures/orders-v0.ts';
import { order2026, order2026With } from './fixtures/orders.ts';
import { purchase } from './fixtures/purchase-orders.ts';

const credentials = { clientId: 'amzn1.app', clientSecret: 'a-client-secret', refreshToken: 'Atzr|refresh' };
const running: AmazonSandbox[] = [];
let sandbox: AmazonSandbox;

beforeEach(async () => {
  sandbox = await startAmazonSandbox(credentials, { pageSize: 2 });
  running.push(sandbox);
});
afterAll(() => Promise.all(running.map((one) => one.stop())));

const channelWith = (settings: Record<string, string> = {}) =>
  channelOf({
    channelId: 'amazon-us',
    type: 'amazon',
    settings: {
      apiUrl: sandbox.url,
      lwaUrl: sandbox.lwaUrl,
      sellerId: 'A1TESTSELLER',
      marketplaceIds: 'ATVPDKIKX0DER',
      ...settings,
    },
  });
const connectionWith = (settings: Record<string, string> = {}, values: Record<string, string> = credentials) =>
  connectionOf(channelWith(settings), { values });
const told = (orderId: string, how = {}) => ({
  topic: 'ORDER_CHANGE',
  body: Buffer.from(JSON.stringify(orderChangeOf(orderId, how))),
});
const mapFetched = (value: unknown) => {
  if (!Buffer.isBuffer(value)) throw new Error(`no document: ${JSON.stringify(value)}`);
  return amazon.map?.(value, { channel: channelWith(), topic: 'ORDER_CHANGE', deliveryId: 'd' });
};
const fetched = async (connection = connectionWith(), orderId = order2026.orderId) =>
  amazon.fetch?.(told(orderId), connection);

describe('an order that a notification names', () => {
  it('is asked for, with one token for many', async () => {
    sandbox.book.put(order2026);
    const connection = connectionWith();
    const answers = await Promise.all([1, 2, 3].map(() => fetched(connection)));
    for (const answer of answers) expect(mapFetched(answer?.ok && answer.value)).toMatchObject({ kind: 'order' });
    expect(sandbox.tokens.minted).toBe(1);
  });

  it('is asked for with a new token where the old one is over', async () => {
    sandbox.book.put(order2026);
    const connection = connectionWith();
    await fetched(connection);
    sandbox.tokens.expire();
    expect(await fetched(connection)).toMatchObject({ ok: true });
    expect(sandbox.tokens.minted).toBe(2);
  });

  it.each([401, 403] as const)('waits, in words, while Amazon answers %i whatever the token', async (status) => {
    sandbox.fail(status, 2);
    const answer = await fetched();
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
    expect(answer).toMatchObject({ refusal: { detail: expect.stringContaining('Grant its app the role') as string } });
    expect(JSON.stringify(answer)).not.toContain('Atza|');
    expect(sandbox.calls).toEqual(['getOrder', 'getOrder']);
  });

  it.each([429, 500, 503] as const)('waits while Amazon answers %i', async (status) => {
    sandbox.fail(status, 1);
    expect(await fetched()).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
  });

  it('waits while Amazon cannot be reached', async () => {
    expect(await fetched(connectionWith({ apiUrl: 'http://127.0.0.1:9' }))).toMatchObject({ ok: false });
  });

  it.each(['<html>Service Unavailable</html>', '{"order":{"orderId"', ''])(
    'waits where the answer is no JSON: %j',
    async (body) => {
      const by: Connection = {
        ...connectionWith(),
        token: () => Promise.resolve(ok('a-token')),
        call: () => Promise.resolve(ok({ status: 200, headers: {}, body: Buffer.from(body) })),
      };
      expect(await fetched(by)).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
    },
  );

  it('is ignored where Amazon has it no more, but an end that the notification tells counts', async () => {
    expect(await fetched()).toMatchObject({ ok: true, value: { kind: 'ignored' } });
    const canceled = await amazon.fetch?.(told('1', { status: 'Canceled' }), connectionWith());
    expect(canceled).toEqual({ ok: true, value: undefined });
  });

  it('of v0 is put together of several calls, its items page by page', async () => {
    const items = ['1', '2', '3'].map((OrderItemId) => ({ ...itemV0, OrderItemId }));
    const order = { ...orderV0, OrderTotal: { CurrencyCode: 'USD', Amount: '71.28' } };
    sandbox.book.putV0({ order, items, address: addressV0, buyerInfo: buyerV0 });
    const answer = await fetched(connectionWith({ ordersApi: 'v0' }), orderV0.AmazonOrderId);
    expect(mapFetched(answer?.ok && answer.value)).toMatchObject({
      snapshot: {
        order: { lines: [{}, {}, {}], shipTo: { lines: ['9 Harbor Road'] }, customer: { name: 'Ada Example' } },
      },
    });
    expect(sandbox.calls).toEqual([
      'createRestrictedDataToken',
      'getOrder',
      'getOrderItems',
      'getOrderItems',
      'getOrderAddress',
      'getOrderBuyerInfo',
    ]);
  });

  it('of v0 comes without street where the app lacks the role, and is held', async () => {
    sandbox.tokens.hasRoles = false;
    sandbox.book.putV0({ order: orderV0, items: [itemV0], address: addressV0, buyerInfo: buyerV0 });
    const answer = await fetched(connectionWith({ ordersApi: 'v0' }), orderV0.AmazonOrderId);
    expect(mapFetched(answer?.ok && answer.value)).toMatchObject({
      snapshot: { order: { shipTo: { lines: [], city: 'Boston' }, holds: [{}] } },
    });
  });
});

describe('a poll', () => {
  const window = { from: '2026-11-20T08:00:00.000Z', to: '2026-11-20T10:00:00.000Z' };

  it('gives every order of the window once, page by page, each named by its version', async () => {
    for (const n of [1, 2, 3, 4, 5])
      sandbox.book.put(order2026With({ orderId: `o-${n}`, lastUpdatedTime: `2026-11-20T0${n + 4}:30:00Z` }));
    const connection = connectionWith();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await amazon.poll?.page({ ...window, ...(cursor !== undefined && { cursor }) }, connection);
      if (page?.ok !== true) throw new Error(JSON.stringify(page));
      seen.push(...page.value.deliveries.map(({ deliveryId }) => deliveryId));
      for (const { body } of page.value.deliveries) expect(mapFetched(body)).toMatchObject({ kind: 'order' });
      cursor = page.value.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['o-4@2026-11-20T08:30:00Z', 'o-5@2026-11-20T09:30:00Z']);
  });

  it('of v0 finds orders whose items are fetched after', async () => {
    sandbox.book.putV0({ order: orderV0, items: [itemV0], address: addressV0, buyerInfo: buyerV0 });
    const connection = connectionWith({ ordersApi: 'v0' });
    const page = await amazon.poll?.page(window, connection);
    const [found] = page?.ok === true ? page.value.deliveries : [];
    if (found === undefined) throw new Error(JSON.stringify(page));
    const answer = await amazon.fetch?.(found, connection);
    expect(mapFetched(answer?.ok && answer.value)).toMatchObject({ kind: 'order' });
  });

  it('of a vendor finds purchase orders; the same words are the same delivery, others are another', async () => {
    sandbox.book.putPurchase(purchase);
    const connection = connectionWith({ program: 'vendor' });
    const idsOf = async () => {
      const page = await amazon.poll?.page(window, connection);
      return page?.ok === true ? page.value.deliveries.map(({ deliveryId }) => deliveryId) : [];
    };
    const first = await idsOf();
    expect([first, await idsOf()]).toEqual([[expect.stringMatching(/^4TESTPO1@/)], first]);
    sandbox.book.putPurchase({ ...purchase, purchaseOrderState: 'Closed' });
    expect(await idsOf()).not.toEqual(first);
  });

  it('that is throttled says when to try again', async () => {
    sandbox.fail(429, 1);
    expect(await amazon.poll?.page(window, connectionWith())).toMatchObject({
      ok: false,
      refusal: { code: 'provider-unavailable', facts: { retryAfterSeconds: expect.any(Number) as number } },
    });
  });
});

describe('the answer to a purchase order', () => {
  const order = {
    noticeId: 'n',
    externalId: '4TESTPO1',
    orderId: 'ord_1',
    facts: {},
    happenedAt: '2026-11-22T09:00:00.000Z',
    tries: 0,
  };

  it('accepts it in full, once, where the channel is set to', async () => {
    sandbox.book.putPurchase(purchase);
    const connection = connectionWith({ program: 'vendor', acknowledge: 'accept' });
    expect(await amazon.tell?.acknowledged?.(order, connection)).toEqual({ ok: true, value: {} });
    expect(await amazon.tell?.acknowledged?.(order, connection)).toEqual({ ok: true, value: {} });
    expect(sandbox.book.acknowledgements).toMatchObject([
      {
        purchaseOrderNumber: '4TESTPO1',
        items: [{ itemAcknowledgements: [{ acknowledgementCode: 'Accepted' }] }, {}, {}],
      },
    ]);
  });

  it.each<Record<string, string>>([{}, { program: 'vendor' }])('is not given unasked (%j)', async (settings) => {
    sandbox.book.putPurchase(purchase);
    expect(await amazon.tell?.acknowledged?.(order, connectionWith(settings))).toEqual({ ok: true, value: {} });
    expect(sandbox.calls).toEqual([]);
  });
});
