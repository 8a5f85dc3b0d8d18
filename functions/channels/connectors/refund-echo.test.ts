import { describe, expect, it } from 'vitest';
import { isMadeOf } from '../../../shared/model/channels/notice.ts';
import { type Mapped } from '../domain/connector.ts';
import { channelOf } from '../fixtures/world.ts';
import * as adobeOrders from './adobe/fixtures/orders.ts';
import { refundBody as memoBody } from './adobe/tell/refunded.ts';
import { ebayOrder } from './ebay/fixtures/orders.ts';
import { connectors } from './index.ts';
import { refundBody as shopifyRefund } from './shopify/fixtures/orders.ts';
import { returnOrder } from './square/fixtures/orders.ts';
import { refundRequest } from './square/tell/refunded.ts';
import { returned, usOrder } from './tiktok/fixtures/order.ts';
import { order as wooOrder, refund as wooRefund } from './woocommerce/fixtures/order.ts';

const refundId = 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s-r1';
/** As long as a reason can be: our name for the refund must not be cut off. */
const reason = 'broken on arrival, '.repeat(30);
const facts = { refundId, returnId: refundId, amount: { amount: 1285, currency: 'USD' }, reason, lines: [] };

/** The refunds that a connector reads out of a document. */
function refundsIn(
  type: 'shopify' | 'square' | 'woocommerce' | 'adobe' | 'tiktok' | 'ebay',
  topic: string,
  body: unknown,
) {
  const channel = channelOf({ channelId: 'shop', type, currency: 'USD' });
  const mapped: Mapped | undefined = connectors[type].map?.(Buffer.from(JSON.stringify(body)), {
    ...{ channel, topic, deliveryId: 'd1' },
  });
  if (mapped?.kind === 'order') return mapped.snapshot.refunds ?? [];
  if (mapped?.kind === 'change' && mapped.change.kind === 'refund') return [mapped.change.refund];
  throw new Error(`no refund: ${JSON.stringify(mapped)}`);
}

/** By our name in its reason, as after a call whose answer was lost. */
describe('a refund that a channel was told to make is known by its words', () => {
  it.each([
    [
      'shopify',
      () => refundsIn('shopify', 'refunds/create', shopifyRefund({ note: `${reason.slice(0, 400)} (${refundId})` })),
    ],
    [
      'square',
      () => {
        const request = refundRequest({ noticeId: 'n-1', facts }, 'PAYMENT1', 800);
        const refund = { id: 'PAYMENT1_R1', status: 'COMPLETED', reason: request.reason, order_id: 'RETURN1' };
        const { amount_money } = request;
        return refundsIn('square', 'refund.updated', { order: returnOrder(), refund: { ...refund, amount_money } });
      },
    ],
    [
      'woocommerce',
      () => {
        const refunds = [wooRefund({ reason: `${reason.slice(0, 400)} (${refundId})` })];
        return refundsIn('woocommerce', 'order.updated', { order: wooOrder({ currency: 'USD' }), refunds });
      },
    ],
    [
      'adobe',
      () => {
        const { comment } = memoBody(facts, { items: [] }).comment;
        const items = [adobeOrders.creditMemo({ comments: [{ comment }] })];
        const order = adobeOrders.order({ base_total_refunded: 31.8 });
        return refundsIn('adobe', 'orders/updated', { order, creditmemos: { items } });
      },
    ],
  ] as const)('%s', (_, refunds) => {
    expect(refunds().filter((one) => isMadeOf(one, { refundId }))).toHaveLength(1);
    expect(refunds().filter((one) => isMadeOf(one, { refundId: `${refundId}0` }))).toEqual([]);
  });
});

describe('a refund that a channel was told to make is known by the id that the channel answered', () => {
  it('tiktok', () => {
    const [found] = refundsIn('tiktok', 'ORDER_POLLED', { order: usOrder(), returns: [returned()] });
    expect(found && isMadeOf(found, { refundId, reference: '4036000000000000001' })).toBe(true);
  });

  it('ebay, once it is no more pending', () => {
    const told = (refundStatus: string) => {
      const refund = { refundId: '501', refundStatus, refundDate: '2026-11-23T08:00:00.000Z' };
      const refunds = [{ ...refund, amount: { value: '2.50', currency: 'USD' } }];
      return refundsIn('ebay', 'order', { ...ebayOrder, paymentSummary: { ...ebayOrder.paymentSummary, refunds } });
    };
    expect(told('PENDING')).toEqual([]);
    expect(told('REFUNDED').filter((one) => isMadeOf(one, { refundId, reference: '501' }))).toHaveLength(1);
  });
});
