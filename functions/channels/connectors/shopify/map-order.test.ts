import { describe, expect, it } from 'vitest';
import { type Mapped, type SnapshotDraft } from '../../domain/connector.ts';
import { shopifyOrderBody } from '../../fixtures/shopify-order.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { taxedOrder } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';

const channel = channelOf({ channelId: 'shopify-us', type: 'shopify' });
const mapText = (text: string | Buffer, topic = 'orders/create'): Mapped =>
  mapDelivery(Buffer.from(text), { channel, topic, deliveryId: 'd' });
const map = (over: Readonly<Record<string, unknown>> = {}): Mapped => mapText(JSON.stringify(shopifyOrderBody(over)));

function snapshot(over: Readonly<Record<string, unknown>> = {}): SnapshotDraft {
  const mapped = map(over);
  if (mapped.kind !== 'order') throw new Error(JSON.stringify(mapped));
  return mapped.snapshot;
}
const order = (over: Readonly<Record<string, unknown>> = {}) => snapshot(over).order;

describe('a Shopify order', () => {
  it('becomes an order of ours, paid, in UTC', () => {
    expect(snapshot({ name: '#1001', updated_at: '2026-11-20T08:30:09-05:00' })).toEqual({
      asOf: '2026-11-20T13:30:09.000Z',
      state: 'open',
      test: false,
      order: {
        externalId: '5001',
        externalNumber: '#1001',
        placedAt: '2026-11-20T13:30:00.000Z',
        currency: 'USD',
        customer: { name: 'Ada Byron', email: 'ada@example.com', externalId: '7001' },
        shipTo: {
          name: 'Ada Byron',
          lines: ['1 Beacon St'],
          city: 'Boston',
          region: 'MA',
          postalCode: '02108',
          country: 'US',
          phone: '+16175550100',
          email: 'ada@example.com',
        },
        delivery: { method: 'ship', service: 'Standard' },
        lines: [
          {
            sku: 'TEE-BLACK-M',
            listing: { variantId: '2001' },
            quantity: 1,
            title: 'Item 11001',
            externalLineId: '11001',
            unitPrice: { amount: 2000, currency: 'USD' },
          },
        ],
        shipping: { price: { amount: 500, currency: 'USD' } },
        channelTotal: { amount: 2500, currency: 'USD' },
        payments: [{ provider: 'recorded', amount: { amount: 2500, currency: 'USD' }, method: 'shopify_payments' }],
        holds: [],
      },
      cancelled: [],
      refunds: [],
    });
  });

  it('keeps every digit of an id beyond 2^53', () => {
    const text = JSON.stringify(shopifyOrderBody())
      .replace('"id":5001', '"id":820982911946154508')
      .replace('"id":11001', '"id":866550311766439020');
    expect(mapText(text)).toMatchObject({
      snapshot: { order: { externalId: '820982911946154508', lines: [{ externalLineId: '866550311766439020' }] } },
    });
  });

  it('comes to its total with taxes in the price, a code, digital lines, a tip, duties and a fee', async () => {
    const read = await canonical(channel, mapText(JSON.stringify(taxedOrder())));
    expect(totalOf(read)).toBe(5869);
    expect(read.order).toMatchObject({
      channelTotal: { amount: 5869 },
      lines: [{ discounts: [{ title: 'Spring', code: 'SPRING', amount: { amount: 359 } }, { title: 'rounding' }] }],
    });
    expect(read.order.charges?.map(({ kind }) => kind)).toEqual(['digital', 'tip', 'duty', 'fee']);
  });

  it('keeps a total that its parts do not come to, as it is', () => {
    const mapped = order({ total_price: '26.00', total_price_set: null });
    expect(mapped).toMatchObject({ channelTotal: { amount: 2600 }, lines: [{ unitPrice: { amount: 2000 } }] });
    expect(mapped.lines[0]?.discount).toBeUndefined();
  });

  it.each([
    ['test', { test: true }, { test: true, state: 'open' }],
    ['cancelled', { cancelled_at: '2026-11-21T00:00:00Z' }, { state: 'cancelled' }],
    ['not confirmed yet', { confirmed: false }, { state: 'pending' }],
    ['archived', { closed_at: '2026-11-21T00:00:00Z' }, { state: 'closed' }],
    ['all shipped', { fulfillment_status: 'fulfilled' }, { state: 'closed' }],
    ['partly shipped', { fulfillment_status: 'partial' }, { state: 'open' }],
  ])('%s', (_, over, expected) => expect(snapshot(over)).toMatchObject(expected));

  it('that was refunded in part is paid, and what is left of it goes', () => {
    expect(order({ financial_status: 'partially_refunded' })).toMatchObject({
      payments: [{ amount: { amount: 2500 } }],
      holds: [],
    });
  });

  it.each([
    ['pending', 'payment pending at channel', 0],
    ['authorized', 'payment is authorized at the channel and not captured', 0],
    ['voided', 'payment was voided at the channel', 0],
    ['partially_paid', 'payment is partial at the channel', 1000],
    ['refunded', 'payment was refunded at the channel', 2500],
    ['something new', 'payment pending at channel', 0],
  ])('is held while its payment is %s', (status, hold, received) => {
    const { holds = [], payments = [] } = order({ financial_status: status, total_outstanding: '15.00' });
    expect(holds).toEqual([{ reason: hold }]);
    expect(payments.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(received);
  });

  it('names the terms of a B2B order, and keeps what else is known of it', () => {
    const mapped = order({
      financial_status: 'pending',
      payment_terms: { payment_terms_name: 'Net 30' },
      po_number: 'PO-77',
      tags: 'b2b, priority',
      note_attributes: [
        { name: 'gate', value: 7 },
        { name: 'empty', value: null },
      ],
      billing_address: { company: 'Byron Ltd', country_code: 'GB' },
    });
    expect(mapped).toMatchObject({
      holds: [{ reason: 'payment pending at channel (Net 30)' }],
      attributes: { po_number: 'PO-77', payment_terms: 'Net 30', tags: 'b2b, priority', gate: '7' },
      billTo: { company: 'Byron Ltd', country: 'GB' },
      customer: { company: 'Byron Ltd' },
    });
  });

  it('survives what people type: blanks, line breaks, a broken email', () => {
    const mapped = order({
      email: 'not an email',
      customer: null,
      note: '  ring\n\ttwice ',
      shipping_address: { ...shopifyOrderBody().shipping_address, name: 'Ada\nByron', zip: '  ' },
    });
    expect(mapped.shipTo.name).toBe('Ada Byron');
    expect(mapped.note).toBe('ring twice');
    expect(mapped.customer).toBeUndefined();
    expect(mapped.shipTo.postalCode).toBeUndefined();
  });
});

it.each(['app/uninstalled', 'inventory_levels/update', 'fulfillments/create', 'draft_orders/create', 'orders/delete'])(
  '%s is none of ours',
  (topic) =>
    expect(mapText('{"id":1}', topic)).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining(topic) as string,
    }),
);

it.each([
  ['read exactly', { total_price: '25.001', total_price_set: null }, 'amount'],
  ['no Shopify order: /line_items', { line_items: undefined }, 'not-as-documented'],
])('is quarantined: %s', (words, over, code) =>
  expect(map(over)).toMatchObject({ kind: 'quarantined', code, reason: expect.stringContaining(words) as string }),
);
