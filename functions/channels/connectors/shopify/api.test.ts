import { ok } from '../../../../shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ShopifySandbox, startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { type Delivery, type Mapped } from '../../domain/connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { shopifyOrderBody } from '../../fixtures/shopify-order.ts';
import { channelOf } from '../../fixtures/world.ts';
import { fetchOrder } from './fetch.ts';
import { fulfillmentOrder, graphqlLine, graphqlOrderNode } from './fixtures/graphql-order.ts';
import { mapDelivery } from './map-order.ts';
import { poll } from './poll.ts';

const client = { id: 'client', secret: 'shpss_right' };
let shop: ShopifySandbox;
beforeEach(async () => {
  shop = await startShopifySandbox({ accessToken: 'shpat_right', client });
});
afterEach(() => shop.stop());

const channel = () => channelOf({ channelId: 'shopify-us', type: 'shopify', settings: { apiUrl: shop.url } });
const connection = (values: Record<string, string> = { accessToken: 'shpat_right' }, signing = ['secret']) =>
  connectionOf(channel(), { values, signing });
const edited = { topic: 'orders/edited', body: Buffer.from('{"order_edit":{"id":1,"order_id":5001}}') };
const map = (document: Buffer, topic = 'orders/updated'): Mapped =>
  mapDelivery(document, { channel: channel(), topic, deliveryId: 'd' });

async function fetched(delivery: Pick<Delivery, 'topic'> & { body: Buffer }, from = connection()): Promise<Mapped> {
  const answer = await fetchOrder(delivery, from);
  if (!answer.ok) throw new Error(answer.refusal.detail);
  if (answer.value === undefined) return map(delivery.body, delivery.topic);
  return Buffer.isBuffer(answer.value) ? map(answer.value, delivery.topic) : answer.value;
}

