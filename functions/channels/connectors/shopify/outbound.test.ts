import { describe, expect, it, onTestFinished } from 'vitest';
import { type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { type NoticeToTell } from '../../domain/tell.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { bookedOrder } from '../../../../tests/sandboxes/shopify/booked-order.ts';
import { startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { refuse } from '../../../../shared/kernel/result.ts';
import { shopify } from './connector.ts';
import { cancelReason } from './tell/cancelled.ts';

const secrets = ['shpat_right'];
const item = (id: string) => `gid://shopify/InventoryItem/${id}`;
const place = (id: string) => `gid://shopify/Location/${id}`;
const offer = (sku: string, id: string, quantity: number): Offer => ({
  sku,
  quantity,
  sequence: 1,
  ids: { inventoryItemId: id },
});

async function open(settings: Record<string, string> = {}) {
  const shop = await startShopifySandbox({ accessToken: 'shpat_right' });
  onTestFinished(() => shop.stop());
  for (const id of ['11', '12']) shop.inventory.stock(item(id), place('1'), 0);
  const { book } = shop.orders;
  for (const order of [
    bookedOrder(5001, [
      { id: 601, quantity: 2 },
      { id: 602, quantity: 1, locationId: 2 },
    ]),
    bookedOrder(5002, [{ id: 611, quantity: 3 }]),
    bookedOrder(5003, [{ id: 621, quantity: 2 }], { methodType: 'PICK_UP' }),
  ])
    book.orders.set(order.id, order);
  const channel = channelOf({
    channelId: 'shopify-us',
    type: 'shopify',
    endpoint: { kind: 'shopify', url: shop.url, locationId: '1' },
    locations: { 1: 'boston', 2: 'austin' },
    settings,
  });
  const connection = connectionOf(channel, { values: { accessToken: 'shpat_right' } });
  const state = () => ({
    stock: ['11', '12'].map((id) => shop.inventory.available(item(id), place('1'))),
    orders: [...book.orders.values()].map((order) => ({ ...order, fulfillments: order.fulfillments.map(undated) })),
  });
  const fail = (status: 429 | 503, times: number) => shop.troubles.answer({ status, body: {} }, times);
  return { shop, book, connection, state, fail };
}

const undated = (one: object) => ({ ...one, createdAt: undefined });

const about = { noticeId: 'n-1', orderId: 'ord-1', happenedAt: now, tries: 0 };
const line = (lineId: string, quantity: number) => ({ lineId, sku: 'A', quantity });
const parcel: NoticeToTell<'shipped'> = {
  ...about,
  externalId: '5001',
  facts: {
    fulfillmentOrderId: 'ful-1',
    location: 'boston',
    carrier: 'ups_ground',
    trackingNumber: '1Z999AA10123456784',
    trackingUrl: 'https://www.ups.com/track?tracknum=1Z999AA10123456784',
    shippedAt: now,
    lines: [line('601', 1), line('602', 1)],
  },
};
const cancellation: NoticeToTell<'cancelled'> = {
  ...about,
  externalId: '5002',
  facts: { reason: 'customer changed their mind', lines: [line('611', 3)], complete: true },
};
const refund: NoticeToTell<'refunded'> = {
  ...about,
  externalId: '5001',
  facts: {
    refundId: 'ref_1',
    amount: { amount: 2050, currency: 'USD' },
    reason: 'too small',
    lines: [line('601', 1)],
  },
};
const pickup = { fulfillmentOrderId: 'ful-2', location: 'boston', lines: [line('621', 2)] };
const ready: NoticeToTell<'ready'> = { ...about, externalId: '5003', facts: pickup };
const collected: NoticeToTell<'collected'> = { ...about, externalId: '5003', facts: pickup };

outboundContract({
  connector: shopify,
  open,
  offers: [offer('A', '11', 5), offer('B', item('12'), 7)],
  unknown: offer('C', '99', 1),
  notices: { shipped: parcel, cancelled: cancellation, refunded: refund, ready, collected },
  secrets,
});

/** A connection on which the answer to one mutation is lost after it was carried out. */
const losing = (connection: Connection, mutation: string): Connection => ({
  ...connection,
  call: async (call) => {
    const answer = await connection.call(call);
    return call.body?.includes(`${mutation}(`) ? refuse('provider-unavailable', 'lost') : answer;
  },
});

describe('an answer that is lost', () => {
  it.each([
    ['fulfillmentCreate', 'shipped', parcel],
    ['orderCancel', 'cancelled', cancellation],
    [
      'orderEditCommit',
      'cancelled',
      { ...cancellation, facts: { ...cancellation.facts, lines: [line('611', 2)], complete: false } },
    ],
    ['refundCreate', 'refunded', refund],
    ['PreparedForPickup', 'ready', ready],
    ['fulfillmentCreate', 'collected', { ...collected, happenedAt: '2026-01-01T00:00:00.000Z' }],
  ] as const)('of %s, when it is told what is %s, does nothing twice', async (mutation, kind, notice) => {
    const [once, lost] = [await open(), await open()];
    const tell = (connection: Connection, tries: number) =>
      (shopify.tell?.[kind] as (notice: unknown, connection: Connection) => Promise<{ ok: boolean }>)(
        { ...notice, tries },
        connection,
      );
    expect(await tell(once.connection, 0)).toMatchObject({ ok: true });
    expect(await tell(losing(lost.connection, mutation), 0)).toMatchObject({ ok: false });
    expect(await tell(lost.connection, 1)).toMatchObject({ ok: true });
    expect(JSON.stringify(lost.state())).toBe(JSON.stringify(once.state()));
  });
});

describe('a parcel at Shopify', () => {
  it('is a fulfillment at the place that sent it, with its carrier as Shopify calls it, and the buyer is written to', async () => {
    const { book, connection } = await open();
    expect(await shopify.tell?.shipped?.(parcel, connection)).toMatchObject({ ok: true });
    expect(book.orders.get('gid://shopify/Order/5001')).toMatchObject({
      fulfillments: [
        {
          trackingInfo: [{ company: 'UPS', number: '1Z999AA10123456784' }],
          fulfillmentLineItems: {
            nodes: [
              { quantity: 1, lineItem: { id: 'gid://shopify/LineItem/601' } },
              { quantity: 1, lineItem: { id: 'gid://shopify/LineItem/602' } },
            ],
          },
        },
      ],
      fulfillmentOrders: {
        nodes: [
          { status: 'OPEN', assignedLocation: { location: { id: place('1') } } },
          { status: 'CLOSED', assignedLocation: { location: { id: place('1') } } },
        ],
      },
    });
  });

  it('is a fulfillment for each location, where the shop does not let it be moved', async () => {
    const { book, connection } = await open();
    book.emptyLocations.add(place('1'));
    expect(await shopify.tell?.shipped?.(parcel, connection)).toMatchObject({ ok: true, value: { reference: '2 3' } });
    expect(book.orders.get('gid://shopify/Order/5001')?.fulfillments).toMatchObject([
      {
        trackingInfo: [
          { company: 'UPS', number: '1Z999AA10123456784', url: expect.stringContaining('ups.com') as string },
        ],
        fulfillmentLineItems: { nodes: [{ quantity: 1, lineItem: { id: 'gid://shopify/LineItem/601' } }] },
      },
      { fulfillmentLineItems: { nodes: [{ quantity: 1, lineItem: { id: 'gid://shopify/LineItem/602' } }] } },
    ]);
  });

  it('that tells more than Shopify has open is left to a person, in words', async () => {
    const { connection } = await open();
    const more = { ...parcel, facts: { ...parcel.facts, lines: [line('601', 3)] } };
    expect(await shopify.tell?.shipped?.(more, connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('1 of line 601') as string },
    });
  });

  it('of an order that the shop has not is refused; without the scope it waits, and says which', async () => {
    const { shop, connection } = await open();
    expect(await shopify.tell?.shipped?.({ ...parcel, externalId: '1' }, connection)).toMatchObject({
      refusal: { code: 'not-found' },
    });
    shop.orders.scopes = shop.orders.scopes.filter((scope) => scope !== 'write_merchant_managed_fulfillment_orders');
    expect(await shopify.tell?.shipped?.(parcel, connection)).toMatchObject({
      refusal: { code: 'provider-unavailable', detail: expect.stringContaining('access scope') as string },
    });
  });
});

describe('a cancellation at Shopify', () => {
  it('of some units takes them out of the order, whatever was cancelled before', async () => {
    const { book, connection } = await open();
    const some = (noticeId: string, quantity: number) => ({
      ...cancellation,
      noticeId,
      facts: { ...cancellation.facts, lines: [line('611', quantity)], complete: false },
    });
    await shopify.tell?.cancelled?.(some('n-1', 1), connection);
    await shopify.tell?.cancelled?.(some('n-2', 1), connection);
    await shopify.tell?.cancelled?.({ ...some('n-1', 1), tries: 3 }, connection);
    const order = book.orders.get('gid://shopify/Order/5002');
    expect(order?.lineItems.nodes[0]?.currentQuantity).toBe(1);
    expect(order?.fulfillmentOrders.nodes[0]?.lineItems.nodes[0]?.remainingQuantity).toBe(1);
  });

  it.each([
    ['customer changed their mind', 'CUSTOMER'],
    ['out of stock', 'INVENTORY'],
    ['payment declined', 'DECLINED'],
    ['suspected fraud', 'FRAUD'],
    ['weather', 'OTHER'],
  ])('"%s" is %s', (words, reason) => {
    expect(cancelReason(words)).toBe(reason);
  });
});

describe('a refund at Shopify', () => {
  it('goes back by the payment that it came by, its units named and not restocked', async () => {
    const { book, connection } = await open();
    expect(await shopify.tell?.refunded?.(refund, connection)).toMatchObject({ ok: true });
    const order = book.orders.get('gid://shopify/Order/5001');
    expect(order?.refunds).toMatchObject([{ note: 'too small (ref_1)' }]);
    expect(order?.transactions[1]).toMatchObject({ kind: 'REFUND', amountSet: { shopMoney: { amount: '20.50' } } });
    expect(order?.lineItems.nodes[0]?.refundableQuantity).toBe(1);
  });

  it('of more than was paid there is refused in words', async () => {
    const { connection } = await open();
    const more = { ...refund, facts: { ...refund.facts, amount: { amount: 10001, currency: 'USD' } } };
    expect(await shopify.tell?.refunded?.(more, connection)).toMatchObject({
      refusal: { code: 'limit-exceeded', detail: expect.stringContaining('0.01 USD') as string },
    });
    const euros = { ...refund, facts: { ...refund.facts, amount: { amount: 100, currency: 'EUR' } } };
    expect(await shopify.tell?.refunded?.(euros, connection)).toMatchObject({ refusal: { code: 'currency-mismatch' } });
  });
});
