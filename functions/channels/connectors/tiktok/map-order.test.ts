import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { tiktokHeaders } from '../../../../tests/sandboxes/tiktok.ts';
import { bytes, cancellation, item, orderWebhook, returned, usOrder, vnOrder } from './fixtures/order.ts';
import { mapOrder } from './map-order.ts';
import { takeIn } from './signature.ts';

const channelWith = (settings: Record<string, string> = {}) =>
  channelOf({ channelId: 'tiktok-1', type: 'tiktok', settings: { appKey: 'k', ...settings } });
const map = (document: object, settings: Record<string, string> = {}) =>
  mapOrder(bytes(document), { channel: channelWith(settings), topic: 'ORDER_STATUS_CHANGE', deliveryId: 'd' });
const snapshot = (document: object, settings: Record<string, string> = {}) =>
  canonical(channelWith(settings), map(document, settings));
const lineIds = ['576912345678900001', '576912345678900002'];

describe('lines', () => {
  it('units sold alike are one line, in whatever order they come, and every unit keeps its id', async () => {
    const order = usOrder();
    const [first, second] = [
      await snapshot({ order }),
      await snapshot({ order: { ...order, line_items: order.line_items.toReversed() } }),
    ];
    expect(second).toEqual(first);
    expect(first.order.lines.map(({ externalLineId, quantity }) => [externalLineId, quantity])).toEqual([
      [lineIds[0], 2],
      [lineIds[1], 1],
    ]);
    expect(first.order.lines[0]?.attributes).toMatchObject({ lineItemIds: '576912345678900001 576912345678900003' });
    expect(first.order.lines[0]).toMatchObject({
      listing: { variantId: '1729000000000000001', listingId: '1729000000000000000' },
      unitPrice: { amount: 1750 },
      discount: { amount: 500 },
      discounts: [
        { title: 'seller discount', amount: { amount: 200 } },
        { title: 'TikTok discount', amount: { amount: 300 } },
      ],
      taxes: [{ title: 'SALES_TAX', remittedByChannel: true, amount: { amount: 210 } }],
    });
  });

  it('a unit that is cancelled changes no line: it is counted on it', async () => {
    const items = [
      item('576912345678900003', {
        display_status: 'CANCELLED',
        item_tax: [{ tax_type: 'SALES_TAX', tax_amount: '1.05' }],
      }),
      item('576912345678900001', { item_tax: [{ tax_type: 'SALES_TAX', tax_amount: '1.05' }] }),
    ];
    const { order, cancelled } = await snapshot({ order: usOrder({ line_items: items }) });
    expect(order.lines).toHaveLength(1);
    expect(cancelled).toEqual([{ externalLineId: lineIds[0], quantity: 1 }]);
  });

  it('a hundred units of a SKU fit in', async () => {
    const line_items = Array.from({ length: 100 }, (_, n) => item(String(576_900_000_000_000_000n + BigInt(n))));
    const { order } = await snapshot({ order: usOrder({ line_items }) });
    expect(order.lines).toMatchObject([{ quantity: 100 }]);
    const ids = Object.entries(order.lines[0]?.attributes ?? {}).filter(([name]) => name.startsWith('lineItemIds'));
    expect(ids.flatMap(([, value]) => value.split(' '))).toHaveLength(100);
  });

  it('a gift and a bundle say so', async () => {
    const gift = item('1', {
      is_gift: true,
      original_price: '0',
      sale_price: '0',
      seller_discount: '0',
      platform_discount: '0',
    });
    const combo = item('2', { combined_listing_skus: [{ seller_sku: 'CUP', sku_id: '9', sku_count: 2 }] });
    const { order } = await snapshot({ order: usOrder({ line_items: [gift, combo] }) });
    expect(order.lines.map(({ gift: of }) => of)).toEqual([{}, undefined]);
    expect(order.lines[1]?.attributes).toMatchObject({ comboSkus: '2 × CUP' });
  });
});

