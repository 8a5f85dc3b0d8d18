import { describe, expect, it } from 'vitest';
import { type Mapped } from '../../domain/connector.ts';
import { channelOf } from '../../fixtures/world.ts';
import { location, onlineOrder, returnOrder, tillSale } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';

const channel = channelOf({ channelId: 'square-us', type: 'square' });
const map = (document: object, topic = 'order.updated'): Mapped =>
  mapDelivery(Buffer.from(JSON.stringify(document)), { channel, topic, deliveryId: 'd' });
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('a return', () => {
  const refund = {
    id: 'PAYMENT1_REFUND1',
    status: 'COMPLETED',
    amount_money: usd(800),
    order_id: 'RETURN1',
    reason: 'Chipped',
  };

  it('is a refund of the order that it was bought with, and goes back to the store that took it', () => {
    expect(map({ order: returnOrder(), source: tillSale() })).toEqual({
      kind: 'change',
      change: {
        kind: 'refund',
        externalId: 'ORDER1',
        changeId: 'RETURN1',
        at: '2026-11-21T10:00:00.000Z',
        refund: {
          externalId: 'RETURN1',
          at: '2026-11-21T10:00:00.000Z',
          reason: 'Chipped',
          amount: usd(800),
          lines: [{ externalLineId: 'line-1', quantity: 1, restock: 'return', location: 'LOCATION2' }],
        },
      },
    });
  });

  it('is the same refund whether its order tells of it or its refund', () => {
    const byRefund = map(
      { order: returnOrder(), source: tillSale(), refund, paid_order_id: 'ORDER1' },
      'refund.updated',
    );
    expect(byRefund).toEqual(map({ order: returnOrder(), source: tillSale() }));
  });

  it('of what has not left yet takes it out of the order', () => {
    expect(map({ order: returnOrder(), source: onlineOrder() })).toMatchObject({
      change: { refund: { lines: [{ restock: 'cancel' }] } },
    });
  });

  it('of an amount alone finds its order by the payment; without any it is none of ours', () => {
    const amountOnly = { refund: { ...refund, order_id: null }, paid_order_id: 'ORDER9' };
    expect(map(amountOnly, 'refund.updated')).toMatchObject({
      change: { externalId: 'ORDER9', changeId: 'PAYMENT1_REFUND1', refund: { amount: usd(800), lines: [] } },
    });
    expect(map({ refund: { ...refund, order_id: null } }, 'refund.updated')).toMatchObject({ kind: 'ignored' });
  });

  it.each([
    ['PENDING', 'pending'],
    ['FAILED', 'no money went back'],
    ['REJECTED', 'no money went back'],
  ])('that is %s gives nothing back', (status, words) =>
    expect(
      map({ order: returnOrder(), refund: { ...refund, status }, paid_order_id: 'ORDER1' }, 'refund.updated'),
    ).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining(words) as string,
    }),
  );

  describe('an exchange', () => {
    const exchange = (over: object = {}) =>
      tillSale({ id: 'SWAP1', returns: returnOrder().returns, return_amounts: { total_money: usd(800) }, ...over });
    const told = (order: object) => map({ order, source: tillSale() }, 'order.exchange');

    it('for the same money puts what came back on the shelf of its store, and gives no money back', () => {
      const even = exchange({ refunds: [], net_amounts: { total_money: usd(0) } });
      expect(told(even)).toMatchObject({
        change: {
          kind: 'refund',
          externalId: 'ORDER1',
          changeId: 'SWAP1',
          refund: { amount: usd(0), lines: [{ externalLineId: 'line-1', quantity: 1, restock: 'return' }] },
        },
      });
    });

    it('for which money went back, or will, is left to its refund; any other order had nothing exchanged', () => {
      const { refunds } = returnOrder();
      for (const order of [
        exchange({ refunds }),
        exchange({ refunds: [], net_amounts: { total_money: usd(-300) } }),
        tillSale(),
        returnOrder(),
      ])
        expect(told(order)).toMatchObject({ kind: 'ignored' });
    });
  });

  it('an exchange is a sale that names what it is in place of', () => {
    const exchange = tillSale({ returns: returnOrder().returns });
    expect(map({ order: exchange, location })).toMatchObject({
      snapshot: { order: { attributes: { returns_of: 'ORDER1' } } },
    });
  });
});
