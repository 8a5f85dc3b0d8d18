import { describe, expect, it } from 'vitest';
import { type ChannelOrderSnapshot } from '../../../../shared/contracts/channels/channel-order.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { type Mapped } from '../../domain/connector.ts';
import { square } from './connector.ts';
import { location, onlineOrder, returnOrder, shipment, squareLine, tillSale } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';

const channel = channelOf({ channelId: 'square-us', type: 'square' });
const map = (document: object, topic = 'order.updated'): Mapped =>
  mapDelivery(Buffer.from(JSON.stringify(document)), { channel, topic, deliveryId: 'd' });
const read = (order: object): Promise<ChannelOrderSnapshot> => canonical(channel, map({ order, location }));
const money = (currency: string) => (amount: number) => ({ amount, currency });
const usd = money('USD');

it('a channel of it can be told what it needs', () => {
  expect(Object.keys(square.needs?.settings ?? {})).toContain('notificationUrl');
  expect(square.needs?.signing).toContain('signature key');
});

describe('a tax inside the price', () => {
  const taxes = [{ uid: 'gst', name: 'GST', percentage: '10', type: 'INCLUSIVE' }];
  const line = (grossMinor: number) =>
    squareLine({
      base_price_money: usd(1100),
      gross_sales_money: usd(grossMinor),
      applied_taxes: [{ tax_uid: 'gst', applied_money: usd(200) }],
      total_tax_money: usd(200),
      total_money: usd(2200),
    });
  // Source: OrderLineItem.gross_sales_money: the tax is deducted from it in the US, Canada and Japan, and not in Europe and Australia.
  it.each([
    ['that Square has in the gross sales (Europe, Australia)', 2200],
    ['that Square has taken out of them (US, Canada, Japan)', 2000],
  ])('%s is taken out once', async (_, grossMinor) => {
    const snapshot = await read(tillSale({ taxes, line_items: [line(grossMinor)], total_money: usd(2200) }));
    expect(snapshot.order.lines).toMatchObject([{ unitPrice: usd(1000), tax: usd(200) }]);
    expect(totalOf(snapshot)).toBe(2200);
  });
});

describe('a service charge', () => {
  const charge = (over: object) => ({ uid: 'sc', name: 'Packaging', type: 'CUSTOM', total_money: usd(160), ...over });
  it('that is apportioned and in the totals of the lines is charged once', async () => {
    const line = squareLine({ total_service_charge_money: usd(160), total_money: usd(1760) });
    const service_charges = [charge({ treatment_type: 'APPORTIONED_TREATMENT' })];
    const snapshot = await read(tillSale({ line_items: [line], service_charges, total_money: usd(1760) }));
    expect(totalOf(snapshot)).toBe(1760);
  });

  it('that older orders do not say to be in the totals of the lines is charged once', async () => {
    const line = squareLine({ total_money: usd(1760) });
    const snapshot = await read(
      tillSale({ line_items: [line], service_charges: [charge({})], total_money: usd(1760) }),
    );
    expect(totalOf(snapshot)).toBe(1760);
    expect(snapshot.order.charges).toBeUndefined();
  });

  it('that is apportioned and beside them is charged once too', async () => {
    const service_charges = [charge({ treatment_type: 'APPORTIONED_TREATMENT' })];
    const snapshot = await read(tillSale({ service_charges, total_money: usd(1760) }));
    expect(totalOf(snapshot)).toBe(1760);
  });
});

describe('a payment', () => {
  const tender = (over: object) => ({ id: 'T', amount_money: usd(6078), ...over });
  it.each([
    ['that a bank has not confirmed', { type: 'BANK_ACCOUNT', bank_account_details: { status: 'PENDING' } }, 0, 1],
    ['that failed at the bank', { type: 'BANK_ACCOUNT', bank_account_details: { status: 'FAILED' } }, 0, 0],
    ['that a bank confirmed', { type: 'BANK_ACCOUNT', bank_account_details: { status: 'COMPLETED' } }, 1, 0],
    ['in parts, authorized', { type: 'BUY_NOW_PAY_LATER', buy_now_pay_later_details: { status: 'AUTHORIZED' } }, 0, 1],
    ['in parts, voided', { type: 'BUY_NOW_PAY_LATER', buy_now_pay_later_details: { status: 'VOIDED' } }, 0, 0],
    ['from a Square account', { type: 'SQUARE_ACCOUNT', square_account_details: { status: 'CAPTURED' } }, 1, 0],
    ['by gift card', { type: 'SQUARE_GIFT_CARD' }, 1, 0],
  ])('%s', async (_, over, payments, holds) => {
    const { order } = await read(onlineOrder({ tenders: [tender(over)] }));
    expect([order.payments.length, order.holds.length]).toEqual([payments, holds]);
  });
});

describe('how new an order is', () => {
  it('tells its version; one that was not made by the API has none, and its time tells', async () => {
    const asOf = async (over: object) => (await read(tillSale({ version: null, ...over }))).asOf;
    const [first, second] = [await asOf({}), await asOf({ updated_at: '2026-11-20T10:00:05.200Z' })];
    expect(second > first).toBe(true);
    expect((await read(tillSale({ version: 10 }))).asOf > (await read(tillSale({ version: 9 }))).asOf).toBe(true);
  });
});

