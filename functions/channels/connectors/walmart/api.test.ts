import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WalmartSandbox, startWalmartSandbox, walmartKeys } from '../../../../tests/sandboxes/walmart.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Inbound } from '../../domain/connector.ts';
import { walmart } from './connector.ts';
import { created, refunded, walmartOrder, walmartReturn } from './fixtures/orders.ts';

let party: WalmartSandbox;
beforeEach(async () => void (party = await startWalmartSandbox({ pageSize: 2 })));
afterEach(() => party.stop());

const connection = (settings: Record<string, string> = {}, values: Record<string, string> = { ...walmartKeys }) =>
  connectionOf(channelOf({ channelId: 'walmart-us', type: 'walmart', settings: { apiUrl: party.url, ...settings } }), {
    signing: ['newest', 'before'],
    values,
  });
const event = Buffer.from(JSON.stringify(created));
const fetched = async (body: Buffer, by = connection()) => walmart.fetch?.({ topic: 'PO_CREATED', body }, by);
const mapOf = (value: unknown) =>
  Buffer.isBuffer(value) && walmart.map?.(value, { channel: connection().channel, topic: '', deliveryId: '' });
const place = (purchaseOrderId: string, more: object = {}) =>
  party.put({ order: { ...walmartOrder, purchaseOrderId }, modifiedAt: '2026-11-22T09:00:00.000Z', ...more });

describe('an event is followed by the question for its order', () => {
  it('with a token that is made once, and anew when it is refused', async () => {
    place(walmartOrder.purchaseOrderId);
    const by = connection();
    const first = await fetched(event, by);
    expect(first?.ok && mapOf(first.value)).toMatchObject({
      kind: 'order',
      snapshot: { order: { externalId: '9007199254740993' } },
    });
    await fetched(event, by);
    party.expireTokens();
    expect(await fetched(event, by)).toMatchObject({ ok: true });
    expect(party.calls.filter((call) => call === 'POST /v3/token')).toHaveLength(2);
  });

  it('waits where Walmart is down, too busy, or refuses the keys; what is not there is ignored', async () => {
    expect(await fetched(event)).toMatchObject({ value: { kind: 'ignored' } });
    const by = connection();
    await fetched(event, by);
    party.troubles.answer({ status: 429, headers: { 'retry-after': '7' } });
    expect(await fetched(event, by)).toMatchObject({
      refusal: { code: 'provider-unavailable', facts: { retryAfterSeconds: 7 } },
    });
    party.troubles.answer({ status: 503 });
    expect(await fetched(event, by)).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    const refusal = await fetched(event, connection({}, { ...walmartKeys, clientSecret: 'wrong-secret' }));
    expect(refusal).toMatchObject({ refusal: { detail: expect.stringContaining('clientSecret') as string } });
    expect(JSON.stringify(refusal)).not.toContain('wrong-secret');
  });

  it('asks for the return of a return event, and for nothing where nothing is named', async () => {
    party.putReturn(walmartReturn(2));
    const payload = { returnOrders: [{ returnOrderId: '123456789012345678', purchaseOrderId: '9007199254740993' }] };
    const body = Buffer.from(JSON.stringify({ source: { eventType: 'RETURN_INVOICED', eventId: 'e' }, payload }));
    const returned = await fetched(body);
    expect(returned?.ok && mapOf(returned.value)).toMatchObject({ kind: 'change' });
    expect(await fetched(Buffer.from('{"eventType":"INVENTORY_OOS"}'))).toEqual({ ok: true, value: undefined });
  });

  it('of returns of several orders is a delivery for each, with its own part of the refund', async () => {
    const whole = walmartReturn(2);
    const second = { ...whole.returnOrderLines[0], purchaseOrderId: '77', charges: [], refundedQty: 2 };
    party.putReturn({ ...whole, returnOrderLines: [...whole.returnOrderLines, second] });
    const line = (purchaseOrderId: string) => ({ returnOrderId: whole.returnOrderId, purchaseOrderId });
    const returnOrders = [line('9007199254740993'), line('77'), line('77')];
    const body = Buffer.from(
      JSON.stringify({ source: { eventType: 'RETURN_INVOICED', eventId: 'e' }, payload: { returnOrders } }),
    );
    const headers = { authorization: 'Bearer newest' };
    const taken = await walmart.takeIn?.({ headers, query: {}, body }, connection({ webhookAuth: 'oauth' }));
    if (taken?.ok !== true) throw new Error('it was refused');
    expect(taken.value.map(({ deliveryId }) => deliveryId)).toEqual([
      'e/123456789012345678/9007199254740993',
      'e/123456789012345678/77',
    ]);
    const answers = await Promise.all(taken.value.map((one) => fetched(one.body ?? body)));
    expect(answers.map((answer) => answer?.ok && mapOf(answer.value))).toMatchObject([
      { kind: 'change', change: { externalId: '9007199254740993', refund: { amount: { amount: 1886 } } } },
      { kind: 'change', change: { externalId: '77' } },
    ]);
  });
});

