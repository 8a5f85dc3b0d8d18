import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { address, bytes, creditMemo, item, order } from './fixtures/orders.ts';
import { mapOrder } from './map-order.ts';

const channel = channelOf({ channelId: 'magento', type: 'adobe' });
const map = (document: unknown, settings = {}) => mapOrder(bytes(document), { channel: { ...channel, settings } });
const snapshotOf = (document: unknown, settings = {}) => canonical(channel, map(document, settings));
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('what PHP writes', () => {
  it('as an empty list where there is an empty object', async () => {
    const to = address({ extension_attributes: [] });
    const assigned = { shipping: { address: to, method: 'flatrate_flatrate', extension_attributes: [] } };
    const document = {
      order: order({
        items: [item({ extension_attributes: [], qty_refunded: 1 })],
        payment: { method: 'checkmo', extension_attributes: [], additional_information: [] },
        extension_attributes: { shipping_assignments: [assigned], gift_message: null, payment_additional_info: [] },
      }),
      creditmemos: { items: [creditMemo({ items: [{ order_item_id: 41, qty: 1, extension_attributes: [] }] })] },
    };
    const snapshot = await snapshotOf(document);
    expect(totalOf(snapshot)).toBe(7155);
    expect(snapshot.refunds).toHaveLength(1);
    expect(map(order({ extension_attributes: [] }))).toMatchObject({ kind: 'quarantined', code: 'address' });
  });

  it('as text with four decimals, as whole numbers, and with all digits of a float', async () => {
    const items = [item({ qty_ordered: '2.0000', base_row_total: '60.0000', base_tax_amount: 3.5999999999999996 })];
    const over = { items, entity_id: '902', base_grand_total: '71.5500', base_total_paid: '71.5500' };
    const snapshot = await snapshotOf(order(over));
    expect(totalOf(snapshot)).toBe(7155);
    expect(snapshot.order.lines).toMatchObject([{ quantity: 2, unitPrice: usd(3000), tax: usd(360) }]);
  });
});

describe('a currency without decimals', () => {
  const yen = (over: object) =>
    order({
      base_currency_code: 'JPY',
      order_currency_code: 'JPY',
      items: [item({ base_row_total: 1998, base_tax_amount: 199.8 })],
      base_shipping_amount: 500,
      base_shipping_tax_amount: 50,
      base_grand_total: 2747.8,
      base_total_paid: 2747.8,
      ...over,
    });
  it('is counted to the hundredth by Adobe Commerce, and paid rounded', async () => {
    const snapshot = await snapshotOf(yen({}));
    expect(snapshot.order.channelTotal).toEqual({ amount: 2748, currency: 'JPY' });
    expect(totalOf(snapshot)).toBe(2748);
    expect(snapshot.order.payments).toMatchObject([{ amount: { amount: 2748 } }]);
    expect(snapshot.order.holds).toEqual([]);
  });

  it('is what the buyer saw, rounded alike', async () => {
    const seen = await snapshotOf(order({ order_currency_code: 'CLP', grand_total: 67432.4 }));
    expect(seen.order.presentment).toEqual({ total: { amount: 67432, currency: 'CLP' } });
  });

  it('is for a person where it is finer than that, as are dinars beyond their thousandths', () => {
    expect(map(yen({ base_grand_total: 2747.8123 }))).toMatchObject({ kind: 'quarantined', code: 'amount' });
    expect(map(yen({ base_currency_code: 'KWD', base_grand_total: 2747.8123 }))).toMatchObject({ code: 'amount' });
  });
});

describe('an order that is invoiced after the goods went', () => {
  const unpaid = (method: string, over: object = {}) =>
    order({
      state: 'new',
      base_total_paid: 0,
      base_total_due: 71.55,
      payment: { method, po_number: 'PO-77' },
      ...over,
    });

  it.each(['purchaseorder', 'companycredit'])('by %s waits for no payment', async (method) => {
    const { order: read } = await snapshotOf(unpaid(method));
    expect(read.holds).toEqual([]);
    expect(read.payments).toMatchObject([{ amount: usd(7155), method: `on account: ${method}`, reference: 'PO-77' }]);
  });

  it('comes to the same money once it is paid', async () => {
    const { order: read } = await snapshotOf(unpaid('purchaseorder', { base_total_paid: 71.55, base_total_due: 0 }));
    expect(read.payments).toMatchObject([{ amount: usd(7155), method: 'purchaseorder' }]);
  });

  it('is held where its method is none of these, and owes nothing once it is cancelled', async () => {
    expect((await snapshotOf(unpaid('cashondelivery'))).order).toMatchObject({ payments: [], holds: [{}] });
    const delivered = await snapshotOf(unpaid('cashondelivery'), { onAccount: 'cashondelivery' });
    expect(delivered.order).toMatchObject({ payments: [{ amount: usd(7155) }], holds: [] });
    expect((await snapshotOf(unpaid('purchaseorder', { state: 'canceled' }))).order.payments).toEqual([]);
  });
});

it('suspected fraud is held, whatever state it is in', async () => {
  const fraud = await snapshotOf(order({ state: 'processing', status: 'fraud' }));
  expect(fraud.order.holds).toEqual([{ reason: expect.stringContaining('fraud') as string }]);
});

it('guests, long texts, other scripts and control characters are kept whole', async () => {
  const to = address({
    firstname: 'محمد',
    lastname: 'أمين',
    street: ['شارع\u0000 9', null, ''],
    region: null,
    region_code: null,
    postcode: null,
    country_id: 'kw',
    telephone: '',
    email: 'none',
  });
  const over = { customer_id: null, customer_email: null, customer_firstname: null, customer_lastname: null };
  const items = [item({ name: `Lamp 💡 ${'x'.repeat(600)}`, product_id: null })];
  const { order: read } = await snapshotOf(order({ ...over, items, customer_note: '\u2028ring\u0007 twice' }, { to }));
  expect(read.shipTo).toEqual({ name: 'محمد أمين', lines: ['شارع 9'], city: 'Dayton', country: 'KW' });
  expect(read.note).toBe('ring twice');
  expect(read.lines[0]?.title).toHaveLength(200);
  expect(read.customer?.externalId).toBeUndefined();
});

it('an update is newer, and an older one older, by the second', async () => {
  const asOf = async (updated_at: string) => (await snapshotOf(order({ updated_at }))).asOf;
  const times = ['2026-11-03 09:16:40', '2026-11-03 09:16:41', '2026-11-03 10:00:00', '2027-01-01 00:00:00'];
  const read = await Promise.all(times.map(asOf));
  expect(read.toSorted()).toEqual(read);
  expect(new Set(read).size).toBe(4);
});
