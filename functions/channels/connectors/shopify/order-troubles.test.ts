import { expect, it, onTestFinished } from 'vitest';
import { type NoticeToTell } from '../../domain/tell.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { bookedOrder } from '../../../../tests/sandboxes/shopify/booked-order.ts';
import { startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { shopify } from './connector.ts';

const line = { lineId: '601', sku: 'A', quantity: 1 };
const about = {
  noticeId: 'n-1',
  orderId: 'ord-1',
  externalId: '5001',
  happenedAt: '2026-01-01T00:00:00.000Z',
  tries: 0,
};
const parcel: NoticeToTell<'shipped'> = {
  ...about,
  facts: {
    ...{ fulfillmentOrderId: 'f1', location: 'boston', carrier: 'UPS', trackingNumber: '1Z 99', shippedAt: now },
    lines: [line],
  },
};
const refund = (refundId: string): NoticeToTell<'refunded'> => ({
  ...about,
  facts: { refundId, amount: { amount: 500, currency: 'USD' }, reason: 'small', lines: [] },
});

/** A shop with one order of three units, which two places send. */
async function open(methodType = 'SHIPPING') {
  const shop = await startShopifySandbox({ accessToken: 'shpat_right' });
  onTestFinished(() => shop.stop());
  const order = bookedOrder(5001, [{ id: 601, quantity: 3, locationId: 2 }], { methodType });
  shop.orders.book.orders.set(order.id, order);
  const channel = channelOf({
    ...{ channelId: 'shopify-us', type: 'shopify', locations: { 1: 'boston', 2: 'austin' } },
    endpoint: { kind: 'shopify', url: shop.url, locationId: '1' },
  });
  return { shop, order, connection: connectionOf(channel, { values: { accessToken: 'shpat_right' } }) };
}

it('two parcels in one box, with one tracking number, are two fulfillments, each once', async () => {
  const { order, connection } = await open();
  expect(await shopify.tell?.shipped?.(parcel, connection)).toMatchObject({ value: { reference: '4' } });
  const second = { ...parcel, others: ['4'] };
  const told = await shopify.tell?.shipped?.(second, connection);
  expect(told).toMatchObject({ ok: true });
  expect(await shopify.tell?.shipped?.({ ...second, tries: 1 }, connection)).toEqual(told);
  expect(order.fulfillments).toHaveLength(2);
});

it('a repeat knows its parcel though the shop has written the tracking number without blanks', async () => {
  const { order, connection } = await open();
  const plain = { ...parcel, facts: { ...parcel.facts, trackingNumber: '1Z99' } };
  await shopify.tell?.shipped?.(plain, connection);
  await shopify.tell?.shipped?.({ ...parcel, tries: 1 }, connection);
  expect(order.fulfillments).toHaveLength(1);
});

it('a part that leaves another place than the shop thinks is moved there, and the rest stays', async () => {
  const { order, connection } = await open();
  await shopify.tell?.shipped?.(parcel, connection);
  const parts = order.fulfillmentOrders.nodes.map(({ assignedLocation, status, lineItems }) => [
    assignedLocation.location.id.split('/').at(-1),
    status,
    lineItems.nodes[0]?.remainingQuantity,
  ]);
  expect(parts).toEqual([
    ['2', 'OPEN', 2],
    ['1', 'CLOSED', 0],
  ]);
});

it('a place that somebody works at keeps its part: it has left all the same', async () => {
  const { order, connection } = await open();
  for (const one of order.fulfillmentOrders.nodes) one.status = 'IN_PROGRESS';
  expect(await shopify.tell?.shipped?.(parcel, connection)).toMatchObject({ ok: true });
  expect(order.fulfillmentOrders.nodes).toMatchObject([
    { assignedLocation: { location: { id: 'gid://shopify/Location/2' } } },
  ]);
});

it('two pickups of the same units are two handovers, also where the answer to the second was lost', async () => {
  const { order, connection } = await open('PICK_UP');
  const handover = { ...about, facts: { fulfillmentOrderId: 'f1', location: 'austin', lines: [line] } };
  const first = await shopify.tell?.collected?.(handover, connection);
  const others = first?.ok === true && first.value.reference !== undefined ? [first.value.reference] : [];
  expect(others).toHaveLength(1);
  const second = { ...handover, tries: 1, others };
  expect(await shopify.tell?.collected?.(second, connection)).toMatchObject({ ok: true });
  expect(await shopify.tell?.collected?.(second, connection)).toMatchObject({ ok: true });
  expect(order.fulfillments).toHaveLength(2);
});

it('a refund is not taken for the one whose id begins like its own', async () => {
  const { order, connection } = await open();
  await shopify.tell?.refunded?.(refund('ord_1-r10'), connection);
  await shopify.tell?.refunded?.(refund('ord_1-r1'), connection);
  await shopify.tell?.refunded?.(refund('ord_1-r1'), connection);
  expect(order.refunds).toHaveLength(2);
});

it('a refund of an order that the shop has not any more is a person’s at once', async () => {
  const { connection } = await open();
  const gone = { ...refund('r1'), externalId: '4' };
  expect(await shopify.tell?.refunded?.(gone, connection)).toMatchObject({
    refusal: { code: 'not-found', detail: expect.stringMatching(/read_all_orders.*retry, or dismiss/) as string },
  });
});

it('what somebody made of the note to an edit breaks nothing', async () => {
  const { shop, order, connection } = await open();
  const cancellation = { ...about, facts: { reason: 'sold out', lines: [line], complete: false } };
  await shopify.tell?.cancelled?.(cancellation, connection);
  for (const key of Object.keys(order.metafields)) order.metafields[key] = '{ half of';
  for (const one of order.lineItems.nodes) one.currentQuantity = 3;
  expect(await shopify.tell?.cancelled?.({ ...cancellation, tries: 1 }, connection)).toMatchObject({ ok: true });
  expect(shop.orders.book.orders.get(order.id)?.lineItems.nodes[0]?.currentQuantity).toBe(2);
});

it('an edit of many lines comes further at each try, and writes to the buyer once', async () => {
  const { shop, connection } = await open();
  const many = Array.from({ length: 45 }, (_, index) => ({ id: 700 + index, quantity: 2 }));
  const order = bookedOrder(5002, many);
  shop.orders.book.orders.set(order.id, order);
  const lines = many.map(({ id }) => ({ lineId: String(id), sku: 'A', quantity: 1 }));
  const cancellation = { ...about, externalId: '5002', facts: { reason: 'sold out', lines, complete: false } };
  const told: unknown[] = [];
  let callsLeft = 0;
  const dying: typeof connection.call = (call) => {
    callsLeft -= 1;
    if (callsLeft < 0) return Promise.reject(new Error('the worker died'));
    if (call.body?.includes('orderEditCommit(') === true)
      told.push((JSON.parse(call.body) as { variables: { notifyCustomer: boolean } }).variables.notifyCustomer);
    return connection.call(call);
  };
  for (let tries = 0; tries < 3; tries += 1) {
    callsLeft = 30;
    await shopify.tell?.cancelled?.({ ...cancellation, tries }, { ...connection, call: dying }).catch(() => undefined);
  }
  expect(order.lineItems.nodes.map(({ currentQuantity }) => currentQuantity)).toEqual(many.map(() => 1));
  expect(told).toEqual([false, false, true]);
});