describe('polling', () => {
  const window = { from: '2026-11-22T08:00:00.000Z', to: '2026-11-22T10:00:00.000Z' };
  async function all(by: Connection, onPage: (cursor?: string) => void = () => undefined): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 10; pages += 1) {
      const page = await walmart.poll?.page({ ...window, ...(cursor && { cursor }) }, by);
      if (page?.ok !== true) throw new Error(JSON.stringify(page));
      ids.push(...page.value.deliveries.map(({ deliveryId }) => deliveryId));
      ({ cursor } = page.value);
      onPage(cursor);
      if (cursor === undefined) return ids;
    }
    throw new Error('it never ends');
  }

  it('reads every page of every kind of node, each order by its own id and content', async () => {
    ['11', '12', '13', '14', '15'].forEach((id) => place(id));
    place('21', { shipNodeType: 'WFSFulfilled' });
    place('31', { modifiedAt: '2026-11-22T07:00:00.000Z' });
    const ids = await all(connection());
    expect(ids.map((id) => id.split(' ')[1])).toEqual(['11', '12', '13', '14', '15', '21']);
    expect(await all(connection())).toEqual(ids);
    place('11', { order: { ...refunded.order, purchaseOrderId: '11' } });
    expect((await all(connection()))[0]).not.toBe(ids[0]);
  });

  it('reads the returns that changed, page by page and order by order, and again when they change', async () => {
    const returned = walmartReturn(1);
    const [line] = returned.returnOrderLines;
    const at = '2026-11-22T09:00:00.000Z';
    ['901', '902', '903'].forEach((returnOrderId) => party.putReturn({ ...returned, returnOrderId }, at));
    party.putReturn({ ...returned, returnOrderId: '904' }, '2026-11-22T07:00:00.000Z');
    const other = { ...line, purchaseOrderId: '77' };
    party.putReturn({ ...returned, returnOrderId: '905', returnOrderLines: [line, other] }, at);
    const ids = await all(connection());
    const own = String(line?.purchaseOrderId);
    const named = ['901', '902', '903', '905'].map((id) => `return ${id}/${own}`);
    expect(ids.map((id) => id.replace(/ as .*/, ''))).toEqual([...named, 'return 905/77']);
    expect(await all(connection())).toEqual(ids);
    party.putReturn({ ...walmartReturn(2), returnOrderId: '901' }, at);
    expect((await all(connection()))[0]).not.toBe(ids[0]);
  });

  it('brings a return that is refunded as its event does, once', async () => {
    const returned = walmartReturn(2);
    party.putReturn(returned, '2026-11-22T09:00:00.000Z');
    const page = await walmart.poll?.page({ ...window, cursor: '2' }, connection());
    const [delivery] = page?.ok === true ? page.value.deliveries : [];
    const polled = delivery && mapOf(delivery.body);
    const payload = { returnOrders: [{ returnOrderId: returned.returnOrderId }] };
    const event = Buffer.from(JSON.stringify({ source: { eventType: 'RETURN_INVOICED', eventId: 'e' }, payload }));
    const answered = await fetched(event);
    expect(polled).toEqual(answered?.ok === true && mapOf(answered.value));
    expect(polled).toMatchObject({ kind: 'change' });
  });

  it('begins anew when a cursor is over, and finds nothing where there is nothing', async () => {
    expect(await all(connection())).toEqual([]);
    ['11', '12', '13'].forEach((id) => place(id));
    let isFirst = true;
    const ids = await all(connection(), () => {
      if (isFirst) party.expireCursors();
      isFirst = false;
    });
    expect(new Set(ids).size).toBe(3);
  });
});

