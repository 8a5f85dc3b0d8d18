import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NoticeFacts, type NoticeKind } from '../../../../shared/contracts/channels/notice.ts';
import { type OnxSystem, startOnxSystem } from '../../../../tests/sandboxes/onx.ts';
import { type ChannelAnswer } from '../../domain/connection.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { tell } from './tell.ts';

const secret = 'a-secret-of-onx';
let system: OnxSystem;
let orders = 0;
beforeAll(async () => void (system = await startOnxSystem({ secret })));
afterAll(() => system.stop());

const happenedAt = '2026-11-22T09:30:00.000Z';
const connection = () => {
  const endpoint = { kind: 'webhook' as const, url: system.url };
  return connectionOf(channelOf({ channelId: 'partner', type: 'onx', endpoint }), {
    signing: [secret],
    now: () => new Date().toISOString(),
  });
};
/** A notice of an order that the system knows, under an id of its own. */
const noticeOf = <K extends NoticeKind>(facts: NoticeFacts[K], tries = 0, externalId = `so-${(orders += 1)}`) => {
  if (!system.orders.has(externalId)) system.orders.set(externalId, 'new');
  return { noticeId: `ord_1-${orders}`, orderId: 'ord_1', externalId, facts, happenedAt, tries };
};
const lines = [{ lineId: 'li-1', sku: 'MUG', quantity: 2 }];
const part = { fulfillmentOrderId: 'ord_1-f1', location: 'boston', lines };
const parcel = { ...part, carrier: 'UPS', trackingNumber: '1Z9', shippedAt: happenedAt };
const refund = { refundId: 'ord_1-r1', amount: { amount: 1250, currency: 'USD' }, reason: 'too-small', lines };

describe('a system of onX is told', () => {
  it('that its order is ours', async () => {
    const notice = noticeOf<'acknowledged'>({});
    expect(await tell.acknowledged?.(notice, connection())).toEqual({ ok: true, value: {} });
    expect(system.orders.get(notice.externalId)).toBe('confirmed');
  });

  it('nothing of the kind where it has cancelled the order meanwhile', async () => {
    const notice = noticeOf<'acknowledged'>({});
    system.orders.set(notice.externalId, 'cancelled');
    expect(await tell.acknowledged?.(notice, connection())).toMatchObject({ ok: true });
    expect(system.orders.get(notice.externalId)).toBe('cancelled');
    system.orders.delete(notice.externalId);
    expect(await tell.acknowledged?.(notice, connection())).toMatchObject({ ok: false });
  });

  it('of a parcel, with its tracking and its lines', async () => {
    const notice = noticeOf<'shipped'>(parcel);
    const told = await tell.shipped?.(notice, connection());
    expect(told).toMatchObject({ value: { reference: system.fulfillments.at(-1)?.id } });
    expect(system.fulfillments.at(-1)).toMatchObject({
      ...{ orderId: notice.externalId, trackingNumbers: ['1Z9'], shippingCarrier: 'UPS', status: 'shipped' },
      lineItems: [{ id: 'li-1', sku: 'MUG', quantity: 2 }],
    });
  });

  it('of what was collected', async () => {
    const notice = noticeOf<'collected'>(part);
    await tell.collected?.(notice, connection());
    expect(system.fulfillments.at(-1)).toMatchObject({
      status: 'delivered',
      trackingNumbers: [],
      locationId: 'boston',
    });
    expect(tell.ready).toBeUndefined();
  });

  it('of units that were cancelled, or all of it', async () => {
    const some = noticeOf<'cancelled'>({ reason: 'broken', lines, complete: false });
    await tell.cancelled?.(some, connection());
    expect(system.orders.get(some.externalId)).toBe('new');
    await tell.cancelled?.({ ...some, facts: { ...some.facts, complete: true } }, connection());
    expect(system.orders.get(some.externalId)).toBe('cancelled');
  });

  it('of a refund, and who has paid it', async () => {
    await tell.refunded?.(noticeOf<'refunded'>(refund), connection());
    expect(system.returns.at(-1)).toMatchObject({ refundAmount: 12.5, refundStatus: 'pending', outcome: 'refund' });
    await tell.refunded?.(noticeOf<'refunded'>({ ...refund, givenBack: refund.amount }), connection());
    expect(system.returns.at(-1)).toMatchObject({ refundStatus: 'refunded' });
  });
});

describe('a try whose answer was lost', () => {
  it.each([
    [
      'shipped',
      () => system.fulfillments.length,
      (tries: number, id?: string) => tell.shipped?.(noticeOf<'shipped'>(parcel, tries, id), connection()),
    ],
    [
      'refunded',
      () => system.returns.length,
      (tries: number, id?: string) => tell.refunded?.(noticeOf<'refunded'>(refund, tries, id), connection()),
    ],
  ])('is not carried out twice: %s', async (_kind, count, told) => {
    const [before, externalId] = [count(), `so-lost-${(orders += 1)}`];
    system.stumble('lost');
    expect(await told(0, externalId)).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    expect(await told(1, externalId)).toMatchObject({ ok: true });
    expect(count() - before).toBe(1);
  });

  it('of a cancellation is found to be done', async () => {
    const notice = noticeOf<'cancelled'>({ reason: 'broken', lines, complete: true });
    system.stumble('lost');
    await tell.cancelled?.(notice, connection());
    expect(await tell.cancelled?.({ ...notice, tries: 1 }, connection())).toEqual({
      ok: true,
      value: { reference: notice.externalId },
    });
  });

  it('is not made again while the channel cannot be asked', async () => {
    const before = system.fulfillments.length;
    system.stumble('down');
    const again = await tell.shipped?.(noticeOf<'shipped'>(parcel, 1), connection());
    expect(again).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    expect(system.fulfillments).toHaveLength(before);
  });
});

describe('what the system says no to', () => {
  it('is final, in its words', async () => {
    system.stumble('refused');
    expect(await tell.shipped?.(noticeOf<'shipped'>(parcel), connection())).toMatchObject({
      refusal: { code: 'invalid-request', detail: 'The channel refused fulfill-order: carrier unknown' },
    });
    const unknown = { ...noticeOf<'shipped'>(parcel), externalId: 'nobody' };
    expect(await tell.shipped?.(unknown, connection())).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('Order not found: nobody') as string },
    });
  });

  it('is tried again where it says that this may help', async () => {
    system.stumble('busy');
    expect(await tell.shipped?.(noticeOf<'shipped'>(parcel), connection())).toMatchObject({
      refusal: { code: 'provider-unavailable' },
    });
  });
});

it('an endpoint that takes messages and answers nothing, or an event of a stream, has taken it', async () => {
  const answers: ChannelAnswer[] = [
    { status: 204, headers: {}, body: Buffer.alloc(0) },
    {
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: Buffer.from(
        `event: message\ndata: ${JSON.stringify({ result: { content: [{ type: 'text', text: '{"success":true,"fulfillment":{"id":7}}' }] } })}\n\n`,
      ),
    },
  ];
  const told = [];
  for (const value of answers)
    told.push(
      await tell.shipped?.(noticeOf<'shipped'>(parcel), {
        ...connection(),
        call: () => Promise.resolve({ ok: true, value }),
      }),
    );
  expect(told).toEqual([
    { ok: true, value: {} },
    { ok: true, value: { reference: '7' } },
  ]);
});
