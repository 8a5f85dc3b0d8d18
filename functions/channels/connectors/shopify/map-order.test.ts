import { describe, expect, it } from 'vitest';
import { type OrderInput } from '../../../../shared/contracts/orders/resources.ts';
import { channelOf } from '../../fixtures/world.ts';
import { shopifyLine, shopifyOrderBody } from '../../fixtures/shopify-order.ts';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { mapOrder } from './map-order.ts';

const listed: Record<string, string[]> = { '2002': ['CAP-RED'], '2003': ['A', 'B'] };
const context = (over: Partial<MapContext> = {}): MapContext => ({
  channel: channelOf({ channelId: 'shopify-us', type: 'shopify' }),
  topic: 'orders/create',
  skusOf: (variantId) => Promise.resolve(listed[variantId] ?? []),
  ...over,
});
const mapText = (text: string, over?: Partial<MapContext>): Promise<Mapped> =>
  mapOrder(Buffer.from(text), context(over));
const map = (over: Readonly<Record<string, unknown>> = {}): Promise<Mapped> =>
  mapText(JSON.stringify(shopifyOrderBody(over)));

async function order(over: Readonly<Record<string, unknown>> = {}): Promise<OrderInput> {
  const mapped = await map(over);
  if (mapped.kind !== 'order') throw new Error(mapped.reason);
  return mapped.order;
}
async function reason(over: Readonly<Record<string, unknown>>, kind: 'ignored' | 'quarantined'): Promise<string> {
  const mapped = await map(over);
  expect(mapped.kind).toBe(kind);
  return mapped.kind === 'order' ? '' : mapped.reason;
}
const totalOf = ({ lines, shipping }: OrderInput): number =>
  lines.reduce(
    (sum, line) => sum + line.quantity * line.unitPrice.amount - (line.discount?.amount ?? 0) + (line.tax?.amount ?? 0),
    (shipping?.price.amount ?? 0) + (shipping?.tax?.amount ?? 0),
  );