describe('money', () => {
  it.each([
    ['a fee that is in the total', '2000', '168500', [200_0]],
    ['a fee that is not', '2000', '166500', []],
  ])('%s', async (_what, buyer_service_fee, total_amount, fees) => {
    const order = vnOrder();
    const said = await snapshot({
      order: { ...order, payment: { ...order.payment, buyer_service_fee, total_amount } },
    });
    expect(said.order.charges?.map(({ price }) => price.amount) ?? []).toEqual(fees);
    expect(totalOf(said)).toBe(said.order.channelTotal?.amount);
  });

  it('rupiah have hundredths, dong have none', async () => {
    const idr = vnOrder({ payment: { currency: 'IDR', shipping_fee: '0', total_amount: '150000' } });
    expect((await snapshot({ order: idr })).order.channelTotal).toEqual({ amount: 15_000_000, currency: 'IDR' });
    expect((await snapshot({ order: vnOrder() })).order.channelTotal).toEqual({ amount: 168_500, currency: 'VND' });
  });

  it('a tax that no line item names is shared by what they cost; a difference is kept, not bent', async () => {
    const order = usOrder();
    const bare = order.line_items.map((one) => ({ ...one, item_tax: null }));
    const said = await snapshot({ order: { ...order, line_items: bare } });
    expect(said.order.lines.map(({ tax }) => tax?.amount)).toEqual([210, 126]);
    const wrong = await snapshot({ order: { ...order, payment: { ...order.payment, total_amount: '60.00' } } });
    expect([totalOf(wrong), wrong.order.channelTotal?.amount]).toEqual([5805, 6000]);
  });

  it('what a payment provider took off is a discount of the lines', async () => {
    const order = usOrder();
    const payment = { ...order.payment, payment_platform_discount: '1.00', total_amount: '57.05' };
    const said = await snapshot({ order: { ...order, payment } });
    expect(totalOf(said)).toBe(5705);
  });

  it('a tax that prices hold is taken out of them: the total says so', async () => {
    const order = usOrder();
    const payment = { currency: 'USD', shipping_fee: '5.99', shipping_fee_tax: '0.42', total_amount: '53.99' };
    const said = await snapshot({ order: { ...order, payment } });
    expect(totalOf(said)).toBe(5399);
    expect(said.order.shipping).toMatchObject({ price: { amount: 557 }, tax: { amount: 42 } });
    expect(said.order.lines.map(({ tax }) => tax?.amount)).toEqual([210, 126]);
    expect(said.order.lines[1]).toMatchObject({ unitPrice: { amount: 1874 }, discount: { amount: 200 } });
  });

  it('an amount finer than its currency is a person’s', () => {
    expect(map({ order: vnOrder({ payment: { currency: 'VND', total_amount: '1.5' } }) })).toMatchObject({
      kind: 'quarantined',
      code: 'amount',
    });
  });
});