describe('how it gets to its buyer', () => {
  it('is over the counter where the fulfillment says so', async () => {
    const inStore = { uid: 'F', type: 'IN_STORE', state: 'COMPLETED' };
    const snapshot = await read(tillSale({ fulfillments: [inStore] }));
    expect(snapshot).toMatchObject({ takenAway: true, order: { attributes: { pos: 'true' } } });
  });

  it('is by parcel where a download comes beside it', async () => {
    const digital = { uid: 'D', type: 'DIGITAL', state: 'PROPOSED' };
    const { order } = await read(onlineOrder({ fulfillments: [digital, shipment()] }));
    expect(order.delivery?.method).toBe('ship');
    expect(map({ order: onlineOrder({ fulfillments: [digital] }), location })).toMatchObject({ kind: 'ignored' });
  });

  const courier = (country?: string) => ({
    uid: 'F1',
    type: 'DELIVERY',
    delivery_details: { recipient: { display_name: 'Ada', address: { address_line_1: '2 Main St', country } } },
  });
  it('is within the country of the shop where a courier brings it and nobody says', async () => {
    expect((await read(onlineOrder({ fulfillments: [courier()] }))).order.shipTo.country).toBe('US');
    expect((await read(onlineOrder({ fulfillments: [courier('ZZ')] }))).order.shipTo.country).toBe('US');
  });

  it('is not known of a parcel without a country, or to country ZZ, which is Square’s for unknown', () => {
    const address = { address_line_1: '1 Beacon St', country: 'ZZ' };
    const parcel = shipment({ shipment_details: { recipient: { address } } });
    expect(map({ order: onlineOrder({ fulfillments: [parcel] }), location })).toMatchObject({ code: 'address' });
  });
});

describe('money', () => {
  it('of yen has no decimals, and texts are kept whole', async () => {
    const yen = money('JPY');
    const line = squareLine({
      name: 'マグ ☕️ \u0007 "青"',
      note: 'א'.repeat(2000),
      quantity: '1',
      base_price_money: yen(1100),
      gross_sales_money: yen(1000),
      total_tax_money: yen(100),
      total_discount_money: yen(0),
      total_money: yen(1100),
    });
    const order = tillSale({ line_items: [line], total_money: yen(1100), tenders: [], net_amount_due_money: yen(0) });
    const snapshot = await read(order);
    expect(totalOf(snapshot)).toBe(1100);
    expect(snapshot.order.lines).toMatchObject([{ title: 'マグ ☕️ "青" - Blue', unitPrice: yen(1000), tax: yen(100) }]);
  });

  it('of a sale that a discount made free is none', async () => {
    const free = squareLine({ total_discount_money: usd(1600), total_money: usd(0) });
    const snapshot = await read(tillSale({ line_items: [free], total_money: usd(0), tenders: [] }));
    expect(snapshot.order.lines).toMatchObject([{ unitPrice: usd(800), discount: usd(1600) }]);
    expect(totalOf(snapshot)).toBe(0);
  });
});

describe('refunds', () => {
  const refund = (id: string, amountMinor: number, over: object = {}) => ({
    id,
    status: 'COMPLETED',
    amount_money: usd(amountMinor),
    created_at: '2026-11-21T11:00:00Z',
    ...over,
  });
  const split = returnOrder({
    refunds: [
      { id: 'A', status: 'APPROVED', amount_money: usd(500) },
      { id: 'B', status: 'APPROVED', amount_money: usd(300) },
    ],
  });
  const given = (document: object) => {
    const mapped = map(document, 'refund.updated');
    if (mapped.kind !== 'change' || mapped.change.kind !== 'refund') throw new Error(JSON.stringify(mapped));
    return mapped.change;
  };

  it('of one return to two cards are one refund of both', () => {
    const source = tillSale();
    const first = given({ order: split, source, refund: refund('PAY1_A', 500), paid_order_id: 'ORDER1' });
    const second = given({ order: split, source, refund: refund('PAY2_B', 300), paid_order_id: 'ORDER1' });
    expect(first).toMatchObject({ changeId: 'RETURN1', refund: { amount: usd(800) } });
    expect(second).toEqual(first);
    expect(map({ order: split, source })).toMatchObject({ change: first });
  });

  it('wait for the last of them, and leave out one that failed', () => {
    const pending = { ...split, refunds: [split.refunds[0], { ...split.refunds[1], status: 'PENDING' }] };
    expect(map({ order: pending, refund: refund('PAY1_A', 500) }, 'refund.updated')).toMatchObject({ kind: 'ignored' });
    expect(given({ order: pending, refund: refund('PAY2_B', 300) }).refund.amount).toEqual(usd(800));
    const failed = { ...split, refunds: [split.refunds[0], { ...split.refunds[1], status: 'FAILED' }] };
    expect(given({ order: failed, refund: refund('PAY1_A', 500) }).refund.amount).toEqual(usd(500));
  });

  it('that an order lists without amounts are what the return came to', () => {
    const bare = returnOrder({ refunds: [{ reason: 'Mischarge' }] });
    expect(map({ order: bare, source: tillSale() })).toMatchObject({
      change: { refund: { amount: usd(800), reason: 'Mischarge' } },
    });
    const pending = returnOrder({ refunds: [{ status: 'PENDING' }] });
    expect(map({ order: pending, source: tillSale() })).toMatchObject({ kind: 'ignored' });
  });

  it('that name the sale itself are two where they are two', () => {
    const order = tillSale();
    const first = given({ order, refund: refund('R1', 100, { order_id: 'ORDER1' }), paid_order_id: 'ORDER1' });
    const second = given({ order, refund: refund('R2', 100, { order_id: 'ORDER1' }), paid_order_id: 'ORDER1' });
    expect(first).toMatchObject({ externalId: 'ORDER1', changeId: 'R1', refund: { at: '2026-11-21T11:00:00.000Z' } });
    expect(second.changeId).toBe('R2');
  });
});