describe('acknowledging', () => {
  it('may be repeated, and what is past it needs none', async () => {
    place('11');
    party.put({ order: { ...refunded.order, purchaseOrderId: '12' }, modifiedAt: now });
    const notice = { noticeId: 'n', orderId: 'o', facts: {}, happenedAt: now, tries: 0 };
    const tell = (externalId: string) => walmart.tell?.acknowledged?.({ ...notice, externalId }, connection());
    expect([await tell('11'), await tell('11'), await tell('12')]).toEqual(Array(3).fill({ ok: true, value: {} }));
    expect(party.acknowledged).toEqual(['11', '11']);
    expect(await tell('99')).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

describe('the connection is tested', () => {
  it('keys, rights, orders and subscriptions; what is missing is named', async () => {
    const bare = await walmart.check?.(connection());
    expect(bare?.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(bare?.at(-1)?.detail).toContain('RETURN_INVOICED');
    party.subscribe(
      ['PO_CREATED', 'PO_LINE_AUTOCANCELLED', 'INTENT_TO_CANCEL', 'RETURN_INVOICED'],
      'https://a.example/webhooks/walmart-us',
    );
    expect((await walmart.check?.(connection()))?.every(({ ok }) => ok)).toBe(true);
    Object.assign(party.scopes, { item: 'view_only', price: 'no_access' });
    expect((await walmart.check?.(connection()))?.filter(({ ok }) => !ok)).toMatchObject([
      { name: 'rights', detail: expect.stringContaining('no full access to item, price') as string },
    ]);
    expect(await walmart.check?.(connection({}, {}))).toMatchObject([{ name: 'keys', ok: false }]);
  });
});

describe('how Walmart proves itself', () => {
  const take = (headers: Inbound['headers'], settings: Record<string, string>) =>
    walmart.takeIn?.({ headers, query: {}, body: event }, connection(settings));
  const hex = 'e6f9c6d7';

  it('by the path that is registered, with its query', async () => {
    const at = new Date(now);
    const sent = party.notify('PO_CREATED', {}, { path: '/in/walmart?tenant=a', secret: 'before', at, eventId: 'e-9' });
    const by = connection({ webhookUrl: 'https://shop.example/in/walmart?tenant=a' });
    expect(await walmart.takeIn?.({ ...sent, query: {} }, by)).toEqual({
      ok: true,
      value: [{ deliveryId: 'e-9', topic: 'PO_CREATED' }],
    });
    expect(await walmart.takeIn?.({ ...sent, query: {} }, connection())).toMatchObject({
      refusal: { code: 'invalid-signature' },
    });
  });

  it.each([
    ['basic', `Basic ${Buffer.from('before').toString('base64')}`],
    ['oauth', 'Bearer newest'],
  ])('by %s, as its subscription says', async (webhookAuth, authorization) => {
    expect(await take({ authorization }, { webhookAuth })).toMatchObject({ ok: true });
    expect(await take({ authorization: `${authorization}x` }, { webhookAuth })).toMatchObject({ ok: false });
    expect(await take({}, { webhookAuth })).toMatchObject({ ok: false });
  });

  it('by an HMAC in a header of its own', async () => {
    const good = createHmac('sha256', 'newest').update(event).digest('hex');
    const settings = { webhookAuth: 'hmac', webhookAuthHeader: 'X-Walmart-Hmac' };
    expect(await take({ 'x-walmart-hmac': good }, settings)).toMatchObject({ ok: true });
    expect(await take({ 'x-walmart-hmac': hex }, settings)).toMatchObject({ ok: false });
  });
});
