import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { lamps, refunded, split, walmartOrder, walmartReturn, withLine } from './fixtures/orders.ts';
import { map } from './map.ts';

const channel = channelOf({ channelId: 'walmart-us', type: 'walmart' });
const mapped = (json: unknown) => map(Buffer.from(JSON.stringify(json)));
const snapshotOf = (json: unknown) => canonical(channel, mapped(json));
const status = (name: string, amount?: string) => ({ status: name, ...(amount && { statusQuantity: { amount } }) });
const statuses = (...all: object[]) => withLine({ orderLineStatuses: { orderLineStatus: all } });

describe('an order of Walmart', () => {
  it('comes to its charges: discount, shipping, fee and every tax', async () => {
    const { order, asOf, fulfilledBy, state } = await snapshotOf({ order: walmartOrder });
    expect(totalOf({ order })).toBe(3595);
    expect(order).toMatchObject({
      externalId: '9007199254740993',
      externalNumber: '200012345678901',
      shipTo: { country: 'US', region: 'VA', lines: ['7 Compiler Court'] },
      shipping: { price: { amount: 599 }, tax: { amount: 42 } },
      charges: [{ kind: 'fee', price: { amount: 125 }, externalLineId: '1' }],
      payments: [{ amount: { amount: 3595 }, reference: '200012345678901' }],
      promised: { shipBy: '2026-11-24T08:00:00.000Z' },
    });
    expect(order.lines[0]).toMatchObject({
      quantity: 3,
      unitPrice: { amount: 1000 },
      discount: { amount: 201 },
      discounts: [{ amount: { amount: 200 } }, { amount: { amount: 1 } }],
      taxes: [{ title: 'Tax1', remittedByChannel: true, amount: { amount: 30 } }],
      listing: { barcode: '012345678905' },
    });
    expect({ asOf, fulfilledBy, state }).toEqual({
      asOf: '2026-11-22T08:00:00.000Z',
      fulfilledBy: 'us',
      state: 'open',
    });
  });

  it('has its units in several states: what was ordered stays, what was cancelled is counted', async () => {
    const { order, cancelled, state } = await snapshotOf(split);
    expect(order.lines[0]?.quantity).toBe(3);
    expect(cancelled).toEqual([{ externalLineId: '1', quantity: 1 }]);
    expect(state).toBe('open');
  });

  it.each([
    ['open', [status('Created', '3')]],
    ['pending', [status('OnHold', '3')]],
    ['closed', [status('Shipped', '2'), status('Cancelled', '1')]],
    ['closed', [status('Acknowledged', '3'), status('Delivered', '3')]],
    ['cancelled', [status('Cancelled')]],
  ])('is %s by the states of its units', async (state, all) => {
    expect((await snapshotOf(statuses(...all))).state).toBe(state);
  });

  it('a wish to cancel is none yet, and makes a later snapshot, whether the line or the event says it', async () => {
    const before = await snapshotOf({ order: walmartOrder });
    const asked = await snapshotOf(withLine({ intentToCancel: 'CHANGED_MY_MIND' }));
    const event = { eventType: 'INTENT_TO_CANCEL', eventTime: '2026-11-22T09:00:00.000Z' };
    const told = await snapshotOf({ event, answer: { order: walmartOrder } });
    expect(before.cancelRequest).toBeUndefined();
    expect(asked).toMatchObject({ state: 'open', cancelRequest: { reason: 'CHANGED_MY_MIND' } });
    expect(told.cancelRequest).toEqual({ at: '2026-11-22T09:00:00.000Z' });
    expect(asked.asOf > before.asOf && told.asOf > before.asOf).toBe(true);
  });

  it('a refund has its id and its charges with their taxes', async () => {
    expect((await snapshotOf(refunded)).refunds).toEqual([
      { externalId: 'R-55', amount: { amount: 1010, currency: 'USD' }, reason: 'line 1: ItemDamaged', lines: [] },
    ]);
  });

  it('several refunds of a line are each taken by its id', async () => {
    const refund = (refundId: string, amount: number) => ({
      refundId,
      refundCharges: { refundCharge: [{ charge: { chargeAmount: { currency: 'USD', amount } } }] },
    });
    const { refunds } = await snapshotOf(withLine({ refund: [refund('R-1', -5), refund('R-2', -2.5)] }));
    expect(refunds.map(({ externalId, amount }) => [externalId, amount.amount])).toEqual([
      ['R-1', 500],
      ['R-2', 250],
    ]);
  });

  it('tax on a discount is taken off the tax of the goods', async () => {
    const charge = (chargeType: string, amount: number, taxed: number, taxName = 'Tax1') => ({
      chargeType,
      chargeName: chargeType,
      chargeAmount: { currency: 'USD', amount },
      tax: { taxName, taxAmount: { currency: 'USD', amount: taxed } },
    });
    const taxes = async (...all: object[]) => {
      const { order } = await snapshotOf(withLine({ charges: { charge: all } }));
      expect(totalOf({ order })).toBe(1620);
      return order.lines[0]?.taxes?.map(({ title, amount }) => [title, amount.amount]);
    };
    expect(await taxes(charge('PRODUCT', 20, 1.6), charge('DISCOUNT', -5, -0.4))).toEqual([['Tax1', 120]]);
    expect(await taxes(charge('PRODUCT', 20, 1.6), charge('DISCOUNT', -5, -0.4, 'Tax2'))).toEqual([['Tax', 120]]);
  });

  it('what adding binary fractions leaves behind is none of an amount', async () => {
    const chargeAmount = { currency: 'USD', amount: 19.990000000000002 };
    const tax = { taxName: 'Tax1', taxAmount: { currency: 'USD', amount: 0.1 + 0.2 } };
    const { order } = await snapshotOf(withLine({ charges: { charge: { chargeType: 'PRODUCT', chargeAmount, tax } } }));
    expect(totalOf({ order })).toBe(2029);
  });

  it('in Chile pesos have no hundredths, and an address without a country is in its marketplace', async () => {
    const chargeAmount = { currency: 'CLP', amount: 12990 };
    const orderSummary = { totalAmount: { amount: 12990, currency: 'CLP' } };
    const { postalAddress, ...shippingInfo } = walmartOrder.shippingInfo;
    const { country: _, ...at } = postalAddress;
    const order = withLine(
      { charges: { charge: [{ chargeType: 'PRODUCT', chargeName: 'ItemPrice', chargeAmount }] } },
      { orderSummary, shippingInfo: { ...shippingInfo, postalAddress: at } },
    );
    expect((await snapshotOf(order)).order).toMatchObject({
      channelTotal: { amount: 12990, currency: 'CLP' },
      shipTo: { country: 'CL' },
    });
  });

  it('is shipped by Walmart from its own node, and collected in its store', async () => {
    expect((await snapshotOf({ order: { ...walmartOrder, shipNode: { type: 'WFSFulfilled' } } })).fulfilledBy).toBe(
      'channel',
    );
    const { order } = await snapshotOf(withLine({ fulfillment: { fulfillmentOption: 'S2S', storeId: '4411' } }));
    expect(order.delivery).toMatchObject({ method: 'ship-to-store', pickupPoint: { externalId: '4411' } });
  });

  it('what its summary says counts as the total, even where its charges come to something else', async () => {
    const orderSummary = { totalAmount: { currencyAmount: 36, currencyUnit: 'USD' } };
    const { order } = await snapshotOf({ order: { ...walmartOrder, orderSummary } });
    expect(order.channelTotal?.amount).toBe(3600);
    expect(totalOf({ order })).toBe(3595);
  });

  it('an amount finer than its currency, or of another one, waits for a person', () => {
    const of = (chargeAmount: object) =>
      mapped(withLine({ charges: { charge: [...lamps.charges.charge, { chargeAmount }] } }));
    expect(of({ currency: 'USD', amount: 0.125 })).toMatchObject({ kind: 'quarantined', code: 'amount' });
    expect(of({ currency: 'CAD', amount: 1 })).toMatchObject({ kind: 'quarantined', code: 'amount' });
  });
});

describe('a return of Walmart', () => {
  it('is a refund once all its units are refunded', () => {
    const of = (refundedQty: number) => mapped({ returnOrders: [walmartReturn(refundedQty)] });
    expect(of(0)).toMatchObject({ kind: 'ignored' });
    expect(of(1)).toMatchObject({ kind: 'ignored' });
    expect(of(2)).toMatchObject({
      kind: 'change',
      change: {
        kind: 'refund',
        externalId: '9007199254740993',
        refund: { amount: { amount: 1886 }, lines: [{ externalLineId: '1', quantity: 2, restock: 'none' }] },
      },
    });
  });
});
