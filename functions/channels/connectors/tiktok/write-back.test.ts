import { afterEach, describe, expect, it } from 'vitest';
import { type TiktokSandbox, startTiktokSandbox } from '../../../../tests/sandboxes/tiktok.ts';
import { refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { stockUpdate } from './availability.ts';
import { tiktok } from './connector.ts';
import { cancellation, item } from './fixtures/order.ts';
import { cancelReason } from './tell/cancelled.ts';
import { providerNamed } from './tell/parcel.ts';
import { app, base, cancel, connect, mugs, offer, order, parcel, refund } from './fixtures/outbound.ts';

const opened: TiktokSandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

async function open(over: Partial<Channel> = {}) {
  const shop = await startTiktokSandbox(app);
  opened.push(shop);
  return { shop, connection: connect(shop, over) };
}

const statuses = (shop: TiktokSandbox) =>
  (shop.order(base.externalId)?.['line_items'] as { id: string; display_status: string; tracking_number?: string }[])
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ display_status, tracking_number: number }) => [display_status, ...(number === undefined ? [] : [number])]);

describe('a parcel told to TikTok', () => {
  it('takes as many units of a line as left; the second takes others', async () => {
    const { shop, connection } = await open();
    expect(await tiktok.tell?.shipped?.(parcel(), connection)).toEqual({ ok: true, value: { reference: '1151' } });
    const lines = [...mugs(1), { lineId: '576912345678900002', sku: 'LAMP', quantity: 1 }];
    await tiktok.tell?.shipped?.(parcel({ trackingNumber: '1Z2', carrier: 'UPS', lines }), connection);
    expect(statuses(shop)).toEqual([
      ['IN_TRANSIT', '9400111'],
      ['IN_TRANSIT', '1Z2'],
      ['IN_TRANSIT', '1Z2'],
    ]);
    const more = await tiktok.tell?.shipped?.(parcel({ trackingNumber: 'X' }), connection);
    expect(more).toMatchObject({ refusal: { code: 'state-conflict' } });
  });

  it('ships the packages that TikTok has made, the seller’s own or with its labels', async () => {
    const packed = (id: string, package_id: string) => item(id, { package_id });
    const line_items = [packed('576912345678900001', 'K1'), packed('576912345678900003', 'K1')];
    const own = await open();
    own.shop.putOrder(order({ line_items }));
    expect(await tiktok.tell?.shipped?.(parcel(), own.connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('Split it') as string },
    });
    expect(await tiktok.tell?.shipped?.(parcel({ lines: mugs(2) }), own.connection)).toMatchObject({ ok: true });
    expect(statuses(own.shop)).toEqual([
      ['IN_TRANSIT', '9400111'],
      ['IN_TRANSIT', '9400111'],
    ]);
    const theirs = await open({ settings: { handoverMethod: 'DROP_OFF' } });
    theirs.shop.putOrder(order({ line_items, shipping_type: 'TIKTOK' }));
    const all = parcel({ lines: mugs(2) });
    expect(await tiktok.tell?.shipped?.(all, theirs.connection)).toMatchObject({ value: { reference: 'K1' } });
    expect(statuses(theirs.shop)).toEqual([['AWAITING_COLLECTION'], ['AWAITING_COLLECTION']]);
    expect(await tiktok.tell?.shipped?.({ ...all, tries: 1 }, theirs.connection)).toMatchObject({ ok: true });
  });

  it('with TikTok’s labels is not taken for the one before, though nobody heard what came of it', async () => {
    const packed = (id: string, package_id: string) => item(id, { package_id });
    const line_items = [packed('576912345678900001', 'K1'), packed('576912345678900003', 'K2')];
    const { shop, connection } = await open();
    shop.putOrder(order({ line_items, shipping_type: 'TIKTOK' }));
    const first = parcel({ lines: mugs(1) });
    expect(await tiktok.tell?.shipped?.(first, connection)).toMatchObject({ value: { reference: 'K1' } });
    expect(await tiktok.tell?.shipped?.({ ...first, tries: 1 }, connection)).toMatchObject({
      value: { reference: 'K1' },
    });
    expect(statuses(shop)).toEqual([['AWAITING_COLLECTION'], ['AWAITING_SHIPMENT']]);
    const second = { ...parcel({ lines: mugs(1), trackingNumber: 'X' }), tries: 1, others: ['K1'] };
    for (let times = 0; times < 2; times += 1)
      expect(await tiktok.tell?.shipped?.(second, connection)).toMatchObject({ value: { reference: 'K2' } });
    expect(statuses(shop)).toEqual([['AWAITING_COLLECTION'], ['AWAITING_COLLECTION']]);
  });

  it('goes on where a limit came between two of its packages', async () => {
    const packed = (id: string, package_id: string) => item(id, { package_id });
    const line_items = [packed('576912345678900001', 'K1'), packed('576912345678900003', 'K2')];
    const { shop, connection } = await open();
    shop.putOrder(order({ line_items, shipping_type: 'TIKTOK' }));
    const all = parcel({ lines: mugs(2) });
    const limited = {
      ...connection,
      call: async (call: Parameters<typeof connection.call>[0]) =>
        String(call.url).includes('/packages/K2/')
          ? refuse('provider-unavailable', 'Full.', { facts: { limit: true } })
          : connection.call(call),
    };
    expect(await tiktok.tell?.shipped?.(all, limited)).toMatchObject({ ok: false });
    expect(await tiktok.tell?.shipped?.(all, connection)).toMatchObject({ ok: true });
    expect(statuses(shop)).toEqual([['AWAITING_COLLECTION'], ['AWAITING_COLLECTION']]);
  });

  it('without a package of TikTok’s label, or with a carrier it does not know, is left to a person', async () => {
    const { shop, connection } = await open();
    expect(await tiktok.tell?.shipped?.(parcel({ carrier: 'Pigeon' }), connection)).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('USPS, UPS Ground') as string },
    });
    shop.putOrder(order({ shipping_type: 'TIKTOK' }));
    expect(await tiktok.tell?.shipped?.(parcel(), connection)).toMatchObject({
      refusal: { detail: expect.stringContaining('label') as string },
    });
    shop.putOrder(order({ delivery_option_id: undefined }));
    expect(await tiktok.tell?.shipped?.(parcel(), connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('Ship it in Seller Center') as string },
    });
    expect(await tiktok.tell?.shipped?.({ ...parcel(), externalId: '1' }, connection)).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  it('finds the carrier by its name, however it is written', () => {
    const named = (carrier: string, ...names: string[]) =>
      providerNamed(
        names.map((name) => ({ name })),
        carrier,
      )?.name;
    expect(named('J&T Express', 'Ninja Van', 'J&T')).toBe('J&T');
    expect(named('ups', 'UPS Ground', 'UPS')).toBe('UPS');
    expect(named('Pigeon', 'UPS', 'Other')).toBe('Other');
    expect(named('', 'UPS')).toBeUndefined();
  });
});

