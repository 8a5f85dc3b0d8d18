import { describe, expect, it, onTestFinished } from 'vitest';
import { startBigCommerceSandbox } from '../../../../tests/sandboxes/bigcommerce.ts';
import { absoluteAdjustment, shipmentPost } from '../../../../tests/sandboxes/bigcommerce/writes.ts';
import { type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { type NoticeToTell } from '../../domain/tell.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { bigcommerce } from './connector.ts';
import { address, order, product } from './fixtures/orders.ts';
import { shipmentBody } from './tell/shipped.ts';

const secret = 'an-access-token-of-the-store';
const offer = (sku: string, quantity: number, variantId: string): Offer => ({
  ...{ sku, quantity, sequence: 1 },
  ids: { variantId, listingId: '310' },
});

async function open(over: Partial<Connection['channel']> = {}) {
  const store = await startBigCommerceSandbox({ accessToken: secret });
  onTestFinished(() => store.stop());
  for (const id of [9310, 9311]) store.inventory.track(id, 310);
  store.inventory.track(9400, 400, 'product');
  for (const id of [5120, 5121])
    store.store.put({
      order: order({ id }),
      products: [product(), product({ id: 7002, quantity: 1, order_address_id: 89, total_inc_tax: '10.0000' })],
      shipping_addresses: [address(), address({ id: 89 })],
    });
  const channel = channelOf({
    ...{ channelId: 'bc', type: 'bigcommerce', ...over },
    settings: { apiUrl: store.url, storeHash: store.storeHash },
  });
  const connection = connectionOf(channel, { values: { accessToken: secret } });
  const state = () =>
    structuredClone([
      store.inventory.items,
      ...[5120, 5121].map((id) => [{ ...store.store.get(id)?.order, date_modified: '' }, store.store.get(id)?.refunds]),
      store.store.shipments(5120),
    ]);
  const fail = (status: 429 | 503, next: number) => store.fault({ status, next });
  return { store, connection, state, fail };
}

const about = { noticeId: 'n-1', orderId: 'ord-1', externalId: '5120', happenedAt: now, tries: 0 };
const line = (lineId: string, quantity: number) => ({ lineId, sku: 'A', quantity });
const all = [line('7001', 2), line('7002', 1)];
const parcel: NoticeToTell<'shipped'> = {
  ...about,
  facts: {
    ...{ fulfillmentOrderId: 'ful-1', location: 'boston', carrier: 'UPS', trackingNumber: '1Z999AA10123456784' },
    ...{ shippedAt: now, lines: all },
  },
};
const cancellation: NoticeToTell<'cancelled'> = {
  ...about,
  externalId: '5121',
  facts: { reason: 'out of stock', lines: all, complete: true },
};
const refund: NoticeToTell<'refunded'> = {
  ...about,
  facts: {
    ...{ refundId: 'ref_1', amount: { amount: 2598, currency: 'USD' }, reason: 'broken' },
    lines: [line('7001', 1)],
  },
};
const pickup = { fulfillmentOrderId: 'ful-2', location: 'boston', lines: all };

outboundContract({
  connector: bigcommerce,
  open,
  offers: [offer('A', 5, '9310'), offer('B', 7, '9311')],
  unknown: offer('C', 1, '9999'),
  notices: {
    shipped: parcel,
    cancelled: cancellation,
    refunded: refund,
    ready: { ...about, facts: pickup },
    collected: { ...about, facts: pickup },
  },
  echoes: true,
  secrets: [secret],
});

describe('stock at BigCommerce', () => {
  it('is set in one call, and around an item that is tracked as a whole', async () => {
    const { store, connection } = await open();
    const answers = await bigcommerce.availability?.publish(connection, [
      offer('A', 5, '9310'),
      offer('W', 3, '9400'),
      offer('B', 7, '9311'),
    ]);
    expect([store.inventory.available(9310), store.inventory.available(9311)]).toEqual([5, 7]);
    expect(answers?.get('W')).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('tracked by product') as string },
    });
    expect(store.calls).toHaveLength(2);
  });

  it('is set by location, and read by location', async () => {
    const { store, connection } = await open({ stockByLocation: true, locations: { 1: 'boston', 2: 'austin' } });
    const offers = [{ ...offer('A', 5, '9310'), locations: { 1: 3, 2: 2 } }];
    await bigcommerce.availability?.publish(connection, offers);
    expect([store.inventory.available(9310, 1), store.inventory.available(9310, 2)]).toEqual([3, 2]);
    const listings = [offer('A', 0, '9310'), offer('X', 0, '77')].map(({ sku, ids }) => ({
      ...{ channelId: 'bc', sku, version: 1, ...ids },
    }));
    expect(await bigcommerce.availability?.read?.quantities(connection, listings)).toEqual({
      ok: true,
      value: new Map([['A', { quantity: 5, locations: { 1: 3, 2: 2 } }]]),
    });
  });
});

