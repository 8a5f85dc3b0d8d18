import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EbaySandbox, challengeAnswer, ebayKeys, startEbaySandbox } from '../../../../tests/sandboxes/ebay.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { type Connection } from '../../domain/connection.ts';
import { ebay } from './connector.ts';
import { confirmation, ebayOrder } from './fixtures/orders.ts';

let party: EbaySandbox;
beforeEach(async () => void (party = await startEbaySandbox()));
afterEach(() => party.stop());

const endpoint = 'https://shop.example/webhooks/ebay-us';
const connection = (settings: Record<string, string> = {}, values: Record<string, string> = { ...ebayKeys }) =>
  connectionOf(channelOf({ channelId: 'ebay-us', type: 'ebay', settings: { apiUrl: party.url, ...settings } }), {
    values,
  });
const asked = {
  cancelState: 'IN_PROGRESS',
  cancelRequests: [{ cancelInitiator: 'Buyer', cancelRequestState: 'REQUESTED' }],
};
const mapOf = (body: Buffer) => ebay.map?.(body, { channel: connection().channel, topic: 'order', deliveryId: '' });
const fetched = (body: Buffer, by: Connection) => ebay.fetch?.({ topic: 'ORDER_CONFIRMATION', body }, by);
const named = Buffer.from(JSON.stringify(confirmation));

describe('a notification', () => {
  const take = (sent: { headers: Record<string, string>; body: Buffer }, by = connection()) =>
    ebay.takeIn?.({ ...sent, query: {} }, by);

  it('is taken in by the signature of the key that eBay publishes, which is asked for once', async () => {
    const sent = party.notify('ORDER_CONFIRMATION', confirmation.notification.data, { notificationId: 'n-1' });
    const by = connection();
    expect(await take(sent, by)).toEqual({ ok: true, value: [{ deliveryId: 'n-1', topic: 'ORDER_CONFIRMATION' }] });
    expect(await take(sent, by)).toMatchObject({ ok: true });
    expect(party.calls.filter((call) => call.includes('public_key'))).toHaveLength(1);
    const spaced = Buffer.from(JSON.stringify(JSON.parse(sent.body.toString()), null, 2));
    expect(await take({ ...sent, body: spaced }, by)).toMatchObject({ ok: true });
  });

  it('is refused with a bit flipped, with the signature of another, with none, with a key that eBay does not know', async () => {
    const [sent, other] = [party.notify('ORDER_CONFIRMATION', { a: 1 }), party.notify('ORDER_CONFIRMATION', { a: 2 })];
    const by = connection();
    const unknown = Buffer.from('{"kid":"no-such-key","signature":"AAAA"}').toString('base64');
    for (const index of [0, 20, sent.body.length - 1]) {
      const body = Buffer.from(sent.body.map((byte, place) => (place === index ? byte ^ 1 : byte)));
      expect(await take({ ...sent, body }, by)).toMatchObject({ refusal: { code: 'invalid-signature' } });
    }
    for (const header of [other.headers['x-ebay-signature'] ?? '', '', 'nonsense', unknown])
      expect(await take({ ...sent, headers: { 'x-ebay-signature': header } }, by)).toMatchObject({
        refusal: { code: 'invalid-signature' },
      });
    party.troubles.answer({ status: 500 });
    expect(await take(sent)).toMatchObject({ refusal: { code: 'provider-unavailable' } });
  });

  it('is preceded by a challenge', () => {
    const answer = (settings: Record<string, string>, values?: Record<string, string>) =>
      ebay.challenge?.(
        { challenge_code: 'c-1' },
        connection(settings, values),
        'https://called.example/webhooks/ebay-us',
      );
    expect(answer({ webhookUrl: endpoint })).toEqual({
      ok: true,
      value: { challengeResponse: challengeAnswer('c-1', endpoint) },
    });
    expect(answer({})).toEqual({
      ok: true,
      value: { challengeResponse: challengeAnswer('c-1', 'https://called.example/webhooks/ebay-us') },
    });
    expect(answer({}, {})).toMatchObject({ refusal: { code: 'invalid-request' } });
    expect(ebay.challenge?.({}, connection(), endpoint)).toMatchObject({ refusal: { code: 'invalid-request' } });
  });
});

describe('an order is asked for', () => {
  it('with a token that is made once, and anew when it is refused', async () => {
    party.put(ebayOrder);
    const by = connection();
    const first = await fetched(named, by);
    expect(first?.ok && Buffer.isBuffer(first.value) && mapOf(first.value)).toMatchObject({ kind: 'order' });
    party.expireTokens();
    expect(await fetched(named, by)).toMatchObject({ ok: true });
    expect(party.calls.filter((call) => call.includes('oauth2/token'))).toHaveLength(2);
  });

  it('again while eBay is down or too busy, or the seller has withdrawn; what is not there is ignored', async () => {
    const by = connection();
    expect(await fetched(named, by)).toMatchObject({ value: { kind: 'ignored' } });
    party.troubles.answer({ status: 429, headers: { 'retry-after': '9' } });
    expect(await fetched(named, by)).toMatchObject({ refusal: { facts: { retryAfterSeconds: 9 } } });
    party.troubles.answer({ status: 401, body: { errors: [{ errorId: 1001 }] } }, 2);
    expect(await fetched(named, by)).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    party.revoke();
    const refusal = await fetched(named, connection());
    expect(refusal).toMatchObject({ refusal: { detail: expect.stringContaining('sign in again') as string } });
    expect(JSON.stringify(refusal)).not.toContain(ebayKeys.refreshToken);
  });

  it('of a page only where the page leaves something out', async () => {
    party.put({ ...ebayOrder, cancelStatus: asked });
    const page = (order: object) => fetched(Buffer.from(JSON.stringify(order)), connection());
    expect(await page(ebayOrder)).toEqual({ ok: true, value: undefined });
    const full = await page({ ...ebayOrder, cancelStatus: { ...asked, cancelRequests: [] } });
    expect(full?.ok && Buffer.isBuffer(full.value) && mapOf(full.value)).toMatchObject({
      snapshot: { cancelRequest: { reason: 'Buyer' } },
    });
  });
});

