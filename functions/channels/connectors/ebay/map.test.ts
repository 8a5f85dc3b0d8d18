import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { ebayOrder, mugs, taxListed, taxOnTop } from './fixtures/orders.ts';
import { map } from './map.ts';

const channel = channelOf({ channelId: 'ebay-us', type: 'ebay' });
const mapped = (json: unknown) => map(Buffer.from(JSON.stringify(json)), { topic: 'order' });
const snapshotOf = (more: object, order: object = ebayOrder) => canonical(channel, mapped({ ...order, ...more }));
const usd = (value: string) => ({ value, currency: 'USD' });

describe('an order of eBay', () => {
  it('has its ids, people, promises and what the buyer paid', async () => {
    const { order, asOf, state } = await snapshotOf({});
    expect({ asOf, state, total: totalOf({ order }) }).toEqual({
      asOf: '2026-11-22T08:00:05.000Z',
      state: 'open',
      total: 1300,
    });
    expect(order).toMatchObject({
      externalId: '27-10101-33221',
      customer: { externalId: 'ada_b', name: 'Ada Byron' },
      shipTo: { lines: ['12 Analytical Way', 'Floor 2'], country: 'US' },
      delivery: { method: 'ship', service: 'USPSPriority' },
      promised: { shipBy: '2026-11-24T07:59:59.000Z', deliverBy: '2026-11-27T08:00:00.000Z' },
      payments: [{ amount: { amount: 1300 }, reference: '420011_S', method: 'EBAY' }],
      attributes: { legacyOrderId: '110099887766-2200011122233', salesRecordReference: '901' },
    });
    expect(order.lines[0]).toMatchObject({
      unitPrice: { amount: 334 },
      discount: { amount: 102 },
      discounts: [{ title: 'Three for less', amount: { amount: 100 } }, { amount: { amount: 2 } }],
      listing: { variantId: '410099887766', listingId: '110099887766' },
      attributes: { Color: 'Teal', buyerProtection: 'true' },
    });
  });

  it('tax that eBay remits is on top of the total, or in it where it is listed; a fee is none of it', async () => {
    const [top, listed] = [(await snapshotOf({}, taxOnTop)).order, (await snapshotOf({}, taxListed)).order];
    expect([top.channelTotal?.amount, totalOf({ order: top })]).toEqual([1391, 1391]);
    expect([listed.channelTotal?.amount, totalOf({ order: listed })]).toEqual([1441, 1441]);
    for (const order of [top, listed])
      expect(order.lines[0]?.taxes).toEqual([
        { title: 'STATE_SALES_TAX', amount: { amount: 91, currency: 'USD' }, remittedByChannel: true },
      ]);
    expect(listed.charges).toMatchObject([{ kind: 'fee', title: 'TIRE_RECYCLING_FEE', price: { amount: 50 } }]);
  });

  it('a discount, tax or adjustment that no line shows is spread over the lines', async () => {
    const summary = {
      ...ebayOrder.pricingSummary,
      priceDiscount: usd('-1.50'),
      tax: usd('0.70'),
      adjustment: usd('-0.20'),
    };
    const { order } = await snapshotOf({ pricingSummary: { ...summary, total: usd('13.00') } });
    expect(totalOf({ order })).toBe(1300);
  });

  it('delivery is net of its discount', async () => {
    const summary = { ...ebayOrder.pricingSummary, deliveryDiscount: usd('-4.0'), total: usd('9.0') };
    expect(totalOf(await snapshotOf({ pricingSummary: summary }))).toBe(900);
  });

  it('was paid in another currency: the total is the one of the marketplace', async () => {
    const total = { ...usd('13.0'), convertedFromValue: '12.1', convertedFromCurrency: 'EUR' };
    const { order } = await snapshotOf({ pricingSummary: { ...ebayOrder.pricingSummary, total } });
    expect(order.presentment).toEqual({ total: { amount: 1210, currency: 'EUR' } });
    expect(order.currency).toBe('USD');
  });

  it.each([
    ['pending', { orderPaymentStatus: 'PENDING' }],
    ['pending', { orderPaymentStatus: 'FAILED' }],
    ['closed', { orderFulfillmentStatus: 'FULFILLED' }],
    ['cancelled', { cancelStatus: { cancelState: 'CANCELED', cancelRequests: [] } }],
  ])('is %s with %j', async (state, more) => {
    const snapshot = await snapshotOf(more);
    expect(snapshot.state).toBe(state);
    if (state === 'pending') expect(snapshot.order.payments).toEqual([]);
  });

  it('a wish to cancel is none yet, and none any more once it was rejected', async () => {
    const asked = (cancelRequestState: string) => ({
      cancelStatus: {
        cancelState: 'IN_PROGRESS',
        cancelRequests: [
          {
            cancelInitiator: 'Buyer',
            cancelReason: 'ORDER_MISTAKE',
            cancelRequestedDate: '2026-11-22T08:30:00.000Z',
            cancelRequestState,
          },
        ],
      },
    });
    const snapshot = await snapshotOf(asked('REQUESTED'));
    expect(snapshot).toMatchObject({
      state: 'open',
      cancelRequest: { at: '2026-11-22T08:30:00.000Z', reason: 'Buyer: ORDER_MISTAKE' },
    });
    expect((await snapshotOf(asked('REJECTED'))).cancelRequest).toBeUndefined();
  });

  it('refunds are counted once, by id, when they are done', async () => {
    const refund = (refundId: string, value: string, refundStatus: string) => ({
      refundId,
      refundStatus,
      amount: usd(value),
      refundDate: '2026-11-23T08:00:00.000Z',
    });
    const ofLine = { refundId: 'L', refundDate: '2026-11-23T09:00:00.000Z', amount: usd('2.5') };
    const { refunds } = await snapshotOf({
      paymentSummary: { refunds: [refund('A', '1.0', 'REFUNDED'), refund('B', '9.0', 'PENDING')], payments: [] },
      pricingSummary: { priceSubtotal: usd('20'), total: usd('20') },
      lineItems: [
        { ...mugs, discountedLineItemCost: null, refunds: [ofLine] },
        { ...mugs, discountedLineItemCost: null, lineItemId: '2', refunds: [ofLine, { ...ofLine, refundId: 'A' }] },
      ],
    });
    expect(refunds.map(({ externalId, amount }) => [externalId, amount.amount])).toEqual([
      ['A', 250],
      ['L', 500],
    ]);
  });

  it('a refund that the order and its lines both tell is one, to the buyer’s money', async () => {
    const at = '2026-11-23T08:00:00.000Z';
    const line = { ...taxOnTop.lineItems[0], refunds: [{ refundDate: at, amount: usd('13.0') }] };
    const told = (orderPaymentStatus: string) => ({
      orderPaymentStatus,
      orderFulfillmentStatus: 'FULFILLED',
      paymentSummary: {
        refunds: [{ refundDate: at, amount: usd('11.35'), refundStatus: 'REFUNDED', refundReferenceId: '5341' }],
        payments: [],
      },
      lineItems: [line],
    });
    const of = async (status: string) =>
      (await snapshotOf(told(status))).refunds.map(({ externalId, amount }) => [externalId, amount.amount]);
    expect(await of('PARTIALLY_REFUNDED')).toEqual([['5341', 1300]]);
    expect(await of('FULLY_REFUNDED')).toEqual([['5341', 1391]]);
  });

  it('refunds of two lines at two times are two, with and without what the order says', async () => {
    const refund = (day: number, value: string) => ({
      refundDate: `2026-11-2${day}T08:00:00.000Z`,
      amount: usd(value),
    });
    const lineItems = [
      { ...mugs, refunds: [refund(3, '2.0')] },
      { ...mugs, lineItemId: '2', refunds: [refund(4, '3.0')] },
    ];
    const amounts = async (more: object) =>
      (await snapshotOf({ lineItems, ...more })).refunds.map(({ amount }) => amount.amount);
    expect(await amounts({})).toEqual([200, 300]);
    const ofOrder = { ...refund(4, '2.5'), refundReferenceId: '77' };
    expect(await amounts({ paymentSummary: { refunds: [ofOrder], payments: [] } })).toEqual([300, 200]);
  });

  it('all money given back and nothing cancelled waits for a person, until it has left', async () => {
    const back = { orderPaymentStatus: 'FULLY_REFUNDED' };
    expect((await snapshotOf(back)).order.holds).toMatchObject([
      { reason: expect.stringContaining('cancel it at eBay') as string },
    ]);
    expect((await snapshotOf({ ...back, orderFulfillmentStatus: 'FULFILLED' })).order.holds).toEqual([]);
    expect((await snapshotOf({ orderPaymentStatus: 'PARTIALLY_REFUNDED' })).order.holds).toEqual([]);
  });

  it('a fee that eBay’s sum of taxes holds is no tax', async () => {
    const summary = { ...taxListed.pricingSummary, tax: usd('1.41'), fee: undefined };
    const { order } = await snapshotOf({ pricingSummary: summary }, taxListed);
    expect([totalOf({ order }), order.channelTotal?.amount]).toEqual([1441, 1441]);
    expect(order.lines[0]?.tax?.amount).toBe(91);
  });

  it('a listing without variations has no id of one', async () => {
    const { order } = await snapshotOf({ lineItems: [{ ...mugs, legacyVariationId: '0' }] });
    expect(order.lines[0]?.listing).toEqual({ listingId: '110099887766' });
  });

  it('of goods beside a download ships the goods', async () => {
    const digital = { fulfillmentInstructionsType: 'DIGITAL' };
    const { order } = await snapshotOf({
      fulfillmentStartInstructions: [digital, ...ebayOrder.fulfillmentStartInstructions],
    });
    expect(order).toMatchObject({ delivery: { method: 'ship' }, shipTo: { lines: ['12 Analytical Way', 'Floor 2'] } });
  });

  it('is collected in a store of the seller, goes to the hub of eBay, or is shipped by eBay', async () => {
    const pickup = {
      fulfillmentInstructionsType: 'PREPARE_FOR_PICKUP',
      pickupStep: { merchantLocationKey: 'STORE-7' },
    };
    const { order } = await snapshotOf({ fulfillmentStartInstructions: [pickup] });
    expect(order).toMatchObject({
      delivery: { method: 'pickup', pickupPoint: { externalId: 'STORE-7' } },
      shipTo: { country: 'US' },
    });
    const [step] = ebayOrder.fulfillmentStartInstructions;
    const hub = {
      ...step,
      ebaySupportedFulfillment: true,
      shippingStep: { ...step?.shippingStep, shipToReferenceId: '1234567890123456' },
    };
    expect((await snapshotOf({ fulfillmentStartInstructions: [hub] })).order.shipTo.lines[0]).toBe(
      'Reference #1234567890123456',
    );
    expect((await snapshotOf({ program: { fulfillmentProgram: { fulfilledBy: 'EBAY' } } })).fulfilledBy).toBe(
      'channel',
    );
  });

  it('of digital goods alone has nothing to ship; an address without a country waits for a person', async () => {
    expect(
      mapped({ ...ebayOrder, fulfillmentStartInstructions: [{ fulfillmentInstructionsType: 'DIGITAL' }] }),
    ).toMatchObject({ kind: 'ignored' });
    await expect(snapshotOf({ fulfillmentStartInstructions: [] })).rejects.toThrow(/^address: /);
  });

  it('an amount finer than its currency, or in a third one, waits for a person', () => {
    const of = (lineItemCost: object) => mapped({ ...ebayOrder, lineItems: [{ ...mugs, lineItemCost }] });
    expect(of(usd('1.005'))).toMatchObject({ kind: 'quarantined', code: 'amount' });
    expect(of({ value: '1', currency: 'GBP' })).toMatchObject({ kind: 'quarantined', code: 'amount' });
  });
});