describe('a Shopify order', () => {
  it('becomes an order of ours, paid, in UTC', async () => {
    expect(await order()).toEqual({
      channelId: 'shopify-us',
      externalId: '5001',
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
      lines: [
        {
          sku: 'TEE-BLACK-M',
          quantity: 1,
          title: 'Item 11001',
          externalLineId: '11001',
          unitPrice: { amount: 2000, currency: 'USD' },
        },
      ],
      shipping: { price: { amount: 500, currency: 'USD' } },
      total: { amount: 2500, currency: 'USD' },
      payments: [{ provider: 'recorded', amount: { amount: 2500, currency: 'USD' }, reference: 'shopify_payments' }],
      holds: [],
    });
  });

  it('keeps every digit of an id beyond 2^53', async () => {
    const text = JSON.stringify(shopifyOrderBody())
      .replace('"id":5001', '"id":820982911946154508')
      .replace('"id":11001', '"id":866550311766439020');
    const mapped = await mapText(text);
    expect(mapped).toMatchObject({
      order: { externalId: '820982911946154508', lines: [{ externalLineId: '866550311766439020' }] },
    });
  });

  it('takes the SKU from the listing of its variant where the line has none', async () => {
    const mapped = await order({ line_items: [shopifyLine({ sku: '', variant: 2002 })] });
    expect(mapped.lines[0]?.sku).toBe('CAP-RED');
  });

  it.each([
    [{ sku: '', variant: 9999 }, /No SKU is listed for variant 9999 .*PUT \/v1\/channels\/shopify-us\/listings/],
    [{ sku: '', variant: 2003 }, /Variant 2003 .* is listed for A and B/],
    [{ sku: '', variant: null }, /neither SKU nor variant/],
  ])('is quarantined with the remedy when a line has no SKU: %j', async (line, words) => {
    expect(await reason({ line_items: [shopifyLine(line)] }, 'quarantined')).toMatch(words);
  });

  it('adds up with discounts, taxes on top, and discounted shipping', async () => {
    const shipping = { price: '5.00', discount_allocations: [{ amount: '5.00' }], tax_lines: [{ price: '0.41' }] };
    const mapped = await order({
      line_items: [shopifyLine({ quantity: 3, price: '9.99', discounts: ['1.00', '0.55'], taxes: ['1.42', '0.30'] })],
      shipping_lines: [shipping],
      total_price: '30.55',
      total_price_set: null,
    });
    expect(mapped.lines[0]).toMatchObject({ discount: { amount: 155 }, tax: { amount: 172 } });
    expect(totalOf(mapped)).toBe(3055);
    expect(mapped.total?.amount).toBe(3055);
  });

  it('uses the shop currency when the buyer saw another', async () => {
    const both = (shop: string, buyer: string) => ({
      shop_money: { amount: shop, currency_code: 'USD' },
      presentment_money: { amount: buyer, currency_code: 'EUR' },
    });
    const mapped = await order({
      presentment_currency: 'EUR',
      line_items: [{ ...shopifyLine(), price: '20.00', price_set: both('20.00', '18.40') }],
      total_price_set: both('25.00', '23.00'),
    });
    expect(mapped.lines[0]?.unitPrice).toEqual({ amount: 2000, currency: 'USD' });
    expect(mapped.total?.amount).toBe(2500);
  });

  it.each([
    ['test order', { test: true }],
    ['cancelled at the channel', { cancelled_at: '2026-11-20T09:00:00-05:00' }],
    ['nothing to ship', { line_items: [shopifyLine({ giftCard: true }), shopifyLine({ shipped: false })] }],
  ])('is ignored: %s', async (words, over) => {
    expect(await reason(over, 'ignored')).toContain(words);
  });

  it('ignores other topics, naming them', async () => {
    expect(await mapText('{}', { topic: 'orders/updated' })).toEqual({
      kind: 'ignored',
      reason: 'topic orders/updated is not taken in; only orders/create is',
    });
  });

  it.each([
    ['no shipping address', { shipping_address: null }],
    ['country', { shipping_address: { ...shopifyOrderBody().shipping_address, country_code: null } }],
    ['read exactly', { total_price: '25.001', total_price_set: null }],
    ['no Shopify order: /line_items', { line_items: undefined }],
  ])('is quarantined: %s', async (words, over) => {
    expect(await reason(over, 'quarantined')).toContain(words);
  });

  it('is quarantined when its bytes are no JSON', async () => {
    expect(await mapText('{"id":')).toMatchObject({ kind: 'quarantined' });
    expect(await mapOrder(Buffer.from([0xff, 0xfe]), context())).toMatchObject({ kind: 'quarantined' });
  });

  it.each([
    ['pending', 'payment pending at channel', 0],
    ['authorized', 'payment is authorized at the channel and not captured', 0],
    ['voided', 'payment was voided at the channel', 0],
    ['partially_paid', 'payment is partial at the channel', 1000],
  ])('is held while its payment is %s', async (status, hold, received) => {
    const mapped = await order({ financial_status: status, total_outstanding: '15.00' });
    expect(mapped.holds).toEqual([{ reason: hold }]);
    expect(mapped.payments.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(received);
  });

  it('leaves a tip and a gift card out, says so, and pays only for what is left', async () => {
    const mapped = await order({
      line_items: [shopifyLine(), shopifyLine({ id: 11002, giftCard: true, price: '50.00' })],
      total_tip_received: '3.00',
      total_price: '78.00',
      total_price_set: null,
    });
    expect(mapped.note).toBe(
      "Shopify's total 78.00 USD holds besides: lines that need no shipping 50.00 USD, tip 3.00 USD. Not shipped by us: 1 × Item 11002.",
    );
    expect(mapped).toMatchObject({
      lines: [{ sku: 'TEE-BLACK-M' }],
      payments: [{ amount: { amount: 2500 } }],
      holds: [],
    });
    expect(mapped.total).toBeUndefined();
  });

  it('is held when nothing explains the difference; less than its parts becomes a discount', async () => {
    const more = await order({ total_price: '26.00', total_price_set: null });
    expect(more.holds[0]?.reason).toContain('total is 26.00 USD and its parts add up to 25.00 USD');
    expect(totalOf(more)).toBe(2500);
    const less = await order({ total_price: '24.00', total_price_set: null });
    expect(less).toMatchObject({
      lines: [{ discount: { amount: 100 } }],
      total: { amount: 2400 },
      payments: [{ amount: { amount: 2400 } }],
    });
    expect(totalOf(less)).toBe(2400);
  });

  it('is held when it was edited before it came here', async () => {
    const mapped = await order({ line_items: [shopifyLine({ currentQuantity: 0 })] });
    expect(mapped.holds[0]?.reason).toContain('changed at the channel');
  });

  it('survives what people type: blanks, line breaks, a broken email', async () => {
    const mapped = await order({
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