describe('an order at BigCommerce', () => {
  it('is shipped to each address by itself, and to the end', async () => {
    const { store, connection } = await open();
    await bigcommerce.tell?.shipped?.(parcel, connection);
    expect(store.store.shipments(5120)).toMatchObject([
      { order_address_id: 88, shipping_provider: 'ups', items: [{ order_product_id: 7001, quantity: 2 }] },
      { order_address_id: 89, items: [{ order_product_id: 7002, quantity: 1 }] },
    ]);
    expect(store.store.get(5120)?.order['status_id']).toBe(2);
  });

  it('is refunded by its products where their quote fits, else by an amount; never as store credit', async () => {
    const { store, connection } = await open();
    await bigcommerce.tell?.refunded?.(refund, connection);
    const amount = { ...refund.facts, refundId: 'ref_2', amount: { amount: 500, currency: 'USD' } };
    await bigcommerce.tell?.refunded?.({ ...refund, facts: amount }, connection);
    expect(store.store.get(5120)?.refunds).toMatchObject([
      { total_amount: 25.98, items: [{ item_type: 'PRODUCT' }], payments: [{ provider_id: 'braintree' }] },
      { total_amount: 5, items: [{ item_type: 'ORDER', item_id: 5120 }], reason: 'broken (ref_2)' },
    ]);
  });

  it('of which something is still to go keeps its status, and a person is told', async () => {
    const { store, connection } = await open();
    const some = { ...about, facts: { ...pickup, lines: [line('7001', 2)] } };
    expect(await bigcommerce.tell?.ready?.(some, connection)).toMatchObject({ refusal: { code: 'state-conflict' } });
    const part = { ...cancellation, facts: { ...cancellation.facts, complete: false } };
    expect(await bigcommerce.tell?.cancelled?.(part, connection)).toMatchObject({
      refusal: { code: 'state-conflict' },
    });
    expect(store.store.get(5121)?.order['status_id']).toBe(11);
  });

  it.each([
    ['DHL', { tracking_carrier: 'dhl' }],
    ['USPS', { shipping_provider: 'usps' }],
    ['Harbor Couriers', { shipping_provider: '', comments: 'Sent with Harbor Couriers' }],
  ])('names %s as BigCommerce knows it', (carrier, named) => {
    const body = shipmentBody({ ...parcel.facts, carrier, trackingUrl: 'https://track.example/1' }, '88', all);
    expect(body).toMatchObject(named);
    expect(shipmentPost.safeParse(body).success).toBe(true);
  });
});

it.runIf(inputsPresent)("the sandbox judges adjustments and shipments as BigCommerce's own examples are", () => {
  const example = (path: string) =>
    (JSON.parse(inputBytes(`bigcommerce/${path}`).toString()) as { example: Record<string, unknown> }).example;
  const adjustment = example('inventory-v3/put-absolute-adjustment.request.Absolute-Adjustment.json');
  expect(absoluteAdjustment.parse(adjustment)).toEqual(adjustment);
  const made = example('orders-v2/createOrderShipments.response.201.application-json.json');
  const fields = Object.keys(shipmentBody(parcel.facts, '88', all));
  expect(fields.filter((field) => !(field in made))).toEqual([]);
});

it('two parcels in one box, with one tracking number, are two shipments, each once', async () => {
  const { store, connection } = await open();
  const one = { ...parcel, facts: { ...parcel.facts, lines: [line('7001', 1)] } };
  const first = await bigcommerce.tell?.shipped?.(one, connection);
  const second = { ...one, others: first?.ok === true ? [first.value.reference ?? ''] : [] };
  const told = await bigcommerce.tell?.shipped?.(second, connection);
  expect(await bigcommerce.tell?.shipped?.({ ...second, tries: 1 }, connection)).toEqual(told);
  expect(store.store.shipments(5120)).toHaveLength(2);
});
