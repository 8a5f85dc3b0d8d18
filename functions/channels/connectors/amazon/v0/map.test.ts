import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mapped } from '../../../domain/connector.ts';
import { channelOf } from '../../../fixtures/world.ts';
import { canonical, totalOf } from '../../../testing/connector-contract.ts';
import { documentV0Of, itemV0, orderV0 } from '../fixtures/orders-v0.ts';
import { mapDocument } from '../map-document.ts';

const channel = channelOf({ channelId: 'amazon-us', type: 'amazon' });
const mapped = (body: Buffer): Mapped => mapDocument(body, { channel });
const snapshotOf = (body: Buffer) => canonical(channel, mapped(body));
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('an order of v0', () => {
  it('comes with everything that it has', async () => {
    expect(await snapshotOf(documentV0Of())).toMatchObject({
      asOf: '2026-11-20T09:30:00.000Z',
      state: 'open',
      order: {
        externalId: orderV0.AmazonOrderId,
        shipTo: { name: 'Ada Example', lines: ['9 Harbor Road'], postalCode: '02108' },
        lines: [
          {
            externalLineId: itemV0.OrderItemId,
            quantity: 2,
            unitPrice: usd(1000),
            discount: usd(100),
            tax: usd(152),
            gift: { message: 'Enjoy!', wrap: true },
            attributes: { serialNumbers: 'SN-1, SN-2', conditionNote: 'First choice' },
          },
        ],
        charges: [{ kind: 'gift-wrap', price: usd(300), tax: usd(24) }],
        channelTotal: usd(2376),
        payments: [{ amount: usd(2376), method: 'CreditCard, GiftCertificate' }],
      },
    });
  });

  it.each([
    ['Pending', 'pending'],
    ['PendingAvailability', 'pending'],
    ['Unshipped', 'open'],
    ['PartiallyShipped', 'open'],
    ['Shipped', 'closed'],
    ['InvoiceUnconfirmed', 'closed'],
    ['Canceled', 'cancelled'],
    ['Unfulfillable', 'cancelled'],
  ])('that is %s is %s', async (OrderStatus, state) => {
    expect((await snapshotOf(documentV0Of({ OrderStatus }))).state).toBe(state);
  });

  it('an item of which nothing is left is cancelled whole; what buyers have not asked for is not asked', async () => {
    const gone = { OrderItemId: '70018234567910', SellerSKU: 'TRAY', QuantityOrdered: 0, QuantityShipped: 0 };
    const asked = { ...itemV0, BuyerRequestedCancel: { IsBuyerRequestedCancel: 'false', BuyerCancelReason: '' } };
    const read = await snapshotOf(documentV0Of({}, asked, gone));
    expect(read.order.lines).toHaveLength(1);
    expect(read.cancelled.map(({ externalLineId }) => externalLineId)).toEqual([gone.OrderItemId]);
    expect(read.cancelRequest).toBeUndefined();
  });

  it('that a tool passes on with numbers for texts and flags is the same order', async () => {
    const item = {
      OrderItemId: '1',
      SellerSKU: 'STAND',
      QuantityOrdered: 3,
      ItemPrice: { CurrencyCode: 'CAD', Amount: 13.25 },
      ItemTax: { CurrencyCode: 'CAD', Amount: 1.06 },
      PromotionDiscount: { CurrencyCode: 'CAD', Amount: 0 },
      IsGift: 0,
      IsTransparency: 1,
    };
    const read = await snapshotOf(documentV0Of({ OrderTotal: { CurrencyCode: 'CAD', Amount: 14.31 } }, item));
    expect(totalOf(read)).toBe(1431);
    expect(read.order.lines[0]).toMatchObject({ attributes: { transparency: 'true' } });
    expect(read.order.lines[0]?.gift).toBeUndefined();
  });

  it('is no gift, and taxed by its seller, where a tool writes None', async () => {
    const BuyerInfo = {
      GiftMessageText: '',
      GiftWrapLevel: 'None',
      GiftWrapPrice: { CurrencyCode: 'USD', Amount: '0' },
    };
    const item = { ...itemV0, IsGift: false, BuyerInfo, TaxCollection: null, DeemedResellerCategory: 'NONE' };
    const { order } = await snapshotOf(documentV0Of({}, item));
    expect(order.lines[0]?.gift).toBeUndefined();
    expect(order.lines[0]?.taxes).toBeUndefined();
    const ioss = await snapshotOf(documentV0Of({}, { ...item, DeemedResellerCategory: 'IOSS' }));
    expect(ioss.order.lines[0]?.taxes).toMatchObject([
      { title: 'collected by Amazon (IOSS)', remittedByChannel: true },
    ]);
  });

  it('in Brazil the municipality is the city, the district a part of the street', async () => {
    const ShippingAddress = {
      Name: 'João',
      AddressLine1: 'Rua das Flores, 12',
      City: '',
      Municipality: 'Campinas',
      StateOrRegion: 'SP',
      ExtendedFields: { StreetName: 'Rua das Flores', StreetNumber: '12', Neighborhood: 'Centro' },
      CountryCode: 'BR',
    };
    const { order } = await snapshotOf(documentV0Of({ ShippingAddress }));
    expect(order.shipTo).toMatchObject({ lines: ['Rua das Flores, 12', 'Centro'], city: 'Campinas', region: 'SP' });
  });

  it.each([true, 'true', 'True'])(
    'whose buyer asks to cancel (%j) is not cancelled',
    async (IsBuyerRequestedCancel) => {
      const item = { ...itemV0, BuyerRequestedCancel: { IsBuyerRequestedCancel, BuyerCancelReason: 'Cheaper' } };
      expect(await snapshotOf(documentV0Of({}, item))).toMatchObject({
        state: 'open',
        cancelRequest: { reason: 'Cheaper' },
      });
    },
  );

  it.each([false, 'false', null])('whose buyer does not (%j) has no request', async (IsBuyerRequestedCancel) => {
    const item = { ...itemV0, BuyerRequestedCancel: { IsBuyerRequestedCancel } };
    expect((await snapshotOf(documentV0Of({}, item))).cancelRequest).toBeUndefined();
  });

  it('of which a part was cancelled before all the rest was shipped says how much', async () => {
    const read = await snapshotOf(
      documentV0Of({ OrderStatus: 'Shipped', NumberOfItemsUnshipped: 0 }, { ...itemV0, QuantityShipped: 1 }),
    );
    expect(read.cancelled).toEqual([{ externalLineId: itemV0.OrderItemId, quantity: 1 }]);
  });

  it('that is collected in a store names it', async () => {
    const read = await snapshotOf(documentV0Of({ IsISPU: true }, { ...itemV0, StoreChainStoreId: 'ST-12' }));
    expect(read.order.delivery).toMatchObject({ method: 'pickup', pickupPoint: { externalId: 'ST-12' } });
  });

  it('that is paid on delivery records what was paid otherwise', async () => {
    const PaymentExecutionDetail = [
      { Payment: { CurrencyCode: 'USD', Amount: '13.76' }, PaymentMethod: 'COD' },
      { Payment: { CurrencyCode: 'USD', Amount: '10.00' }, PaymentMethod: 'GC' },
    ];
    const { order } = await snapshotOf(documentV0Of({ PaymentMethod: 'COD', PaymentExecutionDetail }));
    expect(order.payments).toMatchObject([{ amount: usd(1000) }]);
    expect(order.holds).toMatchObject([{ reason: expect.stringContaining('13.76 USD') as string }]);
  });
});

