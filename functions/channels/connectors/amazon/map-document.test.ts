import { describe, expect, it } from 'vitest';
import { type Mapped } from '../../domain/connector.ts';
import { orderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { orderChangeOf } from './fixtures/notifications.ts';
import { documentOf, inStatus, mugs, order2026, order2026With, tray } from './fixtures/orders.ts';
import { mapDocument } from './map-document.ts';

const channel = channelOf({ channelId: 'amazon-us', type: 'amazon' });
const mapped = (body: Buffer): Mapped => mapDocument(body, { channel });
const snapshotOf = (body: Buffer) => canonical(channel, mapped(body));
const usd = (amount: number) => ({ amount, currency: 'USD' });
const bytes = (value: object) => Buffer.from(JSON.stringify(value));

describe('an order of 2026-01-01', () => {
  it('comes with everything that it has', async () => {
    expect(await snapshotOf(documentOf(order2026))).toMatchObject({
      asOf: '2026-11-20T08:31:07.000Z',
      state: 'open',
      fulfilledBy: 'us',
      cancelled: [],
      order: {
        externalId: '114-5550001-7770001',
        placedAt: '2026-11-20T08:00:00.000Z',
        customer: { name: 'Ada Example', company: 'Example Works', email: 'a1b2c3@marketplace.amazon.com' },
        shipTo: { lines: ['9 Harbor Road', 'Dock 4'], region: 'MA', country: 'US', company: 'Example Works' },
        delivery: { method: 'ship', service: 'EXPEDITED', instructions: 'Front desk. Ring twice' },
        promised: {
          shipBy: '2026-11-23T23:59:59.000Z',
          deliverFrom: '2026-11-25T00:00:00.000Z',
          deliverBy: '2026-11-28T23:59:59.000Z',
        },
        lines: [
          {
            externalLineId: '70018234567811',
            listing: { variantId: 'B0TESTMUG1' },
            title: 'Stoneware mug, blue',
            quantity: 3,
            unitPrice: usd(1250),
            discount: usd(250),
            discounts: [{ code: 'FALL-MUGS', amount: usd(250) }],
            tax: usd(289),
            taxes: [{ title: 'collected by Amazon Services, Inc.', remittedByChannel: true, amount: usd(289) }],
            gift: { message: 'Enjoy!', wrap: true },
            promised: { deliverBy: '2026-11-28T20:00:00.000Z' },
            attributes: { conditionNote: 'First choice', programs: 'SUBSCRIBE_AND_SAVE' },
          },
          { externalLineId: '70018234567829', quantity: 1, unitPrice: usd(3100), tax: usd(240) },
        ],
        charges: [
          { kind: 'gift-wrap', title: 'PREMIUM', externalLineId: '70018234567811', price: usd(420), tax: usd(35) },
          { kind: 'tip', price: usd(300) },
        ],
        shipping: { price: usd(500), tax: usd(41) },
        channelTotal: usd(8425),
        payments: [{ provider: 'recorded', amount: usd(8425), method: 'Amazon' }],
        holds: [],
        attributes: { sellerOrderId: 'WEB-9', purchaseOrderNumber: 'PO-77', programs: 'PRIME, AMAZON_BUSINESS' },
      },
    });
  });

  it.each([
    ['PENDING', 'pending'],
    ['PENDING_AVAILABILITY', 'pending'],
    ['UNSHIPPED', 'open'],
    ['PARTIALLY_SHIPPED', 'open'],
    ['SHIPPED', 'closed'],
    ['INVOICE_UNCONFIRMED', 'closed'],
    ['CANCELLED', 'cancelled'],
    ['UNFULFILLABLE', 'cancelled'],
  ])('that is %s is %s', async (status, state) => {
    expect((await snapshotOf(documentOf(inStatus(status)))).state).toBe(state);
  });

  it('that is pending has neither prices nor an address, and goes to its marketplace’s country', async () => {
    const bare = [mugs, tray].map(({ orderItemId, quantityOrdered, product: { price: _price, ...product } }) => ({
      orderItemId,
      quantityOrdered,
      product,
    }));
    const order = inStatus('PENDING', { orderItems: bare, recipient: null, buyer: null, proceeds: null });
    const { order: read } = await snapshotOf(documentOf(order));
    expect(read).toMatchObject({
      shipTo: { country: 'US' },
      payments: [],
      holds: [],
      lines: [{ unitPrice: usd(0) }, {}],
    });
    expect(read.channelTotal).toBeUndefined();
  });

  it('that Amazon ships itself is the channel’s, without address and without holds', async () => {
    const fulfillment = { ...order2026.fulfillment, fulfilledBy: 'AMAZON' };
    const read = await snapshotOf(documentOf(order2026With({ fulfillment, recipient: undefined })));
    expect(read).toMatchObject({ fulfilledBy: 'channel', order: { shipTo: { country: 'US' }, holds: [] } });
  });

  it('without a street is held, without a country set aside: the role is missing', async () => {
    const masked = order2026With({ recipient: { deliveryAddress: { city: 'Boston', countryCode: 'US' } } });
    expect((await snapshotOf(documentOf(masked))).order.holds[0]?.reason).toContain('Direct-to-Consumer Delivery');
    expect(mapped(documentOf(order2026With({ recipient: {} })))).toMatchObject({
      kind: 'quarantined',
      code: 'address',
    });
  });

  it('counts as cancelled what is neither fulfilled nor to be, and keeps quantities as ordered', async () => {
    const part = { ...mugs, fulfillment: { ...mugs.fulfillment, quantityUnfulfilled: 2 } };
    const read = await snapshotOf(documentOf(order2026With({ orderItems: [part, tray] })));
    expect(read.cancelled).toEqual([{ externalLineId: mugs.orderItemId, quantity: 1 }]);
    expect(read.order.lines[0]?.quantity).toBe(3);
  });

  it('an item whose units were all cancelled is no line any more, and cancelled whole', async () => {
    const gone = { ...tray, quantityOrdered: 0, proceeds: null, fulfillment: { quantityUnfulfilled: 0 } };
    const proceeds = { ...order2026.proceeds, grandTotal: { amount: '50.85', currencyCode: 'USD' } };
    const read = await snapshotOf(documentOf(order2026With({ orderItems: [mugs, gone], proceeds })));
    expect(read.order.lines.map(({ externalLineId }) => externalLineId)).toEqual([mugs.orderItemId]);
    const before = { order: { ...(await snapshotOf(documentOf(order2026))).order } };
    const at = orderAtChannel({ snapshot: read, changes: {} });
    expect(at?.cancelled.get(tray.orderItemId)).toBeGreaterThanOrEqual(before.order.lines[1]?.quantity ?? 0);
    expect(at?.isCancelled).toBe(false);
  });

  it.each([
    ['beside its subtotal', '20.83'],
    ['within it', '22.33'],
    ['taken off it', '19.33'],
  ])('tax on discounts is taken off the tax: named %s', async (_where, subtotal) => {
    const usd2026 = (amount: string) => ({ amount, currencyCode: 'USD' });
    const part = (subtype: string, amount: string) => ({ subtype, value: usd2026(amount) });
    const breakdowns = [
      { type: 'ITEM', subtotal: usd2026('100.00') },
      { type: 'SHIPPING', subtotal: usd2026('12.50') },
      {
        type: 'DISCOUNT',
        subtotal: usd2026('7.50'),
        detailedBreakdowns: [part('ITEM', '5.00'), part('SHIPPING', '2.5')],
      },
      {
        type: 'TAX',
        subtotal: usd2026(subtotal),
        detailedBreakdowns: [part('ITEM', '18.33'), part('SHIPPING', '2.50'), part('DISCOUNT', '1.50')],
      },
    ];
    const read = await snapshotOf(
      documentOf(
        order2026With({
          orderItems: [{ ...tray, proceeds: { breakdowns } }],
          proceeds: { grandTotal: usd2026('124.33') },
        }),
      ),
    );
    expect(totalOf(read)).toBe(12433);
    expect(read.order).toMatchObject({
      lines: [{ discount: usd(500), tax: usd(1683) }],
      shipping: { price: usd(1000), tax: usd(250) },
    });
  });

  it('an item without breakdowns and price comes to its proceeds', async () => {
    const bare = {
      ...tray,
      product: { sellerSku: 'TRAY-OAK', price: null },
      proceeds: { proceedsTotal: { amount: '33.40', currencyCode: 'USD' } },
    };
    const proceeds = { grandTotal: { amount: '33.40', currencyCode: 'USD' } };
    expect(totalOf(await snapshotOf(documentOf(order2026With({ orderItems: [bare], proceeds }))))).toBe(3340);
  });

  it('in Brazil the municipality is the city, the neighborhood a part of the street', async () => {
    const deliveryAddress = {
      addressLine1: 'Rua das Flores, 12',
      municipality: 'Campinas',
      stateOrRegion: 'SP',
      extendedFields: { neighborhood: 'Centro' },
      countryCode: 'BR',
    };
    const { order } = await snapshotOf(documentOf(order2026With({ recipient: { deliveryAddress } })));
    expect(order.shipTo).toMatchObject({ lines: ['Rua das Flores, 12', 'Centro'], city: 'Campinas' });
  });

  it('whose buyer asks to cancel is not cancelled', async () => {
    const asking = { ...mugs, cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'Too late' } } };
    const read = await snapshotOf(documentOf(order2026With({ orderItems: [asking, tray] })));
    expect(read).toMatchObject({ state: 'open', cancelRequest: { reason: 'Too late' } });
  });

  it('that is cancelled and empty is an end without an order', () => {
    const gone = [mugs, tray].map((item) => ({ ...item, quantityOrdered: 0 }));
    expect(mapped(documentOf(inStatus('CANCELLED', { orderItems: gone })))).toEqual({
      kind: 'change',
      change: {
        kind: 'cancel',
        externalId: order2026.orderId,
        changeId: `${order2026.orderId}:cancelled`,
        at: '2026-11-20T08:31:07.000Z',
      },
    });
  });

  it('that is paid on delivery is held, as nothing was received', async () => {
    const cod = {
      ...tray,
      fulfillment: { ...tray.fulfillment, shipping: { shippingConstraints: { cashOnDelivery: 'MANDATORY' } } },
    };
    const { order } = await snapshotOf(documentOf(order2026With({ orderItems: [mugs, cod] })));
    expect(order.payments).toEqual([]);
    expect(order.holds).toMatchObject([{ reason: expect.stringContaining('84.25 USD are to be collected') as string }]);
  });

  it('that is collected in a store is a pickup', async () => {
    const { order } = await snapshotOf(documentOf(order2026With({ programs: ['IN_STORE_PICK_UP'] })));
    expect(order.delivery?.method).toBe('pickup');
  });
});

describe('a notification', () => {
  it.each([
    [{ status: 'Canceled' }, { kind: 'change', change: { kind: 'cancel', externalId: '1', changeId: '1:cancelled' } }],
    [{ asksToCancel: true }, { kind: 'change', change: { kind: 'cancel-request', externalId: '1' } }],
    [{}, { kind: 'ignored' }],
  ])('by itself, %j, says what it can', (how, outcome) => {
    expect(mapped(bytes(orderChangeOf('1', how)))).toMatchObject(outcome);
  });

  it.each(['FEED_PROCESSING_FINISHED', 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE'])('of %s is none of an order', (type) => {
    expect(mapped(bytes({ notificationType: type, payload: {} }))).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining(type) as string,
    });
  });
});