describe('polling', () => {
  it('reads every page of what was changed, each version of an order by its own id', async () => {
    for (let n = 0; n < 250; n += 1)
      party.put({
        ...ebayOrder,
        orderId: `27-${n}`,
        lastModifiedDate: `2026-11-22T08:${String(n % 60).padStart(2, '0')}:00.000Z`,
      });
    party.put({ ...ebayOrder, orderId: '27-old', lastModifiedDate: '2026-11-21T08:00:00.000Z' });
    const window = { from: '2026-11-22T08:00:00.000Z', to: '2026-11-22T09:00:00.000Z' };
    const first = await ebay.poll?.page(window, connection());
    const cursor = first?.ok ? first.value.cursor : undefined;
    const second = await ebay.poll?.page({ ...window, cursor: cursor ?? '' }, connection());
    if (first?.ok !== true || second?.ok !== true) throw new Error('a page was refused');
    const ids = [...first.value.deliveries, ...second.value.deliveries].map(({ deliveryId }) => deliveryId);
    expect([cursor, second.value.cursor, new Set(ids).size, ids.length]).toEqual(['200|250', undefined, 250, 250]);
    expect(first.value.deliveries.map(({ body }) => mapOf(body)?.kind)).toEqual(Array(200).fill('order'));
  });
});

describe('polling while orders change', () => {
  it('loses none: what moves up is read again', async () => {
    const at = (n: number) => `2026-11-22T08:00:${String(n % 60).padStart(2, '0')}.000Z`;
    for (let n = 0; n < 250; n += 1) party.put({ ...ebayOrder, orderId: `27-${n}`, lastModifiedDate: at(n) });
    const window = { from: '2026-11-22T08:00:00.000Z', to: '2026-11-22T09:00:00.000Z' };
    const first = await ebay.poll?.page(window, connection());
    if (first?.ok !== true) throw new Error('the first page was refused');
    // Three of the first page change and leave the window.
    for (const n of [0, 60, 120])
      party.put({ ...ebayOrder, orderId: `27-${n}`, lastModifiedDate: '2026-11-22T09:30:00.000Z' });
    const second = await ebay.poll?.page({ ...window, cursor: first.value.cursor ?? '' }, connection());
    if (second?.ok !== true) throw new Error('the second page was refused');
    const seen = new Set([...first.value.deliveries, ...second.value.deliveries].map(({ deliveryId }) => deliveryId));
    expect([seen.size, second.value.cursor]).toEqual([250, undefined]);
  });

  it.each(['<html>Bad gateway</html>', '{"orders":[{"orderId"', ''])(
    'what is no page, or no order (%j), is asked for again',
    async (body) => {
      const by: Connection = {
        ...connection(),
        token: () => Promise.resolve(ok('a-token')),
        call: () => Promise.resolve(ok({ status: 200, headers: {}, body: Buffer.from(body) })),
      };
      const refused = { refusal: { code: 'provider-unavailable' } };
      const window = { from: '2026-11-22T08:00:00.000Z', to: '2026-11-22T09:00:00.000Z' };
      expect(await ebay.poll?.page(window, by)).toMatchObject(refused);
      expect(await fetched(named, by)).toMatchObject(refused);
    },
  );
});

describe('the connection is tested', () => {
  it('keys, consent, orders, subscription and destination; what is missing is named', async () => {
    const bare = await ebay.check?.(connection());
    expect(bare?.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false, false]);
    expect(bare?.at(-1)?.detail).toContain('webhookUrl');
    party.subscribe(endpoint);
    expect((await ebay.check?.(connection({ webhookUrl: endpoint })))?.every(({ ok }) => ok)).toBe(true);
    party.subscribe(endpoint, 'DISABLED');
    expect((await ebay.check?.(connection({ webhookUrl: endpoint })))?.map(({ ok }) => ok)).toEqual([
      ...Array<boolean>(5).fill(true),
      ...[false, false],
    ]);
    party.withhold('sell.inventory');
    expect((await ebay.check?.(connection()))?.find(({ name }) => name === 'scope sell.inventory')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('stock, products and prices') as string,
    });
    party.revoke();
    expect((await ebay.check?.(connection()))?.map(({ ok }) => ok)).toEqual([true, false]);
  });
});