describe('money', () => {
  const money = (minor: number) => ({ CurrencyCode: 'USD', Amount: (minor / 100).toFixed(2) });
  const cents = fc.integer({ min: 0, max: 500_000 });
  const item = fc.record({
    quantity: fc.integer({ min: 1, max: 9 }),
    net: fc.integer({ min: 1000, max: 500_000 }),
    tax: cents,
    off: fc.integer({ min: 0, max: 900 }),
    offTax: fc.integer({ min: 0, max: 90 }),
    shipping: cents,
    shippingTax: cents,
  });

  it.each(['beside', 'within'])(
    'comes to the total where taxes are %s the prices, to the minor unit',
    async (where) => {
      await fc.assert(
        fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 5 }), async (items) => {
          const inside = where === 'within';
          const bodies = items.map((one, index) => ({
            OrderItemId: String(index + 1),
            SellerSKU: 'S',
            QuantityOrdered: one.quantity,
            ItemPrice: money(one.net + (inside ? one.tax : 0)),
            ItemTax: money(one.tax),
            PromotionDiscount: money(one.off + (inside ? one.offTax : 0)),
            PromotionDiscountTax: money(one.offTax),
            ShippingPrice: money(one.shipping + (inside ? one.shippingTax : 0)),
            ShippingTax: money(one.shippingTax),
          }));
          const total = items.reduce(
            (sum, one) => sum + one.net + one.tax - one.off - one.offTax + one.shipping + one.shippingTax,
            0,
          );
          // A line whose tax on the discount is more than its tax would be a line of negative tax: Amazon has none.
          fc.pre(items.every(({ tax, offTax }) => tax >= offTax));
          const read = await snapshotOf(documentV0Of({ OrderTotal: money(total) }, ...bodies));
          expect(totalOf(read)).toBe(total);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('that does not add up is kept as it is: the difference shows', async () => {
    const read = await snapshotOf(documentV0Of({ OrderTotal: money(9999) }));
    expect([totalOf(read), read.order.channelTotal]).toEqual([2376, usd(9999)]);
    expect(read.order.payments).toMatchObject([{ amount: usd(2376) }]);
  });

  it.each([
    ['finer than the currency', { CurrencyCode: 'JPY', Amount: '25.99' }, 'JPY', 'more decimals than JPY'],
    ['in another currency', { CurrencyCode: 'GBP', Amount: '25.99' }, 'USD', 'is in GBP, the order in USD'],
    ['no decimal', { CurrencyCode: 'USD', Amount: '1e3' }, 'USD', 'not a decimal amount'],
  ])('that is %s is set aside', (_what, ItemPrice, CurrencyCode, words) => {
    const outcome = mapped(documentV0Of({ OrderTotal: { CurrencyCode, Amount: '26' } }, { ...itemV0, ItemPrice }));
    expect(outcome).toMatchObject({
      kind: 'quarantined',
      code: 'amount',
      reason: expect.stringContaining(words) as string,
    });
  });
});