describe('a cancellation told to TikTok', () => {
  it('takes units of a line, and then the rest of the order', async () => {
    const { shop, connection } = await open();
    expect(await tiktok.tell?.cancelled?.(cancel(), connection)).toMatchObject({ ok: true });
    expect(statuses(shop)).toEqual([['CANCELLED'], ['AWAITING_SHIPMENT'], ['AWAITING_SHIPMENT']]);
    const rest = { ...cancel({ complete: true }), noticeId: 'n-2' };
    expect(await tiktok.tell?.cancelled?.(rest, connection)).toMatchObject({ ok: true });
    expect(statuses(shop).flat()).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    expect(await tiktok.tell?.cancelled?.({ ...rest, tries: 1 }, connection)).toMatchObject({ ok: true });
    expect(await tiktok.tell?.refunded?.(refund, connection)).toEqual({ ok: true, value: {} });
  });

  it('approves what the buyer asked for, and refuses what has left', async () => {
    const { shop, connection } = await open();
    const asked = { cancel_id: '77', cancel_status: 'CANCELLATION_REQUEST_PENDING', role: 'BUYER' };
    shop.putCancellation(cancellation({ ...asked, order_id: base.externalId }));
    expect(await tiktok.tell?.cancelled?.(cancel({ complete: true }), connection)).toEqual({
      ok: true,
      value: { reference: '77' },
    });
    const gone = await open();
    await tiktok.tell?.shipped?.(parcel({ lines: mugs(2) }), gone.connection);
    expect(await tiktok.tell?.cancelled?.(cancel(), gone.connection)).toMatchObject({
      refusal: { code: 'state-conflict' },
    });
  });

  it('gives a reason that TikTok lists, else the one that is documented', () => {
    const listed = ['seller_cancel_reason_out_of_stock_uk', 'seller_cancel_paid_reason_buyer_requested_cancellation'];
    expect(cancelReason('customer changed his mind', listed)).toBe(listed[1]);
    expect(cancelReason('address is wrong', listed)).toBe(listed[0]);
    expect(cancelReason('no stock', [])).toBe('seller_cancel_reason_out_of_stock');
    expect(cancelReason('no stock', ['other'])).toBe('other');
  });
});

it('a refund of what came back is made, though as many units of its line were cancelled before', async () => {
  const { shop, connection } = await open();
  await tiktok.tell?.cancelled?.(cancel(), connection);
  await tiktok.tell?.refunded?.(refund, connection);
  expect(shop.afterSale.refunds.get('notice-2')).toMatchObject({ refund_total: '5.00' });
});

it('a refund names its units and the reason that fits', async () => {
  const { shop, connection } = await open();
  await tiktok.tell?.refunded?.(refund, connection);
  expect(shop.afterSale.refunds.get('notice-2')).toMatchObject({
    refund_total: '5.00',
    return_reason: 'ecom_order_delivered_refund_reason_damaged',
    order_line_item_ids: ['576912345678900001'],
  });
});

it.runIf(inputsPresent)('stock has the shape of the request that is kept beside the repository', () => {
  const { body } = JSON.parse(inputBytes('tiktok/inventory_update.request.json').toString()) as { body: unknown };
  const made = stockUpdate([offer('X', '1731432230997951598', 'P', 97)], '7498560733279340293');
  expect(made).toEqual(body);
});