describe('state', () => {
  it.each([
    ['UNPAID', 'pending'],
    ['ON_HOLD', 'pending'],
    ['AWAITING_SHIPMENT', 'open'],
    ['AWAITING_COLLECTION', 'open'],
    ['PARTIALLY_SHIPPING', 'open'],
    ['IN_TRANSIT', 'closed'],
    ['DELIVERED', 'closed'],
    ['COMPLETED', 'closed'],
    ['CANCELLED', 'cancelled'],
  ])('%s is %s', async (status, state) => {
    const said = await snapshot({ order: usOrder({ status }) });
    expect(said).toMatchObject({ state, order: { holds: [] } });
  });

  it('a status that is not documented is held, not lost; FBT is TikTok’s to ship', async () => {
    const unknown = await snapshot({ order: usOrder({ status: 'AWAITING_MAGIC' }) });
    expect(unknown.order.holds).toMatchObject([{ reason: expect.stringContaining('AWAITING_MAGIC') as string }]);
    const fbt = await snapshot({ order: usOrder({ fulfillment_type: 'FULFILLMENT_BY_TIKTOK' }) });
    expect(fbt.fulfilledBy).toBe('channel');
  });

  it('an unpaid order has no payment, nor a hold; a paid one has what the buyer paid', async () => {
    const unpaid = await snapshot({ order: usOrder({ status: 'UNPAID', paid_time: null, recipient_address: null }) });
    expect(unpaid).toMatchObject({ state: 'pending', order: { payments: [], shipTo: { country: 'US' } } });
    const paid = await snapshot({ order: usOrder() });
    expect(paid.order.payments).toEqual([
      { provider: 'recorded', amount: { amount: 5805, currency: 'USD' }, method: 'Credit card' },
    ]);
  });

  it('a buyer’s request cancels nothing', async () => {
    const asked = usOrder({
      is_buyer_request_cancel: true,
      request_cancel_time: 1_763_801_000,
      cancel_reason: 'Wrong color',
    });
    expect(await snapshot({ order: asked })).toMatchObject({
      state: 'open',
      cancelled: [],
      cancelRequest: { at: '2025-11-22T08:43:20.000Z', reason: 'Wrong color' },
    });
    const pending = cancellation({ cancel_status: 'CANCELLATION_REQUEST_PENDING' });
    expect(await snapshot({ order: usOrder(), cancellations: [pending] })).toMatchObject({
      cancelled: [],
      refunds: [],
      cancelRequest: { reason: 'No longer needed' },
    });
  });

  it('lists that are null are empty; an aftersale without lines still has its money', async () => {
    expect(await snapshot({ order: usOrder(), cancellations: null, returns: null })).toMatchObject({ refunds: [] });
    const lineless = [
      cancellation({ cancel_id: '1', cancel_line_items: null }),
      cancellation({ cancel_id: '2', cancel_line_items: [{ cancel_line_item_id: '9', order_line_item_id: null }] }),
    ];
    const said = await snapshot({
      order: usOrder(),
      cancellations: lineless,
      returns: [returned({ return_line_items: null })],
    });
    expect(said.cancelled).toEqual([]);
    expect(said.refunds.map(({ amount, lines }) => [amount.amount, lines])).toEqual([
      [1605, []],
      [1605, []],
      [1926, []],
    ]);
  });

  it('what TikTok cancels itself without money moving (a parcel that came back) is cancelled, and no refund', async () => {
    const { refund_amount: _, ...unpaid } = cancellation({ role: 'SYSTEM', cancel_type: 'CANCEL' });
    const said = await snapshot({ order: usOrder({ status: 'CANCELLED' }), cancellations: [unpaid] });
    expect(said).toMatchObject({ state: 'cancelled', refunds: [] });
    expect(said.cancelRequest).toBeUndefined();
  });

  it('cancellations and returns: units by line, refunds by id, and the newest time of all', async () => {
    const said = await snapshot({ order: usOrder(), cancellations: [cancellation()], returns: [returned()] });
    expect(said.asOf).toBe('2025-11-29T07:06:40.000Z');
    expect(said.cancelled).toEqual([{ externalLineId: lineIds[0], quantity: 1 }]);
    expect(said.refunds.map(({ externalId, amount, lines }) => [externalId, amount.amount, lines])).toEqual([
      ['4035000000000000001', 1605, [{ externalLineId: lineIds[0], quantity: 1, restock: 'cancel' }]],
      ['4036000000000000001', 1926, [{ externalLineId: lineIds[1], quantity: 1, restock: 'return' }]],
    ]);
    const asked = returned({ return_status: 'RETURN_OR_REFUND_REQUEST_PENDING' });
    expect((await snapshot({ order: usOrder(), returns: [asked] })).refunds).toEqual([]);
    const only = returned({ return_type: 'REFUND' });
    expect((await snapshot({ order: usOrder(), returns: [only] })).refunds[0]?.lines[0]?.restock).toBe('none');
  });
});

describe('deliveries', () => {
  it('a package is a delivery for each of its orders, the same at every repeat', () => {
    const body = bytes(
      orderWebhook('1', {
        type: 4,
        data: { sc_type: 'COMBINE', package_list: [{ package_id: '5', order_id_list: ['7', '8'] }], update_time: 1 },
      }),
    );
    const connection = connectionOf(channelWith(), { signing: ['s'] });
    const taken = takeIn({ headers: tiktokHeaders({ appKey: 'k', appSecret: 's' }, body), body }, connection);
    if (!taken.ok) throw new Error(taken.refusal.detail);
    expect(taken.value.map(({ deliveryId, topic }) => [deliveryId, topic])).toEqual([
      ['7327000000000000001/7', 'PACKAGE_UPDATE'],
      ['7327000000000000001/8', 'PACKAGE_UPDATE'],
    ]);
    expect(JSON.parse(taken.value[1]?.body?.toString() ?? '')).toMatchObject({
      data: { order_id: '8', update_time: 1 },
    });
  });
});
