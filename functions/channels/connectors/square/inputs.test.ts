import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsIn, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { location } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';
import { squareOrder, squareRefund } from './payload.ts';
import { takeIn } from './signature.ts';

const channel = channelOf({ channelId: 'square-real', type: 'square' });
const map = (document: unknown, topic: string) =>
  mapDelivery(Buffer.from(JSON.stringify(document)), { channel, topic, deliveryId: 'd' });
const jsonOf = (file: string): unknown => JSON.parse(inputBytes(file).toString());
const files = inputsIn('square').filter((file) => file.endsWith('.json'));
const withOrder = z.object({ order: squareOrder });
const vectors = z.array(
  z.looseObject({
    scheme: z.string(),
    secret: z.string().optional(),
    url: z.string().optional(),
    body: z.string().optional(),
    signature: z.string().optional(),
  }),
);

describe.skipIf(!inputsPresent)('recorded Square payloads (skipped where they are not beside the repository)', () => {
  const orders = files.filter((file) => withOrder.safeParse(jsonOf(file)).success);
  it('are there', () => expect(orders.length).toBeGreaterThan(3));

  it.each(orders)('%s: total to the minor unit', async (file) => {
    const { order } = withOrder.parse(jsonOf(file));
    const mapped = map({ order, location }, 'order.updated');
    const snapshot = await canonical(channel, mapped);
    expect(snapshot.order.channelTotal?.amount).toBe(order.total_money?.amount);
    expect(totalOf(snapshot)).toBe(order.total_money?.amount);
    expect(snapshot.order.lines.map(({ externalLineId }) => externalLineId)).toEqual(
      order.line_items.map(({ uid }) => uid),
    );
    expect(snapshot.state).toBe(order.state === 'COMPLETED' ? 'closed' : 'pending');
  });

  it('a refund is pending, and gives its money back once it is done', () => {
    const { refund } = z.object({ refund: z.looseObject({}) }).parse(jsonOf('square/RefundPaymentResponse.json'));
    expect(squareRefund.safeParse(refund).success).toBe(true);
    expect(map({ refund, paid_order_id: 'P' }, 'refund.created')).toMatchObject({ kind: 'ignored' });
    expect(map({ refund: { ...refund, status: 'COMPLETED' }, paid_order_id: 'P' }, 'refund.updated')).toMatchObject({
      change: { kind: 'refund', externalId: 'P', refund: { amount: { amount: 1000, currency: 'USD' } } },
    });
  });

  it.each(inputsIn('square/webhooks'))('%s is about an order that is asked for, or none of ours', (file) => {
    const { type } = z.object({ type: z.string() }).parse(jsonOf(file));
    const mapped = map(jsonOf(file), type);
    if (type.startsWith('order.')) expect(mapped).toMatchObject({ kind: 'quarantined', code: 'not-as-documented' });
    else expect(mapped).toMatchObject({ kind: 'ignored' });
  });

  it('signatures that Square made are good, and no others', () => {
    const ours = vectors.parse(jsonOf('signatures/vectors.json')).filter(({ scheme }) => scheme === 'square');
    expect(ours.length).toBeGreaterThan(1);
    for (const { secret = '', url = '', body = '', signature = '' } of ours) {
      const taken = (notificationUrl: string) =>
        takeIn(
          { headers: { 'x-square-hmacsha256-signature': signature }, body: Buffer.from(body) },
          connectionOf({ ...channel, settings: { notificationUrl } }, { signing: [secret] }),
        );
      expect(taken(url)).not.toMatchObject({ refusal: { code: 'invalid-signature' } });
      expect(taken(`${url}/`)).toMatchObject({ refusal: { code: 'invalid-signature' } });
    }
  });
});