describe('an order that is asked for', () => {
  it('is the very order that its webhook makes', async () => {
    shop.orders.put(graphqlOrderNode());
    const body = {
      ...shopifyOrderBody({ name: '#1001', source_name: 'web', buyer_accepts_marketing: false }),
      processed_at: '2026-11-20T08:30:00-05:00',
      updated_at: '2026-11-20T08:30:05-05:00',
    };
    expect(await fetched(edited)).toEqual(map(Buffer.from(JSON.stringify(body))));
  });

  it('has what became of it: edits, refunds with their lines, discounts, taxes, the buyer’s own currency', async () => {
    const bag = (shop: string, buyer: string) => ({
      shopMoney: { amount: shop, currencyCode: 'USD' },
      presentmentMoney: { amount: buyer, currencyCode: 'EUR' },
    });
    const lines = [
      graphqlLine({
        quantity: 3,
        currentQuantity: 1,
        originalUnitPriceSet: bag('9.99', '9.2'),
        taxLines: [{ title: 'VAT', rate: 0.19, channelLiable: true, priceSet: bag('1.5', '1.38') }],
        discountAllocations: [
          {
            allocatedAmountSet: bag('1.0', '0.92'),
            discountApplication: { __typename: 'DiscountCodeApplication', code: 'SAVE' },
          },
        ],
      }),
    ];
    const refund = {
      id: 'gid://shopify/Refund/901',
      createdAt: '2026-11-21T10:00:00Z',
      note: 'too small',
      totalRefundedSet: bag('9.5', '8.74'),
      refundLineItems: {
        nodes: [
          {
            quantity: 1,
            restockType: 'RETURN',
            location: { id: 'gid://shopify/Location/7701' },
            lineItem: { id: 'gid://shopify/LineItem/11001', requiresShipping: true, isGiftCard: false },
          },
        ],
      },
    };
    const fulfillments = [
      {
        status: 'SUCCESS',
        fulfillmentLineItems: { nodes: [{ quantity: 2, lineItem: { id: 'gid://shopify/LineItem/11001' } }] },
      },
    ];
    shop.orders.put(
      graphqlOrderNode({
        lineItems: { pageInfo: { hasNextPage: false }, nodes: lines },
        refunds: [refund],
        fulfillments,
        totalPriceSet: bag('35.47', '32.63'),
        presentmentCurrencyCode: 'EUR',
      }),
    );
    expect(await fetched(edited)).toMatchObject({
      snapshot: {
        order: {
          channelTotal: { amount: 3547 },
          presentment: { total: { amount: 3263, currency: 'EUR' } },
          lines: [
            {
              quantity: 3,
              discounts: [{ code: 'SAVE', amount: { amount: 100 } }],
              taxes: [{ title: 'VAT', ratePercent: '19', remittedByChannel: true, amount: { amount: 150 } }],
            },
          ],
        },
        cancelled: [{ externalLineId: '11001', quantity: 1 }],
        refunds: [
          { externalId: '901', amount: { amount: 950 }, lines: [{ restock: 'return', location: '7701', quantity: 1 }] },
        ],
      },
    });
  });

  it.each([
    ['PICK_UP', { method: 'pickup', pickupPoint: { externalId: '7701', name: 'Back Bay' } }, ['800 Boylston St']],
    ['SHIPPING', undefined, []],
  ])('without an address says how it is handed over: %s', async (methodType, delivery, lines) => {
    const node = graphqlOrderNode({
      shippingAddress: null,
      fulfillmentOrders: { nodes: [fulfillmentOrder('NONE', { status: 'CLOSED' }), fulfillmentOrder(methodType)] },
    });
    shop.orders.put(node);
    const webhook = Buffer.from(JSON.stringify(shopifyOrderBody({ shipping_address: null })));
    const mapped = await fetched({ topic: 'orders/create', body: webhook });
    expect(mapped).toMatchObject(
      delivery === undefined
        ? { kind: 'quarantined', code: 'address' }
        : { snapshot: { order: { delivery, shipTo: { country: 'US', lines } } } },
    );
  });

  it('is brought to the door where Shopify plans so, by when it said', async () => {
    const times = { minDeliveryDateTime: '2026-11-23T12:00:00Z', maxDeliveryDateTime: '2026-11-23T14:00:00Z' };
    const local = fulfillmentOrder('LOCAL', { deliveryMethod: { methodType: 'LOCAL', ...times } });
    shop.orders.put(graphqlOrderNode({ fulfillmentOrders: { nodes: [local] } }));
    expect(await fetched(edited)).toMatchObject({
      snapshot: {
        order: {
          delivery: { method: 'local-delivery' },
          promised: { deliverFrom: '2026-11-23T12:00:00.000Z', deliverBy: '2026-11-23T14:00:00.000Z' },
        },
      },
    });
  });

  it('is mapped without its handover where the app may not see that', async () => {
    shop.orders.scopes = ['read_orders'];
    shop.orders.put(graphqlOrderNode());
    expect(await fetched(edited)).toMatchObject({ snapshot: { order: { delivery: { method: 'ship' } } } });
  });

  it('is taken without what the app may not see of it, and is not gone where that is all of it', async () => {
    shop.orders.scopes = ['read_orders'];
    shop.orders.put(graphqlOrderNode({ retailLocation: { id: 'gid://shopify/Location/1' } }));
    expect(await fetched(edited)).toMatchObject({
      snapshot: { order: { externalId: '5001', lines: [{ sku: 'TEE-BLACK-M', unitPrice: { amount: 2000 } }] } },
    });
    shop.orders.scopes = [];
    expect(await fetchOrder(edited, connection())).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    const bubbled = JSON.stringify({
      data: { order: null },
      errors: [{ message: 'Access denied', path: ['order', 'lineItems'], extensions: { code: 'ACCESS_DENIED' } }],
    });
    const call = () => Promise.resolve(ok({ status: 200, headers: {}, body: Buffer.from(bubbled) }));
    const from = connectionOf(channel(), { values: { accessToken: 'shpat_right' }, call });
    expect(await fetchOrder(edited, from)).toMatchObject({ refusal: { code: 'provider-unavailable' } });
  });

  it('that is too long, gone, or cannot be asked for is told in words', async () => {
    expect(await fetched(edited)).toMatchObject({ kind: 'ignored' });
    shop.orders.put(graphqlOrderNode({ lineItems: { pageInfo: { hasNextPage: true }, nodes: [graphqlLine()] } }));
    expect(await fetched(edited)).toMatchObject({ kind: 'quarantined', code: 'too-large' });
    expect(await fetched(edited, connection({}))).toMatchObject({ kind: 'ignored' });
    shop.fail(1);
    expect(await fetchOrder(edited, connection())).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    shop.throttle(3, 2000);
    expect(await fetchOrder(edited, connection())).toMatchObject({ refusal: { facts: { retryAfterSeconds: 20 } } });
    const wrong = await fetchOrder(edited, connection({ accessToken: 'shpat_wrong' }));
    expect(wrong).toMatchObject({ refusal: { detail: expect.stringContaining('accessToken') as string } });
    expect(JSON.stringify(wrong)).not.toContain('shpat_wrong');
  });

  it('is asked for with a token that is minted, and minted again once it is refused', async () => {
    shop.orders.put(graphqlOrderNode());
    const minting = connection({ clientId: client.id, clientSecret: client.secret });
    expect(await fetched(edited, minting)).toMatchObject({ kind: 'order' });
    shop.expireTokens();
    expect(await fetched(edited, minting)).toMatchObject({ kind: 'order' });
    const wrong = await fetchOrder(edited, connection({ clientId: client.id, clientSecret: 'shpss_wrong' }));
    expect(wrong).toMatchObject({ refusal: { detail: expect.stringContaining('Check clientId') as string } });
    expect(JSON.stringify(wrong)).not.toContain('shpss_wrong');
  });
});

it('a webhook that has all is not asked about', async () => {
  const body = Buffer.from(JSON.stringify(shopifyOrderBody()));
  expect(await fetchOrder({ topic: 'orders/create', body }, connection())).toEqual({ ok: true, value: undefined });
  expect(await fetchOrder({ topic: 'refunds/create', body: Buffer.from('{}') }, connection())).toEqual({
    ok: true,
    value: undefined,
  });
  expect(shop.questions.count).toBe(0);
});

it('polling finds every order that changed in its window, page by page, each version once', async () => {
  for (let index = 0; index < 230; index += 1)
    shop.orders.put(
      graphqlOrderNode({
        id: `gid://shopify/Order/${6000 + index}`,
        updatedAt: new Date(Date.UTC(2026, 10, 20, 8, 0, index)).toISOString(),
      }),
    );
  const window = { from: '2026-11-20T08:00:01.000Z', to: '2026-11-20T09:00:00.000Z' };
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await poll.page({ ...window, ...(cursor !== undefined && { cursor }) }, connection());
    if (!page.ok) throw new Error(page.refusal.detail);
    found.push(...page.value.deliveries.map(({ deliveryId }) => deliveryId));
    cursor = page.value.cursor;
    if (cursor === undefined) {
      const [last] = page.value.deliveries.slice(-1);
      if (last === undefined) throw new Error('the last page is empty');
      expect(await fetched(last)).toMatchObject({ snapshot: { order: { externalId: '6229' } } });
    }
  } while (cursor !== undefined);
  expect(new Set(found).size).toBe(229);
  expect(found[0]).toBe('poll:6001:2026-11-20T08:00:01.000Z');
});
